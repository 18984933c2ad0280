from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import elements, parsed
from postlint.rules._fences import MeantCode

_MARK = lazy(
    r"==(?<![=!<>~:+/%&|^\-\\A-Za-z0-9_)\]\"'`]==)(?![=\s>])(?P<inside>(?:(?!==|&&|\|\||;|<mark)[^\n]){1,200})"
    r"(?<![\s!<>])==(?![=/>A-Za-z0-9_])"
)
_CONTENTS = lazy(r"(?P<sign>\[(?:toc|TOC|To[cC])\]|\[\[_?(?i:toc)_?\]\])(?=[ \t]*\r?(?:\n|\Z))")
_INDENT = lazy(r"[ \t]{0,3}")
_CALLOUT = lazy(
    r"\[!(?:note|tip|important|warning|caution|abstract|summary|tldr|info|todo|hint|success|check|done|question"
    r"|help|faq|attention|failure|fail|missing|danger|error|bug|example|quote|cite)\][+-]?(?=[ \t\r\n]|\Z)",
    2,
)
_EMBED = lazy(r"!\[(?<!\\!\[)\[[^\[\]\n]+\]\]")
_SHORTCODE = lazy(
    r"\[(?<!\[\[)(?<!!\[)(?P<name>caption|sourcecode|gallery|playlist) [^\[\]\n]{0,100}=[ ]*\\?[\"'“”‘’]"
    r"[^\[\]\n]{0,300}\](?![(:])"
)

_KNOWS = {
    "==": lazy(r"<mark\b|['\"]mark['\"]"),
    "[toc]": lazy(r"\[toc\\?\]", 2),
    "[!": lazy(r"\[!|callout|admonition|gfm.?alert", 2),
    "![[": lazy(r"\[\\?\["),
    "[caption": lazy(r"\[\\?(?:caption|sourcecode|gallery|playlist)\b|short.?code|wordpress", 2),
}
"""What stands in a plugin or a template that may do something with such a sign."""
_MARKDOWN = frozenset({"kramdown", "commonmark", "commonmarkghpages"})
"""Redcarpet highlights what stands between `==`, and others may."""

_MARK_TAGS = ("<mark>", '<mark markdown="span">')
"""kramdown reads no Markdown in an element that it does not know, but where it is told to."""
_AS_HTML = Text(en="write `<mark>`", ko="`<mark>`로 적기")
_AS_LIST = Text(en="write kramdown's `{{:toc}}`", ko="kramdown의 `{{:toc}}`로 적기")
_NO_MARK = Text(
    en="`==` highlights nothing here and appears on the page",
    ko="`==`는 이 블로그에서 형광펜 표시가 되지 않고 글자 그대로 보입니다",
)
_NO_CONTENTS = Text(
    en="`{written}` makes no table of contents here and appears on the page",
    ko="이 블로그에서 `{written}`은(는) 목차가 되지 않고 글자 그대로 보입니다",
)
_NO_CALLOUT = Text(
    en="`{written}` makes no callout here and appears in a common quote",
    ko="이 블로그에서 `{written}`은(는) 콜아웃이 되지 않고 보통 인용문 안에 글자 그대로 보입니다",
)
_NO_EMBED = Text(
    en="Obsidian alone shows a file for this; readers see it as it is written",
    ko="Obsidian에서만 파일이 보이는 문법입니다. 독자에게는 글자 그대로 보입니다",
)
_NO_SHORTCODE = Text(
    en="WordPress alone makes something of `[{name} …]`; readers see it as it is written",
    ko="WordPress만 아는 문법입니다. 독자에게는 `[{name} …]`이(가) 글자 그대로 보입니다",
)


