"""What Jekyll takes from a front matter, where it stands in the file, and what it refuses.

In the tables, ⟦…⟧ marks the characters an error must point at.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from postlint.findings import Span
from postlint.post.front_matter import FrontMatter, opening_span, split
from postlint.post.yaml_reader import MAX_DEPTH
from postlint.post.yaml_tree import Kind, Mapping, Problem, Scalar, Sequence, Tree


def front_matter(content: str) -> FrontMatter:
    found, _ = split(f"---\n{content}\n---\n")
    assert found is not None
    return found


def marked(text: str) -> tuple[str, Span]:
    """The text without its ⟦⟧, and the span that they marked."""
    start, end = text.index("⟦"), text.index("⟧")
    return text.replace("⟦", "").replace("⟧", ""), Span(start, end - 1)


# Where it begins and ends

SPLITS = [
    # (text before the body, the YAML between the hyphens; None: there is no front matter)
    ("---\ntitle: 봄\n---\n", "title: 봄\n"),
    ("---\n---\n", ""),
    ("---\n\n---\n", "\n"),
    ("---\r\ntitle: 봄\r\n---\r\n", "title: 봄\r\n"),
    ("--- \t\ntitle: 봄\n---  \n", "title: 봄\n"),
    ("---\ntitle: 봄\n...\n", "title: 봄\n"),
    ("---\ntitle: 봄\n---\n\n \t\n\n", "title: 봄\n"),
    ("---\ntitle: 봄\n----\n--- 봄\n ---\n---\n", "title: 봄\n----\n--- 봄\n ---\n"),
    ("", None),
    ("\n---\ntitle: 봄\n---\n", None),
    (" ---\ntitle: 봄\n---\n", None),
    ("--- # 봄\ntitle: 봄\n---\n", None),
    ("----\ntitle: 봄\n----\n", None),
    ("---\ntitle: 봄\n", None),
    ("---\ntitle: 봄\n ---\n", None),
    ("---\rtitle: 봄\r---\r", None),
    ("\u200b---\ntitle: 봄\n---\n", None),
]


@pytest.mark.parametrize(("before", "content"), SPLITS)
def test_the_front_matter_is_split_from_the_body(before: str, content: str | None) -> None:
    text = before + "    본문 `code`\n"
    found, body_start = split(text)
    if content is None:
        assert (found, body_start) == (None, 0)
        return
    assert found is not None
    assert text[slice(*found.content_span)] == content
    assert text[slice(*found.closing_span)] in ("---", "...")
    assert found.span == Span(0, body_start)
    assert text[body_start:] == "    본문 `code`\n"


def test_a_front_matter_may_be_the_entire_file() -> None:
    found, body_start = split("---\ntitle: 봄\n---")
    assert found is not None
    assert body_start == len("---\ntitle: 봄\n---")


def test_an_opening_is_found_even_if_nothing_closes_it() -> None:
    assert opening_span("---\r\ntitle: 봄\n") == Span(0, 5)
    assert opening_span("title: 봄\n---\n") is None


# Spans


def test_keys_and_values_have_the_span_of_what_is_written() -> None:
    text = '---\r\ntitle:\t\'봄 🌱\'  # 제목\r\n"tags" : [봄, "여름"]\r\nlast:\r\n---\r\n'
    found, _ = split(text)
    assert found is not None
    assert [(text[slice(*e.key_span)], text[slice(*e.value_span)]) for e in found.entries] == [
        ("title", "'봄 🌱'"),
        ('"tags"', '[봄, "여름"]'),
        ("last", ""),
    ]
    assert [text[slice(*entry.span)] for entry in found.entries] == [
        "title:\t'봄 🌱'  # 제목\r\n",
        '"tags" : [봄, "여름"]\r\n',
        "last:\r\n",
    ]


def test_a_value_that_is_not_there_has_an_empty_span_behind_its_colon() -> None:
    entry = front_matter("image:   # later\ntitle: 봄").entries[0]
    assert entry.value_span == Span(len("---\nimage:"), len("---\nimage:"))


def test_the_items_of_a_list_have_spans() -> None:
    text = "---\ntags:\n  - 봄\n  - 'ML'\ncategories: [a, b c]\n---\n"
    found, _ = split(text)
    assert found is not None
    written = []
    for entry in found.entries:
        assert isinstance(entry.tree, Sequence)
        written.append([text[slice(*item.span)] for item in entry.tree.items])
    assert written == [["봄", "'ML'"], ["a", "b c"]]


def test_a_block_ends_with_its_last_character_and_not_where_the_next_begins() -> None:
    text = "---\nexcerpt: |\n  봄이\n  온다\n\ntags:\n- 봄\n\n# end\n---\n"
    found, _ = split(text)
    assert found is not None
    assert [text[slice(*entry.value_span)] for entry in found.entries] == ["|\n  봄이\n  온다", "- 봄"]


def test_an_entry_that_shares_its_line_spans_only_itself() -> None:
    text = "---\nauthor: {name: 봄, url: /about}\n---\n"
    found, _ = split(text)
    assert found is not None
    author = found.entries[0].tree
    assert isinstance(author, Mapping)
    assert [text[slice(*entry.span)] for entry in author.entries] == ["name: 봄", "url: /about"]


def test_an_alias_stands_where_it_is_used_and_its_items_where_they_are_written() -> None:
    text = "---\ntags: &all [봄]\nkeywords: *all\n---\n"
    found, _ = split(text)
    assert found is not None
    keywords = found.entries[1].tree
    assert isinstance(keywords, Sequence)
    assert text[slice(*keywords.span)] == "*all"
    assert text[slice(*keywords.items[0].span)] == "봄"


# Values

# A date or time stays the text it is written as; the table says which Ruby class it becomes.
READ: list[tuple[str, dict[str, Any]]] = [
    # Text that looks dangerous and is not
    ("title: (ML) 봄", {"title": "(ML) 봄"}),
    ("title: C# 봄 #봄", {"title": "C# 봄"}),
    ("title: 봄:여름", {"title": "봄:여름"}),
    ("title: 봄 :여름", {"title": "봄 :여름"}),
    ("link: http://example.com:80/a", {"link": "http://example.com:80/a"}),
    ("title: -봄", {"title": "-봄"}),
    ("title: 봄] 100% @", {"title": "봄] 100% @"}),
    ("title: ?봄", {"title": "?봄"}),
    ("title:\t봄\t여름", {"title": "봄\t여름"}),
    ("title: 봄 \\", {"title": "봄 \\"}),
    ("permalink: /:year/:title/", {"permalink": "/:year/:title/"}),
    ('title: "\\u00e9 \\x41"', {"title": "é A"}),
    ("title: 'it''s'", {"title": "it's"}),
    ("title: 'a'# b", {"title": "a"}),
    ("title: 봄이\n  온다\n  - 지금", {"title": "봄이 온다 - 지금"}),
    ("title: >-\n  봄이\n  온다", {"title": "봄이 온다"}),
    ("title: |", {"title": ""}),
    # An anchor, a tag, a comment, a brace: no error, but not what was meant
    ("title: &a 여름", {"title": "여름"}),
    ("title: !important 여름", {"title": "여름"}),
    ("title: #봄", {"title": None}),
    ("title: {{ page.x }}", {"title": {"{ page.x }": None}}),
    # Collections
    ("tags: [a, b,]", {"tags": ["a", "b"]}),
    ("tags: [a b: c]", {"tags": [{"a b": "c"}]}),
    ("tags:\n- a\n-\n- [b]", {"tags": ["a", None, ["b"]]}),
    ("? a", {"a": None}),
    ("a: 1\na: 2", {"a": 2}),
    ("a: &x {b: 1}\n<<: *x", {"a": {"b": 1}, "b": 1}),
    ("a: &x 1\nb: &x 2\nc: *x", {"a": 1, "b": 2, "c": 2}),
    # Only the first document counts, and some things end a line that do not look like it
    ("a: 1\n--- b\nc: [", {"a": 1}),
    ("a: 1\u2028b: 2", {"a": 1, "b": 2}),
    ("\u00a0a: 1", {"\u00a0a": 1}),
    ("a: 1\rb: 2\r", {"a": 1, "b": 2}),
    ("", {}),
    ("# 봄", {}),
    ("false", {}),
    # What Ruby takes for something else than text
    ("a: [yes, On, TRUE, no, Off, FALSE, y, n]", {"a": [True, True, True, False, False, False, "y", "n"]}),
    ("a: [~, null, Null, 'null', '']", {"a": [None, None, None, "null", ""]}),
    ("a: [1, -1, 007, 1_000, 0x1F, 0b11, 0o17, '1']", {"a": [1, -1, 7, 1000, 31, 3, "0o17", "1"]}),
    ("a: 1,234", {"a": 1234}),
    ("a: [1.5, .5, -1.5e+3, 1e3, 1.2.3]", {"a": [1.5, 0.5, -1500.0, "1e3", "1.2.3"]}),
    ("a: 2021-10-03", {"a": Kind.DATE}),
    ("a: 2021-02-30", {"a": "2021-02-30"}),
    ("a: 2021-10-03 19:34:43 +0900", {"a": Kind.TIME}),
    ("a: 2021-10-03T19:34:43Z", {"a": Kind.TIME}),
    ("a: 2021-10-03 19:34", {"a": "2021-10-03 19:34"}),
    ("a: 2021-10-03 19:34:43 KST", {"a": "2021-10-03 19:34:43 KST"}),
    ("a: 12:30:45", {"a": 45045}),
    ('a: !!int "12"', {"a": 12}),
    ("a: '2021-10-03'", {"a": "2021-10-03"}),
    ("a: =", {"a": "="}),
]

REFUSED = [
    ("title: 봄⟦:⟧ 여름", Problem.UNQUOTED_COLON),
    ("title: “봄”⟦:⟧ 여름", Problem.UNQUOTED_COLON),
    ("title: 봄⟦:⟧", Problem.UNQUOTED_COLON),
    ("title: {a: b}⟦:⟧ c", Problem.UNQUOTED_COLON),
    ("title: ⟦@⟧봄", Problem.RESERVED_CHARACTER),
    ("title: ⟦`⟧봄` 여름", Problem.RESERVED_CHARACTER),
    ("title: ⟦%⟧봄", Problem.RESERVED_CHARACTER),
    ("title: ⟦*⟧*봄** 여름", Problem.RESERVED_CHARACTER),
    ("title: ⟦*⟧봄", Problem.RESERVED_CHARACTER),
    ("title: ⟦&⟧봄", Problem.RESERVED_CHARACTER),
    ("title: ⟦|⟧ 봄", Problem.RESERVED_CHARACTER),
    ("title: ⟦>⟧ 봄", Problem.RESERVED_CHARACTER),
    ("title: ⟦-⟧ 봄", Problem.RESERVED_CHARACTER),
    ("title: ⟦?⟧ 봄", Problem.RESERVED_CHARACTER),
    ("title: ⟦,⟧봄", Problem.RESERVED_CHARACTER),
    ("title: ⟦]⟧봄", Problem.RESERVED_CHARACTER),
    ("tags: [봄, ⟦@⟧여름]", Problem.RESERVED_CHARACTER),
    ('title: "봄" ⟦여름⟧', Problem.TEXT_AFTER_QUOTE),
    ("title: 'it'⟦s'⟧", Problem.TEXT_AFTER_QUOTE),
    ("title: [봄] ⟦여름⟧", Problem.TEXT_AFTER_BRACKET),
    ("title: {봄} ⟦여름⟧", Problem.TEXT_AFTER_BRACKET),
    ("tags: [봄]⟦]⟧", Problem.TEXT_AFTER_BRACKET),
    ("title: ⟦'⟧봄\ntags: 여름", Problem.UNCLOSED_QUOTE),
    ('title: ⟦"⟧봄\nsubtitle: "여름"', Problem.UNCLOSED_QUOTE),
    ("tags: ⟦[⟧봄, 여름\ntitle: 봄", Problem.UNCLOSED_BRACKET),
    ("tags: ⟦[⟧", Problem.UNCLOSED_BRACKET),
    ("author: ⟦{⟧name: 봄", Problem.UNCLOSED_BRACKET),
    ("tags: [봄,⟦,⟧ 여름]", Problem.INSIDE_BRACKETS),
    ('tags: ["봄" ⟦여⟧름]', Problem.INSIDE_BRACKETS),
    ("tags: [봄: 여름⟦:⟧ 가을]", Problem.INSIDE_BRACKETS),
    ('title: "봄⟦\\⟧d"', Problem.ESCAPE),
    ("title: 봄\n⟦tags:봄⟧\nlayout: post", Problem.MISSING_COLON),
    ("⟦title 봄⟧\nlayout: post", Problem.MISSING_COLON),
    ("title: 봄\n⟦tags⟧", Problem.MISSING_COLON),
    ("title: 봄\n  ⟦tags: 여름⟧", Problem.INDENTATION),
    ("tags:\n  - 봄\n ⟦- 여름⟧", Problem.INDENTATION),
    ("a:\n  b: 1\n ⟦c: 2⟧", Problem.INDENTATION),
    ("excerpt: |\n  봄\n ⟦여름⟧", Problem.INDENTATION),
    ("⟦\t⟧title: 봄", Problem.TAB),
    ("tags:\n⟦\t⟧- 봄", Problem.TAB),
    ("title: 봄⟦\x08⟧", Problem.CONTROL_CHARACTER),
    ("title: ⟦\x00⟧", Problem.CONTROL_CHARACTER),
    ("title: 봄\n⟦\x0c⟧", Problem.CONTROL_CHARACTER),
    ("tags: ⟦*all⟧", Problem.UNKNOWN_ALIAS),
    ("⟦title:봄⟧", Problem.NOT_A_MAPPING),
    ("⟦- 봄\n- 여름⟧", Problem.NOT_A_MAPPING),
    ("⟦2021⟧", Problem.NOT_A_MAPPING),
]

REFUSES = "refuses"
# Debian's Jekyll reads with Psych and not, as all others, with safe_yaml.
OTHERWISE_IN_PSYCH: list[tuple[str, dict[str, Any], dict[str, Any] | str]] = [
    ("permalink: :title", {"permalink": ":title"}, REFUSES),
    ("a: !ruby/object:Foo {}", {"a": {}}, REFUSES),
    ("a: !!str 12", {"a": 12}, {"a": "12"}),
    ("a: 12:30", {"a": 750}, {"a": 45000}),
    ("a: 1.", {"a": "1."}, {"a": 1}),
    ("a: nULL", {"a": "nULL"}, {"a": None}),
    ("a: yEs", {"a": "yEs"}, {"a": True}),
    ("a: 2020-1-7", {"a": "2020-1-7"}, {"a": Kind.DATE}),
]


def with_kinds(tree: Tree) -> Any:
    """The tree's value, with the kind of each date and time in its place."""
    if isinstance(tree, Mapping):
        return {key: _with_kinds_at(tree, key) for key in tree.value}
    if isinstance(tree, Sequence):
        return [with_kinds(item) for item in tree.items]
    return tree.kind if tree.kind in (Kind.DATE, Kind.TIME) else tree.value


