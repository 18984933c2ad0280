"""Which addresses of a run's files are asked for, how, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from postlint.config.link_options import LinkOptions
from postlint.findings import ConfigError
from postlint.run.files import Linter
from postlint.run.history import addresses, knower
from postlint.run.links import Inquired, ask, settings_for
from postlint.run.parallel import examine_files, process_files
from postlint.run.request import Asking, Mode, Request
from postlint.run.results import FileResult, Unit
from postlint.web.answers import Answers
from postlint.web.inquiry import Outcome, Questions
from postlint.web.verdicts import Evidence, Probe, Verdict
from tests.web.served import Reply, Served

CONFIG = "links:\n  controls: []\n  archive: ''\n  soft-404: false\n"
ASKING = Asking(allow_private=True)


@pytest.fixture
def served() -> Iterator[Served]:
    made = Served({"/봄": Reply(), "/%EB%B4%84": Reply(), "/a": Reply(), "/b": Reply()})
    yield made
    made.close()


class Blog:
    """A folder with a configuration and posts."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write(".postlint.yml", CONFIG)

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def post(self, text: str, name: str = "2024-05-01-봄.md") -> Path:
        return self.write(f"_posts/{name}", f"---\ntitle: 봄\n---\n\n{text}\n")

    def ask(self, *paths: Path, asking: Asking = ASKING) -> Inquired:
        request = Request(asking=asking)
        linter = Linter(request)
        units = examine_files(request, linter, paths)
        assert not any(isinstance(unit, FileResult) for unit in units.values())
        return ask(linter, units, asking)  # type: ignore[arg-type]

    def results(self, *paths: Path, mode: Mode = Mode.CHECK, select: str = "LINK,URL001") -> list[FileResult]:
        request = Request(mode, select=tuple(select.split(",")), asking=ASKING)
        linter = Linter(request)

        def told(units: object) -> None:
            linter.answers = ask(linter, units, ASKING).answers  # type: ignore[arg-type]

        return list(process_files(request, linter, paths, told))


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    return Blog(tmp_path)


# What is asked for


def test_each_address_is_asked_once_wherever_it_stands(blog: Blog, served: Served) -> None:
    first = blog.post(f"[a]({served.root}/a) [b]({served.root}/a#a)")
    second = blog.post(f"![c]({served.root}/a)", "2024-05-02-여름.md")
    inquired = blog.ask(first, second)
    assert served.asked == ["GET /a"]
    assert [(Path(one.path).name, one.line, one.column) for one in inquired.places[f"{served.root}/a"]] == [
        ("2024-05-01-봄.md", 5, 5),
        ("2024-05-02-여름.md", 5, 6),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "`[글]({root}/a)`",
        "```\n[글]({root}/a)\n```",
        "[글](mailto:a@b.kr) [글](ftp://127.0.0.1/a) [글](/a) [글](#a)",
        "[글](https://example.com/a) [글](http://무엇.example/)",
        "[글]({{ site.home }}/a)",
    ],
)
def test_what_is_no_link_to_the_web_is_not_asked(blog: Blog, served: Served, text: str) -> None:
    inquired = blog.ask(blog.post(text.replace("{root}", served.root)))
    assert (served.asked, inquired.places, inquired.requests) == ([], {}, 0)


def test_a_reserved_name_that_the_user_resolves_is_asked(blog: Blog, served: Served) -> None:
    asking = Asking(resolve={("blog.example", served.port): "127.0.0.1"})
    inquired = blog.ask(blog.post(f"[글](http://blog.example:{served.port}/a)"), asking=asking)
    assert served.asked == ["HEAD /a"]
    assert [probe.verdict.value for probe in inquired.answers.probes.values()] == ["alive"]


def test_the_blogs_own_pages_are_not_asked(blog: Blog, served: Served) -> None:
    blog.write("_config.yml", f"url: {served.root}\n")
    blog.ask(blog.post(f"[글]({served.root}/없음/) [글]({served.root}/2024/05/01/봄.html)"))
    assert served.asked == []


def test_where_nobody_would_speak_of_it_nothing_is_asked(blog: Blog, served: Served) -> None:
    blog.write(".postlint.yml", f"{CONFIG}ignore: [LINK, URL001, URL003]\n")
    blog.ask(blog.post(f"[글]({served.root}/a)"))
    assert served.asked == []


def test_a_page_named_without_a_scheme_is_taken_for_https(blog: Blog, served: Served) -> None:
    inquired = blog.ask(blog.post(f"[글](//127.0.0.1:{served.port}/a)"))
    assert list(inquired.answers.probes) == [f"https://127.0.0.1:{served.port}/a"]


# How it is asked


