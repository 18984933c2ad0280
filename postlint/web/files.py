"""How many connections there may be: to the system each is an open file, and of those it allows few.

Most Linux systems allow 1024 at first and macOS 256, which hundreds of hosts use up with connections that are
kept for a next request. What cannot be opened then would look like a host that cannot be reached.
"""

from __future__ import annotations

import contextlib
import sys

_ENOUGH = 4096
_OTHERS = 64
"""Files for all that is no connection: the memory, tables, names that are looked up."""
_OF_A_HOST = 4
"""Connections to one host that may be kept."""


def most_files() -> int:
    """So many files may be open at once; a low limit is raised first, as far as any program may do so."""
    if sys.platform == "win32":
        return _ENOUGH  # there, sockets are no files
    import resource

    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    endless = resource.RLIM_INFINITY
    if now == endless or now >= _ENOUGH:
        return _ENOUGH
    wanted = _ENOUGH if most == endless else min(most, _ENOUGH)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
        now = wanted
    return now


def most_connections(files: int) -> int:
    """Of `files`, so many requests may be on their way at once."""
    # As long as two addresses of a host race, it has two connections.
    return max((files - _OTHERS) // 2, 1)


def most_kept(files: int, connections: int) -> int:
    """Beside so many requests on their way, the connections to so many hosts may be kept."""
    return max((files - _OTHERS - 2 * connections) // _OF_A_HOST, 0)
