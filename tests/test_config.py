"""The user's configuration: what it may say, and what is said of what it may not."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import pytest

from postlint import registry
from postlint.config import reader
from postlint.config.config import Config
from postlint.config.finder import Finder, read
from postlint.config.link_options import LinkOptions
from postlint.findings import ConfigError, Finding, Severity, Text
from postlint.rule import Form, Rule

Bird = Annotated[str, Form(re.compile("[가-힣]+새"), "a bird", "새")]


class SeasonOptions(NamedTuple):
    tidy: bool = False
    limit: int = 3
    share: float = 0.5
    greeting: str = "봄"
    months: tuple[str, ...] = ("3월",)
    birds: tuple[Bird, ...] = ()
    nests: dict[Bird, tuple[str, ...]] = {}  # noqa: RUF012 - nobody writes into it
    bloom: Literal["early", "late"] = "early"


class Season(Rule):
    """A rule with an option of every type there is."""

    code, name, severity = "ZZZ001", "season-of-a-test", Severity.WARNING
    message = Text(en="season", ko="철")
    doc_ko = "시험용 규칙"
    examples = ()
    Options = SeasonOptions

    def check(self, element: Text) -> Iterator[Finding]:
        raise NotImplementedError


@pytest.fixture
def season(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes `Season` one of the rules."""
    rules = (*registry.all_rules(), Season)
    monkeypatch.setattr(registry, "all_rules", lambda: rules)
    monkeypatch.setattr(reader, "all_rules", lambda: rules)


def yaml(folder: Path, text: str) -> Path:
    path = folder / ".postlint.yml"
    path.write_text(text, encoding="utf-8")
    return path


def toml(folder: Path, text: str) -> Path:
    path = folder / "pyproject.toml"
    path.write_text(text, encoding="utf-8")
    return path


def enabled(config: Config) -> set[str]:
    return {rule.code for rule in config.enabled}


DEFAULT = enabled(Config())


# What it may say

YAML = """\
select: [URL, skipped-heading-level]
ignore: URL024
extend-select: [FM003]
exclude: ["/drafts/", "*.txt.md"]
per-file-ignores:
  "_posts/old/*": [URL, PAGE001]
  about.md: ALL
severity: {URL001: warning, raw-hangul-url: error}
language: ko
rules:
  season-of-a-test: {limit: 5, tidy: true}
"""

TOML = """\
[project]
name = "blog"

[tool.postlint]
select = ["URL", "skipped-heading-level"]
ignore = "URL024"
extend-select = ["FM003"]
exclude = ["/drafts/", "*.txt.md"]
per-file-ignores = { "_posts/old/*" = ["URL", "PAGE001"], "about.md" = "ALL" }
severity = { URL001 = "warning", raw-hangul-url = "error" }
language = "ko"

[tool.postlint.rules.season-of-a-test]
limit = 5
tidy = true
"""


@pytest.mark.usefixtures("season")
@pytest.mark.parametrize(("write", "text"), [(yaml, YAML), (toml, TOML)], ids=["yaml", "toml"])
def test_both_files_say_the_same(write: Callable[[Path, str], Path], text: str, tmp_path: Path) -> None:
    assert vars(read(write(tmp_path, text))) == vars(
        Config(
            root=tmp_path,
            select=("URL", "skipped-heading-level"),
            ignore=("URL024",),
            extend_select=("FM003",),
            exclude=("/drafts/", "*.txt.md"),
            per_file_ignores={"_posts/old/*": ("URL", "PAGE001"), "about.md": ("ALL",)},
            severity={"URL001": Severity.WARNING, "URL007": Severity.ERROR},
            language="ko",
            rules={"season-of-a-test": SeasonOptions(limit=5, tidy=True)},
        )
    )


@pytest.mark.parametrize("text", ["", "# nothing\n", "{}\n", "severity:\nrules:\n"])
def test_an_empty_file_asks_for_what_is_on_by_default(text: str, tmp_path: Path) -> None:
    config = read(yaml(tmp_path, text))
    assert vars(config) == vars(Config(root=tmp_path))
    assert enabled(config) == DEFAULT


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert read(yaml(tmp_path, "\ufefflanguage: en\n")).language == "en"


