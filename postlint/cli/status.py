"""How the program ends."""

OK, FINDINGS, USAGE = 0, 1, 2
INTERRUPTED = 130
"""What shells have for a program that Ctrl-C ended."""
