"""Reads a formula as MathJax 3 does: characters and commands, and the stack that they build on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.tex.characters import NO_SYMBOL, SPACES
from postlint.post.tex.items import (
    SUBSCRIPT,
    SUPERSCRIPT,
    SYMBOL,
    TAKEN,
    Array,
    Cell,
    Close,
    Item,
    Node,
    Open,
    Prime,
    Script,
    Start,
    Stop,
    Tags,
)
from postlint.post.tex.line_break import LineBreak
from postlint.post.tex.macros import Macro, Macros
from postlint.post.tex.reader import Reader

DEEPEST = 60
"""How deep arguments within arguments are followed. No formula that somebody wrote is near it."""
MOST_MACROS = 1000
"""How many macros one stretch of TeX may use: MathJax's `maxMacros`."""
MOST_STEPS = 20_000
"""How many commands of one formula are obeyed; behind them nothing is said of it."""

_PLAIN = lazy(rf"[^{NO_SYMBOL}]+")
"""What makes symbols and no more, however many of them."""
_NUMBER = lazy(r"[0-9]+(?:\{,\}[0-9]{3})*(?:\.[0-9]*)?|\.[0-9]+")
_DIGIT = lazy(r"[0-9]")
_PRIMES = lazy(r"(?:\s*['’])+\s*")
_LINE = lazy(r"[^\n]*")
_OPERATORS = frozenset("∏∐∑∫∬∭∮∯∰∱∲∳⋀⋁⋂⋃⨀⨁⨂⨃⨄⨅⨆⨌")
"""Characters that are operators by MathML's dictionary, so that `\\limits` may follow them."""


class TooMuchError(Exception):
    """The formula is deeper, or does more, than is followed."""


class Page(NamedTuple):
    """What all readers of one formula share."""

    macros: Macros
    methods: Mapping[str, Method]
    """Of a command's kind to what obeys it."""
    kind_of: Callable[[str], str | None]
    """The kind of a command that MathJax knows, by its name without backslash."""
    built_in: Mapping[str, Macro]
    """What MathJax itself replaces by others."""
    delimiters: frozenset[str]
    environment_of: Callable[[str], str | None]
    tags: Tags
    every_package: bool
    steps: list[int]
    """How many commands were obeyed so far, in its one element."""
    line_breaks: list[LineBreak]
    """Those outside of rows, so far."""


