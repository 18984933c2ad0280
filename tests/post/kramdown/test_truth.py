"""kramdown itself, asked what it makes of the same text, says the same, node by node."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from postlint.post.kramdown import Kramdown, KramdownOptions
from postlint.post.mapped import Mapped
from tests.conftest import Ruby
from tests.post.kramdown.cases import GROUPS
from tests.post.kramdown.marks import BEGINNINGS, CONTENTS, INDENTS, LINES, MARKS
from tests.post.kramdown.normal import Tree, ours, theirs

pytestmark = pytest.mark.jekyll

_FRONT_MATTER = re.compile(
    r"\A---[ \t\r\f\v]*\n.*?\n?^(?:---|\.\.\.)[ \t\r\f\v]*$\n?", re.MULTILINE | re.DOTALL
)
_KINDS = ("h", "a", "img", "codeblock", "code", "math", "table", "li", "html", "text")

_BLOGS = (
    "JinyongJeong",
    "MinsonLee",
    "TaegyunWoo",
    "WooilJeong",
    "andrewcharlesjones",
    "buomsoo-kim",
    "greeksharifa",
    "hobeen-kim",
    "hyemin-Kim",
    "karpathy",
    "ratsgo",
    "sandokim",
    "seolhokim",
    "ukcastle",
    "woongjoonchoi",
)


def trees(texts: Sequence[str], ruby: Ruby, *, gfm: bool) -> list[tuple[str, list[Tree], list[Tree]]]:
    """Each text that kramdown can parse, with our tree and kramdown's."""
    options = {"input": "GFM" if gfm else "kramdown", "hard_wrap": False}
    parser = Kramdown(KramdownOptions(gfm=gfm))
    answers = ruby("kramdown_tree.rb", {"options": options, "texts": texts})
    return [
        (text, ours(parser.parse(Mapped.whole(text)).children), theirs(answer))
        for text, answer in zip(texts, answers, strict=True)
        if isinstance(answer, list)
    ]


def kinds(tree: Iterable[Tree]) -> Counter[str]:
    found: Counter[str] = Counter()
    for kind, _, children in tree:
        found[kind] += 1
        found += kinds(children)
    return found


@pytest.mark.parametrize("gfm", [True, False], ids=["GFM", "kramdown"])
def test_kramdown_confirms_every_documented_case(ruby: Ruby, gfm: bool) -> None:
    texts = [case.written for cases in GROUPS.values() for case in cases if case.gfm is gfm]
    for text, mine, truth in trees(texts, ruby, gfm=gfm):
        assert mine == truth, text


@pytest.mark.corpus
@pytest.mark.parametrize("gfm", [True, False], ids=["GFM", "kramdown"])
@pytest.mark.parametrize("blog", _BLOGS)
def test_real_posts(blog: str, gfm: bool, corpus: Path, ruby: Ruby) -> None:
    """Every post with the input that the blogs have; every fifth with the other."""
    texts = bodies(corpus, blog)[:: 1 if gfm else 5]
    compared = trees(texts, ruby, gfm=gfm)
    same = sum(mine == truth for _, mine, truth in compared)
    counts: Counter[str] = Counter()
    for _, _, truth in compared:
        counts += kinds(truth)
    print(
        f"\n{blog}: {same} of {len(compared)} posts;", ", ".join(f"{counts[kind]} {kind}" for kind in _KINDS)
    )
    assert same == len(compared)


@pytest.mark.parametrize("gfm", [True, False], ids=["GFM", "kramdown"])
def test_random_text(ruby: Ruby, gfm: bool) -> None:
    chance = random.Random(20 + gfm)
    texts = ["".join(marks(chance)) for _ in range(2000)]
    for text, mine, truth in trees(texts, ruby, gfm=gfm):
        assert mine == truth, text


@pytest.mark.parametrize("gfm", [True, False], ids=["GFM", "kramdown"])
def test_random_lines(ruby: Ruby, gfm: bool) -> None:
    """Blocks within blocks, at all sorts of indents."""
    chance = random.Random(40 + gfm)

    def line() -> str:
        return chance.choice(INDENTS) + chance.choice(BEGINNINGS) + chance.choice(CONTENTS)

    texts = ["\n".join(line() for _ in range(chance.randint(2, 14))) for _ in range(2000)]
    for text, mine, truth in trees(texts, ruby, gfm=gfm):
        assert mine == truth, text


@pytest.mark.corpus
def test_mutated_posts(corpus: Path, ruby: Ruby) -> None:
    """Real paragraphs with marks put in, pieces cut out and other paragraphs begun within."""
    chance = random.Random(1)
    paragraphs = [
        part for blog in _BLOGS[::3] for body in bodies(corpus, blog) for part in body.split("\n\n")
    ]
    texts = [mutated(chance, chance.choice(paragraphs)[:600], paragraphs) for _ in range(2000)]
    for text, mine, truth in trees(texts, ruby, gfm=True):
        assert mine == truth, text


def bodies(corpus: Path, blog: str) -> list[str]:
    """What Jekyll gives kramdown of each post of a blog, but for Liquid, which is left as it is."""
    (folder,) = [one for one in corpus.iterdir() if one.name.startswith(blog)]
    found = []
    for path in sorted(folder.rglob("_posts/**/*")):
        if path.suffix in (".md", ".markdown") and path.is_file():
            text = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
            found.append(_FRONT_MATTER.sub("", text, count=1))
    return found


def marks(chance: random.Random) -> Iterable[str]:
    for _ in range(chance.randint(1, 30)):
        yield chance.choice(LINES) if chance.random() < 0.4 else chance.choice(MARKS).replace("_", " ")


def mutated(chance: random.Random, text: str, others: Sequence[str]) -> str:
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(text) + 1)
        kind = chance.random()
        if kind < 0.5:
            text = text[:at] + chance.choice(chance.choice((MARKS, LINES))) + text[at:]
        elif kind < 0.75:
            text = text[: max(0, at - chance.randint(1, 4))] + text[at:]
        else:
            other = chance.choice(others)
            text = text[:at] + other[: chance.randint(0, min(len(other), 300))] + text[at:]
    return text
