"""What stands on MathJax's stack while it reads a formula, and what each item makes of the next.

As in MathJax 3's `StackItem.ts` and `base/BaseItems.ts`, without what only concerns the look.
"""

from __future__ import annotations

from postlint.findings import Span
from postlint.post.tex.error import RefusedError, TexError

SUBSCRIPT, SUPERSCRIPT = 1, 2


class Node:
    """A part of the typeset formula, as far as what follows may be refused for it."""

    __slots__ = ("is_embellished", "is_operator", "moves", "script", "scripts")

    def __init__(
        self,
        *,
        script: str = "",
        scripts: int = 0,
        moves: bool | None = None,
        is_operator: bool = False,
        is_embellished: bool = False,
    ) -> None:
        self.script = script
        """The MathML element if it is one for scripts: `msubsup`, `msup`, `munderover`, `mover`."""
        self.scripts = scripts
        """Which of them it has, SUBSCRIPT and SUPERSCRIPT added up."""
        self.moves = moves
        """Whether scripts go above and below; None where nothing was said of it (`movesupsub`)."""
        self.is_operator = is_operator
        """Whether `\\limits` may follow."""
        self.is_embellished = is_embellished
        """Whether what encloses it alone is still taken for the operator that it is."""

    @property
    def core_is_operator(self) -> bool:
        return self.is_operator and self.is_embellished


SYMBOL = Node()
"""Stands for all that has no say in what follows. It is never changed."""


def group(nodes: list[Node]) -> Node:
    """What encloses `nodes`: an operator if it holds nothing but one."""
    if len(nodes) == 1 and nodes[0].core_is_operator:
        return Node(is_operator=True, is_embellished=True)
    return SYMBOL


class Taken:
    """Says that an item took what came next, or that it is dropped."""


TAKEN = Taken()
Outcome = Taken | list["Node | Item"] | None
"""What an item makes of the next: it took it; it goes and these come instead; or it lets it in."""

_CLOSERS = {
    "end": "MissingBeginExtraEnd",
    "close": "ExtraCloseMissingOpen",
    "right": "MissingLeftExtraRight",
    "middle": "ExtraMiddle",
}


class Item:
    """The base of all; `span` is where in the formula it was written."""

    kind = "base"
    is_open = False
    is_close = False
    takes_nodes = True
    """Whether any node simply becomes one of its own."""

    def __init__(self, span: Span, name: str = "") -> None:
        self.span = span
        self.name = name
        self.nodes: list[Node] = []

    def check(self, new: Node | Item) -> Outcome:
        """Raises RefusedError where `new` must not follow."""
        if isinstance(new, Node):
            self.nodes.append(new)
            return TAKEN
        if new.kind == "over" and self.is_open:
            self.nodes.clear()
        if new.kind == "cell" and self.is_open:
            if isinstance(new, Cell) and new.is_line_break:
                return TAKEN
            raise refusal("Misplaced", new.span, new.name)
        if new.is_close:
            self.check_close(new)
        return None

    def check_close(self, new: Item) -> None:
        if new.kind in _CLOSERS:
            raise refusal(_CLOSERS[new.kind], new.span, new.name)


def refusal(error: str, span: Span, about: str = "") -> RefusedError:
    return RefusedError(TexError(error, span, about))


class Start(Item):
    kind = "start"
    is_open = True

    def check(self, new: Node | Item) -> Outcome:
        if isinstance(new, Stop):
            return [new]
        return super().check(new)


class Stop(Item):
    kind = "stop"
    is_close = True


class Open(Item):
    kind = "open"
    is_open = True

    def check(self, new: Node | Item) -> Outcome:
        if isinstance(new, Close):
            return [group(self.nodes)]
        return super().check(new)

    def check_close(self, new: Item) -> None:
        if new.kind == "stop":
            raise refusal("ExtraOpenMissingClose", self.span)
        super().check_close(new)


class Close(Item):
    kind = "close"
    is_close = True


class Prime(Item):
    """Primes wait for a superscript, which they share."""

    kind = "prime"
    takes_nodes = False

    def __init__(self, span: Span, base: Node) -> None:
        super().__init__(span)
        self.nodes = [base, SYMBOL]

    def check(self, new: Node | Item) -> Outcome:
        base = self.nodes[0]
        if base.script != "msubsup":
            return [Node(script="msup", scripts=SUPERSCRIPT), new]
        base.scripts |= SUPERSCRIPT
        return [base, new]


