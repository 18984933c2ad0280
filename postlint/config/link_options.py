"""What the user's configuration says of asking the web: `links: {…}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from postlint.named import NamedTuple


class Expression:
    """Marks a string that is a regular expression (Python's `re`), looked for anywhere in an address."""


class WebAddress(NamedTuple):
    """Marks a string that is an address with `http` or `https`."""

    may_be_empty: bool = False


Pattern = Annotated[str, Expression()]


class LinkOptions(NamedTuple):
    """How the web is asked, and what of it. Times are in seconds."""

    exclude: tuple[Pattern, ...] = ()
    """Addresses that are not asked."""
    accept: Mapping[Pattern, tuple[int, ...]] = {}
    """Statuses that mean "alive", by the addresses that answer with them."""
    headers: Mapping[Pattern, Mapping[str, str]] = {}
    """What is sent along to some addresses, of which the expression has to name the host;
    `${NAME}` stands for a variable of the environment."""
    timeout: float = 20.0
    connect_timeout: float = 10.0
    retry_after: float = 60.0
    """The longest that a server which asks for patience is waited for."""
    connections: int = 128
    per_host: int = 4
    per_second: float = 10.0
    user_agent: str = ""
    """Empty for postlint's own."""
    fragments: bool = True
    soft_404: bool = True
    https: bool = False
    robots: bool = False
    archive: Annotated[str, WebAddress(may_be_empty=True)] = "https://web.archive.org"
    """Where pages are looked for as they were; empty for nowhere."""
    controls: tuple[Annotated[str, WebAddress()], ...] | None = None
    """Addresses that tell whether this machine is on line; None for postlint's own."""