def test_the_configuration_says_what_is_sent_and_what_is_alive(
    blog: Blog, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BLOG_TOKEN", "비밀".encode().hex())
    served.replies["/robots"] = Reply(418)
    blog.write(
        ".postlint.yml",
        CONFIG + "  accept: {'/robots$': 418}\n  exclude: ['/b$']\n"
        "  headers: {'127\\.0\\.0\\.1:\\d+/robots$': {X-Token: 'is ${BLOG_TOKEN}'}}\n",
    )
    inquired = blog.ask(blog.post(f"[글]({served.root}/robots) [글]({served.root}/b)"))
    verdicts = {address[-2:]: probe.verdict.value for address, probe in inquired.answers.probes.items()}
    assert verdicts == {"ts": "alive", "/b": "refused"}
    assert {headers["x-token"] for headers in served.headers} == {f"is {'비밀'.encode().hex()}"}


def test_a_header_whose_variable_is_not_set_stops_the_run(
    blog: Blog, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BLOG_TOKEN", raising=False)
    blog.write(".postlint.yml", CONFIG + "  headers: {a: {X-Token: '${BLOG_TOKEN}'}}\n")
    with pytest.raises(ConfigError, match="`X-Token` needs the environment variable `BLOG_TOKEN`"):
        blog.ask(blog.post(f"[글]({served.root}/a)"))
    assert served.asked == []


@pytest.mark.parametrize(("value", "sent"), [("a b\n", "a b"), ("a\r\nX: b", None)])
def test_a_header_is_sent_without_the_line_end_of_a_secret_and_never_as_two(
    monkeypatch: pytest.MonkeyPatch, value: str, sent: str | None
) -> None:
    monkeypatch.setenv("BLOG_TOKEN", value)
    options = LinkOptions(headers={"a": {"X": "${BLOG_TOKEN}"}})
    if sent is None:
        with pytest.raises(ConfigError, match="`X` cannot be sent"):
            settings_for(options, Asking())
    else:
        assert settings_for(options, Asking()).headers[0].headers == {"X": sent}


def test_what_is_not_configured_is_as_the_web_has_it() -> None:
    from postlint.web.settings import Settings

    assert settings_for(LinkOptions(), Asking()) == Settings()


@pytest.mark.parametrize(
    ("settings", "is_tried"),
    [
        ("", False),
        ("  https: true\n", True),
        ("extend-select: [LINK007]\n", True),
        ("select: [LINK]\n", False),
    ],
)
def test_https_is_tried_for_who_asks_for_it(
    blog: Blog, served: Served, settings: str, is_tried: bool
) -> None:
    blog.write(".postlint.yml", CONFIG + settings)
    inquired = blog.ask(blog.post(f"[글]({served.root}/a)"))
    [probe] = inquired.answers.probes.values()
    assert (probe.evidence.upgrade is not None) is is_tried


# What is remembered


def test_where_addresses_alone_are_wanted_no_rule_is_asked(blog: Blog, served: Served) -> None:
    post = blog.post(f"[글]({served.root}/a)   \n다음")
    request = Request(asking=ASKING._replace(everything=True))
    (unit,) = examine_files(request, Linter(request), [post]).values()
    assert isinstance(unit, Unit)
    assert unit.located == ()
    inquired = blog.ask(post, asking=ASKING._replace(everything=True))
    assert list(inquired.places) == [f"{served.root}/a"]


def test_a_check_after_it_finds_what_there_is(blog: Blog, served: Served) -> None:
    post = blog.post(f"[글]({served.root}/a)   \n다음")
    blog.ask(post, asking=ASKING._replace(everything=True))
    (result,) = blog.results(post, select="PAGE009")
    assert [one.finding.code for one in result.findings] == ["PAGE009"]


def test_what_is_known_is_not_asked_again(blog: Blog, served: Served) -> None:
    post = blog.post(f"[글]({served.root}/a)")
    blog.ask(post)
    inquired = blog.ask(post)
    assert served.asked == ["HEAD /a"]
    assert inquired.requests == 0
    assert [probe.remembered for probe in inquired.answers.probes.values()] == [True]


def test_git_ignores_what_is_remembered(blog: Blog, served: Served) -> None:
    blog.ask(blog.post(f"[글]({served.root}/a)"))
    assert (blog.root / ".postlint_cache/.gitignore").read_text(encoding="utf-8").endswith("*\n")


def test_a_memory_that_cannot_be_used_is_told_and_costs_nothing_else(blog: Blog, served: Served) -> None:
    (blog.root / ".postlint_cache").mkdir()
    (blog.root / ".postlint_cache/links.sqlite").write_bytes(b"no such thing" * 100)
    inquired = blog.ask(blog.post(f"[글]({served.root}/a)"))
    [trouble] = inquired.troubles
    assert "links.sqlite: what the web answers cannot be remembered: " in trouble.render("en")
    assert len(inquired.answers.probes) == 1


# What comes of it


def test_a_finding_stands_where_the_address_does(blog: Blog, served: Served) -> None:
    [result] = blog.results(blog.post(f"[글]({served.root}/a)\n\n[글]({served.root}/없음)"))
    assert [(one.finding.code, one.place.line, one.place.column) for one in result.findings] == [
        ("LINK001", 7, 5)
    ]


def test_a_comment_silences_it_and_is_never_said_to_be_of_no_use(blog: Blog, served: Served) -> None:
    silenced = f"[글]({served.root}/없음) <!-- postlint-disable-line LINK001 -->"
    alive = f"[글]({served.root}/a) <!-- postlint-disable-line LINK001 -->"
    [result] = blog.results(blog.post(f"{silenced}\n\n{alive}"), select="LINK,LINT")
    assert result.findings == ()


Write = Callable[[Blog, Served, str], None]


def in_a_sitemap(blog: Blog, served: Served, whole: str) -> None:
    served.replies["/sitemap.xml"] = Reply(200, f"<urlset><url><loc>{whole}</loc></url></urlset>")


def in_another_post(blog: Blog, served: Served, whole: str) -> None:
    blog.write("_config.yml", "title: 봄\n")
    blog.post(f"[글]({whole})를 보라.", "2024-05-02-여름.md")


@pytest.mark.parametrize("known", [in_a_sitemap, in_another_post])
def test_an_elided_address_is_restored(blog: Blog, served: Served, known: Write) -> None:
    whole = f"{served.root}/%EB%B4%84%EB%82%A0-1"
    served.replies["/%EB%B4%84%EB%82%A0-1"] = Reply()
    known(blog, served, whole)
    post = blog.post(f"[글]({served.root}/%EB%B4%84%E[…]%A0-1)")
    [result] = blog.results(post, mode=Mode.FIX)
    assert [finding.code for finding in result.applied] == ["URL001"]
    assert f"[글]({whole})" in post.read_text(encoding="utf-8")


def test_the_whole_of_an_excluded_address_is_not_looked_for(blog: Blog, served: Served) -> None:
    blog.write(".postlint.yml", f"{CONFIG}  exclude: ['/secret/']\n")
    blog.results(blog.post(f"[글]({served.root}/secret/%EB%B4%84%E[…]%A0-1)"), mode=Mode.FIX)
    assert served.asked == []


# What a blog itself knows


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[글](https://a.kr/b)", ["https://a.kr/b"]),
        ("[글](https://a.kr/b_(c)) 뒤", ["https://a.kr/b_(c)"]),
        ("https://a.kr/b. 그리고 <https://a.kr/c>", ["https://a.kr/b", "https://a.kr/c"]),
        ('<a href="https://a.kr/b?c=d">', ["https://a.kr/b?c=d"]),
        ("(https://a.kr/b), https://a.kr/c)", ["https://a.kr/b", "https://a.kr/c"]),
        (json.dumps({"a": "https://a.kr/b"}), ["https://a.kr/b"]),
        ("[글](https://a.kr/b[…]c) https://a.kr/b... https://a.kr/b…", []),
    ],
)
def test_an_address_ends_before_what_ends_a_link_or_a_sentence(text: str, found: list[str]) -> None:
    assert list(addresses(text)) == found


def test_only_addresses_at_the_same_host_are_known(blog: Blog) -> None:
    post = blog.post("[글](https://a.kr/b) [글](https://A.kr/c) [글](https://d.kr/)")
    assert knower([post], [])("https://a.kr/[…]") == ("https://a.kr/b", "https://A.kr/c")


# What is told of the run


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("offline", "이 컴퓨터가 인터넷에 연결되어 있지 않아 주소 2개를 확인하지 못했습니다."),
        ("intercepted", "주소 2개를 확인하지 못했습니다. 네트워크의 로그인 화면이나 프록시가 대신"),
    ],
)
def test_that_this_machine_does_not_reach_the_web_is_told_once(
    blog: Blog, served: Served, monkeypatch: pytest.MonkeyPatch, reason: str, said: str
) -> None:
    def off_line(questions: Questions, *_: object) -> Outcome:
        evidence = Evidence(Verdict.UNASKED, reason)
        return Outcome(Answers.of(*(Probe(address, evidence) for address in questions.addresses)))

    monkeypatch.setattr("postlint.run.links.inquire", off_line)
    inquired = blog.ask(blog.post(f"[a]({served.root}/a) [b]({served.root}/b)"))
    (told,) = [trouble.render("ko") for trouble in inquired.troubles]
    assert told.startswith(said)
