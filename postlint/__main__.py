"""`postlint`, and `python -m postlint`."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import NoReturn

_ALLOCATIONS = 400_000
"""Between two looks for garbage; Python's 700 makes it look a hundred times before one post is read.
Trees of posts hold no cycles: they go as soon as nobody refers to them."""


def main() -> NoReturn:
    """Runs the command line; ends the process with 0, 1 (findings) or 2 (wrong usage)."""
    gc.set_threshold(_ALLOCATIONS, 50, 50)
    from postlint.cli import main as run  # behind the line above, so that importing gains by it too

    try:
        run(prog_name="postlint")
    except SystemExit as end:
        if isinstance(end.code, str):
            raise
        status = end.code or 0
    else:
        status = 0
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):  # closed (None), or told already
            stream.flush()
    # To take every object apart before it ends costs Python a sixth of a short run; the system needs no
    # time for it. All files are written and closed, all processes have ended.
    os._exit(status)


if __name__ == "__main__":
    main()
