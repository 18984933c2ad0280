"""Fixes are safe: what kramdown renders before and after differs in what each rule has promised, only.

Run with -s to see what was mended, and how the pages have changed.
"""

from __future__ import annotations

import os
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import pytest

from postlint.findings import Finding, Safety
from postlint.fixing import APPLIED_BY_DEFAULT, fix_text
from postlint.post.source import Source
from postlint.registry import all_rules
from postlint.rule import Bad
from postlint.run.checking import check
from postlint.run.files import Linter
from postlint.run.reading import decode, encode
from postlint.run.request import Request
from tests.conftest import Ruby
from tests.proof.pages import Block, Rendered, judge
from tests.proof.promises import PROMISES, addresses, unseen
from tests.proof.steps import Applied, Proof, Step, left_to_mend, mend, outspoken, proof_of, sheet

_BLOGS = (
    *("JinyongJeong", "MinsonLee", "TaegyunWoo", "WooilJeong", "andrewcharlesjones", "buomsoo-kim"),
    *("greeksharifa", "hobeen-kim", "karpathy", "ratsgo", "sandokim", "seolhokim", "ukcastle"),
    "woongjoonchoi",
)
"""The blogs for Jekyll, which all leave kramdown's options as Jekyll sets them."""
_POST = Path("_posts/2024-05-01-proof.md")


def rendered(ruby: Ruby, steps: Sequence[Step], dialect: str = "GFM") -> Rendered:
    """The pages and front matters that `steps` change, by one process for all.

    `dialect` is kramdown's `input`.
    """
    changed = [step for step in steps if step.before.body != step.after.body]
    bodies = sorted({sheet.body for step in changed for sheet in (step.before, step.after)})
    yaml = {sheet.front_matter for step in steps for sheet in (step.before, step.after)}
    front_matters = sorted(text for text in yaml if text is not None)
    answer = ruby("kramdown_blocks.rb", {"bodies": bodies, "front_matters": front_matters, "input": dialect})
    pages = (tuple(Block(line, html) for line, html in page) for page in answer["bodies"])
    return Rendered(
        dict(zip(bodies, pages, strict=True)),
        dict(zip(front_matters, answer["front_matters"], strict=True)),
    )


# Real blogs


@dataclass
class Row:
    """What the fixes of a rule have done to the blogs."""

    files: set[Path] = field(default_factory=set)
    changed: set[Path] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    def text(self, rules: str) -> str:
        kinds = ", ".join(sorted(self.kinds)) or "nothing"
        return f"{rules:<12}{len(self.files):>6}{len(self.changed):>9}  {kinds}"


def table(steps: Sequence[Step], pages: Rendered) -> tuple[list[str], list[str]]:
    """The table of what was changed, and what was changed without a promise."""
    rows: dict[str, Row] = defaultdict(Row)
    unexplained = []
    for step in steps:
        verdict, row = judge(step, pages), rows[step.rules]
        row.files.add(step.path)
        row.kinds |= verdict.kinds
        if verdict.changes:
            row.changed.add(step.path)
        unexplained += [f"{step.rules} in {step.path.name}: {one}" for one in verdict.unexplained]
    lines = [f"{'rule':<12}{'files':>6}{'changed':>9}  kinds of differences"]
    lines += [row.text(rules) for rules, row in sorted(rows.items())]
    return lines, unexplained


@pytest.fixture(scope="module")
def blogs(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Path]]:
    """The blogs for Jekyll, to be written to; the greatest first."""
    folder = tmp_path_factory.mktemp("mended")
    copies = [
        Path(shutil.copytree(blog, folder / blog.name))
        for blog in sorted(corpus.iterdir())
        if blog.name.startswith(_BLOGS)
    ]
    yield sorted(copies, key=lambda blog: -sum(file.stat().st_size for file in blog.rglob("*.m*d*")))
    shutil.rmtree(folder)


def pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"))


@pytest.mark.jekyll
@pytest.mark.corpus
def test_fixes_change_of_real_blogs_what_their_rules_promise(blogs: list[Path], ruby: Ruby) -> None:
    """Each rule alone and all together; and nothing is left to mend then."""
    with pool() as processes:
        proofs = list(processes.map(proof_of, blogs))
        steps = [step for proof in proofs for step in proof.steps]
        lines, unexplained = table(steps, rendered(ruby, steps))
        print("", *lines, f"{len(unexplained)} differences unexplained", sep="\n")
        assert [one for proof in proofs for one in proof.endless] == []
        assert unexplained == []
        for proof in proofs:
            write(proof)
        mended = [list(proof.mended) for proof in proofs]
        left = [one for many in processes.map(left_to_mend, blogs, mended) for one in many]
    assert left == []