def _with_kinds_at(mapping: Mapping, key: str) -> Any:
    entry = mapping.get(key)
    return with_kinds(entry.tree) if entry else mapping.value[key]


@pytest.mark.parametrize(
    ("content", "value"), [*READ, *((content, value) for content, value, _ in OTHERWISE_IN_PSYCH)]
)
def test_values_are_read_as_jekyll_reads_them(content: str, value: dict[str, Any]) -> None:
    found = front_matter(content)
    assert found.error is None
    assert with_kinds(found.mapping) == value


@pytest.mark.parametrize(("content", "problem"), REFUSED)
def test_what_jekyll_refuses_is_an_error_at_its_place(content: str, problem: Problem) -> None:
    text, span = marked(f"---\n{content}\n---\n본문\n")
    found, body_start = split(text)
    assert found is not None
    assert found.error is not None
    assert (found.error.problem, found.error.span) == (problem, span)
    assert found.entries == ()
    assert text[body_start:] == "본문\n"


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("title: Rust: a tour  ", "Rust: a tour"),
        ("title: @home", "@home"),
        ("title: [ML] 봄", "[ML] 봄"),
        ("title: 'it's'", "'it's'"),
    ],
)
def test_an_error_knows_the_value_that_wants_quotes(content: str, value: str) -> None:
    text = f"---\n{content}\n---\n"
    found, _ = split(text)
    assert found is not None
    assert found.error is not None
    assert found.error.value_span is not None
    assert text[slice(*found.error.value_span)] == value


