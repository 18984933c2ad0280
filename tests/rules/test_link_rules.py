"""What rules say of what the web answers, where their examples cannot show it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.findings import Finding, Safety, Severity
from postlint.fixing import APPLIED_BY_DEFAULT, fix_text
from postlint.post.source import Source
from postlint.registry import all_rules
from postlint.rule import LinkRule, Rule
from postlint.rules.link._moves import Likeness, as_written, likeness
from postlint.rules.link.https_available import HttpsAvailable
from postlint.rules.link.missing_remote_fragment import MissingRemoteFragment
from postlint.rules.link.moved_link import MovedLink
from postlint.run.checking import Surroundings, check
from postlint.run.files import Linter
from postlint.run.request import Request
from postlint.web.answers import Answers
from postlint.web.verdicts import Evidence, Hop, Probe, Verdict
from tests.conftest import Ruby

POST = Path("_posts/2024-05-01-봄.md")
OLD, NEW = "https://a.example.org/2019/spring", "https://b.example.net/spring"
LINK_RULES = [rule for rule in all_rules() if issubclass(rule, LinkRule)]


def found(
    text: str, answers: Answers, rules: Sequence[type[Rule]] = LINK_RULES, path: Path = POST
) -> list[Finding]:
    linter = Linter(Request(no_config=True))
    post = linter.post(path, Source(text))
    return check(post, [rule() for rule in rules], Surroundings(None, answers))


def only(text: str, *probes: Probe) -> Finding:
    (finding,) = found(text, Answers.of(*probes))
    return finding


def mended(text: str, answers: Answers, *, unsafe: bool = False, path: Path = POST) -> str:
    safeties = frozenset(Safety) if unsafe else APPLIED_BY_DEFAULT
    fixed = fix_text(text, lambda current: found(current, answers, path=path), safeties)
    assert not fixed.cycle
    return fixed.text


def probe(
    verdict: Verdict, reason: str = "status", status: int | None = None, **known: float | None
) -> Probe:
    return Probe(OLD, Evidence(verdict, reason, status=status, final=OLD), **known)  # type: ignore[arg-type]


def moved(old: str, new: str, *, runs: int = 2) -> Answers:
    hops = (Hop(old.partition("#")[0], 301),)
    evidence = Evidence(Verdict.MOVED, "status", status=200, final=new, chain=hops)
    return Answers.of(Probe(old, evidence, confirmations=runs))


# Over days

FAILURES = [
    (Verdict.BROKEN, "status", 404, Severity.ERROR),
    (Verdict.GONE, "no-such-host", None, Severity.ERROR),
    (Verdict.SOFT_404, "sibling", 200, Severity.WARNING),
    (Verdict.TLS, "expired", None, Severity.WARNING),
]


@pytest.mark.parametrize(("verdict", "reason", "status", "severity"), FAILURES)
def test_a_new_address_that_fails_is_told_at_once(
    verdict: Verdict, reason: str, status: int | None, severity: Severity
) -> None:
    told = only(f"[봄]({OLD})\n", probe(verdict, reason, status, strikes=1))
    assert told.severity is severity
    assert "1" not in told.message.render("en").replace(OLD, "")


@pytest.mark.parametrize(("verdict", "reason", "status", "severity"), FAILURES)
@pytest.mark.parametrize("strikes", [1, 2])
def test_what_was_alive_may_come_back(
    verdict: Verdict, reason: str, status: int | None, severity: Severity, strikes: int
) -> None:
    told = only(f"[봄]({OLD})\n", probe(verdict, reason, status, last_alive=1.0, strikes=strikes))
    assert told.severity is Severity.INFO
    assert told.message.render("en").endswith(f"; it was there before: failure {strikes} of 3")
    assert told.message.render("ko").endswith(f". 전에는 열렸습니다(3번 중 {strikes}번째 실패)")


@pytest.mark.parametrize(("verdict", "reason", "status", "severity"), FAILURES)
def test_after_three_strikes_it_is_dead(
    verdict: Verdict, reason: str, status: int | None, severity: Severity
) -> None:
    told = only(f"[봄]({OLD})\n", probe(verdict, reason, status, last_alive=1.0, strikes=3))
    assert told.severity is severity
    assert "before" not in told.message.render("en")


@pytest.mark.parametrize(
    ("strikes", "severity"), [(1, Severity.INFO), (2, Severity.INFO), (3, Severity.WARNING)]
)
@pytest.mark.parametrize("last_alive", [None, 1.0])
def test_what_does_not_answer_is_a_warning_after_three_strikes(
    strikes: int, severity: Severity, last_alive: float | None
) -> None:
    known = probe(Verdict.UNREACHABLE, "timeout", last_alive=last_alive, strikes=strikes)
    assert only(f"[봄]({OLD})\n", known).severity is severity


def test_it_says_for_how_long_nothing_answers() -> None:
    told = only(f"[봄]({OLD})\n", probe(Verdict.UNREACHABLE, "status", 503, strikes=4))
    assert told.message.render("en") == "could not be opened for 9 days or longer: the server fails (503)"
    assert told.message.render("ko") == "9일 이상 열리지 않습니다. 서버에 오류가 있습니다(503)"


def test_what_does_not_answer_now_is_not_looked_for_in_an_archive() -> None:
    known = probe(Verdict.UNREACHABLE, "timeout", strikes=1)
    (told,) = found(f"[봄]({OLD})\n", Answers.of(known, archived=f"https://archive.example.org/web/1/{OLD}"))
    assert told.fix is None


@pytest.mark.parametrize(
    ("text", "said", "moved_to"),
    [
        ("[봄]({})", "페이지가 없습니다(404)", "페이지가 `"),
        ("![봄]({})", "이미지가 없습니다(404)", "이미지가 `"),
        ('<img src="{}">', "이미지가 없습니다(404)", "이미지가 `"),
        ('<video src="{}"></video>', "파일이 없습니다(404)", "파일이 `"),
    ],
)
def test_it_says_what_it_is_that_is_not_there(text: str, said: str, moved_to: str) -> None:
    assert only(text.format(OLD) + "\n", probe(Verdict.BROKEN, status=404)).message.render("ko") == said
    (told,) = found(text.format(OLD) + "\n", moved(OLD, NEW))
    assert told.message.render("ko").startswith(moved_to)


# One fault, one finding


@pytest.mark.parametrize("verdict", list(Verdict))
def test_no_address_is_told_twice(verdict: Verdict) -> None:
    evidence = Evidence(
        verdict, "status", status=200, final=NEW, chain=(Hop("http://a.example.org/x", 301),), upgrade=OLD
    )
    text = "[봄](http://a.example.org/x)\n"
    rules = [rule for rule in all_rules() if issubclass(rule, LinkRule) or rule.code == "URL024"]
    told = found(text, Answers.of(Probe("http://a.example.org/x", evidence)), rules)
    spoken = {
        Verdict.ALIVE: ["LINK007"],
        Verdict.REDIRECTED: ["LINK007"],
        Verdict.MOVED: ["LINK003"],
        Verdict.BROKEN: ["LINK001"],
        Verdict.GONE: ["LINK002"],
        Verdict.SOFT_404: ["LINK004"],
        Verdict.UNREACHABLE: ["LINK006"],
        Verdict.TLS: ["URL024", "LINK005"],
        Verdict.NO_SUCH_FRAGMENT: ["LINK007"],
        Verdict.INVALID: ["URL024", "LINK009"],
        Verdict.BLOCKED: ["URL024", "LINK009"],
        Verdict.RATE_LIMITED: ["URL024", "LINK009"],
        Verdict.REFUSED: ["URL024", "LINK009"],
        Verdict.UNASKED: ["URL024"],
        Verdict.INCOMPLETE: ["URL024"],
    }
    codes = sorted(finding.code for finding in told if finding.code != "LINK008")
    assert codes == sorted(spoken[verdict])


@pytest.mark.parametrize(
    ("address", "cause"),
    [
        ("https://haneul.egloos.com/1", "URL023"),
        ("https://a.example.org/%EA%B0%80%", "URL002"),
        ("https://a.example.org/%25EA%25B0%2580", "URL005"),
        ("https://a.example.org/spring\u200b", "URL010"),
    ],
)
def test_who_knows_why_speaks(address: str, cause: str) -> None:
    known = Probe(address, Evidence(Verdict.BROKEN, "status", status=404))
    rules = [rule for rule in all_rules() if rule.code.startswith(("URL", "LINK"))]
    assert [one.code for one in found(f"[봄]({address})\n", Answers.of(known), rules)] == [cause]


def test_an_address_of_ones_own_network_is_told_once() -> None:
    address = "http://192.168.10.7/wiki/meeting"
    known = Probe(address, Evidence(Verdict.REFUSED, "private"))
    rules = [rule for rule in all_rules() if rule.code in ("URL022", "LINK009")]
    assert [one.code for one in found(f"[봄]({address})\n", Answers.of(known), rules)] == ["URL022"]


@pytest.mark.parametrize("verdict", [Verdict.BLOCKED, Verdict.RATE_LIMITED, Verdict.REFUSED])
def test_what_is_not_known_is_never_broken(verdict: Verdict) -> None:
    told = only(f"[봄]({OLD})\n", probe(verdict, "status", 403))
    assert told.severity is Severity.INFO
    assert told.message.render("en").startswith("not ")
    assert "확인하지" in told.message.render("ko")


# Where a page has moved to

SAME = [
    ("https://a.example.org/b", "https://a.example.org/b/"),
    ("https://a.example.org/b/", "https://a.example.org/b"),
    ("https://A.example.org/b", "https://a.example.org/b"),
    ("https://a.example.org/봄", "https://a.example.org/%eb%b4%84/"),
    ("https://a.example.org/b%28c%29", "https://a.example.org/b(c)"),
    ("https://a.example.org:443/b", "https://a.example.org/b"),
    ("https://한글.example.org/b", "https://xn--bj0bj06e.example.org/b/"),
    ("https://a.example.org/docs", "https://a.example.org/ko/docs"),
    ("https://a.example.org/docs", "https://a.example.org/en-us/docs/"),
    ("https://www.example.org/docs", "https://ko.example.org/docs"),
    ("https://a.example.org/docs", "https://a.example.org/docs?hl=ko"),
    ("https://blog.naver.com/haneul/1", "https://m.blog.naver.com/haneul/1"),
    ("https://youtu.be/aaaaaaaaaaa", "https://www.youtube.com/watch?v=aaaaaaaaaaa"),
    ("https://doi.org/10.1000/1", "https://papers.example.org/1"),
    ("https://a.example.org/b", "https://a.example.org/b;jsessionid=0A1B"),
    ("https://a.example.org/b", "https://b.example.net/c?sid=0123456789abcdef"),
    ("https://a.example.org/b", "https://c.example.net/b?Signature=abc&Expires=1700000000"),
]
SECURE = [
    ("http://a.example.org/b", "https://a.example.org/b"),
    ("http://a.example.org/b", "https://a.example.org/b/"),
    ("http://a.example.org:80/봄", "https://a.example.org/%EB%B4%84"),
]
OTHER = [
    (OLD, NEW),
    ("http://a.example.org/b", "https://www.example.org/b"),
    ("https://a.example.org/b", "https://www.a.example.org/b"),
    ("https://github.com/haneul/old", "https://github.com/haneul/new"),
    ("https://a.example.org/?p=12", "https://a.example.org/2019/spring/"),
    ("https://n.example.org/read?sid=105", "https://m2.example.org/article?sid=105"),
    ("https://ko.example.org/b", "https://ko.example.net/c"),
]
DOUBTFUL = [
    ("https://a.example.org/2019/spring", "https://a.example.org/2019"),
    ("https://a.example.org/blog/2019/spring", "https://www.a.example.org/blog/"),
    ("https://a.example.org/b", "https://c.example.net/ko-kr/d"),
    ("https://a.example.org/b", "http://c.example.net/b"),
    ("https://a.example.org/b", "http://a.example.org/b"),
    ("https://a.example.org/b", "https://a.example.org/errors/404.html"),
    ("https://a.example.org/b", "https://a.example.org/ErrorPage.do"),
    ("https://a.example.org/b", "https://a.example.org/age-verification?id=1"),
    ("https://a.example.org/b", "https://sorry.example.org/notice/closed"),
    ("https://a.example.org/b", "https://a.example.org/100%/b"),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        *((old, new, Likeness.SAME) for old, new in SAME),
        *((old, new, Likeness.SECURE) for old, new in SECURE),
        *((old, new, Likeness.OTHER) for old, new in OTHER),
        *((old, new, Likeness.DOUBTFUL) for old, new in DOUBTFUL),
    ],
)
def test_a_new_address_may_be_none(old: str, new: str, expected: Likeness) -> None:
    assert likeness(old, new) is expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("https://a.kr/1#꽃", "https://b.kr/2", "https://b.kr/2#꽃"),
        ("https://a.kr/1#꽃", "https://b.kr/2#flower", "https://b.kr/2#flower"),
        ("https://a.kr/1#", "https://b.kr/2", "https://b.kr/2#"),
        ("http://한글.kr/1", "https://xn--bj0bj06e.kr/2", "https://한글.kr/2"),
        ("http://한글.kr/1", "https://b.kr/2", "https://b.kr/2"),
    ],
)
def test_nothing_that_no_request_tells_is_lost(old: str, new: str, expected: str) -> None:
    assert as_written(old, new) == expected


ADDRESSES = st.text() | st.builds("http{}://{}/{}".format, st.sampled_from(["", "s"]), st.text(), st.text())


@given(ADDRESSES, ADDRESSES)
def test_any_two_addresses_can_be_compared(old: str, new: str) -> None:
    assert likeness(old, new) in Likeness
    assert likeness(old, old) is Likeness.SAME
    assert as_written(old, new).startswith(new[:4])


def test_the_query_is_kept_as_the_server_says() -> None:
    new = "https://b.example.net/view?no=1&page=2"
    text = f"[봄]({OLD}?id=1)\n"
    assert mended(text, moved(f"{OLD}?id=1", new)) == f"[봄]({new})\n"


def test_what_one_run_has_seen_needs_the_author() -> None:
    (told,) = found(f"[봄]({OLD})\n", moved(OLD, NEW, runs=1))
    assert told.fix is not None
    assert told.fix.safety is Safety.UNSAFE


@pytest.mark.parametrize(("old", "new"), DOUBTFUL)
def test_a_doubtful_move_needs_the_author(old: str, new: str) -> None:
    (told,) = found(f"[봄]({old})\n", moved(old, new))
    assert told.fix is not None
    assert told.fix.safety is Safety.UNSAFE


@pytest.mark.parametrize("text", ["<{}>", "[{}]({})", '<a href="{}">{}</a>', "[www.a.example.org/b]({})"])
def test_an_address_that_readers_see_needs_the_author(text: str) -> None:
    (told,) = found(text.format(OLD, OLD) + "\n", moved(OLD, NEW))
    assert told.fix is not None
    assert told.fix.safety is Safety.UNSAFE


def test_a_text_may_stay_where_only_the_scheme_changes() -> None:
    old, new = "http://a.example.org/b", "https://a.example.org/b"
    assert mended(f"[{old}]({old})\n", moved(old, new)) == f"[{old}]({new})\n"


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [*((*pair, Severity.INFO) for pair in SECURE), *((*pair, Severity.WARNING) for pair in OTHER + DOUBTFUL)],
)
def test_a_mere_change_to_https_is_for_information(old: str, new: str, severity: Severity) -> None:
    (told,) = found(f"[봄]({old})\n", moved(old, new))
    assert told.severity is severity


@pytest.mark.parametrize("address", ["https://me:secret@a.example.org/1"])
def test_a_password_is_not_lost(address: str) -> None:
    (told,) = found(f"[봄]({address})\n", moved(address, NEW))
    assert told.fix is None


def test_an_address_written_in_another_way_is_left_to_the_author() -> None:
    (told,) = found(
        '<a href="https://a.example.org/?a=1&amp;b=2">봄</a>\n', moved("https://a.example.org/?a=1&b=2", NEW)
    )
    assert told.code == "LINK003"
    assert told.fix is None


def test_an_address_without_a_scheme_gets_one() -> None:
    answers = moved("https://a.example.org/b", NEW)
    assert mended("[봄](//a.example.org/b)\n", answers) == f"[봄]({NEW})\n"


# Mending, wherever an address stands

FORMS = [
    "[봄]({})",
    "[봄](<{}>)",
    '[봄]({} "제목")',
    "![봄]({})",
    '<a href="{}">봄</a>',
    "<a href='{}'>봄</a>",
    '<img src="{}">',
    "[봄][1]\n\n[1]: {}",
    '[봄][1]\n\n[1]: <{}> "제목"',
    "| 하나 | [봄]({}) |",
    "- 목록\n  > [봄]({})",
]
PLACES = [
    "https://b.example.net/a(b)c",
    "https://b.example.net/a)b",
    "https://b.example.net/it's",
    'https://b.example.net/"quoted"',
    "https://b.example.net/a b",
    "https://b.example.net/봄/벚꽃?때=아침",
    "https://b.example.net/a|b",
    "https://b.example.net/a_b_c*d*[e]",
    "https://b.example.net/?a=1&region=kr&copy=2&x=%26",
    "https://b.example.net/{{ page.url }}",
    "https://b.example.net/a\\b`c`$d$",
]


def asked(address: str) -> str:
    """`address` as a browser asks for it, with each escape spelt out."""
    from urllib.parse import unquote

    return unquote(address)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("form", FORMS)
def test_a_new_address_fits_where_the_old_one_stood(form: str, place: str) -> None:
    text = form.format(OLD) + "\n"
    after = mended(text, moved(OLD, place))
    assert after != text
    linter = Linter(Request(no_config=True))
    from postlint.site.page_facts import page_facts

    (reference,) = page_facts(linter.post(POST, Source(after))).references
    assert asked(reference.address) == asked(place)
    head, tail = form.split("{}")
    assert after.startswith(head)
    assert after.endswith(tail + "\n")


@pytest.mark.jekyll
def test_kramdown_gets_the_new_addresses(ruby: Ruby) -> None:
    cases = [
        (mended(f"{form.format(OLD)}\n", moved(OLD, place)), place) for form in FORMS for place in PLACES
    ]
    pages = ruby("kramdown_html.rb", {"texts": [text for text, _ in cases]})
    for (text, place), page in zip(cases, pages, strict=True):
        (led_to,) = re.findall(r"(?:href|src)=[\"']([^\"']*)", page["html"])
        assert asked(unescape(led_to)) == asked(place), text


@pytest.mark.parametrize("place", ["https://b.example.net/?a=1&copy", "https://b.example.net/?a=1&lt;b"])
def test_what_would_become_an_entity_is_left_to_the_author(place: str) -> None:
    (told,) = found(f"[봄]({OLD})\n", moved(OLD, place))
    assert told.fix is None


# A secure address


def test_only_the_scheme_is_edited() -> None:
    address = "http://한글.example.org/봄?a=[1]#꽃"
    evidence = Evidence(Verdict.ALIVE, "status", status=200, final=address, upgrade="https://xn--…")
    text = f"[봄]({address})\n"
    assert mended(text, Answers.of(Probe(address, evidence))) == text.replace("http:", "https:")


def test_an_upgrade_of_what_readers_see_is_unsafe() -> None:
    address = "http://a.example.org/"
    evidence = Evidence(Verdict.ALIVE, "status", status=200, final=address, upgrade="https://a.example.org/")
    for text, safety in ((f"<{address}>\n", Safety.UNSAFE), (f"[{address}]({address})\n", Safety.SAFE)):
        (told,) = found(text, Answers.of(Probe(address, evidence)), [HttpsAvailable])
        assert told.fix is not None
        assert told.fix.safety is safety


# A place on a page


@pytest.mark.parametrize(
    ("written", "nearest", "expected"),
    [
        ("#검정력의-뜻", "검정력의_뜻", "#%EA%B2%80%EC%A0%95%EB%A0%A5%EC%9D%98_%EB%9C%BB"),
        ("#instalation", "installation", "#installation"),
        ("#a", "a(b) c", "#a%28b%29%20c"),
        ("#a", "100%", "#100%25"),
        ("#a", "a\nb\t", "#a%0Ab%09"),
    ],
)
def test_the_nearest_id_takes_the_place_of_the_fragment(written: str, nearest: str, expected: str) -> None:
    address = f"{OLD}{written}"
    evidence = Evidence(Verdict.NO_SUCH_FRAGMENT, "fragment", status=200, final=OLD, nearest=nearest)
    answers = Answers.of(Probe(address, evidence))
    assert mended(f"[봄]({address})\n", answers) == f"[봄]({address})\n"
    assert mended(f"[봄]({address})\n", answers, unsafe=True) == f"[봄]({OLD}{expected})\n"


def test_a_fragment_is_told_as_people_read_it() -> None:
    address = f"{OLD}#%EA%B2%80%EC%A0%95"
    known = Probe(address, Evidence(Verdict.NO_SUCH_FRAGMENT, "fragment", status=200, final=OLD))
    (told,) = found(f"[봄]({address})\n", Answers.of(known), [MissingRemoteFragment])
    assert told.message.render("ko") == "그 페이지에 `검정` id가 없습니다"


# Whatever a server, or a memory that somebody else exported, may say


@given(
    verdict=st.sampled_from(list(Verdict)),
    reason=st.sampled_from(["status", "platform", "expired", "timeout", "private", "", "teapot"]),
    status=st.none() | st.integers(100, 999),
    texts=st.lists(st.text() | st.builds("https://b.test/{}".format, st.text()), min_size=4, max_size=4),
    counts=st.tuples(st.integers(0, 5), st.integers(1, 3)),
    last_alive=st.none() | st.just(1.0),
)
def test_no_answer_breaks_a_post(
    verdict: Verdict,
    reason: str,
    status: int | None,
    texts: list[str],
    counts: tuple[int, int],
    last_alive: float | None,
) -> None:
    final, nearest, detail, archived = texts
    address = "http://a.example.org/2019/spring#x"
    evidence = Evidence(verdict, reason, detail, status, final, (Hop(address, 301),), nearest, final)
    strikes, confirmations = counts
    known = Probe(address, evidence, 0.0, 0.0, last_alive, strikes, confirmations)
    answers = Answers.of(known, archived=archived)
    for finding in found(f"앞 [봄]({address}) 뒤\n", answers):
        for sentence in (finding.message, finding.fix.title if finding.fix else finding.message):
            assert sentence.render("en")
            assert sentence.render("ko")
    after = mended(f"앞 [봄]({address}) 뒤\n", answers, unsafe=True)
    assert re.fullmatch(r"앞 \[봄\]\([^()\s]*\) 뒤\n", after)


# Plain Markdown


def test_a_bare_address_of_a_readme_is_mended_too() -> None:
    answers = moved(OLD, "https://b.example.net/a(b)")
    text = f"{OLD} 를 보라.\n"
    assert mended(text, answers, path=Path("README.md")) == text
    assert (
        mended(text, answers, unsafe=True, path=Path("README.md"))
        == "https://b.example.net/a%28b%29 를 보라.\n"
    )


def test_moving_twice_changes_nothing_the_second_time() -> None:
    once = mended(f"[봄]({OLD})\n", moved(OLD, NEW))
    assert mended(once, moved(OLD, NEW)) == once
    assert found(once, moved(OLD, NEW), [MovedLink]) == []
