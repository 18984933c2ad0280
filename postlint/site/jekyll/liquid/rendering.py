"""Rendering a template: which stretches of it stand on the page, and what stands in place of the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from postlint.findings import Span
from postlint.post.liquid import CODE_PLACE, SILENT_TAGS, UNKNOWN, LiquidKind, LiquidRegion
from postlint.post.mapped import Piece
from postlint.site.jekyll.liquid import filters
from postlint.site.jekyll.liquid.expressions import (
    FRAGMENT,
    condition,
    equal,
    evaluate,
    evaluate_output,
    parse_expression,
    parse_output,
)
from postlint.site.jekyll.liquid.template import (
    ASSIGNMENT,
    LOOP,
    BlockPart,
    Branch,
    Part,
    TagPart,
    Template,
    TemplateError,
    TextPart,
    parse,
)
from postlint.site.jekyll.liquid.values import (
    UNKNOWN_VALUE,
    Drop,
    LiquidValue,
    Unknown,
    contains_unknown,
    shown,
)

DEEPEST = 60
"""How many blocks and includes may be open at once: Liquid ends the build at 100."""

MOST_WORK = 100_000
"""How many texts, tags and blocks a page may be made of; loops within loops within loops end there."""

LONGEST = 10_000_000
"""Characters that a page may grow to."""

_FRAGMENT = re.compile(FRAGMENT)
_LOOP_OPTION = re.compile(rf"(limit|offset)\s*:\s*({FRAGMENT})")
_PARAMETER = re.compile(
    r"(?<![\w-])([\w-]++)\s*=\s*(?:\"([^\"\\]*(?:\\.[^\"\\]*)*)\"|'([^'\\]*(?:\\.[^'\\]*)*)'|([\w.-]+))",
    re.DOTALL,
)
_INCLUDED = re.compile(
    r"(?P<file>[^{]*(?:\{\{\s*[\w.-]+\s*(?:\|.*)?\}\}[^\s{}]*)+)(?P<parameters>.*)", re.DOTALL
)
_FILE_NAME = re.compile(r"[\w/.\-()+~#@]+")
_NO_FILE_NAME = re.compile(r"[./]{2,}")


class World(Protocol):
    """What a page's templates find outside of themselves."""

    def variable(self, name: str) -> LiquidValue:
        """The value of a name that no template has given one."""

    def filter(self, name: str) -> Callable[[str], str] | None:
        """One of the site's own filters; None for any other."""

    def include(self, name: str, *, relative: bool) -> Template | None:
        """The template of a file to include; None if there is none, or none that can be read."""

    def post_url(self, name: str) -> str | None: ...

    def link(self, path: str) -> str | None: ...


class _TooMuchError(Exception):
    """Raised where a page would grow without end."""


class _Interrupt(Exception):  # noqa: N818 - no error, but a way out of a loop
    """`break` or `continue`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class _Sink(Protocol):
    def copy(self, span: Span) -> None: ...

    def put(self, span: Span, text: str) -> None: ...


class _Pieces:
    """Collects the page as pieces of the text that it is made from."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []

    def copy(self, span: Span) -> None:
        self.pieces.append(Piece(*span))

    def put(self, span: Span, text: str) -> None:
        self.pieces.append(Piece(*span, text))