def write(proof: Proof) -> None:
    for path, text in proof.mended.items():
        source = decode(path.read_bytes())
        assert isinstance(source, Source)
        path.write_bytes(encode(source, text))


# The rules' own examples


def mend_examples(folder: Path) -> Proof:
    """Each rule alone over its own examples, as its documentation shows them, below `folder`."""
    proof = Proof([], {}, [])
    for rule in all_rules():
        for number, example in enumerate(rule.examples):
            # kramdown reads no file of Hugo's, and none that no site makes a page of.
            if not isinstance(example, Bad) or Path(example.path).parts[0] not in ("_posts", "_drafts"):
                continue
            blog = folder / f"{rule.code}-{number}"
            for name, content in {**example.site, example.path: example.source}.items():
                (blog / name).parent.mkdir(parents=True, exist_ok=True)
                (blog / name).write_text(content, encoding="utf-8")
            options = {name.replace("-", "_"): value for name, value in example.options.items()}
            alone = outspoken(rule(rule.Options(**options)))
            linter = Linter(Request(no_config=True, no_cache=True))
            source = Source(example.source)
            mend(linter, blog / example.path, source, [alone], rule.code, proof, example.web)
    return proof


@pytest.mark.jekyll
def test_fixes_change_of_examples_what_their_rules_promise(tmp_path: Path, ruby: Ruby) -> None:
    proof = mend_examples(tmp_path)
    lines, unexplained = table(proof.steps, rendered(ruby, proof.steps))
    print("", *lines, sep="\n")
    assert proof.endless == []
    assert unexplained == []
    assert PROMISES.keys() <= {step.rules for step in proof.steps} | OWN_DIALECT.keys(), "nothing proves it"


OWN_DIALECT = {"HEAD007": "글\n## 제목\n\n> 인용\n> # 제목\n> 글\n\n- 항목\n  # 제목\n"}
"""Texts that only kramdown's own dialect makes a fault of, by the rules that mend it."""


@pytest.mark.jekyll
@pytest.mark.parametrize("code", OWN_DIALECT)
def test_fixes_change_of_the_own_dialect_what_their_rules_promise(
    code: str, tmp_path: Path, ruby: Ruby
) -> None:
    (tmp_path / "_config.yml").write_text("kramdown:\n  input: kramdown\n", encoding="utf-8")
    (rule,) = [rule for rule in all_rules() if rule.code == code]
    proof = Proof([], {}, [])
    linter = Linter(Request(no_config=True, no_cache=True))
    mend(linter, tmp_path / _POST, Source(OWN_DIALECT[code]), [rule()], code, proof)
    _, unexplained = table(proof.steps, rendered(ruby, proof.steps, dialect="kramdown"))
    assert proof.steps, "nothing was mended"
    assert unexplained == []


# What no fix may do is seen

BROKEN = {
    "a safe fix that takes a word": ("PAGE009", "둘째 글   \n", "글  \n"),
    "a safe fix that takes a break": ("PAGE009", "글   \n둘째\n", "글 \n둘째\n"),
    "an address and its text": (
        "URL020",
        "[글](https://a.example/?fbclid=1)\n",
        "[굴](https://a.example/)\n",
    ),
    "another block": ("SITE001", "[글](/a/)\n\n둘째\n", "[글](/b/)\n\n셋째\n"),
    "a formula and the text beside it": ("MATH002", "값 $a_{i}*b*$ 이다\n", "것 $$a_{i}*b*$$ 이다\n"),
    "emphasis beside a formula": ("MATH004", "*값* $\\{a\\}$ 이다\n", "**값** $$\\{a\\}$$ 이다\n"),
    "code that nobody wrote": ("LIQ002", "`x`\n", "`{{ b }}`\n"),
    "a tag that stays": ("PAGE006", "글 <Member> 은\n", "글 <Member/> 은\n"),
    "a table that loses a word": ("PAGE004", "하나 | 둘\n", "하나\n"),
    "front matter": ("URL020", "---\ntitle: 글\n---\n글\n", "---\ntitle: 굴\n---\n글\n"),
    "a tag that vanishes": ("FM012", "---\ntags: [[a, b]]\n---\n", "---\ntags: [a]\n---\n"),
}


@pytest.mark.jekyll
@pytest.mark.parametrize(("rule", "before", "after"), BROKEN.values(), ids=BROKEN)
def test_a_difference_that_was_not_promised_is_seen(rule: str, before: str, after: str, ruby: Ruby) -> None:
    linter = Linter(Request(no_config=True))
    old, new = (sheet(linter.post(_POST, Source(text))) for text in (before, after))
    fix = Applied(rule, Safety.REPAIR, range(1, 2), is_definition=False, is_note=False, written="")
    step = Step(_POST, rule, old, new, (fix,))
    assert judge(step, rendered(ruby, [step])).unexplained


