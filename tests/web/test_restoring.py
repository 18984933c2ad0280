"""Dead pages as they were, and addresses as they were before a part was left out."""

from __future__ import annotations

import asyncio
import datetime
import gzip
import json
from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.web.archive import Archive, Snapshot
from postlint.web.asking import Asker
from postlint.web.failures import Failure
from postlint.web.inquiry import Inquiry, Questions, Silent
from postlint.web.memory import Memory
from postlint.web.restoring import Restorer, fitting
from postlint.web.session import Session
from postlint.web.verdicts import Restoration
from tests.web.hostile import DAY, HostileWeb, Reply, Request, answer, page, redirect

DATE = datetime.date(2021, 8, 13)


def nearest(web: HostileWeb, endpoint: str, address: str) -> Snapshot | None:
    async def ask() -> Snapshot | None:
        session = Session(web.settings())
        try:
            return await Archive(session, endpoint).nearest(address, DATE)
        finally:
            await session.close()

    return web.run(ask())


def test_the_snapshot_nearest_to_the_date_is_where_the_archive_leads(web: HostileWeb) -> None:
    place = "/web/20210902010203/https://blog.kr/%EA%B8%80?a=1"
    endpoint = web.site("archive.test", redirect(f"http://archive.test:{web.port}{place}"))
    found = nearest(web, endpoint, "https://blog.kr/글?a=1#봄")
    assert found == Snapshot(
        f"{endpoint}{place}", datetime.datetime(2021, 9, 2, 1, 2, 3, tzinfo=datetime.UTC)
    )
    assert web.asked() == ["GET /web/20210813/https://blog.kr/%EA%B8%80?a=1"]


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("/web/20210902010203/http://www.blog.kr:80/글".encode("cp949"), "http://www.blog.kr:80/%B1%DB"),
        (b"/web/20210902010203if_/https://blog.kr/a b", "https://blog.kr/a%20b"),
        (b"/web/20210902010203/https://blog.kr/\x1b[31m", "https://blog.kr/%1B[31m"),
    ],
)
def test_where_the_archive_leads_is_read_as_browsers_do(web: HostileWeb, place: bytes, shown: str) -> None:
    found = nearest(web, web.site("archive.test", redirect(place)), "https://blog.kr/글")
    assert found is not None
    assert found.address.endswith(f"/{shown}")


def test_an_archive_may_be_below_another_site(web: HostileWeb) -> None:
    place = "/mirror/web/20210902010203/https://blog.kr/"
    root = web.site("archive.test", {"/mirror/web/20210813/https://blog.kr/": redirect(place)})
    found = nearest(web, f"{root}/mirror/", "https://blog.kr/")
    assert found is not None
    assert found.address == f"{root}{place}"


def test_a_page_that_was_never_archived_has_no_snapshot(web: HostileWeb) -> None:
    assert nearest(web, web.site("archive.test", answer(404)), "https://blog.kr/") is None


NO_TIME = redirect("/web/99999999999999/https://blog.kr/")
OTHER = redirect("/web/20210902010203/https://advertisement.test/")
NO_WEB = redirect("/web/20210902010203/javascript:alert(1)")
REPLIES = [
    answer(503),
    answer(429),
    answer(200),
    redirect("/login"),
    redirect("market:"),
    NO_TIME,
    OTHER,
    NO_WEB,
]


@pytest.mark.parametrize("reply", REPLIES)
def test_an_archive_that_does_not_say_is_no_archive_without(web: HostileWeb, reply: bytes) -> None:
    with pytest.raises(Failure):
        nearest(web, web.site("archive.test", reply), "https://blog.kr/")


WHOLE = "https://blog.kr/봄/여름-가을-겨울/1"