class Script(Item):
    """Waits for what `^` or `_` puts up or down."""

    kind = "subsup"
    takes_nodes = False

    def __init__(
        self, span: Span, base: Node, position: int, *, has_primes: bool, moves: bool | None
    ) -> None:
        super().__init__(span)
        self.nodes = [base]
        self.position = position
        self.has_primes = has_primes
        self.moves = moves

    def check(self, new: Node | Item) -> Outcome:
        if isinstance(new, (Open, Left)):
            return None
        if isinstance(new, Node):
            base = self.nodes[-1]
            base.scripts |= self.position | (SUPERSCRIPT if self.has_primes else 0)
            if self.moves is not None:
                base.moves = self.moves
            return [base]
        if super().check(new) is None:
            error = "MissingOpenForSub" if self.position == SUBSCRIPT else "MissingOpenForSup"
            raise refusal(error, self.span)
        return None

    def check_close(self, new: Item) -> None:
        if new.kind == "stop":
            raise refusal("MissingScript", self.span)
        if new.kind == "close":
            raise refusal("ExtraCloseMissingOpen", self.span, "_" if self.position == SUBSCRIPT else "^")
        super().check_close(new)


class Over(Item):
    """`\\over`, `\\choose` …: what stands before it is the numerator already."""

    kind = "over"
    is_close = True

    def check(self, new: Node | Item) -> Outcome:
        if isinstance(new, Over):
            raise refusal("AmbiguousUseOf", new.span, new.name)
        if isinstance(new, Item) and new.is_close:
            return [SYMBOL, new]
        return super().check(new)


class Left(Item):
    kind = "left"
    is_open = True

    def check(self, new: Node | Item) -> Outcome:
        if isinstance(new, Right):
            return [SYMBOL]
        if isinstance(new, Middle):
            self.nodes.append(SYMBOL)
            return TAKEN
        return super().check(new)

    def check_close(self, new: Item) -> None:
        if new.kind == "stop":
            raise refusal("ExtraLeftMissingRight", self.span)
        super().check_close(new)


class Middle(Item):
    kind = "middle"
    is_close = True


class Right(Item):
    kind = "right"
    is_close = True


class Begin(Item):
    """An environment; `is_own` if what ends it is more than an `\\end`."""

    kind = "begin"
    is_open = True

    def __init__(self, span: Span, name: str, *, is_own: bool = False) -> None:
        super().__init__(span, name)
        self.is_own = is_own

    def check(self, new: Node | Item) -> Outcome:
        if isinstance(new, End):
            if new.name != self.name:
                raise refusal("EnvBadEnd", new.span, f"{self.name} {new.name}")
            return TAKEN if self.is_own else [group(self.nodes)]
        if isinstance(new, Stop):
            raise refusal("EnvMissingEnd", self.span, self.name)
        return super().check(new)


class End(Item):
    kind = "end"
    is_close = True


class Style(Item):
    kind = "style"

    def check(self, new: Node | Item) -> Outcome:
        if isinstance(new, Item) and new.is_close:
            return [group(self.nodes), new]
        return super().check(new)


class Position(Item):
    """`\\raise`, `\\moveleft` …: waits for the box to move."""

    kind = "position"
    takes_nodes = False

    def check(self, new: Node | Item) -> Outcome:
        if isinstance(new, Node):
            return [SYMBOL]
        if new.is_close:
            raise refusal("MissingBoxFor", self.span, self.name)
        return super().check(new)


class Cell(Item):
    """The end of a cell (`&`) or of a row."""

    kind = "cell"
    is_close = True

    def __init__(self, span: Span, name: str, *, ends_row: bool, is_line_break: bool = False) -> None:
        super().__init__(span, name)
        self.ends_row = ends_row
        self.is_line_break = is_line_break


class Function(Item):
    """A named function looks at what follows, to be set off from it."""

    kind = "fn"
    takes_nodes = False

    def __init__(self, span: Span, node: Node) -> None:
        super().__init__(span)
        self.nodes = [node]

    def check(self, new: Node | Item) -> Outcome:
        if not self.nodes:
            return super().check(new)
        if isinstance(new, Item) and new.is_open:
            return None
        return [self.nodes[-1], new]


class Not(Item):
    kind = "not"
    takes_nodes = False

    def check(self, new: Node | Item) -> Outcome:
        if isinstance(new, (Open, Left)):
            return None
        return [new] if isinstance(new, Node) else [SYMBOL, new]


class Nonscript(Item):
    kind = "nonscript"
    takes_nodes = False

    def check(self, new: Node | Item) -> Outcome:
        return [new]


class Dots(Item):
    kind = "dots"
    takes_nodes = False

    def check(self, new: Node | Item) -> Outcome:
        if isinstance(new, (Open, Left)):
            return None
        return [SYMBOL, new]


