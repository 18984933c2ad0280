"""Which characters MathJax 3 sets as they stand."""

from __future__ import annotations

SPACES = " \t\r\n\xa0"
UNKNOWN = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\u0250-\u02af\u1a21-\u1aaf\u20a0-\u20ff\u2440-\u245f\u2de1-\u2dff"
    r"\ua4a0-\ua4cf\ud800-\uf8ff\U0001d260-\U0001d35f\U0001d380-\U0001d3ff\U0001d800-\U0001deff"
    r"\U0001fa00-\U0001ffff\U0002fa20-\U0010ffff"
)
"""The gaps between MathJax's ranges of characters (`core/MmlTree/OperatorDictionary.ts`)."""
NO_SYMBOL = rf"\\{{}}^_'’%&#~@{SPACES}{UNKNOWN}"
"""What makes a symbol and no more is any character but these, however many of them there are."""