@pytest.mark.parametrize(
    "left",
    [
        "https://blog.kr/봄/[…]/1",
        "https://blog.kr/봄/%EC%97%AC%EB%A6[…]%EC%9A%B8/1",
        "http://blog.kr/봄/여름-가을-겨…",
        "https://blog.kr/봄/[…]가을[…]/1",
        # Cut within an escape, before its sign, behind it, or between its digits, in either case.
        "https://blog.kr/%EB%B4%84/%EC%97%AC%EB%[…]0%EC%9D%84-%EA%B2%A8%EC%9A%B8/1",
        "https://blog.kr/%eb%b4%84/%ec%97%ac%e[…]a%b8/1",
        "https://blog.kr/%EB%B4%84/%EC%97%AC%[…]C%9A%B8/1",
        "https://blog.kr/%eb%b4%84/%[…]ec%9a%b8/1",
        "https://blog.kr/%EB%B4%84/%EC%97%AC%EB%A6-%EA%B0%80%EC%9D%84-%EA%B2%A8%EC%9A%B8/1",
    ],
)
def test_a_whole_address_that_begins_and_ends_alike_fits(left: str) -> None:
    others = ["https://other.kr/봄/x/1", "https://blog.kr/봄/1", "https://blog.kr/여름/x/1", left]
    assert fitting(left, [*others, WHOLE]) == (WHOLE,)


@pytest.mark.parametrize(
    ("left", "fits"),
    [
        ("https://blog.kr/봄/[…]/1", True),
        ("https://blog.kr/봄/%EC%97%AC%EB%A6[…]%EC%9A%B8/1", True),
        ("https://blog.kr/봄/[…]/2", False),
        ("https://blog.kr/봄/여름-가을-겨울/1", False),
        ("https://other.kr/봄/[…]/1", False),
    ],
)
def test_only_what_fits_both_sides_of_the_gap_fits(left: str, fits: bool) -> None:
    assert fitting(left, [WHOLE]) == ((WHOLE,) if fits else ())


def test_two_spellings_of_a_page_are_one_candidate() -> None:
    spelt = "http://blog.kr/%EB%B4%84/%EC%97%AC%EB%A6%84-%EA%B0%80%EC%9D%84-%EA%B2%A8%EC%9A%B8/1"
    assert fitting("https://blog.kr/봄/[…]/1", [WHOLE, spelt]) == (WHOLE,)


def restore(
    web: HostileWeb, address: str, *known: str, endpoint: str | None = None, memory: Memory | None = None
) -> Restoration:
    kept = memory or web.memory()

    async def ask() -> Restoration:
        session = Session(web.settings())
        asker = Asker(session.settings, session.walker, session.lanes, kept)
        archive = Archive(session, endpoint) if endpoint else None
        try:
            return await Restorer(session, asker, kept, archive).restore(address, known)
        finally:
            await asker.close()
            await session.close()

    return web.run(ask())


def blog(web: HostileWeb, *pages: str, **more: Reply) -> str:
    """A blog with a sitemap of `pages`, each of which answers."""
    root = f"http://blog.kr:{web.port}"
    sitemap = "".join(f"<url><loc>{root}{path}</loc></url>" for path in pages)
    replies: dict[str, Reply] = {path: answer(200, page()) for path in pages}
    replies["/sitemap.xml"] = answer(200, f"<urlset>{sitemap}</urlset>", content_type="application/xml")
    return web.site("blog.kr", {**replies, **more})


def test_an_elided_address_is_restored_from_the_sitemap(web: HostileWeb) -> None:
    root = blog(web, "/blog/spring-is-here/1", "/blog/autumn/2")
    whole = f"{root}/blog/spring-is-here/1"
    assert restore(web, f"{root}/blog/spr[…]/1") == Restoration((whole,), whole)


def test_a_cut_address_is_restored_from_the_sitemap(web: HostileWeb) -> None:
    path = "/%EB%B4%84-%EC%97%AC%EB%A6%84-%EC%9D%B4%EC%95%BC%EA%B8%B0"
    root = blog(web, path)
    cut = path.replace("%A6%84", "%A6")
    assert restore(web, root + cut) == Restoration((root + path,), root + path)


def test_two_that_fit_are_for_the_author(web: HostileWeb) -> None:
    root = blog(web, "/blog/spring/1", "/blog/sprout/1")
    found = restore(web, f"{root}/blog/spr[…]/1")
    assert found == Restoration((f"{root}/blog/spring/1", f"{root}/blog/sprout/1"), None)


