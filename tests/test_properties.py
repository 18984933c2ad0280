"""What holds for any text: checking it raises nothing, findings lie in it, and mending it comes to an end.

Texts are made of the rules' own examples and of fragments of what blogs are written in, in every order and
broken in every way. To look further than a usual run does:
POSTLINT_EXAMPLES=5000 pytest tests/test_properties.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postlint.findings import Finding, Safety, Span
from postlint.fixing import APPLIED_BY_DEFAULT, apply, fix_text
from postlint.post.source import Source
from postlint.registry import all_rules
from postlint.run.checking import Surroundings, check
from postlint.run.files import Linter
from postlint.run.request import Mode, Request
from tests.rules.signs import in_order, without_signs

EXAMPLES = int(os.environ.get("POSTLINT_EXAMPLES", "60"))

# Fragments

# fmt: off
SPACES = (
    " ", " ", "  ", "   ", "\n", "\n", "\n\n", "\n\n", "\r\n", "\r", "\t", "    ", "\n    ", "\n> ",
    "\n- ", "\n1. ", "\n  * ", "\n# ", "\n## ", " \n", "  \n", "   \n", "\xa0", "\u200b", "\ufeff",
)
WORDS = (
    "가", "한글 제목", "word", "x", "5", "은", "을", "**", "말(言)", "“인용”", "é", "e\u0301", "가", "😀",
)
MARKS = (
    "*", "**", "_", "__", "~~", "`", "``", "\\", "\\\\", "|", "|", "---", "===", "<", ">", "&", "!",
    ":", "[", "]", "(", ")", "[]", "()", "](", "{", "}", "[^1]", "[^1]: ", "[a]: ", "[a][b]", "[a]",
    "#", "##", "{: .c}", "{: #id}", "{:toc}", "* toc\n{:toc}", "{::nomarkdown}", "{:/}", "*[x]: y", '"',
    "'", "--",
)
FENCES = (
    "```", "```", "```python", '```python title="a"', "~~~", "````", "    ```", "  ```\n", "```\n\n```",
)
URLS = (
    "https://example.com/a", "http://example.com/한글", "https://ko.wikipedia.org/wiki/%ED%95%9C",
    "https://", "https://github.com/lovit/soy을", "www.example.com", "(www.example.com)", "htps://x.y",
    "http//x.y/", "https:/x.y", "https://https://x.y", "https://x.y/?fbclid=a&utm_source=b",
    "https://x.y/a b", "%uAC00", "https://www.google.com/url?q=https%3A%2F%2Fx.y%2F&sa=D",
    "https://x.y/%25ED%2595", "https://x.y/%E", "https://x.y/...", "https://x.y/a…", "file:///C:/a",
    "C:\\Users\\a\\b.png", "/Users/a/b.png", "..\\a.png", "http://localhost:4000/a",
    "http://192.168.0.1/", "/2024/05/02/other/", "/images/no.png", "#없음", "#A", "https://x.y/a_(b)",
    "https://x.y/(a", "https://x.y/%C7%D1", "https://x.y/\u200b", "mailto:a@b.c",
    "https://example.com/2024/05/02/Other/", "https://blog.example/nope", "https://x.y/\u1112",
    "https://goo.gl/a",
)
LINKS = (
    "[글](", "![그림](", "<https://x.y>", "[a](b)", "(a)[https://x.y]", "[a] (https://x.y)", "[a](<b c>)",
    "[https://x.y/한글](https://x.y/한글)", "[[a](b)](c)", "[a](b 'c')", "[a]: https://x.y/한글 'd'\n",
    "[]()",
)
FORMULAS = (
    "$", "$$", "$x_i$", "$a_i * b_i$", "$\\{a\\}$", "$|x|$", "$a<b$", "$5 and $6 ", "\\(", "\\)", "\\[",
    "\\]", "\\\\(x\\\\)", "\\frac{1}{2}", "\\begin{align}", "\\end{align}", "\\left(", "\\right)",
    "x^2_3", "$$\n", "\n$$\n", "$$\nx\n\ny\n$$", "^{{a}}", "\x08", "\\bar{x}_{t}", "\\\\", "&",
    "\\undefined",
)
LIQUID = (
    "{{ x }}", "{% raw %}", "{% endraw %}", "{% if a %}", "{% endif %}", "{{", "}}", "{%", "%}",
    "{% foo %}", "{% highlight ruby %}", "{% endhighlight %}", "{% post_url 2024-05-02-other %}",
    "{% link nope.md %}", "{{ site.baseurl }}", "{% comment %}", "{% endcomment %}", "${{ a.b }}",
    "{{< ref >}}", "{{% a %}}",
)
HTML = (
    "<b>", "</b>", "<div>", "</div>", "<Member>", "<br>", "</br>", "<br/>", "<img src='a'>", "<!--",
    "-->", '<a href="https://x.y/한글?fbclid=a">', "</a>", "<details>", "<pre>", "</pre>", "<code>",
    "</code>", "<p", "<script>", "</script>", "<table>", "<td>", "&lt;", "&amp;", "&nbsp;", "&#x;",
    '<div markdown="1">', "<위 a>",
)
KEYS = (
    "title: 글\n", "title: a: b\n", "title: '가\n", "title: [a\n", "title: @a\n", "tags: a b\n",
    "tags: [[a, b]]\n", "tags: [a, '']\n", "tags:\n  - a\n  -\n", "tag: a, b\n", "date: hello\n",
    "date: 2024-05-01 10:00\n", "use_math: true\n", "layout: post\n", "title: x  \n", "title: y\n",
    "\ttitle: z\n", "a: \u200bb\n", ": \n", "categories: [x, y\n", "- a\n", "title:\n",
    "permalink: /x/\n", "---\n", "...\n", "\n", "# c\n", "e: &a *a\n",
)
COMMENTS = (
    "<!-- postlint-disable -->", "<!-- postlint-disable URL -->", "<!-- postlint-enable -->",
    "<!-- postlint",
)
# fmt: on

GROUPS = (SPACES, SPACES, WORDS, MARKS, FENCES, URLS, LINKS, FORMULAS, LIQUID, HTML, COMMENTS)
PIECES = sorted(
    {
        example.source.partition("---\n")[2].partition("---\n")[2] or example.source
        for rule in all_rules()
        for example in rule.examples
        if len(example.source) < 400
    }
)
"""What the rules show of themselves, without its front matter."""


def cut(text: str, start: int, length: int) -> str:
    return text[: start % (len(text) + 1)] + text[start % (len(text) + 1) + length :]


pieces = st.sampled_from(PIECES)
damaged = st.builds(cut, pieces, st.integers(0, 400), st.integers(0, 8))
fragments = st.one_of(*(st.sampled_from(group) for group in GROUPS), st.text(max_size=5))
between = st.sampled_from(("", " ", "\n", "\n\n", "\n\n", "\r\n", "\n- ", "\n> ", "\n    "))
scraps = st.one_of(pieces, damaged, st.lists(fragments, min_size=1, max_size=6).map("".join))
bodies = st.lists(st.tuples(scraps, between).map("".join), max_size=8).map("".join)
front_matters = st.lists(st.sampled_from(KEYS), max_size=5).map("".join).map("---\n{}---\n".format)
broken = st.sampled_from(
    ("", "", "---\n", "\u200b---\ntitle: a\n---\n", "---\ntitle: a\n", " ---\n", "+++\na = 1\n+++\n")
)
texts = st.tuples(st.one_of(front_matters, front_matters, broken), bodies).map("".join)


# Blogs

JEKYLL = {
    "_config.yml": "url: https://example.com\npermalink: /:year/:month/:day/:title/\nplugins: []\n",
    "_layouts/post.html": "{% if page.use_math %}<script src='mathjax.js'></script>{% endif %}{{ content }}",
    "_posts/2024-05-01-post.md": "---\ntitle: 글\ntags: [가]\n---\n",
    "_posts/2024-05-02-other.md": "---\ntitle: 다른 글\ntags: [가, Git]\n---\n\n# 제목\n",
    "_posts/2024-05-03-third.md": "---\ntitle: 셋째 글\ntags: [Git]\n---\n",
    "_drafts/draft.md": "---\ntitle: 초안\n---\n",
    "README.md": "# 읽어 주세요\n",
}
HUGO = {
    "hugo.toml": 'baseURL = "https://example.com/"\n',
    "content/posts/post.md": "---\ntitle: 글\n---\n",
    "content/posts/other.md": "---\ntitle: 다른 글\n---\n\n# 제목\n",
}
FILES = (
    "jekyll/_posts/2024-05-01-post.md",
    "jekyll/_drafts/draft.md",
    "jekyll/README.md",
    "hugo/content/posts/post.md",
)
every_file = pytest.mark.parametrize("name", FILES)

any_text = given(text=texts)
bounded = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow],
)


class Bench(NamedTuple):
    """Two blogs, and all rules."""

    folder: Path
    linter: Linter

    def find(self, name: str, text: str) -> list[Finding]:
        path = self.folder / name
        post = self.linter.post(path, Source(text))
        return check(post, self.linter.rules_for(path), Surroundings(self.linter.blogs.page(path)))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("blogs")
    for blog, files in (("jekyll", JEKYLL), ("hugo", HUGO)):
        for name, content in files.items():
            path = folder / blog / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    request = Request(Mode.FIX, no_config=True, no_cache=True, select=("ALL",))
    return Bench(folder, Linter(request))


# Properties


@every_file
@bounded
@any_text
def test_what_is_found_and_edited_lies_in_the_text(name: str, text: str, bench: Bench) -> None:
    for finding in bench.find(name, text):
        edits = finding.fix.edits if finding.fix else ()
        for span in (finding.span, *(edit.span for edit in edits)):
            assert 0 <= span.start <= span.end <= len(text), finding
        assert all(one.span.end <= other.span.start for one, other in pairwise(edits)), finding


@every_file
@bounded
@any_text
def test_signs_keep_nothing_from_any_rule(name: str, text: str, bench: Bench) -> None:
    path = bench.folder / name
    rules = bench.linter.rules_for(path)
    post = bench.linter.post(path, Source(text))
    assert in_order(post, rules) == in_order(post, list(map(without_signs, rules)))


@every_file
@bounded
@any_text
def test_every_finding_can_be_read(name: str, text: str, bench: Bench) -> None:
    for finding in bench.find(name, text):
        for language in ("en", "ko"):
            assert finding.message.render(language)
            assert finding.fix is None or finding.fix.title.render(language)


@every_file
@pytest.mark.parametrize("safeties", [APPLIED_BY_DEFAULT, frozenset(Safety)], ids=["default", "unsafe"])
@bounded
@any_text
def test_mending_comes_to_an_end(name: str, text: str, safeties: frozenset[Safety], bench: Bench) -> None:
    fixed = fix_text(text, lambda current: bench.find(name, current), safeties)
    assert fixed.cycle == ()
    again = fix_text(fixed.text, lambda current: bench.find(name, current), safeties)
    assert again.text == fixed.text


@every_file
@bounded
@any_text
def test_what_no_fix_names_stays_as_it_is(name: str, text: str, bench: Bench) -> None:
    after, applied = apply(text, bench.find(name, text))
    position = 0
    for kept, new in _around_edits(text, applied):
        assert after[position : position + len(kept)] == kept
        position += len(kept)
        assert after[position : position + len(new)] == new
        position += len(new)
    assert position == len(after)


def _around_edits(text: str, applied: list[Finding]) -> Iterator[tuple[str, str]]:
    """The stretches of `text` between edits, each with what stands behind it now."""
    edits = sorted(edit for finding in applied if finding.fix for edit in finding.fix.edits)
    places = [Span(0, 0), *(edit.span for edit in edits), Span(len(text), len(text))]
    new = [*(edit.replacement for edit in edits), ""]
    for (before, behind), replacement in zip(pairwise(places), new, strict=True):
        yield text[before.end : behind.start], replacement


@every_file
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
@bounded
@any_text
def test_a_file_is_written_only_where_something_was_mended(
    name: str, mark: bytes, text: str, bench: Bench
) -> None:
    content = mark + text.encode("utf-8")
    result, mended = bench.linter.process_content(bench.folder / name, content)
    assert result.trouble is None
    assert mended.startswith(mark)
    assert (mended != content) == bool(result.change) == bool(result.applied)


@bounded
@given(content=st.binary(max_size=60))
def test_any_bytes_are_left_alone_or_mended(content: bytes, bench: Bench) -> None:
    result, mended = bench.linter.process_content(bench.folder / FILES[0], content)
    assert result.trouble is None
    assert (mended != content) == bool(result.change)
