"""What every rule is made of. A rule is one class in one module below `postlint/rules/`."""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Protocol

from postlint.findings import Edit, Finding, Fix, Message, Safety, Severity, Span, Text
from postlint.named import NamedTuple
from postlint.post.liquid import UNKNOWN

SPAN_OPENS, SPAN_CLOSES = "⟦", "⟧"


class Example:
    """A text to check with one rule alone: the rule's test, and its documentation.

    `path` tells postlint what kind of file it is; `options` are the rule's own, as in the
    configuration; `site` are the other files of its site, by their paths, for a rule that asks for it;
    `web` is what is known of addresses (`postlint.web.answers.Answers`), for a `LinkRule`; or a function
    that makes it, in a rule that is there without the web too, and must not load what belongs to it.
    """

    def __init__(
        self,
        text: str,
        *,
        path: str = "_posts/2024-05-01-example.md",
        options: Mapping[str, object] | None = None,
        site: Mapping[str, str] | None = None,
        web: Any = None,
    ) -> None:
        self.text = text
        self.path = path
        self.options = options or {}
        self.site = site or {}
        self._web = web

    @property
    def web(self) -> Any:
        return self._web() if callable(self._web) else self._web

    @property
    def source(self) -> str:
        """The text as it stands in a file, without marks."""
        return self.text


class Good(Example):
    """A text in which the rule must find nothing."""


class Bad(Example):
    """A text in which the rule must find exactly the spans between ⟦ and ⟧ (`⟦⟧` is an empty one).

    `fixed` is the text after all fixes of this rule, the unsafe ones too; None where it has none.
    """

    def __init__(
        self,
        text: str,
        *,
        fixed: str | None = None,
        path: str = "_posts/2024-05-01-example.md",
        options: Mapping[str, object] | None = None,
        site: Mapping[str, str] | None = None,
        web: Any = None,
    ) -> None:
        super().__init__(text, path=path, options=options, site=site, web=web)
        self.fixed = fixed

    @property
    def source(self) -> str:
        return self.text.replace(SPAN_OPENS, "").replace(SPAN_CLOSES, "")

    @property
    def spans(self) -> list[Span]:
        """The marked spans, as offsets into `source`."""
        spans: list[Span] = []
        offset = 0
        opened: list[int] = []
        for character in self.text:
            if character == SPAN_OPENS:
                opened.append(offset)
            elif character == SPAN_CLOSES:
                spans.append(Span(opened.pop(), offset))
            else:
                offset += 1
        return sorted(spans)


class Form(NamedTuple):
    """What a string in an option must look like: `Annotated[str, Form(…)]` where the option has its type.

    One that nothing could ever fit would otherwise be passed over in silence.
    """

    pattern: re.Pattern[str]
    """It has to match all of the string."""
    name: str
    """In words that follow "must be"."""
    name_ko: str


class Searching(Protocol):
    """An expression, or whatever else finds as one does."""

    def search(self, text: str, /) -> object: ...


Signs = tuple[str, ...] | Searching


class NoOptions(NamedTuple):
    """The options of a rule that has none."""


class Rule:
    """A fault that readers meet, how to see it in a post, and how to mend it.

    The class docstring says what it finds in its first paragraph, then `## Why` (why a reader
    suffers) and `## Fix safety` (when the fix is safe, or why there is none); `doc_ko` says the
    same in Korean under `## 이유` and `## 수정 안전성`.

    `check` is a generator of findings. The annotation of its first parameter says what it is
    called with: a node of the tree, an `Address`, an `Entry` of the front matter, the `Post`
    itself …; a rule that needs more than that element takes the post as a second parameter.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    enabled: ClassVar[bool] = True
    """Whether it is on where the user selects nothing."""
    message: ClassVar[Text]
    doc_ko: ClassVar[str]
    examples: ClassVar[tuple[Example, ...]]
    Options: ClassVar[type[Any]] = NoOptions
    """A named tuple, each field with its type and default: what `rules: {name: …}` may set."""

    edits_opaque_regions: ClassVar[bool] = False
    """Whether its fixes may change code, Liquid, raw HTML or a formula: only if it is about exactly that."""

    depends_on_time: ClassVar[bool] = False
    """Whether what it finds today may be gone tomorrow in the same file."""

    signs: ClassVar[Signs] = ()
    """What must stand there if the rule is to find anything: one of these strings, or what this expression
    matches. For a rule that asks for addresses, there is in the address, with a line end before it; for any
    other, in the file. Without signs, it may find something anywhere. Most rules find nothing in most posts,
    and so are not asked."""

    gives_way_to: ClassVar[tuple[str, ...]] = ()
    """Codes of rules that say more of the same fault: a finding that overlaps one of theirs is dropped."""

    hides: ClassVar[tuple[str, ...]] = ()
    """What the codes of rules begin with of whose faults there are none in what a finding of this one spans:
    once it is mended, the page has no link and no formula there."""

    check: Callable[..., Iterator[Finding]]
    asks_for: ClassVar[tuple[type, ...]]
    wants_post: ClassVar[bool]

    def __init_subclass__(cls) -> None:
        function = cls.__dict__.get("check")
        if function is None:
            return
        parameters = function.__code__.co_varnames[1 : function.__code__.co_argcount]
        annotation = function.__annotations__[parameters[0]]
        cls.asks_for = typing.get_args(annotation) or (annotation,)
        if not all(isinstance(one, type) for one in cls.asks_for):
            raise TypeError(
                f"{cls.__qualname__}.check must say by a class what it asks for, not {annotation!r}"
            )
        cls.wants_post = len(parameters) > 1

    def __init__(self, options: Any = None, severity: Severity | None = None) -> None:
        self.options = self.Options() if options is None else options
        self.effective_severity = self.severity if severity is None else severity
        self._is_asked = severity is not None

    def finding(
        self,
        span: Span,
        *,
        text: Text | None = None,
        fix: Fix | None = None,
        severity: Severity | None = None,
        **values: object,
    ) -> Finding:
        """A finding of this rule; `text` replaces the rule's own message, `values` fill it in.

        `severity` is that of a finding that weighs less than the rule's others; what the user asks
        for goes before it.
        """
        return Finding(
            code=self.code,
            name=self.name,
            severity=severity if severity and not self._is_asked else self.effective_severity,
            span=span,
            message=Message(text or self.message, {name: _readable(value) for name, value in values.items()}),
            fix=fix,
        )


class SiteRule(Rule):
    """A rule about a file's place in its site, which is asked once all files have been read.

    `check` is called with a fact (`Reference`, `Tag`, `KeyValue` or all `PageFacts` of the file, in
    `postlint/site/page_facts.py`) and, as a second parameter, the `Page` that knows the site; never
    with the text. It is not asked of a file that belongs to no site.
    """


class LinkRule(Rule):
    """A rule about what the web answers, which is asked only where the user lets postlint ask the web.

    `check` is called with an `Occurrence` (`postlint/web/answers.py`): an address where a file has it,
    with what is known of it; never with the text.
    """


def _readable(value: object) -> object:
    """`value` as people may see it: what only a build would tell is left out."""
    return value.replace(UNKNOWN, "…") if isinstance(value, str) else value


def fix(safety: Safety, title: Text, *edits: Edit, **values: object) -> Fix:
    """A fix whose title is filled in with `values`."""
    return Fix(tuple(sorted(edits)), safety, Message(title, values))
