"""`fix --links`: an address that was elided when it was copied gets back what was left out."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import trustme
from click.testing import CliRunner, Result

from postlint.cli import main_group
from tests.web.served import Reply, Served

LEFT = quote("머신러닝-1-앙")
RIGHT = quote("배깅Bagging과-부스팅")
WHOLE = f"/entry/{LEFT}{quote('상블-기법-')}{RIGHT}"
ELIDED = f"/entry/{LEFT}{quote('상')[:4]}[…]{RIGHT[3:]}"
"""As a chat shows it: the gap begins and ends within a character's escapes."""

Restored = Callable[[], Result]


class Blog:
    """A blog with one post that has the elided address, and the web around it."""

    def __init__(self, root: Path, served: Served) -> None:
        self.root = root
        self.served = served
        self.host = f"http://haneul.kr:{served.port}"
        self.post = root / "_posts" / "2024-05-01-봄.md"
        self.links = "controls: [], soft-404: false, per-second: 1000"
        self.configure("archive: ''")
        self.write("_config.yml", "title: 봄\n")
        self.put(self.host + ELIDED)

    def configure(self, more: str) -> None:
        self.write(".postlint.yml", f"links: {{{self.links}, {more}}}\n")

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def put(self, address: str) -> None:
        """Makes `address` the one that the post has."""
        self.write("_posts/2024-05-01-봄.md", f"---\ntitle: 봄\n---\n\n[앙상블]({address})을 읽었다.\n")

    @property
    def address(self) -> str:
        """The address that the post has."""
        match = re.search(r"\]\((.*)\)을", self.post.read_text(encoding="utf-8"))
        assert match is not None
        return match[1]

    def call(self, command: str, *arguments: str) -> Result:
        resolved = ("--resolve", f"haneul.kr:{self.served.port}:127.0.0.1")
        asked = [command, *resolved, "--allow-private", *arguments, str(self.root)]
        return CliRunner().invoke(main_group, asked, catch_exceptions=False)

    def fix(self) -> Result:
        return self.call("fix", "--links", "--select", "URL001,URL003", "--quiet")


@pytest.fixture
def blog(tmp_path: Path) -> Iterator[Blog]:
    served = Served({WHOLE: Reply()})
    yield Blog(tmp_path, served)
    served.close()


def sitemap(blog: Blog, *paths: str) -> Reply:
    listed = "".join(f"<url><loc>{blog.host}{path}</loc></url>" for path in paths)
    return Reply(200, f'<?xml version="1.0"?><urlset>{listed}</urlset>')


def test_from_the_sitemap_of_the_host(blog: Blog) -> None:
    blog.served.replies["/sitemap.xml"] = sitemap(blog, "/entry/other", WHOLE)
    assert blog.fix().exit_code == 0
    assert blog.address == blog.host + WHOLE


def test_from_the_archive(blog: Blog) -> None:
    archive = Served({"/cdx/search/cdx": Reply(200, json.dumps([["original"], [blog.host + WHOLE]]))})
    try:
        blog.configure(f"archive: '{archive.root}'")
        assert blog.fix().exit_code == 0
    finally:
        archive.close()
    assert blog.address == blog.host + WHOLE
    (asked,) = archive.asked
    assert parse_qs(urlsplit(asked).query)["url"] == [f"{blog.host}/entry/"]


def test_from_another_post_without_asking_for_the_sitemap(blog: Blog) -> None:
    blog.write("_posts/2023-01-01-겨울.md", f"---\ntitle: 겨울\n---\n\n[앙상블]({blog.host}{WHOLE})\n")
    assert blog.fix().exit_code == 0
    assert blog.address == blog.host + WHOLE
    assert blog.served.asked == [f"HEAD {WHOLE}"]


def test_from_what_the_post_said_before(blog: Blog) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=봄", "-c", "user.email=a@b.kr"]
        subprocess.run(["git", *identity, *arguments], cwd=blog.root, check=True, capture_output=True)

    git("init", "--quiet")
    blog.put(blog.host + WHOLE)
    git("add", ".")
    git("commit", "--quiet", "--message=whole")
    blog.put(blog.host + ELIDED)
    git("commit", "--quiet", "--all", "--message=elided")
    assert blog.fix().exit_code == 0
    assert blog.address == blog.host + WHOLE
    assert blog.served.asked == [f"HEAD {WHOLE}"]


