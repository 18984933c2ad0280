"""The options that extend the tables of the rules, as a user writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.config.finder import read
from postlint.findings import ConfigError

HOSTS = [
    "example.org",
    "Blog.Example.org",
    "example.*",
    "shop.example.co.kr",
    "my-blog.example.org",
    "한글.example.org",
]
NO_HOSTS = [
    "example",
    "*.example.org",
    "https://example.org",
    "example.org:8080",
    "example.org?a",
    "",
    ".org",
]
TABLES = [
    ("tracking-parameter", "parameters", "[ref]"),
    ("tracking-parameter", "except-parameters", "[ref]"),
    ("redirector-url", "redirectors", "url"),
    ("gone-service", "services", "''"),
    ("expiring-image", "hosts", "''"),
]


def config(folder: Path, rule: str, option: str, value: str) -> Path:
    path = folder / ".postlint.yml"
    path.write_text(f"rules:\n  {rule}:\n    {option}:\n      {value}\n", encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    """What is said of the fourth line."""
    with pytest.raises(ConfigError) as caught:
        read(path)
    assert caught.value.line == 4
    return caught.value.message.render("en")


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(("rule", "option", "value"), TABLES)
def test_a_table_is_extended_by_hosts_and_places(
    rule: str, option: str, value: str, host: str, tmp_path: Path
) -> None:
    read(config(tmp_path, rule, option, f"'{host}': {value}"))
    read(config(tmp_path, rule, option, f"'{host}/a/b': {value}"))


@pytest.mark.parametrize("host", NO_HOSTS)
@pytest.mark.parametrize(("rule", "option", "value"), TABLES)
def test_what_no_address_can_have_is_no_host(
    rule: str, option: str, value: str, host: str, tmp_path: Path
) -> None:
    told = refusal(config(tmp_path, rule, option, f"'{host}': {value}"))
    assert told.startswith(f"`{option}` must be hosts such as `example.org` or `example.org/path`")
    assert told.endswith(f", not `{host}`")


@pytest.mark.parametrize("rule", ["redirector-url", "gone-service", "expiring-image"])
def test_hosts_are_left_out_by_their_names(rule: str, tmp_path: Path) -> None:
    for host in HOSTS:
        read(config(tmp_path, rule, "except-hosts", f"- '{host}'"))
    for host in [*NO_HOSTS, "example.org/path"]:
        told = refusal(config(tmp_path, rule, "except-hosts", f"- '{host}'"))
        assert told == f"`except-hosts` must be hosts such as `example.org` or `example.*`, not `{host}`"


@pytest.mark.parametrize("option", ["parameters", "except-parameters"])
def test_a_parameter_tracks_anywhere_or_by_the_beginning_of_its_name(option: str, tmp_path: Path) -> None:
    read(config(tmp_path, "tracking-parameter", option, "'*': [ref, ref_*, '*']"))
    for name in ["a*b", "*a", "a=b", "a&b", ""]:
        told = refusal(config(tmp_path, "tracking-parameter", option, f"example.org: ['{name}']"))
        assert told == (
            f"`{option}.example.org` must be names of parameters, with a `*` at the end only, not `{name}`"
        )


@pytest.mark.parametrize(
    ("rule", "option", "value", "told"),
    [
        ("gone-service", "services", "example.org:", "`services.example.org` must be a string, not `null`"),
        ("gone-service", "services", "- example.org", "`services` must be a mapping, not `[…]`"),
        (
            "redirector-url",
            "redirectors",
            "example.org: [1]",
            "`redirectors.example.org` must be a list of strings, not `1`",
        ),
        ("expiring-image", "hosts", "example.org: {}", "`hosts.example.org` must be a string, not `{…}`"),
    ],
)
def test_a_value_of_another_type_is_told_by_its_key(
    rule: str, option: str, value: str, told: str, tmp_path: Path
) -> None:
    assert refusal(config(tmp_path, rule, option, value)) == told


ENTRIES = [
    # (rule, option, what may stand there, what may not, what it must be)
    ("split-tags", "names", "'서울  둘레길'", "둘레길", "names of several words"),
    ("split-tags", "except-names", "Deep Learning", "Learning", "names of several words"),
    ("unknown-liquid-tag", "tags", "youtube", "'{% youtube %}'", "names of tags"),
    (
        "missing-scheme",
        "top-level-domains",
        "museum",
        ".museum",
        "the letters of top-level domains, such as `museum`",
    ),
    (
        "text-names-another-address",
        "short-hosts",
        "go.example.com",
        "go.example.com/a",
        "hosts such as `example.org` or `example.*`",
    ),
]


@pytest.mark.parametrize(("rule", "option", "good", "bad", "wanted"), ENTRIES)
def test_an_entry_that_could_never_be_met_is_refused(
    rule: str, option: str, good: str, bad: str, wanted: str, tmp_path: Path
) -> None:
    read(config(tmp_path, rule, option, f"- {good}"))
    told = refusal(config(tmp_path, rule, option, f"- {bad}"))
    assert told == f"`{option}` must be {wanted}, not `{bad.strip(chr(39))}`"


def test_a_macro_is_a_command_and_its_text(tmp_path: Path) -> None:
    for command in ["argmin", r"\RR", r"'\|'"]:
        read(config(tmp_path, "tex-error", "macros", rf"{command}: \mathbb{{R}}"))
    told = refusal(config(tmp_path, "tex-error", "macros", "arg min: x"))
    assert told == "`macros` must be commands of TeX, such as `argmin`, not `arg min`"
    told = refusal(config(tmp_path, "tex-error", "macros", "vect: [x, 1]"))
    assert told == "`macros.vect` must be a string, not `[…]`"
