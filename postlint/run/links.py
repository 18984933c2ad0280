"""Asking the web about the addresses in a run's files."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from postlint.config.config import Config
from postlint.config.link_options import LinkOptions
from postlint.findings import ConfigError, Message, Text
from postlint.named import NamedTuple
from postlint.paths import is_file, shown
from postlint.rule import LinkRule
from postlint.rules.link.https_available import HttpsAvailable
from postlint.rules.url._restoring import RestorableRule
from postlint.run.cache import FOLDER, make_folder
from postlint.run.files import Linter
from postlint.run.history import knower
from postlint.run.located import KnownLines
from postlint.run.request import Asking
from postlint.run.results import Unit
from postlint.site.page_facts import Reference
from postlint.urls import host_of, is_example
from postlint.web.answers import Answers, asked_as, is_incomplete
from postlint.web.inquiry import Listener, Questions, inquire, recollect
from postlint.web.memory import FILE, Memory
from postlint.web.settings import Accepted, Extra, Settings

_NOT_KEPT = Text(
    en="{file}: what the web answers cannot be remembered: {reason}",
    ko="{file}: 링크의 상태를 기억해 둘 수 없습니다: {reason}",
)
_INTERRUPTED = Text(
    en="Interrupted when {done} of {count} addresses were known.",
    ko="주소 {count}개 중 {done}개를 확인하고 중단했습니다.",
)
_OFF_LINE = Text(
    en="This machine is not on line: of {count} addresses nothing could be found out.",
    ko="이 컴퓨터가 인터넷에 연결되어 있지 않아 주소 {count}개를 확인하지 못했습니다.",
)
_INTERCEPTED = Text(
    en="Of {count} addresses nothing could be found out: the network's login or a proxy answers in the web's"
    " place, or this machine's clock is wrong.",
    ko="주소 {count}개를 확인하지 못했습니다. 네트워크의 로그인 화면이나 프록시가 대신 응답하거나,"
    " 이 컴퓨터의 시계가 맞지 않습니다.",
)
_UNSET = Text(
    en="the header `{header}` needs the environment variable `{name}`, which is not set",
    ko="`{header}` 헤더에 필요한 환경 변수 `{name}`이(가) 없습니다",
)
_UNSENDABLE = Text(
    en="the header `{header}` cannot be sent: a control character or a line end stands in its value",
    ko="`{header}` 헤더의 값에 제어 문자나 줄바꿈이 있어 보낼 수 없습니다",
)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
"""What no field value may have (RFC 9110, section 5.5)."""
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


class Place(NamedTuple):
    """Where an address stands; `line` and `column` are 1-based, the column counts characters."""

    path: str
    line: int
    column: int


class Inquired(NamedTuple):
    """What a run has asked the web, and what came of it."""

    answers: Answers
    places: Mapping[str, tuple[Place, ...]]
    """Where each address stands that was to be asked for, in the order of files and lines."""
    requests: int
    seconds: float
    """What the asking took."""
    troubles: tuple[Message, ...]
    """Why something could not be remembered."""
    interrupted: bool


class _Group:
    """What is asked for with one memory and one configuration: addresses, each with its files."""

    def __init__(self, root: Path | None, config: Config) -> None:
        self.root = root
        """The folder that keeps the memory; None for none."""
        self.options = config.links
        selected = (*(config.select or ()), *config.extend_select)
        self.wants_https = config.links.https or any(
            one.upper() == HttpsAvailable.code or one.lower() == HttpsAvailable.name for one in selected
        )
        """Whether `https` is to be tried: who asks for the rule by its name asks for what it needs."""
        self.config = config.root
        """The folder of the configuration."""
        self.posts: dict[Path, None] = {}
        self.addresses: dict[str, dict[Path, None]] = {}
        self.incomplete: dict[str, dict[Path, None]] = {}


def ask(
    linter: Linter,
    units: Mapping[Path, Unit],
    asking: Asking,
    *,
    looks_up: bool = False,
    listener: Listener | None = None,
) -> Inquired:
    """Asks the web about all addresses in `units` that lead out of their sites.

    `looks_up` says that an archive is asked for the pages that are dead. Raises ConfigError if the
    configuration cannot be used on this machine.
    """
    answers = Answers({}, {}, {})
    requests, troubles, interrupted = 0, [], False
    begun = time.monotonic()
    groups, places = _groups(linter, units, asking)
    chosen = [
        settings_for(group.options._replace(https=group.wants_https), asking, group.config)
        for group in groups
    ]
    for group, settings in zip(groups, chosen, strict=True):
        file = None if group.root is None else group.root / FOLDER / FILE
        questions = _questions(linter, group, looks_up=looks_up)
        if not questions.addresses and not questions.incomplete:
            continue
        if asking.offline and file is not None and not is_file(file):
            file = None
        with opened(file) as memory:
            if asking.offline:
                outcome = recollect(questions, settings, memory)
            else:
                outcome = inquire(questions, settings, memory, group.options.archive, listener)
        if memory.trouble is not None and file is not None:
            troubles.append(Message(_NOT_KEPT, {"file": shown(file), "reason": memory.trouble}))
        answers = answers.joined(outcome.answers)
        requests += outcome.requests
        unasked = Counter(one.evidence.reason for one in outcome.answers.probes.values())
        for reason, text in (("offline", _OFF_LINE), ("intercepted", _INTERCEPTED)):
            if unasked[reason]:
                troubles.append(Message(text, {"count": unasked[reason]}))
        if outcome.interrupted:
            interrupted = True
            count = len(questions.addresses)
            done = len(outcome.answers.probes)
            troubles.append(Message(_INTERRUPTED, {"done": done, "count": count}))
            break
    return Inquired(answers, places, requests, time.monotonic() - begun, tuple(troubles), interrupted)


def opened(file: Path | None) -> Memory:
    """The memory in `file`, whose folder git ignores; of this run only where there is none."""
    if file is not None:
        try:
            make_folder(file.parent)
        except OSError as error:
            memory = Memory(None)
            memory.trouble = error.strerror or str(error)
            return memory
    return Memory(file)


def settings_for(options: LinkOptions, asking: Asking, folder: Path | None = None) -> Settings:
    """How the web is asked. Raises ConfigError where a header needs a variable that is not set."""
    chosen = Settings()
    return chosen._replace(
        deadline=options.timeout,
        connect=min(options.connect_timeout, options.timeout),
        connections=options.connections,
        per_host=options.per_host,
        per_second=options.per_second,
        patience=options.retry_after,
        user_agent=options.user_agent or chosen.user_agent,
        allow_private=asking.allow_private,
        resolve=asking.resolve,
        recheck=asking.recheck,
        controls=chosen.controls if options.controls is None else options.controls,
        siblings=options.soft_404,
        fragments=options.fragments,
        upgrades=options.https,
        robots=options.robots,
        exclude=tuple(re.compile(pattern) for pattern in options.exclude),
        accept=tuple(
            Accepted(re.compile(pattern), frozenset(statuses)) for pattern, statuses in options.accept.items()
        ),
        headers=tuple(
            Extra(
                re.compile(pattern),
                {name: _expanded(name, value, folder) for name, value in headers.items()},
            )
            for pattern, headers in options.headers.items()
        ),
    )


def _expanded(header: str, value: str, folder: Path | None) -> str:
    def variable(match: re.Match[str]) -> str:
        found = os.environ.get(match[1])
        if found is None:
            raise ConfigError(folder or Path(), 0, Message(_UNSET, {"header": header, "name": match[1]}))
        return found

    # A secret that was pasted ends in a line end more often than not.
    expanded = _VARIABLE.sub(variable, value).strip()
    if _CONTROL.search(expanded):
        raise ConfigError(folder or Path(), 0, Message(_UNSENDABLE, {"header": header}))
    return expanded


def _outgoing(linter: Linter, path: Path, unit: Unit, asking: Asking) -> Iterator[tuple[Reference, str]]:
    """The references of a file that lead out of its site, each with what is asked for."""
    named = {host for host, _ in asking.resolve}
    for reference in unit.facts.references if unit.facts is not None else ():
        address = asked_as(reference.address)
        if address is None or linter.is_own(path, reference):
            continue
        host = host_of(address).lower()
        # Reserved names lead nowhere, and are meant to.
        if not is_example(host) or host in named:
            yield reference, address


def _groups(
    linter: Linter, units: Mapping[Path, Unit], asking: Asking
) -> tuple[list[_Group], dict[str, tuple[Place, ...]]]:
    """What is to be asked for, and where each address of it stands."""
    groups: dict[tuple[Path | None, Path | None], _Group] = {}
    places: dict[str, list[Place]] = {}
    for path, unit in units.items():
        if not asking.everything and not _would_speak(linter, path):
            continue
        config, root = linter.config_for(path), linter.cache_root(path)
        group = groups.setdefault((root, config.root), _Group(root, config))
        group.posts[path] = None
        lines = KnownLines(unit.lines)
        for reference, address in _outgoing(linter, path, unit, asking):
            of_kind = group.incomplete if is_incomplete(address) else group.addresses
            of_kind.setdefault(address, {})[path] = None
            places.setdefault(address, []).append(Place(unit.path, *lines.position(reference.span.start)))
    return list(groups.values()), {address: tuple(found) for address, found in places.items()}


def _would_speak(linter: Linter, path: Path) -> bool:
    """Whether a rule is on for the file that tells of what the web says."""
    return any(isinstance(rule, LinkRule | RestorableRule) for rule in linter.rules_for(path))


def _questions(linter: Linter, group: _Group, *, looks_up: bool) -> Questions:
    damaged = dict.fromkeys(path for paths in group.incomplete.values() for path in paths)
    sources = (source for path in group.posts for source in linter.sources(path)) if damaged else ()
    days = {
        address: tuple(dict.fromkeys(linter.day_of(path) for path in paths))
        for address, paths in (group.addresses.items() if looks_up else ())
    }
    return Questions(
        tuple(group.addresses),
        tuple(group.incomplete),
        knower(dict.fromkeys(sources), damaged),
        days,
    )