class ForeignMarkup(Rule):
    """Markup of another program, such as `==text==` or `[TOC]`, that Jekyll's page shows as it is written.

    Typora, Obsidian and GitHub know more than kramdown does: `==text==` for highlighted text, `[TOC]` for a
    table of contents, `> [!NOTE]` for a callout and `![[a.png]]` for an image. Posts that came from WordPress
    may still have its shortcodes: `[caption id="…"]`, `[sourcecode language="…"]`. Nothing is said of a site
    that has a plugin or a template which may know them.

    ## Why
    It looks right where it was written, and readers see `==`, `[TOC]`, `[!NOTE]`, and no image at all.

    ## Fix safety
    Repair: `<mark>` is what `==` was written for, and the rest of the text stays the same. Unsafe: a list
    with `{:toc}` makes the table of contents, but many themes show one of their own. No fix for the others:
    kramdown has no callouts, and where Obsidian's image lies on the site only the author knows.

    ## Precision
    19 of 19 findings read on real blogs, all in one of them, were right (2026-11-23).
    """

    code, name, severity = "PAGE017", "foreign-markup", Severity.WARNING
    message = _NO_MARK
    doc_ko = """`==글==`이나 `[TOC]`처럼 다른 프로그램의 문법이라 Jekyll의 페이지에 그대로 보이는 것.

    Typora, Obsidian, GitHub는 kramdown이 모르는 것을 압니다. 형광펜을 칠하는 `==글==`, 목차를 만드는 `[TOC]`,
    콜아웃을 만드는 `> [!NOTE]`, 이미지를 넣는 `![[a.png]]` 등입니다. WordPress에서 옮겨 온 글에는
    `[caption id="…"]`, `[sourcecode language="…"]` 같은 쇼트코드가 남아 있기도 합니다. 이것을 알 수도 있는
    플러그인이나 템플릿을 쓰는 사이트는 제외합니다.

    ## 이유
    쓸 때는 제대로 보이지만, 독자에게는 `==`, `[TOC]`, `[!NOTE]`가 그대로 보이고 이미지는 보이지 않습니다.

    ## 수정 안전성
    복구: `==`는 `<mark>`를 뜻한 것이고, 나머지 글은 그대로입니다. 안전하지 않음: `{:toc}`를 붙인 목록은
    목차가 되지만, 목차를 따로 보여 주는 테마가 많습니다. 나머지는 고치지 않음: kramdown에는 콜아웃이 없고,
    Obsidian의 이미지가 사이트 어디에 있는지는 글쓴이만 압니다.

    ## 정확도
    실제 블로그에서 읽어 본 19건(모두 한 블로그)이 다 맞았습니다(2026-11-23).
    """
    signs = (
        *("==", "[!", "[[", "[toc]", "[TOC]", "[Toc]", "[ToC]"),
        *("[caption ", "[sourcecode ", "[gallery ", "[playlist "),
    )
    gives_way_to = ("PAGE002", "PAGE003", "PAGE004")
    examples = (
        Bad(
            "이 값은 ⟦==반드시 양수==⟧여야 한다.\n",
            fixed="이 값은 <mark>반드시 양수</mark>여야 한다.\n",
        ),
        Bad("⟦==**굵은** `글`==⟧.\n", fixed='<mark markdown="span">**굵은** `글`</mark>.\n'),
        Bad("**⟦==모두==⟧** 바꾼다.\n", fixed="**<mark>모두</mark>** 바꾼다.\n"),
        Bad("그래서⟦==중요==⟧하다.\n", fixed="그래서<mark>중요</mark>하다.\n"),
        Bad("⟦[TOC]⟧\n\n# 봄\n", fixed="* TOC\n{:toc}\n\n# 봄\n"),
        Bad("⟦[toc]⟧\n글\n"),
        Bad("⟦[ToC]⟧\n글\n\n⟦[[_toc_]]⟧\n글\n"),
        Bad("> ⟦[!NOTE]⟧\n> 알아 둘 것\n\n- > ⟦[!tip]-⟧ 제목\n"),
        Bad("⟦![[Pasted image 2024.png]]⟧\n"),
        Bad("⟦==값==⟧\n", fixed="<mark>값</mark>\n", site={"_config.yml": "plugins: [jemoji]\n"}),
        Bad('⟦[caption id="one" width="300"]⟧<img src="https://example.org/a.png" alt="봄"> 봄[/caption]\n'),
        Bad("⟦[sourcecode language='java']⟧\nint a;\n[/sourcecode]\n"),
        Good("==값==\n", site={"_config.yml": "plugins: [jekyll-marks]\n"}),
        Good(
            '`[caption id="a"]` 와 [caption], [gallery](/a), [caption id](/a="1")\n\n    [caption id="a"]\n'
        ),
        Good("> [!NOTE]\n> 글\n", site={"_config.yml": "", "_includes/a.html": "<script>/callout/</script>"}),
        Good("`==a==` 와 $a==b==c$, a == b == c, a==b, x === y, ==1==, ==\n"),
        Good("if (a ==b && c== d) ==; ==== 글 ==== a ==>글==> b\n"),
        Good("```\n==a==\n[TOC]\n> [!NOTE]\n![[a.png]]\n```\n"),
        Good("* TOC\n{:toc}\n\n[TOC][1] 와 [toc](/a), 글 [TOC] 글\n\n[1]: /a\n"),
        Good("[toc]\n\n[toc]: /contents\n"),
        Good("> [!NOTE]는 GitHub의 것이 아니라 `[!NOTE]` 다.\n", path="README.md"),
        Good("> [참고] 글\n\n![[1]](/a.png) 와 [[글]] \\![[a.png]]\n"),
        Good("==글==\n\n[TOC]\n", path="content/a.md", site={"hugo.toml": ""}),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        home = post.home
        if not home.conventions.splits_tags or not home.has_liquid(post.kind):
            return
        markdown = home.setting("markdown")
        if isinstance(markdown, str) and markdown.lower() not in _MARKDOWN:
            return
        code = MeantCode(post)
        finders = {
            "==": self._marks,
            "[toc]": self._contents,
            "[!": self._callouts,
            "![[": self._embeds,
            "[caption": self._shortcodes,
        }
        for sign, find in finders.items():
            for finding in find(post):
                if home.may_know(_KNOWS[sign]):
                    break  # asked of no site before there is a find: its templates have to be read
                if finding.span not in code:
                    yield finding

    def _marks(self, post: Post) -> Iterator[Finding]:
        text = post.source.text
        for match in _MARK.finditer(text, post.body_start):
            start, end = match.span()
            is_said = any(map(str.isalpha, match["inside"]))
            if is_said and post.is_any_text([start]) and post.is_any_text([end - 2]):
                yield self.finding(Span(start, end), fix=_highlighted(Span(start, end), post))

    def _contents(self, post: Post) -> Iterator[Finding]:
        text = post.source.text
        for match in _CONTENTS.finditer(text, post.body_start):
            span = Span(*match.span("sign"))
            begins_line = _INDENT.fullmatch(text, text.rfind("\n", 0, span.start) + 1, span.start)
            if begins_line and post.is_any_text([span.start]):
                mended = _listed(span, post)
                yield self.finding(span, text=_NO_CONTENTS, fix=mended, written=match["sign"])

    def _callouts(self, post: Post) -> Iterator[Finding]:
        for quote in post.nodes_of(nodes.Quote):
            if quote.children and isinstance(quote.children[0], nodes.Paragraph):
                callout = _CALLOUT.match(post.source.text, quote.children[0].span.start)
                if callout and post.is_any_text([callout.start()]):
                    yield self.finding(Span(*callout.span()), text=_NO_CALLOUT, written=callout[0])

    def _embeds(self, post: Post) -> Iterator[Finding]:
        for embed in _EMBED.finditer(post.source.text, post.body_start):
            if post.is_any_text([embed.start()]):
                yield self.finding(Span(*embed.span()), text=_NO_EMBED)

    def _shortcodes(self, post: Post) -> Iterator[Finding]:
        for match in _SHORTCODE.finditer(post.source.text, post.body_start):
            if post.is_any_text([match.start()]):
                yield self.finding(Span(*match.span()), text=_NO_SHORTCODE, name=match["name"])


def _highlighted(span: Span, post: Post) -> Fix | None:
    """The same with `<mark>`; None where the engine would not have it for an element with the same in it."""
    inside = post.source.text[span.start + 2 : span.end - 2]
    opening, closing = Span(span.start, span.start + 2), Span(span.end - 2, span.end)
    for tag in _MARK_TAGS:
        written = f"{tag}{inside}</mark>"
        page = parsed(f"a {written} a", post)
        marks = [node for node in page.walk() if isinstance(node, nodes.HtmlElement) and node.name == "mark"]
        if len(marks) != 1 or marks[0].span != (2, 2 + len(written)):
            return None
        if elements(marks[0]) == [nodes.HtmlElement, *elements(parsed(f"a {inside} a", post))[2:]]:
            return fix(Safety.REPAIR, _AS_HTML, Edit(opening, tag), Edit(closing, "</mark>"))
    return None


def _listed(span: Span, post: Post) -> Fix | None:
    """A list for the engine to fill with the headings; None where the mark is not a paragraph of its own."""
    if not any(node.span == span and isinstance(node, nodes.Paragraph) for node in post.document.children):
        return None
    return fix(Safety.UNSAFE, _AS_LIST, Edit(span, "* TOC\n{:toc}"))
