"""Facts of the world outside, each with its source and date, as YAML files that users may read too."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The data file `name`.yml."""
    import yaml  # a post has its front matter to read with it anyway

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, Any] = yaml.load((Path(__file__).parent / f"{name}.yml").read_bytes(), loader)
    return content
