"""`postlint`, and `python -m postlint`."""

from __future__ import annotations

import gc

_ALLOCATIONS = 100_000
"""Between two looks for garbage; Python's 700 makes it look a hundred times before one post is read.
Trees of posts hold no cycles: they go as soon as nobody refers to them."""


def main() -> None:
    """Runs the command line; ends the process with 0, 1 (findings) or 2 (wrong usage)."""
    gc.set_threshold(_ALLOCATIONS, 50, 50)
    from postlint.cli import main as run  # behind the line above, so that importing gains by it too

    run(prog_name="postlint")


if __name__ == "__main__":
    main()