OPTIONS = [
    # (as the user writes it, as the rule has it)
    ("tidy: true", SeasonOptions(tidy=True)),
    ("limit: 5", SeasonOptions(limit=5)),
    ("share: 0.25", SeasonOptions(share=0.25)),
    ("share: 1", SeasonOptions(share=1.0)),
    ("greeting: 여름", SeasonOptions(greeting="여름")),
    ("months: [6월, 7월]", SeasonOptions(months=("6월", "7월"))),
    ("months: 6월", SeasonOptions(months=("6월",))),
    ("months: []", SeasonOptions(months=())),
    ("birds: [참새, 황새]", SeasonOptions(birds=("참새", "황새"))),
    (
        "nests: {참새: 처마, 황새: [나무, 탑]}",
        SeasonOptions(nests={"참새": ("처마",), "황새": ("나무", "탑")}),
    ),
    ("nests:", SeasonOptions(nests={})),
    ("bloom: late", SeasonOptions(bloom="late")),
]


@pytest.mark.usefixtures("season")
@pytest.mark.parametrize(("option", "expected"), OPTIONS)
def test_an_option_has_the_type_that_the_rule_declares(
    option: str, expected: SeasonOptions, tmp_path: Path
) -> None:
    config = read(yaml(tmp_path, f"rules:\n  season-of-a-test:\n    {option}\n"))
    assert config.rules == {"season-of-a-test": expected}


@pytest.mark.usefixtures("season")
def test_a_rule_may_be_called_by_its_code(tmp_path: Path) -> None:
    config = read(yaml(tmp_path, "rules: {zzz001: {limit: 5}}\nseverity: {zzz001: info}\n"))
    assert config.rules == {"season-of-a-test": SeasonOptions(limit=5)}
    assert config.severity == {"ZZZ001": Severity.INFO}


def test_every_option_of_every_rule_has_a_type_that_can_be_configured() -> None:
    import typing

    for rule in registry.all_rules():
        for name, wanted in typing.get_type_hints(rule.Options).items():
            literal = typing.get_origin(wanted) is Literal
            assert literal or wanted in reader.TYPES, f"{rule.name}: {name}"


def test_a_severity_changes_what_the_rule_finds(tmp_path: Path) -> None:
    config = read(yaml(tmp_path, "severity: {URL001: info}\n"))
    severities = {rule.code: rule.effective_severity for rule in config.enabled}
    assert severities["URL001"] is Severity.INFO
    assert severities["URL007"] is Severity.WARNING


SEVERITIES = [
    # (as the user writes it, the severity of URL001, and of HEAD001)
    ("{URL: info}", Severity.INFO, None),
    ("{ALL: info}", Severity.INFO, Severity.INFO),
    ("{all: error, URL: warning, elided-url: info}", Severity.INFO, Severity.ERROR),
    ("{elided-url: info, URL: warning, ALL: error}", Severity.INFO, Severity.ERROR),
    ("{URL0: warning, URL: error}", Severity.WARNING, None),
]


@pytest.mark.parametrize(("written", "url", "heading"), SEVERITIES)
def test_of_severities_the_closest_name_wins(
    written: str, url: Severity, heading: Severity | None, tmp_path: Path
) -> None:
    severities = read(yaml(tmp_path, f"severity: {written}\n")).severity
    assert (severities.get("URL001"), severities.get("HEAD001")) == (url, heading)


FROM_HERE = [
    # (pattern, whether it speaks of a.md, and of old/a.md)
    ("./a.md", True, False),
    ("./old/*.md", False, True),
    ("./old/", False, True),
    ("[a-c].md", True, True),
    ("\\[a", False, False),
]


@pytest.mark.parametrize(("pattern", "here", "below"), FROM_HERE)
def test_a_pattern_may_begin_at_the_folder_of_the_configuration(
    pattern: str, here: bool, below: bool, tmp_path: Path
) -> None:
    config = read(yaml(tmp_path, f"exclude: ['{pattern}']\nper-file-ignores: {{'{pattern}': URL}}\n"))
    for path, spoken_of in ((tmp_path / "a.md", here), (tmp_path / "old" / "a.md", below)):
        assert config.is_excluded(path) is spoken_of
        assert config.ignored_for(path) == (("URL",) if spoken_of else ())


# What it may not say

