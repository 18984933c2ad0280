"""What the rules on front matter say that Jekyll does, held against Jekyll itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from postlint.findings import Finding, Safety, Severity
from postlint.fixing import fix_text
from postlint.post.source import Source
from postlint.rule import Bad, Example, Rule
from postlint.rules.front_matter.empty_tag import EmptyTag
from postlint.rules.front_matter.future_date import FutureDate
from postlint.rules.front_matter.invalid_date import InvalidDate
from postlint.rules.front_matter.misnamed_post import MisnamedPost
from postlint.rules.front_matter.missing_front_matter import MissingFrontMatter
from postlint.rules.front_matter.nested_tags import NestedTags
from postlint.rules.front_matter.split_tags import SplitTags
from postlint.rules.front_matter.unclosed_front_matter import UnclosedFrontMatter
from postlint.run.checking import check
from postlint.run.files import Linter
from postlint.run.request import Request
from tests.conftest import Ruby

NOW = "2026-11-22 09:00:00 +0000"
"""The moment of the builds: after all dates but those that are meant to be far off."""

POST = "_posts/2024-05-01-spring.md"


class Built:
    """Blogs of one file each, as Jekyll has them."""

    def __init__(self, ruby: Ruby, folder: Path) -> None:
        self._ruby, self._folder = ruby, folder

    def of(self, files: list[tuple[str, str, dict[str, str]]]) -> list[dict[str, Any]]:
        """What becomes of each text at a path, with the other files of its site."""
        folders = []
        for number, (path, text, others) in enumerate(files):
            folder = self._folder / str(number)
            for name, content in {**others, path: text}.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(content, encoding="utf-8")
            folders.append(str(folder))
        asked = {"folders": folders, "zone": "UTC", "now": NOW, "pages": False}
        built: list[dict[str, Any]] = self._ruby("jekyll_blogs.rb", asked)
        return built


@pytest.fixture
def built(ruby: Ruby, tmp_path: Path) -> Built:
    return Built(ruby, tmp_path)


def jekylls(rule: type[Rule]) -> Iterator[Example]:
    """The examples of a rule that are posts of a Jekyll site."""
    for example in rule.examples:
        if example.path.startswith("_posts/") and "package.json" not in example.site:
            yield example


def of_examples(built: Built, examples: Sequence[Example]) -> list[dict[str, Any]]:
    return built.of([(one.path, one.source, dict(one.site)) for one in examples])


@pytest.mark.jekyll
def test_an_invalid_date_ends_the_build_and_no_other_date_does(built: Built) -> None:
    examples = list(jekylls(InvalidDate))
    for example, made in zip(examples, of_examples(built, examples), strict=True):
        assert ("error" in made) is isinstance(example, Bad), example.text


@pytest.mark.jekyll
def test_a_misnamed_post_is_not_published(built: Built) -> None:
    examples = [example for example in jekylls(MisnamedPost) if isinstance(example, Bad)]
    assert [made["posts"] for made in of_examples(built, examples)] == [[]] * len(examples)


@pytest.mark.jekyll
def test_a_post_of_the_future_is_not_published_unless_the_site_wants_it(built: Built) -> None:
    examples = [example for example in jekylls(FutureDate) if "someday" not in example.text]
    for example, made in zip(examples, of_examples(built, examples), strict=True):
        is_hidden = isinstance(example, Bad) or "published: false" in example.text
        assert (made["posts"] == []) is is_hidden, example.text


def mended(rule: type[Rule], example: Example) -> str:
    linter = Linter(Request(no_config=True))

    def found(text: str) -> list[Finding]:
        return check(linter.post(Path(example.path), Source(text)), [rule()])

    return fix_text(example.source, found, frozenset(Safety)).text


@pytest.mark.jekyll
@pytest.mark.parametrize("rule", [MissingFrontMatter, UnclosedFrontMatter])
def test_front_matter_that_is_not_seen_is_seen_when_it_is_mended(rule: type[Rule], built: Built) -> None:
    bad = [one for one in jekylls(rule) if isinstance(one, Bad) and one.fixed is not None]
    texts = [one.source for one in bad] + [mended(rule, one) for one in bad]
    titles = [made["posts"][0]["title"] for made in built.of([(POST, text, {}) for text in texts])]
    # "Spring" is also what Jekyll makes of the file's name.
    assert set(titles[: len(bad)]) == {"Spring"}
    assert all(title in ("봄", "Spring") for title in titles[len(bad) :])
    assert "봄" in titles[len(bad) :]


TAGS = [
    # (front matter, Jekyll's tags, Jekyll's categories, the rule that speaks, the tags or categories that
    # it then has)
    ("tags: Deep Learning", ["Deep", "Learning"], [], SplitTags, ["Deep Learning"]),
    ("tags: SVD, PCA", ["SVD,", "PCA"], [], SplitTags, ["SVD", "PCA"]),
    ("tag: SVD, PCA", ["SVD, PCA"], [], SplitTags, ["SVD", "PCA"]),
    ("categories: 자료 구조", [], ["자료", "구조"], SplitTags, ["자료 구조"]),
    ('category: "여행, 제주"', [], ["여행, 제주"], SplitTags, ["여행", "제주"]),
    ("categories: [[a, b]]", [], ['["a", "b"]', "a", "b"], NestedTags, ["a", "b"]),
    ("tags: [[a, b]]", ["a", "b"], [], NestedTags, ["a", "b"]),
    ("tags: [c, [R|t]]", ["c", "R|t"], [], NestedTags, ["c", "[R|t]"]),
    ('tags: [a, ""]', ["a", ""], [], EmptyTag, ["a"]),
    ('tag: ""', [""], [], EmptyTag, []),
    ("categories:\n  - a\n  -", [], ["a", ""], EmptyTag, ["a"]),
]


@pytest.mark.jekyll
def test_tags_are_what_the_rules_say_before_and_after(built: Built) -> None:
    posts = [f"---\n{lines}\n---\n" for lines, *_ in TAGS]
    fixed = [mended(case[3], Example(text)) for case, text in zip(TAGS, posts, strict=True)]
    made = [one["posts"][0] for one in built.of([(POST, text, {}) for text in posts + fixed])]
    for case, before, after in zip(TAGS, made[: len(TAGS)], made[len(TAGS) :], strict=True):
        lines, tags, categories, _, wanted = case
        # A category that was nested is there as the list, too, and is shown like the text.
        assert before["tags"] == tags, lines
        assert list(dict.fromkeys(before["categories"])) == categories, lines
        assert (after["categories"] if "categor" in lines else after["tags"]) == wanted, lines


@pytest.mark.parametrize(
    ("front_matter", "asked", "severity"),
    [
        ("tags: [[a, b]]", None, Severity.INFO),
        ("tags: [c, [R|t]]", None, Severity.WARNING),
        ("categories: [[a, b]]", None, Severity.WARNING),
        ("tags: [[a, b]]", Severity.WARNING, Severity.WARNING),
    ],
)
def test_a_list_of_tags_that_jekyll_flattens_weighs_less_unless_the_user_says_so(
    front_matter: str, asked: Severity | None, severity: Severity
) -> None:
    post = Linter(Request(no_config=True)).post(Path(POST), Source(f"---\n{front_matter}\n---\n"))
    (finding,) = check(post, [NestedTags(severity=asked)])
    assert finding.severity is severity
