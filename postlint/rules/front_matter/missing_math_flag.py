import re
from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text, applied
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.formulas import PageFormula, formulas_of
from postlint.post.front_matter import FrontMatter, split
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix

_SET = Text(en="set `{key}: true`", ko="`{key}: true` 넣기")
_COMMAND = lazy(r"\\[A-Za-z]{2}|[_^]\{")
"""What no price and no shell variable between two dollar signs has."""
_SCRIPT = lazy(r"mathjax|katex", re.IGNORECASE)

_BLOG = {
    "_config.yml": "title: 블로그\n",
    "_layouts/post.html": "{% if page.use_math %}{% include math.html %}{% endif %}\n{{ content }}\n",
    "_includes/math.html": '<script src="https://cdn.example.org/mathjax@3/es5/tex-chtml.js"></script>\n',
}
_ALWAYS = {**_BLOG, "_layouts/post.html": "{% include math.html %}\n{{ content }}\n"}
_BY_DEFAULT = {**_BLOG, "_config.yml": "defaults:\n  - values:\n      use_math: true\n"}
_CHIRPY = {"_config.yml": "theme: jekyll-theme-chirpy\n"}


class Options(NamedTuple):
    keys: tuple[str, ...] = ()


class MissingMathFlag(Rule):
    """Formulas on a page for which the site's templates do not load MathJax or KaTeX.

    The templates are read for the key that they ask. Where they load the script for every page, or where
    that cannot be told, as with most themes, nothing is found. The option `keys` names the keys that the
    theme asks there: one of them has to be set.

    ## Why
    Readers see the formula's source: `\\(\\frac{1}{2}\\)` in the middle of a sentence.

    ## Fix safety
    Unsafe: the key that the templates ask is added, or set to `true`; they may show something else by
    the same key.
    """

    code, name, severity = "FM015", "missing-math-flag", Severity.WARNING
    message = Text(
        en="the page does not typeset this formula: the templates want `{key}: true` in the front matter",
        ko="이 페이지에서는 수식이 조판되지 않습니다. 프론트 매터에 `{key}: true`가 있어야 합니다",
    )
    doc_ko = """사이트의 템플릿이 MathJax나 KaTeX를 불러오지 않는 페이지에 있는 수식.

    템플릿이 어느 키를 보는지는 템플릿에서 읽습니다. 모든 페이지에서 불러오거나, 대부분의 테마처럼 알 수
    없으면 넘어갑니다. 그럴 때 테마가 보는 키를 옵션 `keys`에 적으면, 그중 하나가 있어야 합니다.

    ## 이유
    독자는 문장 한가운데에서 `\\(\\frac{1}{2}\\)` 같은 수식의 소스를 봅니다.

    ## 수정 안전성
    안전하지 않음: 템플릿이 보는 키를 넣거나 `true`로 바꿉니다. 템플릿이 같은 키로 다른 것을 보여 줄 수도
    있습니다.
    """
    Options = Options
    examples = (
        Bad(
            "---\ntitle: 미분\n---\n도함수 ⟦$$f'(x)$$⟧와 $$x$$\n",
            fixed="---\ntitle: 미분\nuse_math: true\n---\n도함수 $$f'(x)$$와 $$x$$\n",
            site=_BLOG,
        ),
        Bad(
            "---\nuse_math: false\n---\n확률 ⟦$\\frac{1}{2}$⟧\n",
            fixed="---\nuse_math: true\n---\n확률 $\\frac{1}{2}$\n",
            site=_BLOG,
        ),
        Bad(
            "---\ntitle: 적분\n---\n\n⟦$$\n\\int_0^1 x\\,dx\n$$⟧\n",
            fixed="---\ntitle: 적분\nmath: true\n---\n\n$$\n\\int_0^1 x\\,dx\n$$\n",
            site=_CHIRPY,
        ),
        Bad(
            "---\ntitle: 미분\n---\n도함수 ⟦$$f'(x)$$⟧와 $$x$$\n",
            fixed="---\ntitle: 미분\nformulas: true\n---\n도함수 $$f'(x)$$와 $$x$$\n",
            options={"keys": ["formulas"]},
        ),
        Good("---\nformulas: true\n---\n도함수 $$f'(x)$$\n", options={"keys": ["formulas", "math"]}),
        Good("---\ntitle: 미분\nuse_math: true\n---\n도함수 $$f'(x)$$\n", site=_BLOG),
        Good("---\ntitle: 미분\n---\n도함수 $$f'(x)$$\n", site=_ALWAYS),
        Good("---\ntitle: 미분\n---\n도함수 $$f'(x)$$\n", site=_BY_DEFAULT),
        Good("---\ntitle: 미분\n---\n도함수 $$f'(x)$$\n"),
        Good("---\ntitle: 장보기\n---\n사과 $3, 배 $5\n", site=_BLOG),
        Good("---\ntitle: 셸\n---\n`$$`는 셸의 번호이고 $HOME과 $PATH는 경로다.\n", site=_BLOG),
        Good(
            '---\ntitle: 미분\n---\n<script src="https://cdn.example.org/mathjax.js"></script>\n\n$$x$$\n',
            site=_BLOG,
        ),
        Good("---\ntitle: 미분\n---\n{% include math.html %}\n\n$$x$$\n", site=_BLOG),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        text = post.source.text
        if front_matter.error is not None or ("$" not in text and "\\" not in text):
            return
        keys = post.home.math_keys or self.options.keys
        if not keys or any(_is_set(key, front_matter, post) for key in keys):
            return
        formula = next(filter(_is_certain, formulas_of(post)), None)
        if formula is None or _loads_script(post):
            return
        key = min(keys, key=lambda key: (front_matter.get(key) is None, key))
        yield self.finding(formula.span, fix=_set(key, front_matter, post), key=key)


def _is_set(key: str, front_matter: FrontMatter, post: Post) -> bool:
    entry = front_matter.get(key)
    value = entry.value if entry else post.home.default(post.path, post.kind, key)
    return value not in (None, False)


def _is_certain(formula: PageFormula) -> bool:
    if formula.node is not None:
        return bool(formula.tex.strip())
    return _COMMAND.search(formula.tex) is not None


def _loads_script(post: Post) -> bool:
    """Whether the post itself does what its templates leave undone, or may do so."""
    for region in post.liquid_regions:
        if region.name.startswith("include") and "math" in post.body.text[slice(*region.span)].lower():
            return True
    return any(
        node.name == "script" and _SCRIPT.search(post.source[node.span])
        for node in post.nodes_of(nodes.HtmlElement)
    )


def _set(key: str, front_matter: FrontMatter, post: Post) -> Fix | None:
    text, closing = post.source.text, front_matter.closing_span.start
    entry = front_matter.get(key)
    if entry is not None:
        written = " true" if entry.value_span.start == entry.key_span.end + 1 else "true"
        edit = Edit(entry.value_span, written)
    else:
        end = "\r\n" if text[:closing].endswith("\r\n") else "\n"
        edit = Edit(Span(closing, closing), f"{key}: true{end}")
    changed, _ = split(applied(text, [edit]))
    entry = changed.get(key) if changed else None
    # Where the keys are indented, or stand in braces, another line is no key among them.
    return fix(Safety.UNSAFE, _SET, edit, key=key) if entry is not None and entry.value is True else None
