"""A little Hugo blog for each feature."""

from __future__ import annotations

from collections.abc import Mapping

CONFIG = 'baseURL = "https://blog.example/sub/"\n'


def page(body: str = "본문\n", **values: str) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + f"---\n{body}"


_DATES = (
    *("2020-01-02", "2020-01-02 3:04:05", "2020-01-02T03:04", "2020-01-02 03:04", "2020-01-02T03:04:05Z"),
    *("2020-01-02T03:04:05+09:00", "2020-01-02 23:04:05 +0900", "2020-01-02 23:04:05 +09:00"),
    *("2020-01-02 23:04:05+09:00", "2020-01-02T23:04:05.123", "'02 Jan 2020'", "20200102", "1577934245"),
    *("'Thu, 02 Jan 2020 03:04:05 MST'", "'Thu, 02 Jan 2020 23:04:05 +0900'", "'Jan 2, 2020'", "2020/01/02"),
    *(
        "'2020-01-02  03:04:05'",
        "2020-13-02",
        "'2020-01-02 03:04:05 +0900 KST'",
        "'Thu Jan  2 03:04:05 2020'",
    ),
    *("'Thursday, 02-Jan-20 03:04:05 MST'", "'02 Jan 20 03:04 MST'", "2020-01-02T03:04:05+0900"),
    *("'2020-01-02 03:04:05Z'", "2020.01.02", "''", "2020-01-02 03:04:05 UTC", "2020-01-02 24:00:00"),
)
_TOML_DATES = (
    *("2020-01-02", "2020-01-02T03:04:05", "2020-01-02T23:04:05+09:00", "2020-01-02 03:04:05Z", "03:04:05"),
    *("'2020-01-02'", "2020"),
)
_TITLES = (
    "2021-01-02",
    "yes",
    "1.10",
    "0123",
    "12:30",
    "~",
    "1_000",
    "[a]",
    "1e3",
    "'quo''ted'",
    '"a\\u00e9b"',
)

_MARKDOWN = """\
# 여름 *휴가* `code` Été
# 여름 *휴가* `code` Été
## 가나 {#x .y}
## Foo_bar-baz (1)
## 😀
## 닫는 표시 ## {#closed}

[글](b) https://example.org/a www.example.org, foo@example.org. (https://example.org/(b)) **https://example.org**
https://ko.example.org/wiki/한글 http://127.0.0.1/ https://example.org/a;b&amp; <https://example.org/?a=1&amp;b>

~~a~~ **강조(표시)**은 a | b
--|--
[칸](r) | \\| `a\\|b`
다음 줄

용어
: [풀이](e)
: 둘째

각주[^1] 다시[^1] 없음[^2] 참조[f][글] [글]: 아님

[^1]: 여기 [글](m)
[글]: /defined "제목"

<h2 id="raw">원본</h2>

<a href="z">z</a> "https://example.org/q" 'a' -- b... <b>굵게</b>
- [x](task)
- [ ] 할 일 https://example.org/task

{#block}
"""
_SHORTCODES = {
    "layouts/shortcodes/leaf.html": "<i>x</i>",
    "layouts/shortcodes/box.html": "<div>{{ .Inner }}</div>",
}
_WITH_SHORTCODES = """\
## {{< leaf >}} 머리말
{{< box >}}
# 아님
{{< leaf >}}
{{< /box >}}

{{% box %}}x{{% /box %}} [a]({{< ref "b.md" >}}) [b]({{< relref "/p/c" >}}#x)

## 같은 {{< leaf >}}
## 같은

```
{{< highlight go >}}
# code
{{< /highlight >}}
```
{{</* leaf */>}}
<!--more-->
## 뒤

{{< leaf "a >}} b" >}} {{<box>}}b{{</>}}
- [x]({{< relref "c.md#frag" >}}) [y]({{< ref path="b" >}}) [z]({{<ref "sub/d">}})
"""


def _goldmark(settings: str) -> Mapping[str, str]:
    return {"config.toml": f"{CONFIG}[markup.goldmark.parser]\n{settings}\n", "content/a.md": page(_MARKDOWN)}