# Bodies with everything that a safe fix mends, wherever it may stand

_HANGUL, _TRACKED = "https://ko.wikipedia.org/wiki/한글", "https://arxiv.org/abs/1706.03762?fbclid=IwAR0"

SNIPPETS = [
    f"[글]({_HANGUL}) 과 [논문]({_TRACKED})\n",
    f'[글]({_HANGUL} "제목 한글") ![그림]({_HANGUL}.png)\n',
    f"<{_HANGUL}> 과 <{_TRACKED}>\n",
    f"## <{_HANGUL}>\n\n## <{_TRACKED}>\n\n## [{_HANGUL}]({_HANGUL})\n",
    f"<{_HANGUL}_가_나>와 <{_HANGUL}--다>\n",
    f"[글][1], [논문][2]\n\n[1]: {_HANGUL}\n[2]: <{_TRACKED}> 'title'\n",
    f"| 이름 | 주소 |\n|---|---|\n| 글 | [글]({_HANGUL}) |   \n| 논문 | <{_TRACKED}> |\n",
    f"- 하나   \n  [글]({_HANGUL})   \n  - 둘    \n    > 인용   \n    > [논문]({_TRACKED})    \n",
    f"각주[^1]   \n다음\n\n[^1]: [글]({_HANGUL})   \n    이어서   \n",
    f'<a href="{_HANGUL}">글</a> <img src="{_TRACKED}&amp;utm_source=a"/>   \n',
    f'<div>\n<a href="{_HANGUL}?utm_source=a&amp;no=1">글</a>   \n</div>\n',
    f'[글](<{_HANGUL}> "두 줄   \n제목")   \n![두   \n줄]({_HANGUL})\n',
    f"[괄호]({_HANGUL}_(문자)) **[굵게]({_TRACKED}#한글)**   \n",
    f"`{_TRACKED}   `   \n\n    {_HANGUL}    \n\n```\n{_TRACKED}   \n```\n",
    f"$$x   \ny$$   \n수식   \n\n$$\nx   \n$$\n\n[글]({_HANGUL})\n",
    f"*[한글]: 문자\n\n<{_HANGUL}> 한글\n",
    "# 제목   \n\n제목   \n===   \n\n***   \n\n글   \n\n> 인용   \n\n1. 하나   \n\n2. 둘   \n",
]

_WITH_FRONT_MATTER = "---\ntitle: 글  \ntags: [가, 나] \n---\n\n"


@pytest.mark.jekyll
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_safe_fix_changes_addresses_only_wherever_they_stand(line_end: str, ruby: Ruby) -> None:
    linter = Linter(Request(no_config=True))
    texts = [(_WITH_FRONT_MATTER + body).replace("\n", line_end) for body in SNIPPETS]
    mended = [_fixed(linter, _POST, text, frozenset({Safety.SAFE})) for text in texts]
    assert all(old != new for old, new in zip(texts, mended, strict=True)), "a snippet proves nothing"
    for body, old, new in zip(SNIPPETS, _pages(ruby, texts), _pages(ruby, mended), strict=True):
        assert addresses(unseen(old)) == addresses(unseen(new)), body


@pytest.mark.jekyll
def test_mending_the_seed_post_changes_three_addresses_of_its_page(seed: Path, ruby: Ruby) -> None:
    text = seed.read_text(encoding="utf-8")
    fixed = _fixed(Linter(Request()), seed, text, APPLIED_BY_DEFAULT)
    old, new = _pages(ruby, [text, fixed])
    assert addresses(unseen(old)) == addresses(unseen(new))
    pairs = zip(_DESTINATION.findall(old), _DESTINATION.findall(new), strict=True)
    assert sum(a != b for a, b in pairs) == 3


_DESTINATION = re.compile(r'(?:href|src)="([^"]*)"')


def _fixed(linter: Linter, path: Path, text: str, safeties: frozenset[Safety]) -> str:
    def found(current: str) -> list[Finding]:
        return check(linter.post(path, Source(current)), linter.rules_for(path))

    return fix_text(text, found, safeties).text


def _pages(ruby: Ruby, texts: list[str]) -> list[str]:
    """What Jekyll's kramdown makes of whole files, the front matter first."""
    rendered = ruby("kramdown_html.rb", {"texts": texts})
    return [f"{page['data']}\n{page['html']}" for page in rendered]
