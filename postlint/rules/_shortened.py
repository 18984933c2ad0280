"""What stands in a file, as a message shows it."""

_LONGEST = 40
"""Characters."""


def shortened(text: str) -> str:
    """`text` in one line, and no longer than a message has room for."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