def test_not_from_a_post_that_has_it_elided_too(blog: Blog) -> None:
    blog.write(
        "_posts/2023-01-01-겨울.md",
        f"---\ntitle: 겨울\n---\n\n[앙상블]({blog.host}{WHOLE[:-12]}[…]{RIGHT[-6:]})\n",
    )
    blog.fix()
    assert blog.address == blog.host + ELIDED
    assert "GET /sitemap.xml" in blog.served.asked


def test_not_if_two_fit_which_are_both_shown(blog: Blog) -> None:
    other = f"/entry/{LEFT}{quote('상블-2-')}{RIGHT}"
    blog.served.replies[other] = Reply()
    blog.served.replies["/sitemap.xml"] = sitemap(blog, WHOLE, other)
    assert blog.fix().exit_code == 1
    assert blog.address == blog.host + ELIDED
    for command in (("check", "--links"), ("links",)):
        shown = blog.call(*command).stdout
        assert f"it may have been `{blog.host}{WHOLE}`, `{blog.host}{other}`" in shown


def test_not_if_the_only_one_that_fits_does_not_answer(blog: Blog) -> None:
    blog.served.replies = {"/sitemap.xml": sitemap(blog, WHOLE)}
    assert blog.fix().exit_code == 1
    assert blog.address == blog.host + ELIDED
    assert f"it may have been `{blog.host}{WHOLE}`, which does not answer now" in blog.call("links").stdout


def test_not_if_there_are_more_than_can_be_looked_through(blog: Blog) -> None:
    many = (f"/{number:0300}" for number in range(8_000))
    blog.served.replies["/sitemap.xml"] = sitemap(blog, WHOLE, *many)
    assert blog.fix().exit_code == 1
    assert blog.address == blog.host + ELIDED
    for command in (("check", "--links"), ("links",)):
        shown = blog.call(*command).stdout
        assert f"it may have been `{blog.host}{WHOLE}`, but the host has more addresses" in shown


def test_not_without_links(blog: Blog) -> None:
    blog.served.replies["/sitemap.xml"] = sitemap(blog, WHOLE)
    CliRunner().invoke(main_group, ["fix", str(blog.root)])
    assert blog.address == blog.host + ELIDED
    assert blog.served.asked == []


def test_mending_again_changes_nothing(blog: Blog) -> None:
    blog.served.replies["/sitemap.xml"] = sitemap(blog, WHOLE)
    blog.fix()
    mended = blog.post.read_bytes()
    assert blog.fix().exit_code == 0
    assert blog.post.read_bytes() == mended


# The post that this project began with

GAP = "83%81%EB%B8%94-%EA%B8%B0%EB%B2%95-%EB%B0%B0%E"
"""What fits between what is left of two characters."""
LOOPBACK = ("127.0.0.9", 443)


@pytest.mark.corpus
def test_the_seed_post_gets_its_address_back(seed: Path, tmp_path: Path) -> None:
    try:
        socket.create_server(LOOPBACK).close()
    except OSError as error:
        pytest.skip(f"nobody may listen on {LOOPBACK[0]}:{LOOPBACK[1]} here: {error}")
    match = re.search(r"\((https://([^/\s]+)(/\S*\[…\]\S*))\)", seed.read_text(encoding="utf-8"))
    assert match is not None
    elided, host, path = match.groups()
    whole = path.replace("[…]", GAP)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    post = Path(shutil.copy(seed, tmp_path / seed.name))
    post.chmod(0o644)
    (tmp_path / ".postlint.yml").write_text("links: {controls: [], archive: ''}\n", encoding="utf-8")
    served = Served(
        {whole: Reply(), "/sitemap.xml": Reply(200, f"<loc>https://{host}{whole}</loc>")}, LOOPBACK, context
    )
    program = [sys.executable, "-m", "postlint", "fix", "--links", "--select", "URL001"]
    try:
        # Who is trusted is read when a program begins.
        done = subprocess.run(
            [*program, "--resolve", f"{host}:443:{LOOPBACK[0]}", post],
            env={**os.environ, "SSL_CERT_FILE": str(tmp_path / "authority.pem")},
            capture_output=True,
            check=False,
        )
    finally:
        served.close()
    assert done.returncode == 0, done.stderr
    expected = seed.read_text(encoding="utf-8").replace(elided, f"https://{host}{whole}")
    assert post.read_text(encoding="utf-8") == expected
