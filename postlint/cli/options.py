"""What `check`, `fix` and `links` share: their options, the run they make, and how they end."""

from __future__ import annotations

import ipaddress
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from postlint.cli import status
from postlint.cli.language_option import language_option
from postlint.cli.streams import say
from postlint.findings import ConfigError, Message, Severity, Text
from postlint.language import resolve
from postlint.paths import absolute, is_folder, shown
from postlint.registry import is_selector, matches, nearest, offline_rules, selectors
from postlint.reports import FORMATS, Summary, visible
from postlint.run.discovery import discover
from postlint.run.files import Linter
from postlint.run.parallel import examine_files, process_files
from postlint.run.request import Asking, Mode, Request
from postlint.run.results import FileResult, Unit

if TYPE_CHECKING:
    from postlint.run.links import Inquired
    from postlint.web.inquiry import Listener

_Command = TypeVar("_Command", bound=Callable[..., Any])

NEVER = "never"
"""For `--fail-on`: what is found does not decide the exit status."""

STDIN = "-"

_NO_FILES = Text(en="There is no Markdown file in {paths}.", ko="{paths}에 마크다운 파일이 없습니다.")


class _Selectors(click.ParamType[tuple[str, ...]]):
    """Codes, their beginnings or names, separated by commas."""

    name = "rules"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        chosen = tuple(one.strip() for one in str(value).split(",") if one.strip())
        if not chosen:
            self.fail("It names no rule.", param, ctx)
        for one in chosen:
            if not is_selector(one):
                near = nearest(one, selectors())
                hint = f" Did you mean '{near}'?" if near else ""
                self.fail(f"'{one}' is no rule, code or prefix of one.{hint}", param, ctx)
        return chosen


def _flattened(_context: click.Context, _parameter: click.Parameter, value: Any) -> tuple[str, ...]:
    return tuple(selector for one in value for selector in one)


