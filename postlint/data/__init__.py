"""Facts of the world outside, each with its source and date, as TOML files that users may read too."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The data file `name`.toml."""
    import tomllib  # most files are checked without any of these

    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))
