"""Asking git, which knows what is none of a blog's files, and what its files once said."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from postlint.paths import absolute

if TYPE_CHECKING:
    from subprocess import CompletedProcess


def ask_git(
    folder: Path, *arguments: str, given: bytes | None = None, seconds: float | None = None
) -> CompletedProcess[bytes] | None:
    """What git says, called in `folder` with `given` on its standard input.

    None where there is no git, or where it takes longer than so many seconds.
    """
    import subprocess  # only a folder in a repository pays for it

    # A hook's environment speaks of the repository that is committed to, by paths from another folder.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        return subprocess.run(
            ["git", "-C", os.fspath(absolute(folder)), *arguments],
            input=given,
            capture_output=True,
            check=False,
            env=environment,
            timeout=seconds,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
