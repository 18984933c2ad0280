"""A room of the house imports only rooms below it, and a start pays only for what it uses."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import postlint

PACKAGE = Path(postlint.__file__).parent

FLOORS = [
    {"particles", "paths", "patterns", "named", "language", "__init__"},
    {"findings"},
    {"data"},
    {"urls"},
    {"post"},
    {"rule"},
    {"registry"},
    {"suppression", "fixing"},
    {"site", "web"},
    {"rules", "ruledoc"},
    {"config"},
    {"run"},
    {"reports"},
    {"cli"},
    {"__main__"},
]
"""The rooms from the ground up. A room may use those below it, and those of its own floor.

The registry stands below the rules although it finds them: it names none of them.
"""

FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module's path below the package, and its tree."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def room_of(path: str) -> str:
    return path.split("/")[0].removesuffix(".py")


def imports(tree: ast.Module) -> Iterator[str]:
    """Every module that is imported, also within functions, by its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out"
            assert node.module is not None
            yield node.module
            if node.module == "postlint" or node.module.startswith("postlint."):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


IMPORTS = [(path, sorted(set(imports(tree)))) for path, tree in modules()]


def test_every_room_has_its_floor() -> None:
    assert {room_of(path) for path, _ in IMPORTS} <= FLOOR.keys()


@pytest.mark.parametrize(("path", "imported"), IMPORTS, ids=[path for path, _ in IMPORTS])
def test_a_room_imports_only_rooms_below_it(path: str, imported: list[str]) -> None:
    for name in imported:
        parts = name.split(".")
        if parts[0] == "postlint" and len(parts) > 1 and parts[1] in FLOOR:
            assert FLOOR[parts[1]] <= FLOOR[room_of(path)], f"{path} imports {name}"


RULES = [(path, imported) for path, imported in IMPORTS if path.startswith("rules/")]


@pytest.mark.parametrize(("path", "imported"), RULES, ids=[path for path, _ in RULES])
def test_a_rule_knows_no_report_and_reaches_for_nothing_outside(path: str, imported: list[str]) -> None:
    rooms = {name.split(".")[1] for name in imported if name.startswith("postlint.")}
    assert rooms.isdisjoint({"config", "run", "reports", "cli"})
    outside = {*imported, *(name.split(".")[0] for name in imported)}
    assert outside.isdisjoint({"os", "io", "pathlib", "shutil", "tempfile", "subprocess"})
    assert outside.isdisjoint({"socket", "ssl", "http", "urllib.request", "aiohttp", "asyncio"})


@pytest.mark.parametrize(("path", "imported"), RULES, ids=[path for path, _ in RULES])
def test_a_family_of_rules_needs_no_other_family(path: str, imported: list[str]) -> None:
    families = {name.split(".")[2] for name in imported if name.startswith("postlint.rules.")}
    assert {family for family in families if not family.startswith("_")} <= {path.split("/")[1]}


@pytest.mark.parametrize("module", ["postlint.web", "postlint.web.verdicts"])
def test_who_only_speaks_of_verdicts_loads_no_network(module: str) -> None:
    script = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert set(done.stdout.split()).isdisjoint({"aiohttp", "asyncio", "socket", "ssl", "sqlite3"})


@pytest.mark.parametrize("path", [path for path, _ in RULES])
def test_a_rule_opens_nothing(path: str) -> None:
    tree = ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
    called = {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }
    assert called.isdisjoint({"open", "read_text", "read_bytes", "print", "exec", "eval", "__import__"})


MODULES = [(path, imported) for path, imported in RULES if not Path(path).name.startswith("_")]


@pytest.mark.parametrize(("path", "imported"), MODULES, ids=[path for path, _ in MODULES])
def test_a_rule_module_leaves_annotations_to_run_time(path: str, imported: list[str]) -> None:
    assert "__future__" not in imported


OWNERS = [
    # (library, the only modules that may import it)
    ("mistune", "post/commonmark/"),
    ("yaml", ("post/yaml_reader.py", "data/__init__.py")),
    ("click", "cli/"),
    ("pathspec", "config/config.py"),
    ("tomllib", ("config/settings.py", "post/toml_reader.py")),
    ("subprocess", "run/git.py"),
    ("aiohttp", "web/"),
    ("asyncio", "web/"),
    ("idna", "web/hosts.py"),
    ("rich", "cli/live.py"),
    ("socket", ("web/lookups.py", "web/resolving.py")),
    ("sqlite3", "web/memory.py"),
    ("ssl", "web/"),
    ("yarl", "web/wire.py"),
]


@pytest.mark.parametrize(("library", "owners"), OWNERS)
def test_a_library_has_one_place(library: str, owners: str | tuple[str, ...]) -> None:
    users = [path for path, imported in IMPORTS if library in {name.split(".")[0] for name in imported}]
    assert all(path.startswith(owners) for path in users), users


def loaded_by(*arguments: str) -> set[str]:
    """The modules that a call of the command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "postlint", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines() if "|" in line}


HEAVY = {
    "aiohttp",
    "asyncio",
    "mistune",
    "concurrent.futures",
    "multiprocessing",
    "subprocess",
    "difflib",
    "rich",
    "pathspec",
}


@pytest.fixture
def post(tmp_path: Path) -> Path:
    path = tmp_path / "_posts" / "2024-05-01-봄.md"
    path.parent.mkdir()
    path.write_text("---\ntitle: 봄\n---\n\n## 봄\n\n[글](https://example.org/a)\n", encoding="utf-8")
    return path


def test_checking_one_post_loads_nothing_that_it_does_not_use(post: Path) -> None:
    loaded = loaded_by("check", "--select", "ALL", str(post))
    assert "postlint.post.kramdown" in loaded
    assert loaded.isdisjoint(HEAVY)


@pytest.mark.parametrize("command", ["check", "fix"])
def test_who_does_not_ask_the_web_loads_nothing_of_it(post: Path, command: str) -> None:
    assert not {name for name in loaded_by(command, str(post)) if name.startswith("postlint.web")}


def test_mending_one_post_loads_no_network_either(post: Path) -> None:
    assert loaded_by("fix", str(post)).isdisjoint({"aiohttp", "asyncio", "socket", "ssl"})


def test_commonmark_is_loaded_where_a_file_needs_it(post: Path) -> None:
    readme = post.parent.parent / "README.md"
    readme.write_text("# 봄\n", encoding="utf-8")
    loaded = loaded_by("check", "--select", "HEAD", str(readme))
    assert "mistune" in loaded
    assert "postlint.post.kramdown" not in loaded


def test_help_loads_no_rule() -> None:
    assert not {name for name in loaded_by("--help") if name.startswith("postlint.rules.")}