def test_dates_stay_as_written() -> None:
    entry = front_matter("date: 2021-10-03 19:34:43 +0900").get("date")
    assert entry is not None
    assert entry.value == "2021-10-03 19:34:43 +0900"


def test_of_a_key_written_twice_the_last_counts_and_both_are_kept() -> None:
    found = front_matter("layout: post\nlayout: page")
    assert [entry.value for entry in found.entries] == ["post", "page"]
    entry = found.get("layout")
    assert entry is not None
    assert entry.value == "page"


def test_a_key_that_ruby_takes_for_a_boolean_is_not_found_by_its_name() -> None:
    found = front_matter("on: 봄\n2021: 여름")
    assert [entry.key for entry in found.entries] == ["on", "2021"]
    assert found.get("on") is None
    assert found.get("2021") is None


def test_a_merged_mapping_gives_its_keys_to_the_one_around_it() -> None:
    found = front_matter("base: &base {layout: post}\n<<: *base")
    entry = found.get("layout")
    assert entry is not None
    assert entry.value == "post"


def test_a_tag_or_anchor_is_kept_apart_from_the_text_that_the_page_shows() -> None:
    title = front_matter("title: !important &note 봄").entries[0].tree
    assert isinstance(title, Scalar)
    assert (title.text, title.tag, title.anchor) == ("봄", "!important", "note")


