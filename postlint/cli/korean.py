"""The help in Korean: what stands in the commands in English, and how lines of wide letters are broken.

Loaded only where a Korean reader asks for help.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from postlint.reports.cells import padded, width

HEADINGS = {"Options": "옵션", "Commands": "명령"}

HELP = {
    # postlint
    "Tell what readers of a Markdown blog would find broken, before it is built, and mend it.": (
        "마크다운 블로그를 빌드하기 전에 독자가 보게 될 문제를 찾아 알려 주고 고칩니다."
    ),
    "Show the version and exit.": "버전을 보여 줍니다.",
    "Show this message and exit.": "이 도움말을 보여 줍니다.",
    "Tell what readers would find broken.": "독자가 보게 될 문제를 알려 줍니다.",
    "Mend what can be mended.": "고칠 수 있는 것을 고칩니다.",
    "List the addresses that lead out of the blog.": "블로그 밖으로 나가는 주소를 보여 줍니다.",
    "Show what Jekyll or Hugo will make of a post or a blog.": (
        "Jekyll이나 Hugo가 글이나 블로그를 어떻게 만들지 보여 줍니다."
    ),
    "List the rules.": "규칙의 목록을 보여 줍니다.",
    "Say what a rule finds, and why.": "규칙 하나를 설명합니다.",
    # check
    "Tell what readers would find broken in PATHS (files or folders; the current folder if none).": (
        "PATHS(파일이나 폴더, 없으면 지금 폴더)에서 독자가 보게 될 문제를 알려 줍니다."
    ),
    "Check these rules only: codes, prefixes (URL), names, or ALL.": (
        "이 규칙만 검사합니다. 코드, 코드의 앞부분(URL), 이름, ALL 중에서 적습니다."
    ),
    "Leave these rules out.": "이 규칙은 뺍니다.",
    "Check these rules too.": "이 규칙도 검사합니다.",
    "Use this configuration file for every path.": "모든 경로에 이 설정 파일을 씁니다.",
    "Read no configuration file.": "설정 파일을 읽지 않습니다.",
    "Remember nothing, and use nothing remembered.": "캐시를 남기지도 쓰지도 않습니다.",
    "What the text on standard input (-) is called.": "표준 입력(-)으로 받은 글의 파일 이름입니다.",
    "The language of messages.": "메시지의 언어입니다.",
    "Exit with 1 at findings this severe.": "이 심각도 이상의 문제가 있으면 종료 코드가 1입니다.",
    "Say only what was found.": "찾은 것만 알려 줍니다.",
    "Ask the web about the links, too.": "링크가 열리는지 웹에도 물어봅니다.",
    "Ask this address for HOST at PORT; may be given again.": (
        "HOST의 PORT에 접속할 때 이 IP 주소를 씁니다. 여러 번 줄 수 있습니다."
    ),
    "Ask addresses in private networks too.": "내부망의 주소에도 접속합니다.",
    "The report.": "결과의 형식입니다.",
    "Count the findings of each rule instead of showing them.": "문제를 보여 주는 대신 규칙별로 셉니다.",
    "Mend what can be mended, and tell what is left.": "고칠 수 있는 것을 고치고 남은 문제를 알려 줍니다.",
    "Tell only what this file does not accept.": "이 파일에 등록되지 않은 문제만 알려 줍니다.",
    "Accept what is found, in this file, and tell nothing.": (
        "찾은 문제를 알려 주는 대신 모두 이 파일에 등록합니다."
    ),
    # fix
    "Mend what can be mended in PATHS (files or folders; the current folder if none).": (
        "PATHS(파일이나 폴더, 없으면 지금 폴더)에서 고칠 수 있는 것을 고칩니다."
    ),
    "Exits with 1 if something is left at or above --fail-on, or with --diff if anything would change.": (
        "--fail-on 이상의 문제가 남거나, --diff에서 바뀔 것이 있으면 종료 코드가 1입니다."
    ),
    "Show what would change, and write nothing.": "파일을 바꾸지 않고 어떻게 바뀔지만 보여 줍니다.",
    "Apply the fixes too that need the author's eye.": "글쓴이가 확인해야 하는 고치기도 적용합니다.",
    # links
    "List the addresses in PATHS (files or folders; the current folder if none) that lead out of the blog,"
    " and what the web says of them. Those that are alive, or not known, are only counted.": (
        "PATHS(파일이나 폴더, 없으면 지금 폴더)에서 블로그 밖으로 나가는 주소와 그 상태를 보여 줍니다. 정상인"
        " 주소와 아직 확인하지 못한 주소는 세기만 합니다."
    ),
    "Exits with 1 if one of them is dead.": "죽은 주소가 있으면 종료 코드가 1입니다.",
    "Ask again what is still known well enough, too.": "아직 확인할 때가 되지 않은 주소도 다시 확인합니다.",
    "Ask nothing; show what earlier runs found.": "새로 확인하지 않고, 전에 알아낸 것을 보여 줍니다.",
    "Show those too that are alive or not known.": "정상이거나 아직 확인하지 못한 주소도 보여 줍니다.",
    "`postlint links export [FILE]` writes what is remembered of them as text, and `postlint links import"
    " FILE...` takes it in. A folder that is called so is `./export`.": (
        "`postlint links export [FILE]`은 기억해 둔 상태를 텍스트로 적고, `postlint links import FILE...`은"
        " 그것을 받아들입니다. 이름이 export인 폴더는 `./export`로 적으세요."
    ),
    "Write all that is remembered of the blog's links to FILE, or to standard output.": (
        "블로그의 링크에 대해 기억해 둔 것을 모두 FILE이나 표준 출력에 적습니다."
    ),
    "Each line is a record of one address, in JSON; they are sorted, so that two exports differ by little.": (
        "주소 하나가 JSON 한 줄이며, 정렬되어 있어 다시 적어도 바뀐 곳만 다릅니다."
    ),
    "Add the records in FILES, which `postlint links export` wrote, to what is remembered of the links.": (
        "`postlint links export`로 적은 FILES의 기록을 기억해 둔 것에 더합니다."
    ),
    "Of two records of one address the newer counts. Either all are added or, if one cannot be read, none.": (
        "같은 주소의 기록이 둘이면 새것을 따릅니다. 하나라도 읽을 수 없으면 아무것도 더하지 않습니다."
    ),
    "The blog's folder; the current one if not given.": "블로그의 폴더입니다. 없으면 지금 폴더입니다.",
    "Say nothing of what was taken in.": "몇 개를 더했는지 알리지 않습니다.",
    # inspect
    "Show what Jekyll or Hugo will make of PATH, a post or a whole blog (the current folder if none).": (
        "Jekyll이나 Hugo가 PATH(글이나 블로그 폴더, 없으면 지금 폴더)를 어떻게 만들지 보여 줍니다."
    ),
    "Of a post: its address, date and tags, its headings with their ids, where its links and images lead, its"
    " formulas. Of a folder: each post's address, and the files that are not published.": (
        "글이면 주소, 날짜, 태그, 제목과 그 id, 링크와 이미지가 가리키는 곳, 수식을, 폴더면 글마다의 주소와"
        " 게시되지 않는 파일을 보여 줍니다."
    ),
    # rules, explain
    "List the rules: code, name, severity, and what each finds. `-` marks those that are off by default.": (
        "규칙의 코드, 이름, 심각도, 찾는 것을 보여 줍니다. `-`는 기본으로 꺼져 있는 규칙입니다."
    ),
    "A line for each, all their pages, or both for programs.": (
        "규칙마다 한 줄(text), 모든 규칙의 설명(markdown), 프로그램이 읽을 목록과 설명(json)입니다."
    ),
    "Say what RULE (a code or a name) finds, why readers suffer from it, and when its fix is safe.": (
        "RULE(코드나 이름)이 무엇을 찾는지, 독자에게 왜 문제인지, 고쳐도 안전한지 설명합니다."
    ),
}
"""Paragraphs of help, their lines joined, in both languages."""

_DEFAULT = "  [default: "


class KoreanFormatter(click.HelpFormatter):
    """Writes help in Korean. Whatever it has no Korean for stays English."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "사용법: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(HEADINGS.get(heading, heading))

    def write_text(self, text: str) -> None:
        paragraphs = (korean(paragraph) for paragraph in text.split("\n\n"))
        indent = " " * self.current_indent
        self.write("\n\n".join(_broken(one, self.width - len(indent), indent) for one in paragraphs) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        indent = " " * self.current_indent
        listed = list(rows)
        fitting = [width(first) for first, _ in listed if width(first) <= col_max]
        column = len(indent) + max(fitting, default=0) + col_spacing
        for first, second in listed:
            behind = _broken(korean(second), self.width - column, " " * column).lstrip(" ")
            apart = "" if width(first) <= col_max else "\n" + " " * column
            head = indent + first
            self.write(f"{head}{apart}{behind}\n" if apart else f"{padded(head, column)}{behind}\n")


def korean(paragraph: str) -> str:
    """A paragraph of help, or what is said of one option, in Korean."""
    text, _, default = " ".join(paragraph.split(" ")).partition(_DEFAULT)
    said = HELP.get(" ".join(text.split()), text)
    return f"{said}  [기본값: {default}" if default else said


def _broken(text: str, cells: int, indent: str) -> str:
    """`text` in lines of at most so many cells, each behind `indent`, broken between words."""
    return "\n".join(indent + line for line in _lines(text, cells))


def _lines(text: str, cells: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and width(line) + 1 + width(word) > cells:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
