"""The reader's eye for formulas: blogs, built by Jekyll and typeset by MathJax, held against MATH findings.

Run with -s to see the table. What an author wrote as a formula is read from the post here once more, by
other means than postlint's: the source's `$…$`, `$$…$$` and the like, with code left out.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from postlint.findings import Finding, Severity, Span
from postlint.fixing import fix_text
from postlint.post.source import Source
from postlint.registry import all_rules
from postlint.rule import Rule
from postlint.run.checking import check
from postlint.run.files import Linter
from postlint.run.reading import decode
from postlint.run.request import Request
from tests.conftest import CORPUS, TRUTH, Ruby

REFERENCE = CORPUS.parent / "oracle" / "jekyll_truth.rb"
BLOGS = (
    *("JinyongJeong", "MinsonLee", "TaegyunWoo", "WooilJeong", "andrewcharlesjones", "buomsoo-kim"),
    *("greeksharifa", "hobeen-kim", "karpathy", "ratsgo", "sandokim", "seolhokim", "ukcastle"),
    "woongjoonchoi",
)
COLUMNS = ("posts", "formulas", "broken", "named", "findings", "right")
LEAST_RECALL = LEAST_PRECISION = 0.97

MathJax = Callable[[list[str]], list[list[dict[str, Any]]]]


# What the author wrote

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n.*?^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_BLOCKS = re.compile(r"(?P<kept>^[ \t>]*\$\$.+?\$\$)", re.DOTALL | re.MULTILINE)
"""A formula that begins its line is one, whatever signs of code stand in it."""
_CODE = re.compile(
    r"^[ \t>]*(`{3,}|~{3,}).*?^[ \t>]*\1[`~]*[ \t]*\r?$"
    r"|\{%-?\s*highlight.*?endhighlight\s*-?%\}|<(pre|code|script)\b.*?</\2>|<!--.*?-->"
    r"|(`+)(?!`)(?:(?!\r?\n\s*\r?\n).)+?(?<!`)\3(?!`)|\{%-?\s*(?:end)?raw\s*-?%\}",
    re.DOTALL | re.MULTILINE,
)
_FORMULA = re.compile(
    r"\$\$(?P<double>.+?)\$\$"
    r"|(?<![\\$])\$(?P<single>(?:[^$\\\n\x00]|\\.|\n(?!\s*\n))+?)\$(?!\$)"
    r"|(?<!\\)\\\\?(?:\((?P<round>(?:(?!\n\s*\n).)+?)\\\\?\)|\[(?P<square>(?:(?!\n\s*\n).)+?)\\\\?\])"
    r"|(?P<environment>\\begin\{(\w+\*?)\}.*?\\end\{\6\})",
    re.DOTALL,
)
_TEX = re.compile(r"\\[A-Za-z]{2,}|[A-Za-z0-9)}\]][_^][{A-Za-z0-9\\]|\\\{")
_SHORT = re.compile(r"[A-Za-z](?:[A-Za-z0-9()=+*/<>,|.' -]{,30}[A-Za-z0-9)'|])?")
_NAMES = re.compile(r"\\(?:text|mbox|mathrm|operatorname)\w*\{[^{}]*\}")
_PROSE = re.compile(
    r"^[가-힣]|[가-힣][ ,.]*$|[가-힣] [가-힣(\x00]|[.?!]\s+[A-Z가-힣]|[a-z]{3,} [a-z]{2,}|\|\s*\n"
)


@dataclass(frozen=True)
class Written:
    """A formula as it stands in a post."""

    span: Span
    tex: str


def written(text: str) -> Iterator[Written]:
    """What looks like TeX between delimiters."""
    blank = _FRONT_MATTER.sub(_blanked, text, count=1)
    kept = re.compile(f"{_CODE.pattern}|{_BLOCKS.pattern}", re.DOTALL | re.MULTILINE)
    blank = kept.sub(lambda match: match["kept"] or _blanked(match), blank)
    at = 0
    while match := _FORMULA.search(blank, at):
        tex = next(group for group in match.groupdict().values() if group is not None)
        is_block = match["environment"] or match["double"]
        if not is_block and _PROSE.search(_NAMES.sub("", tex)):
            at = match.start() + 1  # it stands between two formulas: the next may begin at its end
            continue
        bracket = match["round"] or match["square"]
        is_short = match["single"] is not None and _SHORT.fullmatch(tex)
        if (is_short or _TEX.search(tex)) and not (bracket and "\\" not in bracket):
            yield Written(Span(*match.span()), tex)
        at = match.end()


def _blanked(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "\x00", match[0])


# What of it MathJax shows

_ROWS = re.compile(r"\\begin|\\substack|\\[pbvBV]?matrix\b|\\cases\b")


def shown(tex: str) -> str:
    """`tex` without what shows the same, and without what was written for Markdown's sake.

    Whether `\\|` was meant for a single bar, nobody can tell: it counts as one.
    """
    tex = re.sub(r"\n[ \t>]+", "\n", tex).translate(str.maketrans("’‘“”\xa0", "''\"\" "))
    tex = tex.replace("…", "...")
    tex = _NAMES.sub(lambda name: name[0].replace("\\_", "\x01"), tex)
    tex = re.sub(r"\\{2,}(?=\s*(?:\\+end|$))", "", tex)
    tex = re.sub(r"\\+(?=[A-Za-z])", lambda _: "\\", tex)
    tex = re.sub(r"\\{2,}(?=[{}|$%&#,;:!])", lambda _: "\\", tex)
    tex = re.sub(r"\\{2,}(?=[=0-9])", lambda _: "\\\\", tex)
    tex = re.sub(r"(?<!\\)\\(?=[_*|()\[\].+'\"<>~`-])", "", tex)
    tex = re.sub(r"(?<=[_^])\\\{(.*?)\\\}", r"{\1}", tex)
    tex = re.sub(r"\\\{([^{}]*\\choose[^{}]*)\\\}", r"{\1}", tex)
    tex = re.sub(r"(?<!\\)\\(?=\s)", "", tex)
    tex = re.sub(r"\\{2,}(?=\s)", (lambda _: "\\\\") if _ROWS.search(tex) else "", tex)
    return re.sub(r"\s+", "", tex)


@dataclass
class Page:
    """A post, what its author wrote and what a reader sees of it."""

    name: str
    source: Source
    good: list[Written] = field(default_factory=list)
    bad: list[tuple[Written, str]] = field(default_factory=list)
    """Each with what a reader meets instead."""

    def line(self, offset: int) -> int:
        return self.source.line_at(offset)

    def lines(self, span: Span) -> range:
        return range(self.line(span.start), self.line(max(span.start, span.end - 1)) + 1)


def page(name: str, source: Source, formulas: list[dict[str, Any]]) -> Page:
    """Sorts what the author of a post wrote by whether MathJax shows it."""
    found = Page(name, source)
    ours = list(written(source.text))
    wanted = [shown(one.tex) for one in ours]
    typeset = [shown(one["tex"]) for one in formulas if one["error"] is None]
    failed = {shown(one["tex"]): one["error"] for one in formulas if one["error"] is not None}
    blocks = difflib.SequenceMatcher(None, wanted, typeset, autojunk=False).get_matching_blocks()
    good = {block.a + index for block in blocks for index in range(block.size)}
    used = {block.b + index for block in blocks for index in range(block.size)}
    # Notes stand elsewhere on the page.
    moved = Counter(key for index, key in enumerate(typeset) if index not in used)
    for index, (one, key) in enumerate(zip(ours, wanted, strict=True)):
        if index in good:
            found.good.append(one)
        elif moved[key]:
            moved[key] -= 1
            found.good.append(one)
        else:
            found.bad.append((one, failed.get(key, "does not reach MathJax as it was written")))
    return found


# What postlint says


@dataclass
class Tally:
    """Formulas, those that nobody sees, those of them with a finding; findings, those that are right."""

    pages: int = 0
    formulas: int = 0
    broken: int = 0
    named: int = 0
    findings: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.pages += other.pages
        self.formulas += other.formulas
        self.broken += other.broken
        self.named += other.named
        self.findings += other.findings
        self.right += other.right
        self.misses += other.misses

    def row(self) -> str:
        counts = (self.pages, self.formulas, self.broken, self.named, self.findings, self.right)
        return "".join(f"{count:>10}" for count in counts)


def compare(page: Page, findings: list[Finding]) -> Tally:
    tally = Tally(pages=1, formulas=len(page.good) + len(page.bad), broken=len(page.bad))
    named = {line for finding in findings for line in page.lines(finding.span)}
    for one, why in page.bad:
        if named.intersection(page.lines(one.span)):
            tally.named += 1
        else:
            tally.misses.append(
                f"no finding: {page.name}:{page.line(one.span.start)} {one.tex[:100]!r}: {why}"
            )
    for finding in findings:
        if finding.severity is not Severity.ERROR:
            continue
        on_good = any(_meet(one.span, finding.span) for one in page.good)
        on_bad = any(_meet(one.span, finding.span) for one, _ in page.bad)
        if on_good and not on_bad and "\\|" in page.source[finding.span]:
            continue
        tally.findings += 1
        if on_good and not on_bad:
            place = f"{page.name}:{page.line(finding.span.start)}"
            tally.misses.append(
                f"{finding.code} on what typesets: {place} {page.source[finding.span][:100]!r}"
            )
        else:
            tally.right += 1
    return tally


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


# The test


@pytest.fixture(scope="session")
def mathjax() -> MathJax:
    """Typesets pages with the MathJax of the folder that POSTLINT_MATHJAX names."""

    def run(pages: list[str]) -> list[list[dict[str, Any]]]:
        done = subprocess.run(
            ["node", str(TRUTH / "mathjax_formulas.mjs")],
            input=json.dumps(pages).encode(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        found: list[list[dict[str, Any]]] = json.loads(done.stdout)
        # Escaped dollars are in MathJax's list too.
        return [[one for one in formulas if one["display"] is not None] for formulas in found]

    return run


def built(blog: Path) -> dict[str, str]:
    """The HTML of each post that Jekyll publishes, by its path."""
    done = subprocess.run(
        ["ruby", str(REFERENCE), str(blog), "--html"],
        capture_output=True,
        check=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    return {post["path"]: post["html"] for post in json.loads(done.stdout)["posts"] if post.get("html")}


def pages(blog: Path, posts: dict[str, list[dict[str, Any]]]) -> Iterator[Page]:
    """The posts in which formulas are meant: MathJax typesets some TeX on them."""
    for path, formulas in posts.items():
        file = blog / path
        source = decode(file.read_bytes())
        if isinstance(source, Source) and any(_TEX.search(one["tex"]) for one in formulas):
            yield page(f"{blog.name[:12]}/{file.name}", source, formulas)


def judged(blog: Path, posts: dict[str, list[dict[str, Any]]]) -> Tally:
    linter = Linter(Request(no_config=True))
    rules = [rule() for rule in all_rules() if rule.code.startswith("MATH")]
    tally = Tally()
    names = {file.name: file for file in (blog / path for path in posts)}
    for one in pages(blog, posts):
        post = linter.post(names[one.name.partition("/")[2]], one.source)
        tally.add(compare(one, check(post, rules)))
    return tally


@pytest.mark.jekyll
@pytest.mark.mathjax
@pytest.mark.corpus
def test_what_readers_cannot_see_is_found_and_nothing_else(
    corpus: Path, ruby: Ruby, mathjax: MathJax
) -> None:
    whole = Tally()
    print(f"\n{'':42}" + "".join(f"{name:>10}" for name in COLUMNS))
    for blog in sorted(folder for folder in corpus.iterdir() if folder.name.startswith(BLOGS)):
        html = built(blog)
        typeset = mathjax(ruby("browser_html.rb", list(html.values())))
        tally = judged(blog, dict(zip(html, typeset, strict=True)))
        print(f"{blog.name:<42}{tally.row()}")
        whole.add(tally)
    print(f"{'':42}{whole.row()}")
    recall, precision = whole.named / whole.broken, whole.right / whole.findings
    print(f"recall {recall:.1%}, precision {precision:.1%}")
    print(*whole.misses, sep="\n")
    assert recall >= LEAST_RECALL
    assert precision >= LEAST_PRECISION


def _found(linter: Linter, rules: list[Rule], file: Path, text: str) -> list[Finding]:
    return check(linter.post(file, Source(text)), rules)


@pytest.mark.jekyll
@pytest.mark.mathjax
@pytest.mark.corpus
def test_what_is_repaired_is_seen(corpus: Path, ruby: Ruby, mathjax: MathJax) -> None:
    """By kramdown alone, without the Liquid of the page: before and after differ in the repairs only."""
    linter = Linter(Request(no_config=True))
    rules = [rule() for rule in all_rules() if rule.code.startswith("MATH")]
    mended = []
    for file in sorted(corpus.glob("*/_posts/**/*")):
        source = decode(file.read_bytes()) if file.suffix in (".md", ".markdown") else None
        if isinstance(source, Source) and file.relative_to(corpus).parts[0].startswith(BLOGS):
            text = source.text
            fixed = fix_text(text, partial(_found, linter, rules, file))
            assert not fixed.cycle, file
            if fixed.text != text:
                mended.append((file.name, text, fixed.text))

    def seen(texts: list[str]) -> list[Page]:
        html = [one["html"] for one in ruby("kramdown_html.rb", {"texts": texts})]
        formulas = mathjax(ruby("browser_html.rb", html))
        names = [name for name, _, _ in mended]
        return [page(name, Source(text), one) for name, text, one in zip(names, texts, formulas, strict=True)]

    before, after = seen([old for _, old, _ in mended]), seen([new for _, _, new in mended])
    broken, left = sum(len(one.bad) for one in before), sum(len(one.bad) for one in after)
    print(f"\n{len(mended)} posts repaired: {broken} formulas broken before, {left} after")
    for old, new in zip(before, after, strict=True):
        assert len(new.good) >= len(old.good), new.name
        print(*(f"still broken: {new.name}: {one.tex[:100]!r}: {why}" for one, why in new.bad), sep="\n")
    assert left <= broken * (1 - LEAST_RECALL)
