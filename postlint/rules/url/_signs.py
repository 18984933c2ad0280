"""Signs of faults in addresses that several rules look for."""


class _BeyondAscii:
    """Any character beyond ASCII, or one of `others`: an expression would have to look at each character."""

    def __init__(self, *others: str) -> None:
        self._others = others

    def search(self, text: str, /) -> bool:
        return not text.isascii() or any(map(text.__contains__, self._others))


BEYOND_ASCII = _BeyondAscii()
BEYOND_ASCII_OR_ESCAPED = _BeyondAscii("%")