class NamedPath(click.Path):
    """A path that says something: Python takes the empty one for the current folder."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        if value == "":
            self.fail("The path is empty.", param, ctx)
        return super().convert(value, param, ctx)


_FILE = NamedPath(path_type=Path, allow_dash=True)
_Decorator = Callable[[_Command], _Command]


def _together(*decorators: _Decorator[_Command]) -> _Decorator[_Command]:
    """One decorator that adds all of these, in the order of the help."""

    def decorate(command: _Command) -> _Command:
        for one in reversed(decorators):
            command = one(command)
        return command

    return decorate


def configured(command: _Command) -> _Command:
    """Adds what says where the configuration is, and whether anything is remembered."""
    return _together(
        click.option("--config", type=click.Path(path_type=Path, exists=True, dir_okay=False),
                     help="Use this configuration file for every path."),
        click.option("--no-config", is_flag=True, help="Read no configuration file."),
        click.option("--no-cache", is_flag=True, help="Remember nothing, and use nothing remembered."),
    )(command)  # fmt: skip


def shared(command: _Command) -> _Command:
    """Adds the arguments that `check` and `fix` take."""
    return _together(
        click.argument("paths", nargs=-1, type=_FILE),
        _rules_option("--select", "Check these rules only: codes, prefixes (URL), names, or ALL."),
        _rules_option("--ignore", "Leave these rules out."),
        _rules_option("--extend-select", "Check these rules too."),
        configured,
        click.option("--stdin-filename", type=NamedPath(path_type=Path),
                     help="What the text on standard input (-) is called."),
        language_option,
        click.option("--fail-on", type=click.Choice([*(one.label for one in reversed(Severity)), NEVER]),
                     default="warning", show_default=True, help="Exit with 1 at findings this severe."),
        click.option("--quiet", "-q", is_flag=True, help="Say only what was found."),
    )(command)  # fmt: skip


def _rules_option(name: str, text: str) -> Callable[[_Command], _Command]:
    return click.option(
        name, multiple=True, type=_Selectors(), metavar="RULES", callback=_flattened, help=text
    )


class _Resolve(click.ParamType[tuple[tuple[str, int], str]]):
    """`HOST:PORT:ADDRESS`, as curl has it."""

    name = "host:port:address"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[tuple[str, int], str]:
        if isinstance(value, tuple):
            return value
        host, _, rest = str(value).partition(":")
        port, _, written = rest.partition(":")
        if not host or not written or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65_536:
            self.fail(f"'{value}' is not HOST:PORT:ADDRESS.", param, ctx)
        try:
            address = ipaddress.ip_address(written.removeprefix("[").removesuffix("]"))
        except ValueError:
            self.fail(f"'{written}' is no IP address.", param, ctx)
        return (host.lower(), int(port)), str(address)


def resolve_option(command: _Command) -> _Command:
    """Adds what a command that asks the web takes."""
    return _together(
        click.option("--resolve", multiple=True, type=_Resolve(), metavar="HOST:PORT:ADDRESS",
                     help="Ask this address for HOST at PORT; may be given again."),
        click.option("--allow-private", is_flag=True, help="Ask addresses in private networks too."),
    )(command)  # fmt: skip


def links_option(command: _Command) -> _Command:
    """Adds `--links`, and how the web is asked with it."""
    option = click.option("--links", is_flag=True, help="Ask the web about the links, too.")
    return option(resolve_option(command))


def request_for(
    mode: Mode,
    *,
    links: bool,
    resolve: tuple[tuple[tuple[str, int], str], ...],
    allow_private: bool,
    **chosen: Any,
) -> Request:
    """What `check` and `fix` are asked for; `chosen` are the options that a request has by their names."""
    if not links and (resolve or allow_private):
        raise click.UsageError("--resolve and --allow-private are about --links.")
    return Request(mode, asking=Asking(allow_private, dict(resolve)) if links else None, **chosen)


def output_format(command: _Command) -> _Command:
    """Adds `--output-format`, one of `reports.FORMATS`."""
    option = click.option(
        "--output-format", type=click.Choice(FORMATS), default="text", show_default=True, help="The report."
    )
    return option(command)


def refuse(error: ConfigError, language: str) -> NoReturn:
    """Says where the configuration is wrong, and ends the program."""
    place = f"{shown(error.path)}:{error.line}" if error.line else shown(error.path)
    say(f"{visible(place)}: {visible(error.message.render(language))}", to=sys.stderr)
    raise SystemExit(status.USAGE) from error


class Session:
    """One call of `check`, `fix` or `links`: its files, its results, and the streams it writes to."""

    def __init__(
        self, request: Request, paths: Sequence[Path], stdin_filename: Path | None, language: str | None
    ) -> None:
        self._paths = paths or (Path(),)
        self._stdin_filename = stdin_filename
        given = (self._stdin_path,) if self.reads_stdin else self._paths
        self.request = request._replace(named=frozenset(map(absolute, given)))
        self._linter = Linter(self.request)
        self._troubles: tuple[Message, ...] = ()
        self.interrupted = False
        """Whether the user has ended the asking before its time."""
        if request.config is not None and request.no_config:
            raise click.UsageError("--config and --no-config exclude each other.")
        if STDIN in map(str, self._paths) and len(self._paths) > 1:
            raise click.UsageError("Standard input (-) is read alone, without other paths.")
        if request.asking is None:
            for selector in (*request.select, *request.extend_select):
                if not any(matches(selector, rule) for rule in offline_rules()):
                    raise click.UsageError(f"'{selector}' is about what the web answers: it needs --links.")
        if stdin_filename is not None and not self.reads_stdin:
            raise click.UsageError("--stdin-filename names what standard input (-) has.")
        self.language = resolve(language or "auto")
        self._files: list[Path] = []
        try:
            configured = self._prepare()
        except ConfigError as error:
            refuse(error, self.language)
        if language is None:
            self.language = resolve(configured)
        if not self._files and not self.reads_stdin:
            named = ", ".join(visible(shown(path)) for path in self._paths)
            say(_NO_FILES.render(self.language, {"paths": named}), to=sys.stderr)

    @property
    def reads_stdin(self) -> bool:
        return str(self._paths[0]) == STDIN

    def results(self) -> Iterator[FileResult]:
        if self.reads_stdin:
            yield self.stdin_result()[0]
        else:
            ask = self._ask if self.request.asking is not None else None
            yield from process_files(self.request, self._linter, self._files, ask)

    @property
    def notices(self) -> list[str]:
        """What is wrong with the sites' configurations, and what could not be remembered, a line each."""
        problems = (
            f"{visible(shown(one.path))}:{one.line}: {visible(one.message.render(self.language))}"
            for one in self._linter.blogs.problems
        )
        troubles = (*self._linter.troubles, *self._troubles)
        return [*problems, *(visible(one.render(self.language)) for one in troubles)]

    def _ask(self, units: Mapping[Path, Unit]) -> None:
        from postlint.cli.progress import Progress

        with Progress(sys.stderr, self.language) as progress:
            self._linter.answers = self.inquire(units, progress).answers

    def inquire(self, units: Mapping[Path, Unit], listener: Listener) -> Inquired:
        """What the web says of the addresses in `units`; ends the program where it cannot be asked so."""
        from postlint.run.links import ask

        assert self.request.asking is not None, "only such a request asks"
        try:
            inquired = ask(
                self._linter, units, self.request.asking, looks_up=self.request.unsafe, listener=listener
            )
        except ConfigError as error:
            refuse(error, self.language)
        self._troubles = inquired.troubles
        self.interrupted = inquired.interrupted
        return inquired

    def examined(self) -> dict[Path, Unit | FileResult]:
        """Each file alone; the result where it cannot be read."""
        return examine_files(self.request, self._linter, self._files)

    def stdin_result(self) -> tuple[FileResult, bytes]:
        if sys.stdin is None:
            raise click.UsageError("Standard input (-) is closed.")
        content = sys.stdin.buffer.read()
        if self.request.asking is not None and (unit := self._linter.unit_of(self._stdin_path, content)):
            self._ask({self._stdin_path: unit})
        return self._linter.process_content(self._stdin_path, content)

    @property
    def _stdin_path(self) -> Path:
        return self._stdin_filename or Path("stdin.md")

    def _prepare(self) -> str:
        """Finds the files and reads every configuration, so that a mistake stops the run before it begins.

        Returns the language that the first path's configuration asks for. Raises ConfigError.
        """
        if self.reads_stdin:
            return self._linter.config_for(self._stdin_path).language
        for found in discover(self._paths, self._linter.leaves_out):
            self._linter.config_for(found.path)
            self._files.append(found.path)
        first = self._paths[0]
        return self._linter.config_in(first if is_folder(first) else absolute(first).parent).language


def style_for(stream: Any) -> Callable[..., str]:
    """Colours where `stream` is a terminal and the user has not said NO_COLOR (no-color.org)."""
    if os.environ.get("NO_COLOR") or not stream.isatty():
        return plain
    return click.style


def plain(text: str, **_styles: Any) -> str:
    """`text` as it is, in place of `click.style`."""
    return text


def width_of(stream: Any) -> int:
    """Columns of the terminal behind `stream`; 100 where it is none."""
    import shutil

    return shutil.get_terminal_size((100, 24)).columns if stream.isatty() else 100


def exit_code(summary: Summary, fail_on: str, *, troubled: bool) -> int:
    """1 where anything went wrong, or was found at `fail_on` (a severity's label, or `NEVER`) or above."""
    failed = troubled or (fail_on != NEVER and summary.fails(Severity.from_label(fail_on)))
    return status.FINDINGS if failed else status.OK
