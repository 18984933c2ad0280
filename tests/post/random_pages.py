"""Seeded pages of Markdown that nobody would write, of all that Goldmark makes something of.

Left out is where Goldmark 1.5 itself goes astray: it stops at some headings whose attributes stand behind
two spaces, takes a list of attributes two lines below a closed heading for that heading's, counts a
footnote that only an image's alternative text refers to, and reads on behind `-->` or `?>` in a list or
quote without regard to either.
"""

from __future__ import annotations

import random

WORDS = (
    *(
        "가",
        "나는",
        "글",
        "블로그",
        "test",
        "Foo",
        "bar_baz",
        "C++",
        "말,것",
        "e.g.",
        "a1",
        "‘인용’",
        "※",
        "😀",
    ),
    *("x*y", "Don't", "it's", '"quoted"', "'single'", "--", "...", "---", "1990's", "`code`", "`` a`b ``"),
    *("<b>굵게</b>", "<br>", "<br/>", "&amp;", "&copy;", "\\*", "\\#", "\\[", "「말」", "<span class='a'>"),
)
ADDRESSES = (
    *("https://example.com/a", "https://example.com/a_b/c?d=e&f=g#h", "http://a.example", "www.example.com"),
    *(
        "https://ko.wikipedia.org/wiki/한글",
        "foo@example.com",
        "https://x.example/(a)",
        "https://x.example/a.",
    ),
    *("http://localhost:80/x", "ftp://f.example/z", 'https://a.example/c"d', "mailto:x@y.example"),
    *("https://example.com/a;b&amp;", "https://e.example/*x*", "HTTP://A.EXAMPLE", "https://example.com,"),
    *("http://127.0.0.1/", "a.b-c@d.example", "www.x"),
)
DESTINATIONS = (
    *("/a/b", "<a b>", "한글.png", "a%20b", "../x/", "#frag", "/a(b)c", "x\\(y", "", "/a&amp;b"),
    "http://example.com/?q=a b",
)
REFERENCES = ("[foo]", "[foo][]", "[글][foo]", "[none]", "[^1]", "[^두 번]", "[^없음]", "[x] y", "[ ] z")
LISTS = ("- ", "* ", "1. ", "2) ", "-   ", "+ ", "10. ")
HEADING_ENDS = ("", "", "", " {#my-id}", " {.c}", " ##", " {#a .b k=v}", " {bad}", "{#x}", ' {id="q"}')
HTML = (
    *("<div>\n# x\n\n# y {#div}\n</div>", "<div class='a'>\n\n## in\n\n</div>", "<h2 id=raw>raw</h2>"),
    *("<details><summary>s</summary>\n\n- [a](b)\n</details>", "<!-- c -->\n# n", "</div>"),
    *("<pre>\n\n# no\n</pre>", "<b>\n# x", "<custom-x>\ntext\n\n# y", "<a href=x>\n[y](z)\n</a>"),
    *(
        '<p align=center>\n<img src="/i.png">\n</p>',
        "<script>\nlet a='# b'\n</script>",
        "<span>a</span>\n# n",
    ),
)
DEFINITIONS = ('[foo]: /url "t"', "[foo]: <x y>", "[^1]: ", "[^두 번]: ")


class RandomPages:
    """The same pages for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def page(self) -> str:
        """A page that does not begin as a front matter does."""
        while True:
            blocks = [self._block(0) for _ in range(self._random.randint(1, 6))]
            text = self._one(("\n\n", "\n\n", "\n")).join(blocks) + "\n"
            if text.strip() and text.lstrip()[0] not in "+-{#<":
                return text

    def _one(self, choices: tuple[str, ...]) -> str:
        return self._random.choice(choices)

    def _words(self) -> str:
        count = self._random.randint(1, 5)
        return " ".join(self._one(WORDS if self._random.random() < 0.8 else ADDRESSES) for _ in range(count))

    def _line(self) -> str:
        return self._inline(0).replace("\n", " ")

    def _inline(self, depth: int) -> str:
        kind = self._random.randrange(20) if depth < 3 else 0
        if kind < 7:
            return self._words()
        if kind < 9:
            return self._inline(depth + 1).join([self._one(("**", "*", "_", "__", "~~", "***"))] * 2)
        if kind < 10:
            marks = ("가", "**", "*", "_", "(", ")", "a", " ", ".", '"', "'", "!")
            return "".join(self._one(marks) for _ in range(self._random.randint(2, 9)))
        if kind < 13:
            title = self._one(("", ' "제목"', " (t)"))
            return f"[{self._inline(depth + 1)}]({self._one(DESTINATIONS)}{title})"
        if kind < 14:
            return f"![{self._one(WORDS)}]({self._one(DESTINATIONS)})"
        if kind < 15:
            return self._one(REFERENCES)
        if kind < 18:
            around = self._one(("<{}>", "{}", "({})", "*{}*", '"{}"'))
            return around.format(self._one(ADDRESSES))
        return self._inline(depth + 1) + self._one((" ", "", "\n")) + self._inline(depth + 1)

    def _block(self, depth: int) -> str:
        kind = self._random.randrange(20)
        if kind < 6:
            return self._inline(0)
        if kind < 9:
            space = self._one((" ", " ", "", "\t"))
            text = f"{self._line().strip()}{self._one(HEADING_ENDS)}"
            return f"{'#' * self._random.randint(1, 7)}{space}{text}"
        if kind < 10:
            return f"{self._inline(0)}\n{self._one(('===', '---', '=', '--- '))}"
        if kind < 11:
            fence, info = self._one(("```", "~~~", "````")), self._one(("", " go", "js {hl=1}"))
            return f"{fence}{info}\n{self._line()}\n# not\n{self._one((fence, ''))}"
        if kind < 12:
            rows = [f"| {self._line()} | {self._line()} |" for _ in range(self._random.randint(1, 3))]
            return "\n".join([rows[0], self._one(("|---|---|", "--|--", "|:-:|-|", "|---|")), *rows[1:]])
        if kind < 14:
            return self._list(depth)
        if kind < 15:
            inner = (self._block(depth + 1) if depth < 3 else self._line()).split("\n")
            lazy = f"\nlazy {self._line()}" if self._random.random() < 0.3 else ""
            return "\n".join(self._one(("> ", ">", "> ")) + line for line in inner) + lazy
        if kind < 16:
            more = self._one(("", "\n  more", "\n: again", "\n    # h", "\n\n  para"))
            return f"{self._line()}{self._one((chr(10), chr(10) * 2))}: {self._line()}{more}"
        if kind < 17:
            definition = self._one(DEFINITIONS)
            return definition + (self._line() if definition.startswith("[^") else "")
        if kind < 19:
            return self._one(HTML)
        return self._one(("---", "***", "* * *", "_ _ _", "    code\n\n    # code"))

    def _list(self, depth: int) -> str:
        mark = self._one(LISTS)
        items: list[str] = []
        for _ in range(self._random.randint(1, 3)):
            first, *rest = (self._block(depth + 1) if depth < 3 else self._line()).split("\n")
            indent = " " * self._random.choice([len(mark)] * 4 + [2, 4, 0])
            items.append(mark + first + "".join(f"\n{indent}{line}" if line else "\n" for line in rest))
        return self._one(("\n", "\n\n")).join(items)
