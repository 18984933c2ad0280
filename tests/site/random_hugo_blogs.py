"""Seeded Hugo blogs that nobody would write, of all that a Hugo blog is made of."""

from __future__ import annotations

import random
from collections.abc import Sequence

FOLDERS = ("", "posts", "글", "posts/deep", "posts/deep/er", "My Notes", "til.2020", "tags", "a+b")
NAMES = (
    *(
        "hello",
        "Hello World",
        "한글 글",
        "2020-01-02-dated",
        "2021-02-03",
        "2019-12-31_x",
        "a.b.c",
        "C#",
        "été",
    ),
    *(
        "under_score",
        "UPPER",
        "a--b",
        "-lead-",
        "(1)",
        "100%",
        "a&b",
        "50%25",
        "~tilde",
        "@at",
        "a'b",
        "ko.en",
    ),
)
TITLES = (
    *(
        "Hello World!",
        "봄 소풍",
        "C++ & C#",
        "'1.10'",
        "2020-01-02",
        "yes",
        "12",
        '"quo: ted"',
        "a / b",
        "Été",
    ),
    *("100% sure", "a--b", " padded ", "~", "1e3", "#1", "[list]", "a\\b", "👍 good", "ⅷ №"),
)
DATES = (
    *("2020-01-02", "2020-01-02T03:04:05Z", "2020-01-02T23:30:00+09:00", "'2020-01-02 23:30:00 -0700'"),
    *("2020-1-2", "2020-01-02 3:04:05", "2999-01-01", "never", "20200102", "'02 Jan 2020'", "2020-02-30"),
)
SLUGS = ("slug", "My Slug", "-x-", "한글", "a/b", "2020", "UP", "", "a.html", "'%41'")
URLS = ("/u/", "/u/v", "u/w", "/U/X.html", "/한글/", "rel.html", "/a b/", "/x//y/", "/dots/../up/")
TERMS = ("[a, B b]", "one two", "['C#', 한글]", "[]", "Été", "[1, 2.5]", "['/', 'a/b']")
PERMALINKS = (
    *("/:year/:month/:day/:slug/", "/:sections/:title/", "/p/:filename/", "/:section/:slugorfilename"),
    *(
        "/:year/:monthname/:weekday/:weekdayname/:yearday/:title.html",
        "/x/:sections[1:]/:slug/",
        "/:06/:Jan/:2/:slug",
    ),
    *("fixed/:filename", "/:sections[last]/:sections[0]/:filename/"),
)
BODIES = (
    "본문\n",
    "## 머리말\n\n[링크](/a/)\n",
    "![그림](i.png)\n\n# a {#b}\n# a\n",
    "<h2>raw</h2>\n\n# b\n",
)
FLAGS = ("uglyURLs", "disablePathToLower", "removePathAccents", "buildDrafts", "buildFuture", "buildExpired")


class RandomBlog:
    """Files by their paths; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.files: dict[str, str] = {}
        self._names: set[str] = set()
        self.files["config.toml"] = self._config()
        for _ in range(self._random.randint(12, 24)):
            self._page()
        for _ in range(self._random.randint(0, 4)):
            self._bundle()
        for _ in range(self._random.randint(0, 3)):
            self._section()
        for folder in ("static", "content/posts", "content/loose"):
            if self._maybe(0.4):
                self.files[f"{folder}/{self._one(('a.png', 'B.TXT', '그림.png', 'x.html'))}"] = "<p>"

    def _maybe(self, share: float) -> bool:
        return self._random.random() < share

    def _one(self, choices: Sequence[str]) -> str:
        return self._random.choice(choices)

    def _config(self) -> str:
        lines = [f'baseURL = "https://blog.example{self._one(("/", "", "/sub/", "/sub/dir"))}"']
        lines += [f"{flag} = true" for flag in FLAGS if self._maybe(0.15)]
        if self._maybe(0.3):
            lines.append('timeZone = "Asia/Seoul"')
        self._languages = self._maybe(0.25)
        if self._languages:
            lines += [
                'defaultContentLanguage = "ko"',
                f"defaultContentLanguageInSubdir = {str(self._maybe(0.5)).lower()}",
            ]
        if self._maybe(0.3):
            lines += [
                "[frontmatter]",
                self._one(('date = [":filename", ":default"]', 'date = ["lastmod", "date"]')),
            ]
        if self._maybe(0.6):
            lines.append("[permalinks]")
            sections = self._random.sample(["posts", "글", "My Notes", "a+b"], self._random.randint(1, 3))
            lines += [f'"{section}" = "{self._one(PERMALINKS)}"' for section in sections]
        if self._maybe(0.3):
            lines += ["[taxonomies]", 'tag = "tags"']
        if self._maybe(0.3):
            lines += ["[markup.goldmark.renderer]", "unsafe = true"]
        if self._languages:
            lines += ["[languages.ko]", "weight = 1", "[languages.en]", "weight = 2"]
        return "\n".join(lines) + "\n"

    def _front_matter(self) -> str:
        values = {"title": self._one(TITLES)} if self._maybe(0.9) else {}
        if self._maybe(0.7):
            values["date"] = self._one(DATES)
        for key, choices, share in (
            ("slug", SLUGS, 0.2),
            ("url", URLS, 0.12),
            ("tags", TERMS, 0.4),
            ("categories", TERMS, 0.2),
            ("draft", ("true", "false"), 0.15),
            ("publishDate", DATES, 0.1),
            ("expiryDate", ("2001-01-01", "2999-01-01"), 0.1),
            ("lastmod", DATES, 0.1),
            ("aliases", ("[/old/]", "[older, ../up]", "[/x.html]"), 0.1),
        ):
            if self._maybe(share):
                values[key] = self._one(choices)
        return "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\n"

    def _put(self, path: str, text: str) -> None:
        if path.lower() not in self._names:
            self._names.add(path.lower())
            self.files[path] = text

    def _text(self) -> str:
        return self._front_matter() + self._one(BODIES)

    def _folder(self) -> str:
        folder = self._one(FOLDERS)
        return f"content/{folder}" if folder else "content"

    def _page(self) -> None:
        suffix = self._one((".md", ".md", ".md", ".markdown", ".en.md" if self._languages else ".md"))
        self._put(f"{self._folder()}/{self._one(NAMES)}{suffix}", self._text())

    def _bundle(self) -> None:
        folder = f"{self._folder()}/{self._one(NAMES)}"
        self._put(f"{folder}/index.md", self._text())
        for name in ("i.png", "sub/J J.png", "other.md"):
            if self._maybe(0.4):
                self._put(f"{folder}/{name}", self._text() if name.endswith(".md") else "")

    def _section(self) -> None:
        folder = self._folder()
        cascade = self._one(("", "", "cascade:\n  slug: from-above\n", "cascade:\n  draft: true\n"))
        text = self._text()
        self._put(f"{folder}/_index.md", text.replace("---\n", f"---\n{cascade}", 1))
        if self._maybe(0.4) and folder != "content/tags":
            self._put(f"{folder}/of-section.png", "")