def test_one_that_fits_and_does_not_answer_is_not_certain(web: HostileWeb) -> None:
    root = blog(web, **{"/rss": answer(200, "<link>http://blog.kr/blog/spring/1</link>")})
    whole = f"{root}/blog/spring/1"
    web.site("blog.kr", {"/rss": answer(200, f"<link>{whole}</link>")})
    assert restore(web, f"{root}/blog/spr[…]/1") == Restoration((whole,), None)


def test_what_the_blog_itself_knows_comes_first(web: HostileWeb) -> None:
    root = blog(web, "/blog/spring/1")
    whole = f"{root}/blog/spring/1"
    assert restore(web, f"{root}/blog/spr[…]/1", "https://other.kr/", whole) == Restoration((whole,), whole)
    assert not [line for line in web.asked() if "sitemap" in line]


@pytest.mark.parametrize("encoding", ["gzip", ""])
def test_a_sitemap_of_sitemaps_is_read_packed_or_not(web: HostileWeb, encoding: str) -> None:
    root = blog(web, "/blog/spring/1")
    whole = f"{root}/blog/spring/1"
    index = f"<sitemapindex><sitemap><loc>{root}/posts.xml.gz</loc></sitemap></sitemapindex>"
    packed = gzip.compress(f"<loc>{whole}</loc>".encode())
    web.site(
        "blog.kr",
        {
            "/sitemap.xml": answer(200, index),
            "/posts.xml.gz": answer(200, packed, content_encoding=encoding),
            "/blog/spring/1": answer(),
        },
    )
    assert restore(web, f"{root}/blog/spr[…]/1").certain == whole


@pytest.mark.parametrize(
    "entry",
    [
        "<sitemap><loc>{}</loc><lastmod>2024-05-01</lastmod></sitemap>",
        "<sitemap><lastmod>2024-05-01</lastmod><loc>{}</loc></sitemap>",
        "<sitemap>\n<loc>\n<![CDATA[{}]]>\n</loc>\n</sitemap>",
        "<map:sitemap><map:loc>{}</map:loc></map:sitemap>",
    ],
)
def test_however_a_sitemap_of_sitemaps_is_written(web: HostileWeb, entry: str) -> None:
    root = f"http://blog.kr:{web.port}"
    whole = f"{root}/blog/spring/1"
    index = f"<sitemapindex>{entry.format(f'{root}/posts.xml?a=1&amp;b=2')}</sitemapindex>"
    posts = {"/posts.xml?a=1&b=2": answer(200, f"<loc>{whole}</loc>"), "/blog/spring/1": answer()}
    web.site("blog.kr", {"/sitemap.xml": answer(200, index), **posts})
    assert restore(web, f"{root}/blog/spr[…]/1").certain == whole


def test_a_sitemap_is_found_where_robots_txt_names_it(web: HostileWeb) -> None:
    root = f"http://blog.kr:{web.port}"
    whole = f"{root}/blog/spring/1"
    robots = f"User-agent: *\r\nDisallow: /admin\r\n\r\nSITEMAP : {root}/wp-sitemap.xml # all\r\n"
    index = f"<sitemapindex><sitemap><loc>{root}/wp-sitemap-posts-1.xml</loc></sitemap></sitemapindex>"
    web.site(
        "blog.kr",
        {
            "/robots.txt": answer(200, robots, content_type="text/plain"),
            "/wp-sitemap.xml": answer(200, index),
            "/wp-sitemap-posts-1.xml": answer(200, f"<urlset><url><loc>{whole}</loc></url></urlset>"),
            "/blog/spring/1": answer(),
        },
    )
    assert restore(web, f"{root}/blog/spr[…]/1").certain == whole


def test_a_sitemap_that_names_itself_is_read_once(web: HostileWeb) -> None:
    root = f"http://blog.kr:{web.port}"
    robots = f"Sitemap: {root}/all.xml\nSitemap: {root}/sitemap.xml\nSitemap: {root}/all.xml"
    index = f"<sitemapindex><sitemap><loc>{root}/all.xml</loc></sitemap></sitemapindex>"
    web.site(
        "blog.kr",
        {
            "/robots.txt": answer(200, robots),
            "/all.xml": answer(200, index),
            "/sitemap.xml": answer(200, index),
        },
    )
    assert restore(web, f"{root}/blog/spr[…]/1") == Restoration(())
    assert [line for line in web.asked() if "all.xml" in line] == ["GET /all.xml"]
    assert web.asked().count("GET /sitemap.xml") == 1