WRONG = [
    # (YAML, the line that is told, the message)
    ("selct: [URL]\n", 1, "unknown key `selct`; did you mean `select`?"),
    (
        "language: ko\nper_file_ignores: {}\n",
        2,
        "unknown key `per_file_ignores`; did you mean `per-file-ignores`?",
    ),
    ("colour: red\n", 1, "unknown key `colour`"),
    ("- select\n", 1, "`postlint` must be a mapping, not `[…]`"),
    ("select\n", 1, "`postlint` must be a mapping, not `select`"),
    ("language: ko\nlanguage: en\n", 2, "`language` stands here twice"),
    # rules
    (
        "select:\n  - URL001\n  - URL0O7\n",
        3,
        "`URL0O7` is no rule, code or prefix of one; did you mean `URL007`?",
    ),
    (
        "ignore: elided-urls\n",
        1,
        "`elided-urls` is no rule, code or prefix of one; did you mean `elided-url`?",
    ),
    ("extend-select: ['']\n", 1, "`` is no rule, code or prefix of one"),
    ("select: [1]\n", 1, "`select` must be a list of strings, not `1`"),
    ("select: {URL: true}\n", 1, "`select` must be a list of strings, not `{…}`"),
    ("select:\n", 1, "`select` must be a list of strings, not `null`"),
    ("exclude: [true]\n", 1, "`exclude` must be a list of strings, not `true`"),
    ("exclude:\n- a\n- '!'\n", 3, "`!` is no pattern as .gitignore has them"),
    ("per-file-ignores:\n  a.md: URLX\n", 2, "`URLX` is no rule, code or prefix of one; did you mean `URL`?"),
    ("exclude: ['[']\n", 1, "`[` is no pattern as .gitignore has them"),
    ("exclude:\n- 'a[]b'\n", 2, "`a[]b` is no pattern as .gitignore has them"),
    ("exclude: ['./']\n", 1, "`./` is no pattern as .gitignore has them"),
    ("exclude: ['../a.md']\n", 1, "`../a.md` is no pattern as .gitignore has them"),
    ("per-file-ignores: {./a.md: URL, /a.md: FM}\n", 1, "`/a.md` stands here twice"),
    ("per-file-ignores: {'!': URL}\n", 1, "`!` is no pattern as .gitignore has them"),
    ("per-file-ignores: [a.md]\n", 1, "`per-file-ignores` must be a mapping, not `[…]`"),
    # values
    ("severity: {URL001: fatal}\n", 1, "`URL001` cannot be `fatal`; it is one of error, warning, info"),
    (
        "severity:\n  URL001: erorr\n",
        2,
        "`URL001` cannot be `erorr`; it is one of error, warning, info; did you mean `error`?",
    ),
    ("severity: {URL001: [info]}\n", 1, "`URL001` cannot be `[…]`; it is one of error, warning, info"),
    (
        "severity: {elided-urls: info}\n",
        1,
        "`elided-urls` is no rule, code or prefix of one; did you mean `elided-url`?",
    ),
    ("severity: {URL: info, url: error}\n", 1, "`url` stands here twice"),
    ("severity: {URL001: off}\n", 1, "`URL001` cannot be `off`; it is one of error, warning, info"),
    ("severity:\n  URL001: info\n  elided-url: error\n", 3, "`elided-url` stands here twice"),
    ("language: kor\n", 1, "`language` cannot be `kor`; it is one of auto, ko, en; did you mean `ko`?"),
    ("language: [ko]\n", 1, "`language` cannot be `[…]`; it is one of auto, ko, en"),
    # options
    ("rules: {URL001: {}}\n", 1, "the rule `URL001` has no options"),
    (
        "rules: {seasons-of-a-test: {}}\n",
        1,
        "there is no rule `seasons-of-a-test`; did you mean `season-of-a-test`?",
    ),
    ("rules:\n  ZZZ001: {limit: 1}\n  season-of-a-test:\n", 3, "`season-of-a-test` stands here twice"),
    ("rules:\n  ZZZ001:\n    limt: 1\n", 3, "unknown key `limt`; did you mean `limit`?"),
    ("rules:\n  ZZZ001:\n    limit: 1.5\n", 3, "`limit` must be a whole number, not `1.5`"),
    ("rules:\n  ZZZ001:\n    limit: true\n", 3, "`limit` must be a whole number, not `true`"),
    ("rules:\n  ZZZ001:\n    tidy: 1\n", 3, "`tidy` must be true or false, not `1`"),
    ("rules:\n  ZZZ001:\n    share: half\n", 3, "`share` must be a number, not `half`"),
    ("rules:\n  ZZZ001:\n    greeting: [a]\n", 3, "`greeting` must be a string, not `[…]`"),
    ("rules:\n  ZZZ001:\n    months: [1]\n", 3, "`months` must be a list of strings, not `1`"),
    ("rules:\n  ZZZ001:\n    birds:\n      - 참새\n      - 나비\n", 5, "`birds` must be a bird, not `나비`"),
    ("rules:\n  ZZZ001:\n    nests:\n      나비: 꽃\n", 4, "`nests` must be a bird, not `나비`"),
    (
        "rules:\n  ZZZ001:\n    nests:\n      참새: 3\n",
        4,
        "`nests.참새` must be a list of strings, not `3`",
    ),
    ("rules:\n  ZZZ001:\n    nests: [참새]\n", 3, "`nests` must be a mapping, not `[…]`"),
    ("rules:\n  ZZZ001:\n    bloom: never\n", 3, "`bloom` cannot be `never`; it is one of early, late"),
    ("rules:\n  ZZZ001: 3\n", 2, "`ZZZ001` must be a mapping, not `3`"),
    # YAML itself
    ("select: [URL\nignore: []\n", 1, "cannot be read: "),
    ("a: &a [*a]\n", 1, "cannot be read: too complex"),
    ("select: *rules\n", 1, "cannot be read: unknown alias"),
]


