from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._fences import MeantCode

_CODE = lazy(r":(?<![A-Za-z0-9_:/.]:)(?:[a-z][a-z0-9_+-]+|[+-]1):(?![A-Za-z0-9_:/])")
"""As GitHub's filter has them (html-pipeline, lib/html/pipeline/emoji_filter.rb), but for what stands within
words and numbers."""
_KNOWS = lazy("emoji", 2)

_SITE = {"_config.yml": "plugins: [jekyll-feed]\n"}
_WRITE = Text(en="write {emoji}", ko="{emoji} 넣기")


class LiteralEmoji(Rule):
    """A name of an emoji, such as `:bulb:`, that Jekyll's page shows as it is written.

    GitHub, Slack and Typora make 💡 of `:bulb:`; Jekyll does so with the plugin jemoji alone, which GitHub
    Pages has only for who names it. Nothing is said of a post without a site, nor of a site that has it, or
    another plugin or a template that may do the same.

    ## Why
    It looks right where it was written, and readers see the name between colons.

    ## Fix safety
    Repair: the emoji itself is what the name stands for. Unsafe in headings, whose anchors have the name.
    """

    code, name, severity = "PAGE023", "literal-emoji", Severity.WARNING
    message = Text(
        en="`{written}` makes no emoji here and appears on the page",
        ko="이 블로그에서 `{written}`은(는) 이모지가 되지 않고 글자 그대로 보입니다",
    )
    doc_ko = """`:bulb:`처럼 이름으로 적었지만 Jekyll의 페이지에는 그대로 보이는 이모지.

    GitHub, Slack, Typora는 `:bulb:`를 💡로 보여 주지만, Jekyll에는 jemoji 플러그인이 있어야 합니다. GitHub
    Pages에서도 이 플러그인을 따로 적어야 합니다. 어느 사이트의 글인지 모를 때, jemoji가 있을 때, 이모지를
    다룰 수도 있는 다른 플러그인이나 템플릿을 쓸 때는 알리지 않습니다.

    ## 이유
    쓸 때는 제대로 보이지만, 독자에게는 콜론 사이의 이름이 그대로 보입니다.

    ## 수정 안전성
    복구: 이름이 뜻하는 이모지로 바꿉니다. 안전하지 않음: 소제목에서는 앵커의 이름도 바뀝니다.
    """
    signs = _CODE
    gives_way_to = ("PAGE002", "PAGE003")
    examples = (
        Bad("⟦:bulb:⟧ 알아 두기\n", fixed="💡 알아 두기\n", site=_SITE),
        Bad("## 끝⟦:tada:⟧이다 ⟦:+1:⟧\n", fixed="## 끝🎉이다 👍\n", site=_SITE),
        Bad("- **⟦:white_check_mark:⟧ 하나**\n", fixed="- **✅ 하나**\n", site=_SITE),
        Good(":bulb: 알아 두기\n"),
        Good(":bulb: 알아 두기\n", site={"_config.yml": "plugins: [jemoji]\n"}),
        Good(
            ":bulb: 알아 두기\n", site={"_config.yml": "", "_includes/head.html": "<script src=twemoji.js>"}
        ),
        Good("`:bulb:` 와 $$a :bulb: b$$, a:bulb:c, 10:30:40, ::bulb::\n", site=_SITE),
        Good(":toc: 와 :return:, :봄:\n", site=_SITE),
        Good("* TOC\n{:toc}\n\n[봄](/:bulb:)과 <http://example.org/:bulb:>\n", site=_SITE),
        Good("```\n:bulb:\n```\n", site=_SITE),
        Good(":bulb:\n", path="README.md", site=_SITE),
        Good(":bulb:\n", path="content/a.md", site={"hugo.toml": "enableEmoji = true"}),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        home, conventions = post.home, post.home.conventions
        if not (conventions.splits_tags and conventions.declared and home.has_liquid(post.kind)):
            return
        code = MeantCode(post)
        for match in _CODE.finditer(post.source.text, post.body_start):
            span = Span(*match.span())
            if not post.is_any_text([span.start]) or span in code:
                continue
            if home.may_know(_KNOWS):
                return
            emoji = _emoji(match[0])
            if emoji is None:
                continue
            # The anchor of a heading has the name in it.
            safety = Safety.UNSAFE if post.encloses(nodes.Heading, span) else Safety.REPAIR
            mended = fix(safety, _WRITE, Edit(span, emoji), emoji=emoji)
            yield self.finding(span, fix=mended, written=match[0])


def _emoji(code: str) -> str | None:
    """What `code` stands for."""
    # The names are GitHub's, thousands of them, and there are new ones every year.
    from emoji import emojize

    found = emojize(code, language="alias")
    return found if found != code else None