KOREAN = "/%EB%B4%84-%EC%9D%B4%EC%95%BC%EA%B8%B0/1"


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-16", "<?xml version='1.0'?>"),
        ("cp949", "<?xml version='1.0' encoding='euc-kr'?>"),
    ],
)
def test_a_list_may_have_any_encoding(web: HostileWeb, encoding: str, head: str) -> None:
    root = f"http://blog.kr:{web.port}"
    content = f"{head}<urlset><loc>{root}/봄-이야기/1</loc></urlset>".encode(encoding)
    sitemap = answer(200, content, content_type="application/xml")
    web.site("blog.kr", {"/sitemap.xml": sitemap, KOREAN: answer()})
    assert restore(web, f"{root}/%EB%B4%84-%EC%9D[…]/1").certain == f"{root}/봄-이야기/1"


def test_what_was_lost_in_decoding_is_no_candidate() -> None:
    assert fitting("https://blog.kr/봄[…]/1", ["https://blog.kr/봄\ufffd이야기/1"]) == ()


def test_nobody_s_password_is_passed_on() -> None:
    assert fitting("https://blog.kr/spr[…]/1", ["https://me:word@blog.kr/spring/1"]) == ()


def test_a_page_within_a_feed_has_the_same_addresses(web: HostileWeb) -> None:
    root = f"http://blog.kr:{web.port}"
    whole = f"{root}/blog/spring/1"
    page_ = f"&lt;a href=&quot;{whole}?a=1&amp;amp;b=1&quot;&gt;{whole}?a=1&amp;amp;b=1&lt;/a&gt;"
    feed = answer(200, f"<feed><link>{whole}?a=1&amp;b=1</link><content>{page_}</content></feed>")
    web.site("blog.kr", {"/feed.xml": feed, "/blog/spring/1?a=1&b=1": answer()})
    assert restore(web, f"{root}/blog/spr[…]/1?a=1&b=1").certain == f"{whole}?a=1&b=1"


def long_list(root: str) -> dict[str, Reply]:
    others = "".join(f"<loc>{root}/{number:0200}</loc>" for number in range(12_000))
    return {"/sitemap.xml": answer(200, f"<loc>{root}/blog/spring/1</loc>{others}")}


def many_lists(root: str) -> dict[str, Reply]:
    entries = "".join(f"<sitemap><loc>{root}/{number}.xml</loc></sitemap>" for number in range(30))
    return {"/sitemap.xml": answer(200, entries), "/0.xml": answer(200, f"<loc>{root}/blog/spring/1</loc>")}


def many_lists_within_lists(root: str) -> dict[str, Reply]:
    robots = "".join(f"Sitemap: {root}/{number}.xml\n" for number in range(15))
    entries = "".join(f"<sitemap><loc>{root}/{number}.xml</loc></sitemap>" for number in range(10, 30))
    page_ = answer(200, f"<loc>{root}/blog/spring/1</loc>")
    return {"/robots.txt": answer(200, robots), "/0.xml": answer(200, entries), "/10.xml": page_}


@pytest.mark.parametrize("lists", [long_list, many_lists, many_lists_within_lists])
def test_the_only_one_of_those_that_were_read_may_not_be_the_only_one(
    web: HostileWeb, lists: Callable[[str], dict[str, Reply]]
) -> None:
    root = f"http://blog.kr:{web.port}"
    whole = f"{root}/blog/spring/1"
    web.site("blog.kr", {**lists(root), "/blog/spring/1": answer()})
    memory = web.memory()
    for _ in range(2):
        assert restore(web, f"{root}/blog/spr[…]/1", memory=memory) == Restoration((whole,), is_all=False)
        memory.save()


def test_an_elided_address_is_restored_from_the_archive(web: HostileWeb) -> None:
    root = web.site("blog.kr", {"/blog/spring/1": answer()})
    whole = f"{root}/blog/spring/1"

    def cdx(request: Request) -> bytes:
        asked = parse_qs(urlsplit(request.target).query)
        assert asked["url"] == [f"{root}/blog/"]
        assert asked["matchType"] == ["prefix"]
        return answer(200, json.dumps([["original"], [whole], [f"{root}/blog/other/2"]]))

    endpoint = web.site("archive.test", cdx)
    assert restore(web, f"{root}/blog/spr[…]/1", endpoint=endpoint) == Restoration((whole,), whole)


