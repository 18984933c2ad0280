"""LIQ: Liquid, which Jekyll replaces before Markdown is read."""
