"""A configuration, once it has been read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postlint.config.link_options import LinkOptions
from postlint.findings import Severity
from postlint.paths import absolute, shown
from postlint.registry import ALL, SITE_RULES, all_rules, offline_rules, rules_in, select
from postlint.rule import Rule

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Config:
    """What the user asks for. It is only read once it is made."""

    def __init__(
        self,
        *,
        root: Path | None = None,
        select: tuple[str, ...] | None = None,
        ignore: tuple[str, ...] = (),
        extend_select: tuple[str, ...] = (),
        exclude: tuple[str, ...] = (),
        per_file_ignores: Mapping[str, tuple[str, ...]] | None = None,
        severity: Mapping[str, Severity] | None = None,
        language: str = "auto",
        rules: Mapping[str, Any] | None = None,
        links: LinkOptions | None = None,
    ) -> None:
        self.root = root
        """The folder that the patterns are relative to."""
        self.select = select
        self.ignore = ignore
        self.extend_select = extend_select
        self.exclude = exclude
        self.per_file_ignores = per_file_ignores or {}
        self.severity = severity or {}
        """By the code of the rule, each rule's own."""
        self.language = language
        self.rules = rules or {}
        """Each rule's options by its name, as an instance of the rule's `Options`."""
        self.links = links or LinkOptions()
        """How the web is asked, where it is."""
        self.asks_web = False
        """Whether the rules about what the web answers are among those that are on."""

    def with_command_line(
        self,
        *,
        select: Sequence[str],
        ignore: Sequence[str],
        extend_select: Sequence[str],
        asks_web: bool = False,
    ) -> Config:
        """This configuration with what the command line says on top.

        Its `select` replaces what the configuration selects and ignores; the rest adds to it.
        """
        config = Config(
            root=self.root,
            select=tuple(select) or self.select,
            extend_select=(() if select else self.extend_select) + tuple(extend_select),
            ignore=(() if select else self.ignore) + tuple(ignore),
            exclude=self.exclude,
            per_file_ignores=self.per_file_ignores,
            severity=self.severity,
            language=self.language,
            rules=self.rules,
            links=self.links,
        )
        config.asks_web = asks_web
        return config

    @cached_property
    def enabled(self) -> tuple[Rule, ...]:
        """The rules that are on, with their options and severities, by code."""
        return self._rules(all_rules() if self.asks_web else offline_rules(), self.select)

    @cached_property
    def enabled_for_sites(self) -> tuple[Rule, ...]:
        """Those of them that are about whole sites, for which no other rule need be loaded."""
        return self._rules(rules_in(SITE_RULES), self.select)

    @cached_property
    def enabled_for_linking(self) -> tuple[Rule, ...]:
        """Those of them that are asked when a file has been examined: what is found then needs no others."""
        if self.asks_web:
            return self.enabled  # some of which know more now
        return self.enabled_for_sites

    @cached_property
    def fingerprint(self) -> str:
        """All that decides which rules are on, and how they are set, but for `per-file-ignores`."""
        severities = sorted((code, int(severity)) for code, severity in self.severity.items())
        return repr((self.select, self.ignore, self.extend_select, severities, sorted(self.rules.items())))

    @cached_property
    def not_ignored(self) -> tuple[Rule, ...]:
        """Those, and the rules that were merely not selected."""
        return self._rules(all_rules(), (ALL,))

    def _rules(self, rules: Iterable[type[Rule]], selected: Sequence[str] | None) -> tuple[Rule, ...]:
        return tuple(
            rule(self.rules.get(rule.name), self.severity.get(rule.code))
            for rule in select(rules, selected, self.ignore, self.extend_select)
        )

    def is_excluded(self, path: Path) -> bool:
        """Whether an `exclude` pattern leaves `path` (a file or folder, found and not named) out."""
        return bool(self.exclude) and self._exclude.match_file(self._relative(path))

    def ignored_for(self, path: Path) -> tuple[str, ...]:
        """The selectors that `per-file-ignores` switches off for `path`."""
        if not self.per_file_ignores:
            return ()
        relative = self._relative(path)
        return tuple(
            selector
            for pattern, ignored in self._per_file
            if pattern.match_file(relative)
            for selector in ignored
        )

    @cached_property
    def _exclude(self) -> GitIgnoreSpec:
        return patterns(self.exclude)

    @cached_property
    def _per_file(self) -> tuple[tuple[GitIgnoreSpec, tuple[str, ...]], ...]:
        return tuple((patterns((pattern,)), ignored) for pattern, ignored in self.per_file_ignores.items())

    def _relative(self, path: Path) -> str:
        whole = absolute(path)
        if self.root is not None and whole.is_relative_to(self.root):
            whole = whole.relative_to(self.root)
        return shown(whole)


def patterns(lines: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # patterns mean what they mean in .gitignore, by a library made for it

    return GitIgnoreSpec.from_lines(lines)