class Parser(Reader):
    """One stretch of TeX: the formula itself, or an argument in it."""

    def __init__(self, part: tuple[str, int, int, Span], page: Page, depth: int = 0) -> None:
        super().__init__(*part)
        if depth > DEEPEST:
            raise TooMuchError
        self.page = page
        self.depth = depth
        self.stack: list[Item] = [Start(self.span(0, 0))]
        self.macro_count = 0
        self.in_equations = False
        self.in_root = False
        self.moved_roots: set[str] = set()
        self.empheq = ""
        self._single_digit = -1

    @property
    def top(self) -> Item:
        return self.stack[-1]

    def read(self) -> list[Node]:
        """Reads all of it: what it makes. Raises RefusedError at an error, TooMuchError as that says."""
        self.run()
        bottom = self.stack[0]
        self.push(Stop(self.span(len(self.text), len(self.text))))
        return bottom.nodes

    def run(self) -> None:
        """Reads on to the end of the text."""
        while self.at < len(self.text):
            match = _PLAIN.match(self.text, self.at)
            if match is not None:
                self._plain(match.end())
                continue
            character = self.text[self.at]
            method = _CHARACTERS.get(character)
            if method is not None:
                method(self)
            elif character in SPACES:
                self.at += 1
            else:
                raise self.refusal("UnknownCharacter", self.span(self.at, self.at + 1), character)

    def _plain(self, end: int) -> None:
        if self.top.takes_nodes:
            self.at = end
            self.top.nodes.append(_symbol(self.text[end - 1]))
            return
        number = None if self._single_digit == self.at else _NUMBER.match(self.text, self.at)
        start = self.at
        self.at = min(number.end(), len(self.text)) if number else start + 1
        self.push(_symbol(self.text[start]))

    def push(self, *things: Node | Item) -> None:
        """Gives them to the top of the stack, one by one."""
        if len(things) == 1 and self.stack[-1].takes_nodes and isinstance(things[0], Node):
            self.stack[-1].nodes.append(things[0])
            return
        waiting = list(reversed(things))
        while waiting:
            thing = waiting.pop()
            if not self.stack:
                break  # the end was taken, and with it all that was open
            outcome = self.stack[-1].check(thing)
            if outcome is TAKEN:
                continue
            if isinstance(outcome, list):
                self.stack.pop()
                waiting.extend(reversed(outcome))
            elif isinstance(thing, Item):
                self.stack.append(thing)

    def parse(self, start: int, end: int, *, in_root: bool = False) -> list[Node]:
        """What a stretch of the text makes when it is read for itself."""
        inner = Parser(self.part(start, end), self.page, self.depth + 1)
        inner.in_root = in_root or self.in_root
        return inner.read()

    def parse_text(self, text: str, span: Span) -> list[Node]:
        """The same of a text that stands at `span`, but not as it is."""
        return Parser((text, span.start, len(text), span), self.page, self.depth + 1).read()

    def run_apart(self, text: str, start: int) -> None:
        """Reads `text`, that stands for what was read from `start` on, before the rest and without it."""
        rest = self.part(self.at, len(self.text))
        self.text = self.text[: self.at]
        self.replace(text, start)
        self.run()
        self.text, self._offset, self._written_from, self._call = rest
        self.at = 0

    def math_argument(self) -> list[Node]:
        return self.parse(*self.argument())

    def delimiter(self, *, braces: bool = False) -> None:
        """Reads one, in braces too if they are allowed."""
        character = self.next()
        if character == "\\":
            character += self.control_sequence()
        elif character == "{" and braces:
            character = self.raw_argument().strip()
        else:
            self.at += 1
        if not self.is_delimiter(character):
            raise self.refusal(
                "MissingOrUnrecognizedDelim", self.span(self.command_start, min(self.at, len(self.text)))
            )

    def is_delimiter(self, text: str) -> bool:
        return text in self.page.delimiters or text in self.page.macros.delimiters

    def count_macro(self, error: str = "MaxMacroSub1") -> None:
        self.macro_count += 1
        if self.macro_count > MOST_MACROS:
            raise self.refusal(error)

    def step(self) -> None:
        self.page.steps[0] += 1
        if self.page.steps[0] > MOST_STEPS:
            raise TooMuchError

    # Characters

    def _command(self) -> None:
        start = self.at
        name = self.control_sequence()
        self.obey(name, start)

    def obey(self, name: str, start: int) -> None:
        """Does what the command `name`, written at `start` and read, says."""
        self.step()
        outer = self.command, self.command_start
        self.command, self.command_start = "\\" + name, start
        kind = self.kind_of(name)
        if kind is None:
            raise self.refusal("UndefinedControlSequence")
        self.page.methods[kind](self)
        self.command, self.command_start = outer

    def kind_of(self, name: str) -> str | None:
        """The kind of a command, `macro` for one that the page defines; None if nobody knows it."""
        macros = self.page.macros
        if "\\" + name in macros.delimiters:
            return "> symbol"
        if name in macros.commands:
            return "macro"
        return macros.aliases.get(name) or self.page.kind_of(name)

    def _open(self) -> None:
        self.at += 1
        self.push(Open(self.span(self.at - 1, self.at)))

    def _close(self) -> None:
        self.at += 1
        self.push(Close(self.span(self.at - 1, self.at)))

    def _symbol(self) -> None:
        self.at += 1
        self.push(SYMBOL)

    def _hash(self) -> None:
        raise self.refusal("CantUseHash1", self.span(self.at, self.at + 1), "#")

    def _comment(self) -> None:
        match = _LINE.match(self.text, self.at)
        assert match is not None
        self.at = match.end()

    def _cell(self) -> None:
        self.at += 1
        self.end_cell()

    def end_cell(self) -> None:
        self.push(Cell(self.span(self.at - 1, self.at), "&", ends_row=False))
        top = self.top
        if isinstance(top, Array) and top.text_until is not None:
            self.page.methods["text column"](self)

    def _at_sign(self) -> None:
        if self.page.every_package or any(isinstance(item, Array) and item.is_cd for item in self.stack):
            self.page.methods["arrow"](self)
        else:
            self._symbol()

    def _prime(self) -> None:
        start = self.at
        base = self._base()
        if base.script == "msubsup" and base.scripts & SUPERSCRIPT:
            raise self.refusal("DoubleExponentPrime", self.span(start, start + 1), "'")
        match = _PRIMES.match(self.text, start)
        assert match is not None
        self.at = match.end()
        self.push(Prime(self.span(start, self.at), base))

    def _base(self) -> Node:
        nodes = self.top.nodes
        return _own(nodes.pop()) if nodes else Node()

    def _superscript(self) -> None:
        self._script(SUPERSCRIPT)

    def _subscript(self) -> None:
        self._script(SUBSCRIPT)

    def _script(self, position: int) -> None:
        start = self.at
        self.at += 1
        if _DIGIT.match(self.next()):
            self._single_digit = self.at  # a number is no unit here: x^12 has 1 for its exponent
        has_primes = isinstance(self.top, Prime)
        base = self.stack.pop().nodes[0] if has_primes else self._base()
        moves = base.moves
        is_subsup = base.script in ("msubsup", "msup")
        if base.scripts & position and base.script in ("msubsup", "munderover"):
            error = "DoubleExponent" if position == SUPERSCRIPT else "DoubleSubscripts"
            raise self.refusal(error, self.span(start, start + 1), self.text[start])
        if not is_subsup or base.script == "msup":
            if not moves:
                base = _scripted("msubsup", base)
            elif base.script != "munderover" or base.scripts & position:
                base = _scripted("munderover", base)
                base.moves = True
        self.push(Script(self.span(start, start + 1), base, position, has_primes=has_primes, moves=moves))


Method = Callable[[Parser], None]

_CHARACTERS: dict[str, Method] = {
    "\\": Parser._command,
    "{": Parser._open,
    "}": Parser._close,
    "~": Parser._symbol,
    "^": Parser._superscript,
    "_": Parser._subscript,
    "'": Parser._prime,
    "’": Parser._prime,
    "%": Parser._comment,
    "&": Parser._cell,
    "#": Parser._hash,
    "@": Parser._at_sign,
}


def _symbol(character: str) -> Node:
    return Node(is_operator=True, is_embellished=True) if character in _OPERATORS else SYMBOL


def _own(node: Node) -> Node:
    """A node that may be changed."""
    return Node() if node is SYMBOL else node


def _scripted(element: str, base: Node) -> Node:
    return Node(script=element, is_operator=base.core_is_operator, is_embellished=base.core_is_operator)
