"""Signs of faults in addresses that several rules look for."""

from postlint.patterns import lazy

BEYOND_ASCII = lazy(r"[^\x00-\x7f]")
BEYOND_ASCII_OR_ESCAPED = lazy(r"[^\x00-\x7f]|%")
