"""What the verdict asks of a page of HTML: its ids, its title, and the words that it shows.

The tokens are those of the HTML Standard (13.2.5) as far as these need it. What was read once is never read
again, so that no page, however written, takes more than one walk over its text.
"""

from __future__ import annotations

import codecs
import html
import re

from postlint.named import NamedTuple
from postlint.patterns import lazy, lazy_bytes
from postlint.web.wire import Answer

_HTML = frozenset(("text/html", "application/xhtml+xml"))
_META_CHARSET = lazy_bytes(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_XML_CHARSET = lazy_bytes(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9_:.-]+)")
_CHARSET = lazy(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_NAME = lazy(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = lazy(
    r"[\s/]*(?:(?P<end>>)|(?P<name>[^\s/>][^\s/>=]*)"
    r"(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"?|'(?P<single>[^']*)'?|(?P<bare>[^\s>]*)))?)"
)
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
}
"""Elements whose content is text up to their own end (HTML Standard, 13.2.6.4)."""
_SPACE = lazy(r"\s+")
_LOOKED_AT = 1024
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
WORDY = 200
"""Characters of text from which on a page is more than the frame of a program."""
_MOST_TEXT = 20_000
"""Characters of text that are compared."""
# Encodings that a browser takes for a larger one (Encoding Standard, 4.2).
_OF_WEB = lazy(
    r"utf-8(?:-sig)?|utf-16(?:-[lb]e)?|cp\d+|iso8859-\d+|koi8-[ru]|mac-\w+|gb\w+|big5\w*|euc_\w+|shift_jis\w*"
    r"|iso2022_jp|tis-620|johab|ascii"
)
"""Python's names of encodings that pages have. It knows others, some of which make no characters of bytes, or
such as cannot be written again."""
_LARGER = {"euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "iso-8859-1": "cp1252"}


class Page(NamedTuple):
    """A page, as far as it was read."""

    title: str
    text: str
    """What is shown, white space collapsed; at most 20,000 characters."""
    ids: frozenset[str]
    """Every `id`, and every `name` of an `a`."""
    is_whole: bool
    has_scripts: bool
    """Whether scripts of other files may change what it shows."""
    source: str
    """The HTML itself."""


def page_of(answer: Answer) -> Page | None:
    """The page in the body of `answer`; None if there is no body, or one that is no HTML."""
    body = answer.body
    if body is None or not body.content:
        return None
    if b"\0" in body.content[:_LOOKED_AT] and not body.content.startswith(_UTF_16):
        # What was packed twice is no page, whatever its header says.
        return None
    if answer.headers.media_type not in _HTML and (
        answer.headers.media_type or not body.content.lstrip().startswith(b"<")
    ):
        return None
    return read(decoded(body.content, answer.headers.get("content-type")), is_whole=body.is_whole)


def read(source: str, *, is_whole: bool = True) -> Page:
    """The page that `source` is."""
    ids: set[str] = set()
    texts: list[str] = []
    length = 0
    title: str | None = None
    has_scripts = False
    position = 0
    while position < len(source):
        opening = source.find("<", position)
        end = len(source) if opening < 0 else opening
        if end > position and length < _MOST_TEXT:
            texts.append(source[position:end])
            length += end - position
        if opening < 0:
            break
        position = opening + 1
        if source.startswith("!--", position):
            closing = source.find("-->", position + 1)
            position = len(source) if closing < 0 else closing + 3
            continue
        if source.startswith(("!", "?", "/"), position):
            closing = source.find(">", position)
            position = len(source) if closing < 0 else closing + 1
            texts.append(" ")
            continue
        name = _NAME.match(source, position)
        if name is None:
            texts.append("<")
            continue
        tag = name[0].lower()
        attributes, position = _attributes(source, name.end())
        if "id" in attributes:
            ids.add(html.unescape(attributes["id"]))
        if tag == "a" and "name" in attributes:
            ids.add(html.unescape(attributes["name"]))
        has_scripts |= tag == "script" and "src" in attributes
        texts.append(" ")
        raw = _RAW.get(tag)
        if raw is not None:
            closing_tag = raw.search(source, position)
            content_end = len(source) if closing_tag is None else closing_tag.start()
            if tag == "title" and title is None:
                title = _collapsed(source[position:content_end])
            position = content_end
    return Page(
        title or "", _collapsed("".join(texts))[:_MOST_TEXT], frozenset(ids), is_whole, has_scripts, source
    )


def _attributes(source: str, position: int) -> tuple[dict[str, str], int]:
    """The attributes of a tag from behind its name, and where the tag ends."""
    attributes: dict[str, str] = {}
    while match := _ATTRIBUTE.match(source, position):
        position = match.end()
        if match["end"]:
            return attributes, position
        value = match["double"] if match["double"] is not None else match["single"] or match["bare"] or ""
        attributes.setdefault(match["name"].lower(), value)
    return attributes, len(source)


def _collapsed(text: str) -> str:
    return _SPACE.sub(" ", html.unescape(text)).strip()


def decoded(content: bytes, content_type: str) -> str:
    """The characters of a page, or of a file of XML, as a browser finds its encoding."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.removeprefix(codecs.BOM_UTF8).decode(encoding, "replace")
    said = _CHARSET.search(content_type)
    in_page = None if said else _XML_CHARSET.match(content) or _META_CHARSET.search(content, 0, 4096)
    name = (said[1] if said else in_page[1].decode("ascii") if in_page else "utf-8").lower()
    if in_page and name.startswith("utf-16"):
        # That it could be read says that it is none (HTML Standard, 13.2.3.2).
        name = "utf-8"
    name = _LARGER.get(name, name)
    try:
        is_of_web = _OF_WEB.fullmatch(codecs.lookup(name).name) is not None
        return content.decode(name if is_of_web else "utf-8", "replace")
    except (LookupError, UnicodeError):
        return content.decode("utf-8", "replace")