@pytest.mark.usefixtures("season")
@pytest.mark.parametrize(("text", "line", "message"), WRONG)
def test_a_mistake_is_told_with_its_line(text: str, line: int, message: str, tmp_path: Path) -> None:
    path = yaml(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        read(path)
    assert (caught.value.path, caught.value.line) == (path, line)
    told = caught.value.message.render("en")
    assert told == message or (message.endswith(": ") and told.startswith(message))


WRONG_TOML = [
    ('[tool.postlint]\nselct = ["URL"]\n', 2, "unknown key `selct`; did you mean `select`?"),
    ('[tool.postlint]\n# selct\nselct = ["URL"]\n', 3, "unknown key `selct`; did you mean `select`?"),
    (
        '[tool.ruff]\nselect = ["ALL"]\n\n[tool.postlint]\nselect = [\n  "URL001",\n  "URL0O7",\n]\n',
        7,
        "`URL0O7` is no rule, code or prefix of one; did you mean `URL007`?",
    ),
    (
        '[tool.postlint.severity]\nURL007 = "info"\nURL001 = "fatal"\n',
        3,
        "`URL001` cannot be `fatal`; it is one of error, warning, info",
    ),
    ("[tool.postlint]\nlanguage = true\n", 2, "`language` cannot be `true`; it is one of auto, ko, en"),
    ("[tool]\npostlint = 3\n", 2, "`postlint` must be a mapping, not `3`"),
    (
        "[tool.postlint.rules.season-of-a-test]\nlimit = 2024-05-01\n",
        2,
        "`limit` must be a whole number, not `2024-05-01`",
    ),
    ("[tool.postlint]\nselect = [\n", 3, "cannot be read: "),
]


@pytest.mark.usefixtures("season")
@pytest.mark.parametrize(("text", "line", "message"), WRONG_TOML)
def test_a_mistake_in_toml_is_told_with_its_line(text: str, line: int, message: str, tmp_path: Path) -> None:
    path = toml(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        read(path)
    assert (caught.value.path, caught.value.line) == (path, line)
    told = caught.value.message.render("en")
    assert told == message or (message.endswith(": ") and told.startswith(message))


def test_a_mistake_is_told_in_korean_too(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read(yaml(tmp_path, "language: kor\n"))
    assert caught.value.message.render("ko") == (
        "`language`에는 `kor`를 쓸 수 없습니다. 쓸 수 있는 값: auto, ko, en. 혹시 `ko`를 뜻했나요?"
    )


@pytest.mark.parametrize("name", [".postlint.yml", "pyproject.toml"])
def test_a_file_that_is_not_utf8_is_told_with_the_offset(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"# postlint\n" + "언어".encode("cp949"))
    with pytest.raises(ConfigError, match="it is not UTF-8 \\(byte offset 11\\)"):
        read(path)


@pytest.mark.parametrize("text", ["[" * 20_000, "- " * 20_000])
def test_deep_nesting_in_yaml_is_told(text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read(yaml(tmp_path, text))


def test_deep_nesting_in_toml_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read(toml(tmp_path, "[tool.postlint]\nselect = " + "[" * 20_000))


def test_aliases_that_explode_are_told(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]
    with pytest.raises(ConfigError, match="too complex"):
        read(yaml(tmp_path, "\n".join(lines)))


def test_a_toml_file_that_was_named_must_have_the_table(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no table `\[tool.postlint\]`"):
        read(toml(tmp_path, '[project]\nname = "blog"\n'))


# The command line on top


def configured(**values: object) -> Config:
    return Config(**values)  # type: ignore[arg-type]


def on_top(config: Config, select: str = "", ignore: str = "", extend: str = "") -> set[str]:
    return enabled(
        config.with_command_line(select=select.split(), ignore=ignore.split(), extend_select=extend.split())
    )


def test_a_selection_on_the_command_line_replaces_that_of_the_file() -> None:
    config = configured(select=("URL001",), extend_select=("URL002",), ignore=("URL007",))
    assert on_top(config, select="URL007 HEAD001") == {"URL007", "HEAD001"}


def test_the_rest_of_the_command_line_adds_to_the_file() -> None:
    config = configured(select=("URL001", "URL007"), ignore=("URL007",))
    assert on_top(config, extend="HEAD001") == {"URL001", "HEAD001"}
    assert on_top(config, ignore="URL001", extend="HEAD001") == {"HEAD001"}
    assert on_top(config) == {"URL001"}


# Which files it speaks of

EXCLUDED = [
    # (pattern, path, whether it is left out)
    ("/drafts/", "drafts/a.md", True),
    ("/drafts/", "old/drafts/a.md", False),
    ("drafts/", "old/drafts/a.md", True),
    ("*.ko.md", "_posts/a.ko.md", True),
    ("*.ko.md", "_posts/a.md", False),
    ("_posts/2019-*", "_posts/2019-01-01-a.md", True),
    ("_posts/2019-*", "a/_posts/2019-01-01-a.md", False),
    ("봄*", "_posts/봄이-온다.md", True),
]


@pytest.mark.parametrize(("pattern", "path", "excluded"), EXCLUDED)
def test_patterns_mean_what_they_mean_in_gitignore(
    pattern: str, path: str, excluded: bool, tmp_path: Path
) -> None:
    config = configured(root=tmp_path, exclude=(pattern,), per_file_ignores={pattern: ("URL",)})
    assert config.is_excluded(tmp_path / path) is excluded
    assert config.ignored_for(tmp_path / path) == (("URL",) if excluded else ())


def test_patterns_are_relative_to_the_folder_of_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = configured(root=tmp_path, exclude=("/_posts/old/*",))
    (tmp_path / "_posts").mkdir()
    monkeypatch.chdir(tmp_path / "_posts")
    assert config.is_excluded(Path("old/a.md"))
    assert config.is_excluded(Path("../_posts/old/a.md"))


def test_several_patterns_may_speak_of_one_file() -> None:
    config = configured(per_file_ignores={"*.md": ("URL",), "a.*": ("HEAD001", "FM")})
    assert config.ignored_for(Path("a.md")) == ("URL", "HEAD001", "FM")


# Where it is found


def test_the_nearest_file_upwards_is_the_one(tmp_path: Path) -> None:
    blog = tmp_path / "blog"
    posts = blog / "_posts" / "old"
    posts.mkdir(parents=True)
    yaml(tmp_path, "language: en\n")
    yaml(blog, "language: ko\n")
    finder = Finder()
    assert finder.config_in(posts).root == blog
    assert finder.config_in(posts).language == "ko"
    assert finder.config_in(tmp_path).language == "en"


def test_a_pyproject_counts_only_with_a_table_for_postlint(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    toml(tmp_path, "[tool.postlint]\nlanguage = 'ko'\n")
    toml(inner, "[project]\nname = 'postlint-blog'\n[tool.postlint-friends]\nx = 1\n")
    assert Finder().config_in(inner).root == tmp_path


def test_of_two_in_one_folder_none_is_passed_over(tmp_path: Path) -> None:
    pyproject = toml(tmp_path, "[project]\n\n[tool.postlint]\nlanguage = 'ko'\n")
    yaml(tmp_path, "language: en\n")
    with pytest.raises(ConfigError, match=r"and `.postlint.yml` beside it; keep one of them") as caught:
        Finder().config_in(tmp_path)
    assert (caught.value.path, caught.value.line) == (pyproject, 3)


def test_a_pyproject_of_others_may_stand_beside(tmp_path: Path) -> None:
    toml(tmp_path, "[project]\nname = 'blog'\n")
    yaml(tmp_path, "language: ko\n")
    assert Finder().config_in(tmp_path).language == "ko"


@pytest.mark.parametrize("name", [".postlint.yaml", "postlint.yml", "postlint.yaml"])
def test_a_file_whose_name_is_nearly_right_is_not_passed_over(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("language: ko\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"not read; did you mean `.postlint.yml`\?") as caught:
        Finder().config_in(tmp_path)
    assert caught.value.path == tmp_path / name


def test_a_pyproject_of_others_that_is_broken_does_not_matter(tmp_path: Path) -> None:
    toml(tmp_path, "[project\n")
    assert Finder().config_in(tmp_path).root is None


def test_the_way_up_from_another_folder_does_not_pass_the_current_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    yaml(here, "language: ko\n")
    monkeypatch.chdir(here)
    assert Finder().config_in(Path("../there")).language == "auto"


def test_each_file_is_read_once(tmp_path: Path) -> None:
    path = yaml(tmp_path, "language: ko\n")
    finder = Finder()
    first = finder.config_in(tmp_path)
    path.unlink()
    assert finder.config_in(tmp_path) is first
    assert finder.config_in(tmp_path / "_posts") is first


def test_a_folder_at_great_depth_is_no_harm() -> None:
    assert Finder().config_in(Path("/" + "a/" * 3000)).root is None


# How the web is asked


def links(tmp_path: Path, text: str) -> LinkOptions:
    return read(yaml(tmp_path, f"links:\n  {text}\n")).links


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("exclude: 'a\\.kr'", LinkOptions(exclude=("a\\.kr",))),
        ("exclude: [a, b]", LinkOptions(exclude=("a", "b"))),
        ("accept: {a: 999, b: [401, 403]}", LinkOptions(accept={"a": (999,), "b": (401, 403)})),
        ("headers: {a: {X-Y: z}}", LinkOptions(headers={"a": {"X-Y": "z"}})),
        ("timeout: 5", LinkOptions(timeout=5.0)),
        ("per-host: 2", LinkOptions(per_host=2)),
        ("controls: []", LinkOptions(controls=())),
        ("soft-404: false", LinkOptions(soft_404=False)),
    ],
)
def test_how_the_web_is_asked_can_be_said(tmp_path: Path, text: str, expected: LinkOptions) -> None:
    assert links(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("exlude: a", "unknown key `exlude`; did you mean `exclude`?"),
        ("exclude: 'a('", "`a(` is no regular expression: "),
        ("accept: {'[': 1}", "`[` is no regular expression: "),
        ("accept: {a: yes}", "`accept.a` must be a whole number, not `yes`"),
        ("timeout: 0", "`timeout` must be more than 0"),
        ("per-host: two", "`per-host` must be a whole number, not `two`"),
        ("headers: {a: b}", "`headers.a` must be a mapping, not `b`"),
        ("allow-private: true", "unknown key `allow-private`"),
        ("archive: ftp://a.kr/", "`ftp://a.kr/` is no address with `http://` or `https://`"),
        ("archive: web.archive.org", "`web.archive.org` is no address with "),
        ("controls: ['https://a.kr/', 'http://a b/']", "`http://a b/` is no address with "),
        ("controls: ['']", "`` is no address with "),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as raised:
        links(tmp_path, text)
    assert raised.value.message.render("en").startswith(message)
    assert raised.value.line == 2