# Hostile texts


def test_aliases_of_aliases_do_not_fill_the_memory() -> None:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    error = front_matter("\n".join(lines)).error
    assert error is not None
    assert error.problem is Problem.TOO_COMPLEX


@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_an_error_and_no_crash(unit: str) -> None:
    error = front_matter(f"a:\n  {unit * 20_000}").error
    assert error is not None
    assert error.problem is Problem.TOO_COMPLEX


def test_nesting_that_somebody_might_write_is_none() -> None:
    depth = MAX_DEPTH - 1
    assert front_matter(f"a: {'[' * depth}{']' * depth}").error is None


def test_an_alias_inside_of_what_it_stands_for_is_an_error() -> None:
    error = front_matter("a: &a [*a]").error
    assert error is not None
    assert error.problem is Problem.TOO_COMPLEX


def test_a_number_of_ten_thousand_digits_is_text() -> None:
    assert front_matter(f"a: {'9' * 10_000}").entries[0].value == "9" * 10_000


@pytest.mark.parametrize("line", ["\n", "a: b\n", "--- a\n", " ---\n", "---\t\t\t\t\t\t\t.\n"])
def test_five_megabytes_that_never_close_take_one_pass(line: str) -> None:
    text = "---\n" + line * (5_000_000 // len(line))
    assert split(text) == (None, 0)


@given(st.text() | st.text(alphabet="---...\n\r\t :'\"[]{},&*!|>#%@`\\?<봄🌱a1\x85\u2028\ufeff"))
def test_any_text_splits(content: str) -> None:
    text = f"---\n{content}\n---\n"
    found, body_start = split(text)
    assert found is not None
    assert 0 < body_start <= len(text)
    assert (found.error is None) or found.entries == ()
    spans = [found.span, found.content_span, *([found.error.span] if found.error else [])]
    for entry in found.entries:
        assert entry.span.start <= entry.key_span.start <= entry.key_span.end <= entry.span.end
        assert entry.value_span.end <= entry.span.end
        spans += [entry.span, entry.key_span, entry.value_span]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)