CASES: Mapping[str, Mapping[str, str]] = {
    "names and static files": {
        "config.toml": CONFIG,
        "content/posts/A Post.md": page(title="제목"),
        "content/posts/한글 글.md": page(title="x", date="2020-01-02"),
        "content/about.md": page(title="a"),
        "content/no-front-matter.md": "글뿐\n",
        "content/posts/img.png": "",
        "static/a/B.png": "",
        "static/x.html": "",
    },
    "permalinks": {
        "hugo.yaml": "baseURL: https://blog.example\npermalinks:\n  posts: /:year/:month/:day/:slug/\n"
        "  blog: /b/:sections/:title/:filename\n  /: /r/:slugorfilename/\n",
        "content/posts/a.md": page(title="Hello World! C++ & more", date="2020-01-02T03:04:05+09:00"),
        "content/posts/b.md": page(title="x", slug="-My Slug-", date="2020-01-02"),
        "content/blog/deep/er/c.md": page(title="T t"),
        "content/blog/deep/_index.md": page(title="D"),
        "content/root.md": page(title="root"),
    },
    "sections in permalinks": {
        "config.toml": f"{CONFIG}[permalinks]\n"
        "posts = '/:sections[1]/:sections[last]/:sections[1:]/:2006/:01/:Jan/:weekdayname/:yearday/:slug'\n",
        "content/posts/x/_index.md": page(title="x"),
        "content/posts/x/y/_index.md": page(title="y"),
        "content/posts/x/y/z/a.md": page(title="A + B %20 #1?", date="2020-02-03"),
        "content/posts/q.md": page(title="q+r"),
    },
    "ugly addresses, aliases and bundles": {
        "config.json": '{"baseURL": "http://blog.example/", "uglyURLs": true}',
        "content/posts/a.md": page(aliases="[/old, rel, /x.html, /y/z/]"),
        "content/b/index.md": page(title="b"),
        "content/b/i.png": "",
        "content/b/sub/j.png": "",
        "content/b/other.md": page(title="o"),
    },
    "ugly addresses of one section": {
        "config.toml": f"{CONFIG}[uglyURLs]\nposts = true\n",
        "content/posts/a.md": page(title="a"),
        "content/b/a.md": page(title="a"),
        "content/posts/_index.md": page(title="P"),
        "content/posts/u.md": page(title="u", url="/k/l"),
    },
    "aliases of bundles": {
        "config.toml": CONFIG,
        "content/a/index.md": page(aliases="[/x, ../y, z/w.html, ./q]"),
        "content/x.md": page(),
    },
    "case and accents in paths": {
        "config.toml": f"{CONFIG}disablePathToLower = true\nremovePathAccents = true\n",
        "content/Posts/Été Foo.md": page(tags="[Foo Bar, 한글 태그]", categories="['C#']"),
    },
    "front matter in TOML, JSON and YAML": {
        "config.toml": CONFIG,
        "content/a.md": '+++\ntitle = "t"\ndate = 2020-03-04\ntags = ["x"]\n+++\n# [a](b)\n',
        "content/b.md": '{\n"title": "j", "date": "2021-01-02"\n}\n# b\n',
        "content/c.md": '+++\ndate = 2020-03-04T05:06:07Z\nurl = "/My/URL"\n+++\n',
        "content/d.md": page(url="rel/path.html"),
        "content/e.md": page(url="/한글/글.html"),
        "content/f.md": page(url="/x/y/", slug="no"),
    },
    "where front matter begins": {
        "config.toml": CONFIG,
        "content/a.md": "\n\n---\ntitle: a\n---\n# x\n",
        "content/b.md": "# 글뿐\n본문\n",
        "content/c.md": "---\r\ntitle: c\r\n---\r\n# y\r\n\r\n[a](b)\r\n",
        "content/d.md": "---\n---\n# z\n",
        "content/e.md": "---\ntitle: e\n---  \n# q\n",
    },
    "what is not published": {
        "config.toml": CONFIG,
        "content/a.md": page(draft="true"),
        "content/b.md": page(date="2999-01-01"),
        "content/c.md": page(publishDate="2999-01-01", date="2000-01-01"),
        "content/d.md": page(expiryDate="2001-01-01"),
        "content/e.md": page(published="false"),
        "content/f.md": page(title="ok"),
        "content/.hidden.md": "",
        "content/g.md~": "",
    },
    "dates from names": {
        "config.toml": f"{CONFIG}[frontmatter]\ndate = [':filename', ':default']\n"
        "[permalinks]\nposts = '/:year/:slug'\n",
        "content/posts/2020-01-02-hello-world.md": page(title="T"),
        "content/posts/2020-01-02.md": page(title="T2"),
        "content/posts/nodate.md": page(title="T3", date="2001-02-03"),
        "content/posts/2021-05-05_bundle/index.md": page(title="B"),
        "content/posts/2021-05-05_bundle/x.png": "",
    },
    "dates": {
        "config.toml": f"{CONFIG}timeZone = 'Asia/Seoul'\n",
        **{f"content/d{number}.md": page(date=date) for number, date in enumerate(_DATES)},
    },
    "dates in TOML": {
        "config.toml": f"{CONFIG}timeZone = 'America/New_York'\n",
        **{f"content/d{number}.md": f"+++\ndate = {date}\n+++\n" for number, date in enumerate(_TOML_DATES)},
    },
    "values that are no text": {
        "config.toml": CONFIG,
        **{f"content/t{number}.md": page(title=title) for number, title in enumerate(_TITLES)},
        "content/tags.md": page(tags="a b", categories="[1, 2.50]"),
        "content/keys.md": page(Title="Case", TAGS="[Z]", Slug="SL ug"),
    },
    "languages by name": {
        "config.toml": f"{CONFIG}defaultContentLanguage = 'ko'\n"
        "[languages.ko]\nweight = 1\n[languages.en]\nweight = 2\n",
        "content/a.md": page(title="a"),
        "content/a.en.md": page(title="ae"),
        "content/p/b.en.md": page(title="b"),
        "content/p/c/index.md": page(title="c"),
        "content/p/c/index.en.md": page(title="c"),
        "content/p/c/i.png": "",
        "content/p/z.fr.md": page(title="fr"),
    },
    "languages by folder": {
        "config.toml": f"{CONFIG}defaultContentLanguageInSubdir = true\ndefaultContentLanguage = 'ko'\n"
        "[languages.ko]\ncontentDir = 'content/ko'\n[languages.en]\ncontentDir = 'content/en'\n",
        "content/ko/p/a.md": page(title="a"),
        "content/en/p/a.md": page(title="b", url="/abs/"),
        "content/en/p/r.md": page(title="b", url="rel/"),
        "content/en/q.png": "",
        "static/s.txt": "x",
    },
    "sections that pass on their front matter": {
        "config.toml": CONFIG,
        "content/s/_index.md": "---\ncascade:\n- _target:\n    path: /s/a*\n  draft: true\n"
        "- _target:\n    kind: page\n  slug: zz\n---\n",
        "content/s/a1.md": page(title="a"),
        "content/s/b.md": page(title="b"),
        "content/d/_index.md": page(draft="true"),
        "content/d/a.md": page(title="a"),
        "content/t/_index.md": page(title="t", slug="tt", url="/uu/"),
        "content/t/i.png": "",
        "content/t/x/a.md": page(title="a"),
        "content/t/x/y.txt": "",
    },
    "files that stand for the same page": {
        "config.toml": CONFIG,
        "content/a/index.md": page(title="a"),
        "content/a/_index.md": page(title="b"),
        "content/a/c.md": page(title="c"),
        "content/dup.md": page(title="1"),
        "content/dup/index.md": page(title="2"),
        "content/e.markdown": page(title="e"),
    },
    "pages of HTML": {
        "config.toml": CONFIG,
        "content/q.html": "<p>x</p>",
        "content/r.html": "---\ntitle: r\n---\n<h1 id=a>x</h1><a href=b>c</a>",
    },
    "a folder of configuration": {
        "config/_default/hugo.toml": f"{CONFIG}[markup.goldmark.renderer]\nunsafe = true\n",
        "config/_default/permalinks.yaml": "posts: /p/:title/\n",
        "config/production/config.json": '{"buildDrafts": true}',
        "content/posts/a.md": page("<h2 id=x>y</h2>\n", title="A B", draft="true"),
    },
    "ignored files and kinds": {
        "config.toml": f"{CONFIG}ignoreFiles = ['\\\\.foo$', 'draft-']\n"
        "disableKinds = ['taxonomy', 'term', 'RSS', 'sitemap']\n",
        "content/a.foo": "",
        "content/draft-x.md": page(),
        "content/b.md": page(),
    },
    "mounts": {
        "config.toml": f"{CONFIG}[[module.mounts]]\nsource = 'docs'\ntarget = 'content'\n"
        "[[module.mounts]]\nsource = 'extra'\ntarget = 'content/x'\n"
        "[[module.mounts]]\nsource = 'pub'\ntarget = 'static/p'\n",
        "docs/a.md": page(),
        "extra/b.md": page(),
        "pub/z.txt": "x",
        "content/no.md": "x",
    },
    "a theme's static files": {
        "config.toml": f"{CONFIG}theme = 't'\n",
        "themes/t/static/a.txt": "1",
        "themes/t/static/b.txt": "1",
        "themes/t/layouts/_default/x.html": "x",
        "static/a.txt": "2",
        "content/a.md": page(),
    },
    "shortcodes and references": {
        "config.toml": CONFIG,
        **_SHORTCODES,
        "content/a.md": page(_WITH_SHORTCODES),
        "content/b.md": page(),
        "content/p/c.md": page(),
        "content/sub/d/index.md": page(),
    },
    "emoji": {
        "config.toml": f"{CONFIG}enableEmoji = true\n",
        "content/a.md": page("## :tada: 축하\n## 10:30:45 :smile:\n## *:cat:* x\n"),
    },
    "Markdown": _goldmark(""),
    "ids in ASCII": _goldmark("autoHeadingIDType = 'github-ascii'"),
    "ids as Blackfriday made them": _goldmark("autoHeadingIDType = 'blackfriday'"),
    "no ids": _goldmark("autoHeadingID = false"),
    "no attributes": _goldmark("[markup.goldmark.parser.attribute]\ntitle = false"),
    "attributes of blocks, and raw HTML": _goldmark(
        "[markup.goldmark.parser.attribute]\nblock = true\n[markup.goldmark.renderer]\nunsafe = true"
    ),
    "no extensions": _goldmark(
        "[markup.goldmark.extensions]\ntable = false\nlinkify = false\nfootnote = false\n"
        "definitionList = false\ntaskList = false\ntypographer = false\nstrikethrough = false"
    ),
    "another scheme for bare hosts": _goldmark("[markup.goldmark.extensions]\nlinkifyProtocol = 'http'"),
}
