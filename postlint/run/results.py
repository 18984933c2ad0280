"""What becomes of a file: examined alone, and in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postlint.findings import Finding, Message
from postlint.named import NamedTuple
from postlint.run.located import Line, Located
from postlint.suppression import Directive

if TYPE_CHECKING:
    from postlint.run.cache import Signature
    from postlint.site.page_facts import PageFacts


class Change(NamedTuple):
    """What mending would make, or has made, of a file's text."""

    before: str
    after: str


class FileResult(NamedTuple):
    """What a run has to say of one file, once it has mended it if it was asked to.

    `trouble` says why the file was left as it was; `unread` is true where it could not be read, and
    `missed` where the user named it besides: then the run fails, whatever else was asked.
    """

    path: str
    findings: tuple[Located, ...]
    applied: tuple[Finding, ...] = ()
    change: Change | None = None
    trouble: Message | None = None
    unread: bool = False
    missed: bool = False


class Unit(NamedTuple):
    """One file alone, read and examined: all that is needed of it once its site is known.

    `located` is what rules find before comments are heeded; `directives` are these comments.
    """

    path: str
    located: tuple[Located, ...]
    directives: tuple[Directive, ...] = ()
    facts: PageFacts | None = None
    lines: tuple[Line, ...] = ()
    """Those that comments and facts stand on."""
    stamp: Stamp | None = None
    """What the file was when it was read, where that is to be remembered."""


class Stamp(NamedTuple):
    """The fingerprint of a file's bytes, and what the system said of it before they were read."""

    content: str
    signature: Signature | None