class Array(Item):
    """What has cells and rows."""

    kind = "array"
    is_open = True

    def __init__(
        self, span: Span, *, needs_brace: bool = False, text_until: str | None = None, is_cd: bool = False
    ) -> None:
        super().__init__(span)
        self.needs_brace = needs_brace
        self.text_until = text_until
        """The environment whose second column is text; empty where a brace ends it; None if it is math."""
        self.is_cd = is_cd
        self.cells = 0
        """Of the row that is being read."""
        self.rows = 0

    def check(self, new: Node | Item) -> Outcome:
        if isinstance(new, Item) and new.is_close and not isinstance(new, Over):
            if isinstance(new, Cell):
                self.end_cell()
                if new.ends_row:
                    self.end_row()
                return TAKEN
            self.end_table()
            if not self.needs_brace:
                return [SYMBOL, new]
            if isinstance(new, Close):
                return [SYMBOL]
            raise refusal("MissingCloseBrace", self.span)
        return super().check(new)

    def end_cell(self) -> None:
        self.cells += 1
        self.nodes.clear()

    def end_row(self) -> None:
        self.rows += 1
        self.cells = 0

    def end_table(self) -> None:
        if self.nodes or self.cells:
            self.end_cell()
            self.end_row()


class Equations(Array):
    """`align` and its like: a tag and a label for each row."""

    kind = "eqnarray"

    def __init__(
        self, span: Span, tags: Tags, name: str, *, taggable: bool, text_until: str | None = None
    ) -> None:
        super().__init__(span, text_until=text_until)
        self.tags = tags
        tags.start(name, taggable=taggable)

    def end_row(self) -> None:
        super().end_row()
        self.tags.clear()

    def end_table(self) -> None:
        super().end_table()
        self.tags.end()


class FullWidth(Equations):
    """`flalign`, `xalignat` …; `columns` is how many cells a row may have, 0 for any number."""

    kind = "flalign"

    def __init__(self, span: Span, tags: Tags, name: str, *, taggable: bool, columns: int = 0) -> None:
        super().__init__(span, tags, name, taggable=taggable)
        self.environment = name
        self.columns = columns

    def end_cell(self) -> None:
        super().end_cell()
        if self.columns and self.cells > self.columns:
            raise refusal("XalignOverflow", self.span, self.environment)


class Multline(Equations):
    kind = "multline"

    def end_row(self) -> None:
        if self.cells != 1:
            raise refusal("MultlineRowsOneCol", self.span, "multline")
        Array.end_row(self)


class Multlined(Multline):
    kind = "multlined"


class Equation(Item):
    kind = "equation"
    is_open = True

    def __init__(self, span: Span, tags: Tags, name: str) -> None:
        super().__init__(span, name)
        self.tags = tags
        tags.start("equation", taggable=True)

    def check(self, new: Node | Item) -> Outcome:
        if isinstance(new, End):
            self.tags.end()
            return [SYMBOL, new]
        if isinstance(new, Stop):
            raise refusal("EnvMissingEnd", self.span, self.name)
        return super().check(new)


class Braket(Item):
    kind = "braket"
    is_open = True
    takes_nodes = False

    def __init__(self, span: Span, *, is_single: bool) -> None:
        super().__init__(span)
        self.is_single = is_single

    def check(self, new: Node | Item) -> Outcome:
        if isinstance(new, Close):
            return [SYMBOL]
        if isinstance(new, Node):
            self.nodes.append(new)
            return [SYMBOL] if self.is_single else TAKEN
        return super().check(new)


class ProofTree(Item):
    """A proof takes its formulas by commands; what else stands in it is set apart."""

    kind = "proofTree"
    takes_nodes = False

    def check(self, new: Node | Item) -> Outcome:
        if isinstance(new, End) and new.name == "prooftree":
            return [SYMBOL, new]
        if isinstance(new, Stop):
            raise refusal("EnvMissingEnd", self.span, "prooftree")
        return TAKEN


class Tags:
    """The tag and label that the equation which is being read has got so far (MathJax's `Tags.ts`)."""

    def __init__(self) -> None:
        self.environment = ""
        self.taggable = False
        self.tag = ""
        self.label = ""
        self._outer: list[tuple[str, bool, str, str]] = []

    def start(self, environment: str, *, taggable: bool) -> None:
        self._outer.append((self.environment, self.taggable, self.tag, self.label))
        self.environment, self.taggable = environment, taggable
        self.clear()

    def end(self) -> None:
        if self._outer:
            self.environment, self.taggable, self.tag, self.label = self._outer.pop()

    def clear(self) -> None:
        self.tag = self.label = ""
