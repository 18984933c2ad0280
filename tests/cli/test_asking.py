"""`--links`: what `check` and `fix` say once the web has been asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postlint.cli import main_group
from tests.web.served import Reply, Served
from tests.web.test_policy import LITERALS

Call = Callable[..., Result]


@pytest.fixture
def served() -> Iterator[Served]:
    made = Served({"/a": Reply(), "/spring-1": Reply(), "/spring-2": Reply()})
    yield made
    made.close()


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "_posts").mkdir()
    settings = "links:\n  controls: []\n  archive: ''\n  soft-404: false\n"
    (tmp_path / ".postlint.yml").write_text(settings, encoding="utf-8")
    return tmp_path


@pytest.fixture
def call(blog: Path) -> Call:
    """Calls a command in the blog; the web is on this machine."""

    def run(command: str, *arguments: str, standard_input: str | None = None) -> Result:
        asking = ("--links", "--allow-private", "--select", "LINK,URL001,URL003")
        return CliRunner().invoke(
            main_group, [command, *asking, *arguments], input=standard_input, catch_exceptions=False
        )

    return run


def write(blog: Path, text: str) -> Path:
    path = blog / "_posts" / "2024-05-01-봄.md"
    path.write_text(f"---\ntitle: 봄\n---\n\n{text}\n", encoding="utf-8")
    return path


def test_a_page_that_is_not_there_is_an_error_where_it_is_linked(
    blog: Path, served: Served, call: Call
) -> None:
    write(blog, f"[글]({served.root}/a) [글]({served.root}/b)")
    result = call("check", "--output-format", "concise")
    assert result.stdout.startswith(
        f"_posts/2024-05-01-봄.md:5:{len(f'[글]({served.root}/a) [글](') + 1}: error LINK001 broken-link: "
    )
    assert result.exit_code == 1


def test_standard_input_is_asked_about_too(served: Served, call: Call) -> None:
    result = call("check", "-", "--output-format", "json", standard_input=f"[글]({served.root}/b)\n")
    assert [finding["code"] for finding in json.loads(result.stdout)["findings"]] == ["LINK001"]


def test_what_was_elided_is_restored_in_place(blog: Path, served: Served, call: Call) -> None:
    served.replies["/sitemap.xml"] = Reply(200, f"<urlset><loc>{served.root}/spring-1</loc></urlset>")
    post = write(blog, f"[글]({served.root}/spr[…]-1) 그리고\n")
    result = call("fix")
    assert result.exit_code == 0
    assert f"[글]({served.root}/spring-1) 그리고\n" in post.read_text(encoding="utf-8")


def test_of_several_that_fit_none_is_taken(blog: Path, served: Served, call: Call) -> None:
    listed = "".join(f"<loc>{served.root}/spring-{number}</loc>" for number in (1, 2))
    served.replies["/sitemap.xml"] = Reply(200, f"<urlset>{listed}</urlset>")
    post = write(blog, f"[글]({served.root}/spr[…])")
    assert call("fix").exit_code == 1
    assert "spr[…]" in post.read_text(encoding="utf-8")
    shown = call("check", "--output-format", "concise").stdout
    assert f"it may have been `{served.root}/spring-1`, `{served.root}/spring-2`" in shown


def test_a_page_that_moved_is_followed_once_two_runs_have_seen_it(
    blog: Path, served: Served, call: Call
) -> None:
    served.replies["/old"] = Reply(301, "", location="/봄(1)".encode().decode("latin-1"))
    served.replies["/%EB%B4%84(1)"] = Reply(200, "<p id='꽃'>")
    post = write(blog, f'[글]({served.root}/old#꽃 "제목")')
    call("fix")
    assert f"{served.root}/old" in post.read_text(encoding="utf-8")
    assert call("fix").exit_code == 0
    mended = f'[글]({served.root}/%EB%B4%84%281%29#%EA%BD%83 "제목")'
    assert mended in post.read_text(encoding="utf-8")
    served.replies["/%EB%B4%84%281%29"] = served.replies["/%EB%B4%84(1)"]
    again = call("fix")
    assert (again.exit_code, again.stdout.count("LINK")) == (0, 0)
    assert mended in post.read_text(encoding="utf-8")


def test_what_is_known_of_an_address_holds_when_it_was_spelt_with_escapes(
    blog: Path, served: Served, call: Call
) -> None:
    post = write(blog, f"[글]({served.root}/없는-글)")
    result = call("fix", "--select", "LINK,URL007")
    assert f"[글]({served.root}/%EC%97%86%EB%8A%94-%EA%B8%80)" in post.read_text(encoding="utf-8")
    assert result.exit_code == 1
    assert "1 finding (1 error)" in result.stdout


def test_mending_twice_changes_nothing_the_second_time(blog: Path, served: Served, call: Call) -> None:
    served.replies["/old"] = Reply(308, "", location="/a")
    post = write(blog, f"[글]({served.root}/old)와 <{served.root}/old>")
    call("fix", "--unsafe")
    once = post.read_text(encoding="utf-8")
    assert f"[글]({served.root}/a)와 <{served.root}/a>" in once
    call("fix", "--unsafe")
    assert post.read_text(encoding="utf-8") == once
    assert call("check").exit_code == 0


def test_a_dead_page_is_looked_for_in_the_archive_if_the_author_wants_to_see_it(
    blog: Path, served: Served, call: Call
) -> None:
    settings = f"links:\n  controls: []\n  archive: {served.root}\n  soft-404: false\n"
    (blog / ".postlint.yml").write_text(settings, encoding="utf-8")
    dead = f"{served.root}/dead?a=1&b=2"
    snapshot = f"/web/20240428010203/{dead}"
    served.replies[f"/web/20240501/{dead}"] = Reply(302, location=snapshot)
    post = write(blog, f"[글]({dead}) [글]({served.root}/a)")
    call("fix")
    assert [path for path in served.asked if "/web/" in path] == []
    call("fix", "--unsafe")
    assert f"[글]({served.root}{snapshot}) [글]({served.root}/a)" in post.read_text(encoding="utf-8")
    assert [path for path in served.asked if "/web/" in path] == [f"GET /web/20240501/{dead}"]


def test_mending_with_two_processes_knows_what_the_web_answered(
    blog: Path, served: Served, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    from postlint.run import parallel

    monkeypatch.setattr(parallel, "_process_count", lambda paths: 2)
    served.replies["/sitemap.xml"] = Reply(200, f"<urlset><loc>{served.root}/spring-1</loc></urlset>")
    paths = [blog / "_posts" / f"2024-05-0{day}-글.md" for day in range(1, 5)]
    for path in paths:
        path.write_text(f"[글]({served.root}/spr[…]-1)\n", encoding="utf-8")
    call("fix")
    assert {path.read_text(encoding="utf-8") for path in paths} == {f"[글]({served.root}/spring-1)\n"}
    assert served.asked.count("GET /sitemap.xml") == 1


def test_no_way_into_a_private_network_is_taken_and_each_is_told(blog: Path, served: Served) -> None:
    written = [f"[글](<http://{host}:{served.port}/a>)" for host, _ in LITERALS]
    write(blog, "\n\n".join(written))
    asking = ["check", "--links", "--select", "LINK", "--output-format", "json"]
    told = json.loads(CliRunner().invoke(main_group, asking, catch_exceptions=False).stdout)["findings"]
    assert [finding["code"] for finding in told] == ["LINK009"] * len(LITERALS)
    assert served.asked == []


# The command line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--resolve", "a:80"), "'a:80' is not HOST:PORT:ADDRESS."),
        (("--resolve", "a:b:127.0.0.1"), "'a:b:127.0.0.1' is not HOST:PORT:ADDRESS."),
        (("--resolve", "a:80:b"), "'b' is no IP address."),
    ],
)
def test_a_wrong_address_for_a_name_is_refused(call: Call, arguments: tuple[str, ...], said: str) -> None:
    result = call("check", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--allow-private",), "--resolve and --allow-private are about --links."),
        (("--select", "LINK"), "'LINK' is about what the web answers: it needs --links."),
        (("--extend-select", "LINK001"), "'LINK001' is about what the web answers: it needs --links."),
    ],
)
@pytest.mark.usefixtures("blog")
def test_what_needs_the_web_needs_links(arguments: tuple[str, ...], said: str) -> None:
    result = CliRunner().invoke(main_group, ["check", *arguments])
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_variable_that_is_not_set_ends_with_2(
    blog: Path, served: Served, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BLOG_TOKEN", raising=False)
    write(blog, f"[글]({served.root}/a)")
    with (blog / ".postlint.yml").open("a", encoding="utf-8") as file:
        file.write("  headers: {'.': {Authorization: '${BLOG_TOKEN}'}}\n")
    result = call("check")
    assert result.exit_code == 2
    assert "`Authorization` needs the environment variable `BLOG_TOKEN`" in result.stderr
