"""How a Jekyll site's own templates set up MathJax or KaTeX: delimiters, packages, macros."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from postlint.patterns import lazy
from postlint.post.tex import Macro, Macros, errors
from postlint.post.tex.settings import MathSettings, Typesetter
from postlint.post.tex.tables import tables

_LONGEST = 1_000_000
"""Characters of a template that are looked at; a longer file is a library that somebody put beside them."""
_MATHJAX = lazy(r"mathjax", re.IGNORECASE)
_MATHJAX_2 = lazy(r"(?-i:MathJax\.js)|mathjax\.js\?config|MathJax\.Hub|mathjax/2\.|mathjax@2", re.IGNORECASE)
_MATHJAX_3 = lazy(r"mathjax[@/]3\b|/es5/(?:tex|startup)", re.IGNORECASE)
"""Version 3, by its number or by its files: those of version 4 are in no folder `es5`."""
_MATHJAX_4 = lazy(r"mathjax[@/]4\b", re.IGNORECASE)
_KATEX = lazy(r"katex(?:\.min)?\.js|auto-render|renderMathInElement|\bkatex\.render", re.IGNORECASE)
_ORIGINS = ("_data", "origin")
"""Where jekyll-theme-chirpy has the addresses of its scripts (`cors.yml`, `basic.yml`)."""
_DOLLAR = lazy(
    r"""["']\$["']|\binlineMath\b|\bconfig[\w-]*\.js|math[\w-]*\.js["'](?!\s*\?)|src\s*=\s*["']?\{"""
)
_COMMENT = lazy(r"<!--.*?(?:-->|\Z)|\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_PACKAGES = lazy(
    r"""\[tex\]/(?P<loaded>\w+)
      |\bextensions\s*:\s*\[(?P<v2>[^\]]*)\]
      |\bpackages["']?\s*:\s*(?:\{\s*["']\[[+-]\]["']\s*:\s*)?\[(?P<v3>[^\]]*)\]""",
    re.VERBOSE,
)
_PACKAGE = lazy(r"""["'](?:TeX/)?([\w-]+)(?:\.js)?["']""", re.IGNORECASE)
_MACROS = lazy(r"\b[Mm]acros[\"']?\s*:\s*\{")
_TOKEN = lazy(
    r"""\s+|//[^\n]*|/\*.*?\*/
      |(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)
      |(?P<word>[\w$]+)
      |(?P<sign>[{}\[\]:,+])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = lazy(r"\\(.)", re.DOTALL)
_DEFINITION = lazy(
    r"\\(?:(?:re)?newcommand\b|def\s*\\|DeclareMathOperator\b|let\s*\\|DeclarePairedDelimiter)"
)
_LONGEST_DEFINITION = 2000
"""Characters behind a `\\newcommand` in a template that are read for it."""
_MOST_DEFINITIONS = 300


def math_settings(root: Path, config: dict[str, Any]) -> MathSettings:
    """What the templates below `root` make of formulas. `config` is what the site's configuration says."""
    folders = (root / "_layouts", root / str(config.get("includes_dir") or "_includes"))
    texts = [_COMMENT.sub("", text) for folder in folders for text in _texts(folder)]
    relevant = [text for text in texts if _MATHJAX.search(text) or _KATEX.search(text)]
    has_theme = any(config.get(key) for key in ("theme", "remote_theme"))
    if not relevant:
        return MathSettings() if has_theme or not texts else MathSettings(_without_script(config))
    macros: dict[str, Macro] = {}
    knows = _knows_packages(relevant)
    for text in relevant:
        knows = _read_macros(text, macros) and knows
    for text in texts:
        _read_definitions(text, macros)
    return MathSettings(
        _typesetter(relevant),
        has_theme or any(_DOLLAR.search(text) for text in relevant),
        macros,
        breaks_lines=not _is_mathjax_3([*relevant, *_texts(root.joinpath(*_ORIGINS))]),
        knows_commands=knows,
    )


def _typesetter(texts: list[str]) -> Typesetter:
    if any(_MATHJAX_2.search(text) for text in texts):
        return Typesetter.MATHJAX_2
    return Typesetter.MATHJAX if any(_MATHJAX.search(text) for text in texts) else Typesetter.KATEX


def _is_mathjax_3(texts: list[str]) -> bool:
    """Whether it is surely that version: nothing names another one, and no other program."""
    others = (_MATHJAX_2, _MATHJAX_4, _KATEX)
    return any(_MATHJAX_3.search(text) for text in texts) and not any(
        other.search(text) for other in others for text in texts
    )


def _without_script(config: dict[str, Any]) -> Typesetter:
    """What typesets where no template loads a script: perhaps one that the configuration names."""
    said = str(config)
    return Typesetter.UNKNOWN if "math" in said.lower() or "katex" in said.lower() else Typesetter.NOTHING


def _texts(folder: Path) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        for name in sorted(names):
            try:
                with (Path(parent) / name).open(encoding="utf-8", errors="replace") as file:
                    yield file.read(_LONGEST)
            except (OSError, ValueError):
                continue


def _knows_packages(texts: list[str]) -> bool:
    named: set[str] = set()
    for text in texts:
        for match in _PACKAGES.finditer(text):
            listed = match["v2"] or match["v3"] or ""
            named |= {match["loaded"]} if match["loaded"] else set(_PACKAGE.findall(listed))
    return all(name.lower() in tables().packages for name in named)


def _read_macros(text: str, macros: dict[str, Macro]) -> bool:
    """Adds what the configurations in `text` define; whether all of it could be read."""
    understood = True
    for match in _MACROS.finditer(text):
        understood &= _read_object(text, match.end(), macros)
    return understood


def _read_object(text: str, at: int, macros: dict[str, Macro]) -> bool:
    """`R: "\\\\mathbb{R}", bold: ["{\\\\bf #1}", 1]`, up to the closing brace."""
    tokens = _tokens(text, at)
    for key in tokens:
        if key == "}":
            return True
        if key == ",":
            continue
        if next(tokens, "") != ":":
            return False
        value = next(tokens, "")
        parts = [_string(value)]
        if value == "[":
            parts = [_string(token) for token in iter(lambda: next(tokens, "]"), "]") if token != ","]
        macro = _macro(parts)
        if macro is None:
            return False
        macros[_string(key).removeprefix("\\")] = macro
    return False


def _tokens(text: str, at: int) -> Iterator[str]:
    while match := _TOKEN.match(text, at):
        at = match.end()
        if match.lastgroup:
            yield match[0]


def _string(token: str) -> str:
    return _ESCAPE.sub(r"\1", token[1:-1]) if token[:1] in ("'", '"', "`") else token


def _macro(parts: list[str]) -> Macro | None:
    if len(parts) == 1 and parts[0] not in ("", "{", "["):
        # KaTeX counts the parameters itself.
        return Macro(parts[0], max((n for n in range(1, 10) if f"#{n}" in parts[0]), default=0))
    if len(parts) in (2, 3) and parts[1].isdigit():
        return Macro(parts[0], int(parts[1]), parts[2] if len(parts) == 3 else None)
    return None


def _read_definitions(text: str, macros: dict[str, Macro]) -> None:
    """Adds what `\\newcommand` and its like define in a template, for all pages."""
    if "\\" not in text:
        return
    for count, match in enumerate(_DEFINITION.finditer(text)):
        if count == _MOST_DEFINITIONS:
            break
        page = Macros()
        begin = text[match.start() : match.start() + _LONGEST_DEFINITION]
        errors(begin, macros=page)
        macros.update({name: macro for name, macro in page.commands.items() if isinstance(macro, Macro)})