PLAIN_WORD = st.from_regex(r"[a-z가-힣][a-z가-힣0-9_-]{0,8}", fullmatch=True).filter(
    lambda word: word not in ("on", "off", "yes", "no", "true", "false", "null")
)


@given(st.lists(st.tuples(PLAIN_WORD, PLAIN_WORD), max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_spans_hold_what_was_written(pairs: list[tuple[str, str]], line_end: str) -> None:
    lines = ["---", *(f"{key}: {value}" for key, value in pairs), "---", ""]
    text = line_end.join(lines)
    found, _ = split(text)
    assert found is not None
    written = [(text[slice(*e.key_span)], text[slice(*e.value_span)]) for e in found.entries]
    assert written == pairs
    assert [(entry.key, entry.value) for entry in found.entries] == pairs


def test_without_libyaml_pyyamls_own_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    content = "title: '봄 🌱'\ntags: [a, &x b]\nlast: *x\nnested:\n  - a: 1\n"
    fast = front_matter(content)
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert front_matter(content) == fast
    refused = front_matter("title: 봄: 여름").error
    assert refused is not None
    assert refused.problem is Problem.UNQUOTED_COLON


# Jekyll itself

ASK_JEKYLL = r"""
require "json"
require "jekyll"
psych = Jekyll::Utils.respond_to?(:safe_load_yaml)
load = psych ? Jekyll::Utils.method(:safe_load_yaml) : SafeYAML.method(:load)
shown = lambda do |value|
  case value
  when Hash then value.to_h { |key, item| [key.is_a?(Hash) ? "{ #{key.keys[0]} }" : key.to_s, shown.(item)] }
  when Array then value.map(&shown)
  when Date then { "class" => "date" }
  when Time then { "class" => "time" }
  else value
  end
end
answers = JSON.parse($stdin.read).map do |text|
  match = Jekyll::Document::YAML_FRONT_MATTER_REGEXP.match(text)
  next nil unless match
  answer = { "body_start" => text.length - match.post_match.length }
  begin
    data = load.(match[1])
    Jekyll::Utils.deep_merge_hashes({}, data) if data
    answer["value"] = shown.(data || {})
  rescue StandardError => error
    answer["error"] = error.class.name
  end
  answer
end
puts JSON.generate([psych, answers])
"""


def ask_jekyll(texts: list[str]) -> tuple[bool, list[dict[str, Any] | None]]:
    """Whether this Jekyll reads with Psych, and what it makes of each text."""
    ruby = shutil.which("ruby")
    if ruby is None or subprocess.run([ruby, "-e", "require 'jekyll'"], capture_output=True).returncode:
        pytest.skip("Ruby with Jekyll is not installed")
    process = subprocess.run(
        [ruby, "-Eutf-8:utf-8", "-e", ASK_JEKYLL],
        input=json.dumps(texts),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    psych, answers = json.loads(process.stdout)
    return psych, answers


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return {"class": value.value} if isinstance(value, Kind) else value


@pytest.mark.jekyll
def test_the_tables_are_what_jekyll_does() -> None:
    read = [f"---\n{content}\n---\n" for content, *_ in [*READ, *OTHERWISE_IN_PSYCH]]
    refused = [marked(f"---\n{content}\n---\n")[0] for content, _ in REFUSED]
    psych, answers = ask_jekyll([*read, *refused])
    expected = [value for _, value in READ] + [row[2 if psych else 1] for row in OTHERWISE_IN_PSYCH]
    for text, value, answer in zip(read, expected, answers, strict=False):
        assert answer is not None
        got = REFUSES if "error" in answer else answer["value"]
        assert (text, got) == (text, as_json(value))
    for text, answer in zip(refused, answers[len(read) :], strict=True):
        assert answer is not None
        if psych or "*all" not in text:
            assert (text, "error" in answer) == (text, True)


@pytest.mark.jekyll
def test_jekyll_splits_where_postlint_does() -> None:
    texts = [before + "    본문\n" for before, _ in SPLITS]
    _, answers = ask_jekyll(texts)
    for text, answer in zip(texts, answers, strict=True):
        assert (text, split(text)[1]) == (text, answer["body_start"] if answer else 0)
