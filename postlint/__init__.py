"""postlint reads the Markdown posts of a blog and tells what its readers will find broken."""

__version__ = "0.1.0"
