"""The post that this project began with: what is found in it, and that mending it ends."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

from click.testing import CliRunner, Result

from postlint.cli import main_group


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main_group, [str(argument) for argument in arguments])


def test_every_rule_together_reports_exactly_what_is_wrong_with_the_post(seed: Path) -> None:
    report = json.loads(
        _run("check", "--no-config", "--select", "ALL", "--output-format", "json", seed).stdout
    )
    found = [(one["severity"], one["code"], one["line"]) for one in report["findings"]]
    assert Counter(found) == Counter(
        [
            ("error", "URL001", 39),
            ("warning", "URL007", 33),
            ("warning", "URL007", 45),
            ("warning", "URL020", 53),
            ("info", "FM014", 6),
            ("info", "FM016", 5),
            ("info", "URL024", 34),
            ("info", "PAGE001", 45),
            ("info", "PAGE009", 25),
            ("info", "PAGE009", 39),
        ]
    )


def test_a_second_fix_changes_nothing(seed: Path, tmp_path: Path) -> None:
    post = Path(shutil.copy(seed, tmp_path / seed.name))
    post.chmod(0o644)
    _run("fix", "--no-config", post)
    mended = post.read_bytes()
    assert mended != seed.read_bytes()
    _run("fix", "--no-config", post)
    assert post.read_bytes() == mended
