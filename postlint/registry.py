"""The rules there are, found by being there, and the ones that a run selects."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from postlint.rule import Rule

_RULES = Path(__file__).parent / "rules"

SITE_RULES = "site"
"""The folder of the rules that are asked when all files have been examined."""
LINK_RULES = "link"
"""The folder of the rules that are asked when the web has been."""


@cache
def all_rules() -> tuple[type[Rule], ...]:
    """Every rule of postlint, by code.

    Raises TypeError if two rules share a code or a name.
    """
    found: dict[str, type[Rule]] = {}
    for folder in _folders():
        for rule in rules_in(folder):
            for key in (rule.code, rule.name):
                if key in found:
                    raise TypeError(f"{rule.__qualname__} and {found[key].__qualname__} are both {key}")
                found[key] = rule
    return tuple(sorted(set(found.values()), key=lambda rule: rule.code))


@cache
def offline_rules() -> tuple[type[Rule], ...]:
    """Every rule but those about what the web answers."""
    found = (rule for folder in _folders() if folder != LINK_RULES for rule in rules_in(folder))
    return tuple(sorted(found, key=lambda rule: rule.code))


def _folders() -> list[str]:
    """The families, by the names of their folders."""
    return sorted({module_path.parent.name for module_path in _RULES.glob("*/[!_]*.py")})


@cache
def rules_in(folder: str) -> tuple[type[Rule], ...]:
    """The rules in one folder of `postlint/rules/`, by code."""
    found: list[type[Rule]] = []
    for module_path in sorted((_RULES / folder).glob("[!_]*.py")):
        module = importlib.import_module(f"postlint.rules.{folder}.{module_path.stem}")
        found += (
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module.__name__
        )
    return tuple(sorted(found, key=lambda rule: rule.code))


def rule_named(selector: str) -> type[Rule] | None:
    """The rule with this code (in either case) or name."""
    for rule in all_rules():
        if selector.upper() == rule.code or selector.lower() == rule.name:
            return rule
    return None


ALL = "ALL"


def matches(selector: str, rule: type[Rule]) -> bool:
    """Whether `selector` (`ALL`, a code, the beginning of one, or a name) speaks of `rule`."""
    return selector.upper() == ALL or selector.lower() == rule.name or rule.code.startswith(selector.upper())


def is_selector(selector: str) -> bool:
    """Whether `selector` speaks of any rule there is."""
    return bool(selector) and any(matches(selector, rule) for rule in all_rules())


def selectors() -> list[str]:
    """Everything that a user may write where a rule is meant, for "did you mean"."""
    families = {rule.code.rstrip("0123456789") for rule in all_rules()}
    return [
        *(rule.code for rule in all_rules()),
        *(rule.name for rule in all_rules()),
        *sorted(families),
        ALL,
    ]


_LOOKALIKES = str.maketrans("oil", "011")
"""Letters that are typed for digits, or read as them."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` is most likely a slip for, for "did you mean"."""
    import difflib  # only a mistake pays for it

    by_lower = {one.lower(): one for one in known}
    lower = word.lower()

    def likeness(candidate: str) -> tuple[float, float, int]:
        # `URL0O1` is as far from `URL021` as from `URL001`, but only one of them looks like it; and of
        # `URL01`, `URL012` and `URL021` hold as much, but only one has it in the same places.
        return (
            ratio(candidate.translate(_LOOKALIKES), lower.translate(_LOOKALIKES)),
            ratio(candidate, lower),
            sum(one == other for one, other in zip(candidate, lower, strict=False)),
        )

    def ratio(one: str, other: str) -> float:
        return difflib.SequenceMatcher(None, one, other).ratio()

    # All that are near enough: the codes of a family are all as like, and any few of them are any few.
    near = difflib.get_close_matches(lower, by_lower, n=len(by_lower) or 1, cutoff=0.6)
    # Who types the beginning of a name means that name.
    near = [one for one in near if len(lower) > 3 and one.startswith(lower)] or near
    return by_lower[max(near, key=likeness)] if near else None


def _strength(selectors: Iterable[str], rule: type[Rule]) -> int:
    """How closely the closest of `selectors` names `rule`: 0 not at all, a full code or name the most."""
    return max((_closeness(s, rule) for s in selectors if matches(s, rule)), default=0)


def _closeness(selector: str, rule: type[Rule]) -> int:
    if selector.upper() == ALL:
        return 1
    if selector.lower() == rule.name or selector.upper() == rule.code:
        return 100
    return 1 + len(selector)


def closest(selectors: Iterable[str], rule: type[Rule]) -> str | None:
    """The one of `selectors` that names `rule` most closely; None where none speaks of it."""
    speaking = [selector for selector in selectors if matches(selector, rule)]
    return max(speaking, key=lambda selector: _closeness(selector, rule), default=None)


def select(
    rules: Iterable[type[Rule]],
    selected: Sequence[str] | None,
    ignored: Sequence[str],
    extended: Sequence[str],
) -> tuple[type[Rule], ...]:
    """Those of `rules` that are on.

    `selected` None means those that are on by default. The selector that names a rule more
    closely wins, `ignored` in a draw: `--select URL001 --ignore URL` checks URL001.
    """
    chosen = []
    for rule in rules:
        wanted = _strength(extended, rule)
        if selected is not None:
            wanted = max(wanted, _strength(selected, rule))
        elif rule.enabled:
            wanted = max(wanted, 1)
        if wanted and wanted > _strength(ignored, rule):
            chosen.append(rule)
    return tuple(chosen)
