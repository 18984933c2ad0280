"""What a blog will become, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from postlint.findings import Text
from postlint.reports import visible
from postlint.run.inspecting import Document, Ignored, InspectedPost, Inspection
from postlint.site.sitemap import Leads, Target

Style = Callable[..., str]

FORMATS = ("text", "json")

_LABELS = {
    "url": Text(en="URL", ko="주소"),
    "date": Text(en="date", ko="날짜"),
    "title": Text(en="title", ko="제목"),
    "tags": Text(en="tags", ko="태그"),
    "categories": Text(en="categories", ko="카테고리"),
    "headings": Text(en="headings", ko="제목 목록"),
    "links": Text(en="links", ko="링크"),
    "images": Text(en="images", ko="이미지"),
    "formulas": Text(en="formulas", ko="수식"),
}
_LEADS = {
    Leads.OUT: Text(en="leaves the site", ko="블로그 밖"),
    Leads.NOWHERE: Text(en="nothing is there", ko="가리키는 것이 없음"),
    Leads.UNKNOWN: Text(en="only a build would tell", ko="빌드해야 알 수 있음"),
}
_REFUSED = Text(
    en="Jekyll cannot use its front matter, and publishes it without, dated by the build",
    ko="Jekyll이 프론트 매터를 쓸 수 없어, 프론트 매터 없이 빌드한 날짜로 게시합니다",
)
_NOT_PUBLISHED = Text(en="not published: {reason}", ko="게시되지 않음: {reason}")
_TOTAL = Text(
    en="{posts} published, {ignored} not.", ko="게시되는 글 {posts}개, 게시되지 않는 파일 {ignored}개."
)
_NO_ID = Text(en="no id", ko="id 없음")

_LABEL_CELLS = 12


def post(inspected: InspectedPost, blog_url: str, language: str, style: Style) -> str:
    """A paragraph for one post: its address, what it is filed under, and all that is on its page."""
    facts = inspected.facts
    body = facts.body
    lines = [style(visible(facts.path), bold=True)]

    def add(label: str, value: str) -> None:
        name = _LABELS[label].render(language)
        lines.append(f"  {style(_padded(name, _LABEL_CELLS), dim=True)} {value}")

    if inspected.refused:
        lines.append(f"  {style(_REFUSED.render(language), fg='red')}")
    add("url", visible(f"{blog_url}{facts.url}"))
    add("date", facts.date)
    add("title", visible(facts.title or ""))
    for label, values in (("tags", facts.tags), ("categories", facts.categories)):
        if values:
            add(label, visible(", ".join(values)))
    if body.headings:
        add("headings", str(len(body.headings)))
        for heading in body.headings:
            anchor = f"#{heading.id}" if heading.id else _NO_ID.render(language)
            marks = "#" * heading.level
            lines.append(
                _at(heading.line, f"{marks} {visible(heading.text)}", style(visible(anchor), fg="cyan"))
            )
    for label, items, targets in (
        ("links", [(one.line, one.href) for one in body.links], inspected.links),
        ("images", [(one.line, one.src) for one in body.images], inspected.images),
    ):
        if items:
            add(label, str(len(items)))
        for (line, address), target in zip(items, targets, strict=True):
            lines.append(_at(line, visible(address), _where(target, language, style)))
    if body.formulas:
        add("formulas", str(len(body.formulas)))
        lines += [_at(formula.line, visible(formula.tex.replace("\n", " ")), "") for formula in body.formulas]
    return "\n".join(lines) + "\n"


def _at(line: int, what: str, more: str) -> str:
    return f"    {line:>5}  {what}" + (f"  {more}" if more else "")


def _where(target: Target, language: str, style: Style) -> str:
    if target.leads is not Leads.PAGE:
        colour = "red" if target.leads is Leads.NOWHERE else None
        return style(f"({_LEADS[target.leads].render(language)})", fg=colour, dim=colour is None)
    fragment = f"#{target.fragment}" if target.fragment else ""
    return style(visible(f"→ {target.path}{fragment}"), fg="green")


def _padded(text: str, cells: int) -> str:
    """`text` with spaces behind; a Hangul syllable takes two cells of a terminal."""
    import unicodedata

    width = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
    return text + " " * max(0, cells - width)


def row(document: Document, blog_url: str, language: str, style: Style) -> str:
    """One line for one post of many."""
    line = f"{document.day}  {visible(blog_url + document.url)}  {style(visible(document.path), dim=True)}"
    return f"{line}  {style(_REFUSED.render(language), fg='red')}" if document.refused else line


def ignored(one: Ignored, language: str, style: Style) -> str:
    reason = _NOT_PUBLISHED.render(language, {"reason": one.reason.render(language)})
    return f"{style(visible(one.path), bold=True)}  {style(reason, fg='yellow')}"


def total(inspection: Inspection, language: str) -> str:
    counts = {"posts": len(inspection.posts), "ignored": len(inspection.ignored)}
    return _TOTAL.render(language, counts)


def document(inspection: Inspection, read: Iterable[InspectedPost | Ignored], language: str) -> str:
    """The whole inspection as JSON.

    A `target` is the source of the page or file that an address leads to, with its fragment; the
    address itself where it leaves the site; null where nothing is there, or only a build would tell.
    """
    site = inspection.site
    posts: list[dict[str, Any]] = []
    left = list(inspection.ignored)
    for one in read:
        if isinstance(one, Ignored):
            left.append(one)
        else:
            posts.append(_post(one))
    report = {
        "site": {
            "engine": site.engine,
            "url": site.url,
            "baseurl": site.baseurl,
            "permalink": site.permalink,
            "timezone": site.timezone,
            "markdown": site.markdown,
            "problems": [
                {"path": one.path.name, "line": one.line, "message": one.message.render(language)}
                for one in site.problems
            ],
        },
        "posts": posts,
        "ignored": [{"path": one.path, "reason": one.reason.render(language)} for one in left],
    }
    text = json.dumps(report, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _post(inspected: InspectedPost) -> dict[str, Any]:
    facts = inspected.facts
    body = facts.body
    return {
        "path": facts.path,
        "url": facts.url,
        "date": facts.date,
        "title": facts.title,
        "tags": facts.tags,
        "categories": facts.categories,
        "headings": [
            {"level": one.level, "id": one.id, "text": one.text, "line": one.line} for one in body.headings
        ],
        "links": [
            {"href": one.href, "line": one.line, "column": one.column, "target": _target(one.href, target)}
            for one, target in zip(body.links, inspected.links, strict=True)
        ],
        "images": [
            {"src": one.src, "line": one.line, "column": one.column, "target": _target(one.src, target)}
            for one, target in zip(body.images, inspected.images, strict=True)
        ],
        "math": [{"display": one.display, "tex": one.tex, "line": one.line} for one in body.formulas],
    }


def _target(address: str, target: Target) -> str | None:
    if target.leads is Leads.OUT:
        return address
    if target.leads is not Leads.PAGE:
        return None
    return f"{target.path}#{target.fragment}" if target.fragment else target.path