class _Strings:
    """Collects the page as text."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._texts: list[str] = []

    def copy(self, span: Span) -> None:
        self._texts.append(self._template[span.start : span.end])

    def put(self, span: Span, text: str) -> None:
        self._texts.append(text)

    def text(self) -> str:
        return "".join(self._texts)


class PageRenderer:
    """Renders the body of one page in its `world`; the Context of `postlint.post.liquid.rendered`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._scopes: list[dict[str, LiquidValue]] = [{}]
        self._depth = 0
        self._length = 0
        self._work = 0

    def pieces(self, text: str, found: Sequence[LiquidRegion]) -> Iterable[Piece] | None:
        """The page that `text` becomes, in pieces of it; None for a template that does not fit."""
        try:
            template = parse(text, found)
        except TemplateError:
            return None
        sink = _Pieces()
        try:
            self._render(template.parts, template, sink)
        except _Interrupt:
            pass  # a `break` outside of any loop ends the page
        except _TooMuchError:
            return None
        return sink.pieces

    # Lookup

    def variable(self, name: str) -> LiquidValue:
        for scope in reversed(self._scopes):
            if name in scope:
                return scope[name]
        return self._world.variable(name)

    def filtered(self, name: str, value: LiquidValue, arguments: list[LiquidValue]) -> LiquidValue:
        own = self._world.filter(name)
        if own is None:
            return filters.apply(name, value, arguments)
        if isinstance(value, Drop) or arguments:
            return UNKNOWN_VALUE
        return None if value is None else own(shown(value))

    # Parts

    def _render(self, parts: Sequence[Part], template: Template, sink: _Sink) -> None:
        for part in parts:
            self._take_on()
            match part:
                case TextPart(span):
                    self._take_on(span.end - span.start)
                    sink.copy(span)
                case TagPart():
                    self._tag(part, template, sink)
                case BlockPart():
                    self._depth += 1
                    if self._depth > DEEPEST:
                        raise _TooMuchError
                    self._block(part, template, sink)
                    self._depth -= 1

    def _take_on(self, characters: int = 0) -> None:
        self._work += 1
        self._length += characters
        if self._length > LONGEST or self._work > MOST_WORK:
            raise _TooMuchError

    def _text(self, parts: Sequence[Part], template: Template) -> str:
        sink = _Strings(template.text)
        self._render(parts, template, sink)
        return sink.text()

    def _tag(self, tag: TagPart, template: Template, sink: _Sink) -> None:
        text = self._tag_text(tag)
        self._take_on(len(text))
        sink.put(tag.span, text)

    def _tag_text(self, tag: TagPart) -> str:
        if tag.region.kind is LiquidKind.OUTPUT:
            return shown(evaluate_output(parse_output(tag.markup), self))
        if tag.region.kind is LiquidKind.COMMENT:
            return ""
        if tag.region.kind is LiquidKind.HIGHLIGHT:
            return CODE_PLACE
        match tag.name:
            case "assign":
                self._assign(tag.markup)
                return ""
            case "include" | "include_relative":
                return self._include(tag.markup.strip(), relative=tag.name == "include_relative")
            case "post_url":
                return _or_unknown(self._world.post_url(tag.markup.strip()))
            case "link":
                path = self._template_text(tag.markup.strip())
                return UNKNOWN if UNKNOWN in path else _or_unknown(self._world.link(path))
            case "break" | "continue":
                raise _Interrupt(tag.name)
        return "" if tag.name in SILENT_TAGS else UNKNOWN

    def _assign(self, markup: str) -> None:
        if match := ASSIGNMENT.match(markup):
            value = evaluate_output(parse_output(match[2]), self)
            self._take_on(len(value) if isinstance(value, str | list) else 0)
            self._scopes[0][match[1]] = value

    def _template_text(self, text: str) -> str:
        if "{{" not in text and "{%" not in text:
            return text
        try:
            template = parse(text)
        except TemplateError:
            return UNKNOWN
        return self._text(template.parts, template)

    # Includes

    def _include(self, markup: str, *, relative: bool) -> str:
        name, written = self._include_parts(markup)
        template = self._included(name, relative=relative)
        if template is None or self._depth >= DEEPEST:
            return UNKNOWN
        # Without parameters of its own, it sees those of the file that includes it.
        scope: dict[str, LiquidValue] = (
            {} if written is None else {"include": dict(self._parameters(written))}
        )
        self._scopes.append(scope)
        self._depth += 1
        try:
            return self._text(template.parts, template)
        finally:
            self._depth -= 1
            self._scopes.pop()

    def _include_parts(self, markup: str) -> tuple[str, str | None]:
        """The name of the file, and the parameters as written."""
        if computed := _INCLUDED.match(markup):
            return self._template_text(computed["file"].strip()), computed["parameters"].strip()
        name, *written = markup.split(None, 1) or [""]
        return name, written[0] if written else None

    def _included(self, name: str, *, relative: bool) -> Template | None:
        if _NO_FILE_NAME.search(name) or not _FILE_NAME.fullmatch(name):
            return None
        return self._world.include(name, relative=relative)

    def _parameters(self, written: str) -> Iterator[tuple[str, LiquidValue]]:
        for name, double, single, variable in _PARAMETER.findall(written):
            if variable:
                yield name, evaluate(parse_expression(variable), self)
            elif double:
                yield name, double.replace('\\"', '"')
            else:
                yield name, single.replace("\\'", "'")

    # Blocks

    def _block(self, block: BlockPart, template: Template, sink: _Sink) -> None:
        match block.name:
            case "if" | "unless":
                self._choose(self._conditions(block), template, sink)
            case "case":
                self._choose(self._cases(block), template, sink)
            case "for":
                self._loop(block, template, sink)
            case "capture":
                name = block.branches[0].markup.strip("'\"")
                self._scopes[0][name] = self._text(block.branches[0].parts, template)
            case _:
                self._every([branch.parts for branch in block.branches], template, sink)

    def _conditions(self, block: BlockPart) -> Iterator[tuple[bool | Unknown, Branch]]:
        for index, branch in enumerate(block.branches):
            if branch.name == "else":
                yield True, branch
                continue
            holds = condition(branch.markup, self)
            if block.name == "unless" and index == 0 and not isinstance(holds, Unknown):
                holds = not holds
            yield holds, branch

    def _cases(self, block: BlockPart) -> Iterator[tuple[bool | Unknown, Branch]]:
        value = evaluate(parse_expression(block.branches[0].markup), self)
        for branch in block.branches[1:]:
            if branch.name == "else":
                yield True, branch
                continue
            wanted = [evaluate(parse_expression(one), self) for one in _wanted(branch.markup)]
            if contains_unknown(value) or isinstance(value, Drop) or any(map(contains_unknown, wanted)):
                yield UNKNOWN_VALUE, branch
            else:
                yield any(equal(value, one) for one in wanted), branch

    def _choose(
        self, branches: Iterable[tuple[bool | Unknown, Branch]], template: Template, sink: _Sink
    ) -> None:
        """Renders the first branch whose condition holds; every one that may be it, where that is unknown."""
        possible: list[Sequence[Part]] = []
        certain = False
        for holds, branch in branches:
            if isinstance(holds, Unknown):
                possible.append(branch.parts)
            elif holds:
                certain = True
                possible.append(branch.parts)
                break
        if len(possible) == 1 and certain:
            self._render(possible[0], template, sink)
        else:
            self._every(possible, template, sink)

    def _every(self, branches: Iterable[Sequence[Part]], template: Template, sink: _Sink) -> None:
        """Renders parts that may be on the page or not: what they assign is unknown from there on."""
        before, depth = dict(self._scopes[0]), self._depth
        for parts in branches:
            self._depth = depth
            try:
                self._render(parts, template, sink)
            except _Interrupt:
                continue
        self._depth = depth
        for name, value in self._scopes[0].items():
            if name not in before or before[name] is not value:
                self._scopes[0][name] = UNKNOWN_VALUE

    def _loop(self, block: BlockPart, template: Template, sink: _Sink) -> None:
        body, *rest = block.branches
        match = LOOP.match(body.markup)
        items = self._items(match) if match else None
        if match is None or items is None:
            self._scopes.append({match[1]: UNKNOWN_VALUE, "forloop": UNKNOWN_VALUE} if match else {})
            self._every([branch.parts for branch in block.branches], template, sink)
            self._scopes.pop()
            return
        if not items:
            for branch in rest:
                self._render(branch.parts, template, sink)
            return
        texts = _Strings(template.text)
        scope: dict[str, LiquidValue] = {}
        self._scopes.append(scope)
        depth = self._depth
        try:
            for index, item in enumerate(items):
                self._take_on()
                self._depth = depth  # which a `break` or `continue` has not counted down
                scope.update({match[1]: item, "forloop": _position(index, len(items))})
                try:
                    self._render(body.parts, template, texts)
                except _Interrupt as interrupt:
                    if interrupt.name == "break":
                        break
        finally:
            self._scopes.pop()
        self._depth = depth
        sink.put(block.span, texts.text())

    def _items(self, match: re.Match[str]) -> list[LiquidValue] | None:
        """What a loop goes over; None where that is unknown."""
        value = evaluate(parse_expression(match[2]), self)
        if isinstance(value, Unknown | Drop):
            return None
        items: list[LiquidValue] = []
        if isinstance(value, list):
            items = value
        elif isinstance(value, dict):
            items = [[key, item] for key, item in value.items()]
        elif isinstance(value, str) and value:
            items = [value]
        options: Mapping[str, LiquidValue] = {
            name: evaluate(parse_expression(written), self)
            for name, written in _LOOP_OPTION.findall(match[4])
        }
        offset, limit = options.get("offset", 0), options.get("limit")
        if isinstance(offset, int) and offset:
            items = items[offset:]
        elif isinstance(offset, Unknown) or "offset:continue" in match[4].replace(" ", ""):
            return None
        if isinstance(limit, int):
            items = items[:limit]
        elif limit is not None:
            return None
        return items[::-1] if match[3] else items


def _wanted(markup: str) -> list[str]:
    """The values of a `when`, between commas or `or`."""
    return [one for one in _FRAGMENT.findall(markup) if one != "or"]


def _position(index: int, length: int) -> dict[str, LiquidValue]:
    return {
        "index": index + 1,
        "index0": index,
        "rindex": length - index,
        "rindex0": length - index - 1,
        "first": index == 0,
        "last": index == length - 1,
        "length": length,
    }


def _or_unknown(text: str | None) -> str:
    return UNKNOWN if text is None else text