@pytest.mark.parametrize("reply", [answer(429), answer(200, "<html>"), answer(200, "{}"), answer(200, "")])
def test_an_archive_that_fails_has_no_candidates(web: HostileWeb, reply: bytes) -> None:
    root = web.site("blog.kr", answer(404))
    endpoint = web.site("archive.test", reply)
    assert restore(web, f"{root}/blog/spr[…]/1", endpoint=endpoint) == Restoration(())


@given(st.text(st.sampled_from("봄여름ab9F-/"), min_size=8, max_size=20), st.data())
def test_wherever_an_address_is_cut_the_whole_fits(name: str, data: st.DataObject) -> None:
    whole = f"https://blog.kr/{quote(name)}"
    start = data.draw(st.integers(len("https://blog.kr/"), len(whole) - 2))
    end = data.draw(st.integers(start + 1, len(whole) - 1))
    left = f"{whole[:start]}[…]{whole[end:]}"
    assert fitting(left, [whole]) == (whole,)


def test_what_was_found_once_is_not_looked_for_again_on_the_same_day(web: HostileWeb) -> None:
    root = blog(web, "/blog/spring-is-here/1")
    memory = web.memory()
    first = restore(web, f"{root}/blog/spr[…]/1", memory=memory)
    memory.save()
    web.requests.clear()
    assert restore(web, f"{root}/blog/spr[…]/1", memory=memory) == first
    assert web.asked() == []
    web.now += 2 * DAY
    assert restore(web, f"{root}/blog/spr[…]/1", memory=memory) == first
    assert "GET /sitemap.xml" in web.asked()


@pytest.mark.parametrize(("status", "asked_again"), [(404, False), (403, False), (429, True), (503, True)])
def test_that_nothing_fits_is_remembered_if_all_was_read(
    web: HostileWeb, status: int, asked_again: bool
) -> None:
    root = web.site("blog.kr", answer(status))
    memory = web.memory()
    for _ in range(2):
        web.requests.clear()
        assert restore(web, f"{root}/blog/spr[…]/1", memory=memory) == Restoration(())
        memory.save()
    assert bool(web.asked()) is asked_again


def test_what_is_known_to_answer_is_not_asked_again(web: HostileWeb) -> None:
    root = blog(web, "/blog/spring/1")
    memory = web.memory()
    web.probe(f"{root}/blog/spring/1", memory)
    web.requests.clear()
    whole = f"{root}/blog/spring/1"
    assert restore(web, f"{root}/blog/spr[…]/1", whole, memory=memory) == Restoration((whole,), whole)
    assert web.asked() == []


async def never(request: Request, writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


def test_a_host_that_does_not_answer_is_not_asked_for_all_its_lists(web: HostileWeb) -> None:
    root = web.site("blog.kr", never)
    begun = web.loop.time()
    assert restore(web, f"{root}/blog/spr[…]/1") == Restoration(())
    assert web.asked() == ["GET /sitemap.xml"]
    assert web.loop.time() - begun <= 21


def test_the_lists_of_a_slow_host_are_asked_for_together(web: HostileWeb) -> None:
    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(5)
        writer.write(answer(404, connection="close"))

    root = web.site("blog.kr", slow)
    begun = web.loop.time()
    restore(web, f"{root}/blog/spr[…]/1")
    assert len(web.asked()) == 9
    assert web.loop.time() - begun < 16


def test_hosts_do_not_wait_for_each_other(web: HostileWeb) -> None:
    roots = [web.site(f"a{number}.kr", never) for number in range(20)]
    addresses = tuple(f"{root}/blog/spr[…]/1" for root in roots)
    inquiry = Inquiry(Questions(incomplete=addresses), web.settings(), web.memory(), "", Silent())
    inquiry.whole = dict.fromkeys(addresses, ())
    begun = web.loop.time()
    web.run(inquiry.run())
    assert inquiry.answers.restorations.keys() == set(addresses)
    assert web.loop.time() - begun <= 21
