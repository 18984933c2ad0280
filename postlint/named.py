"""Named tuples that are made faster at every start.

`typing.NamedTuple` compiles the annotation of every field, to see whether it is a type; postlint's are
held by mypy, and nobody else looks at them. Of the time that one post takes, that was a tenth.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

# From 3.14 on, Python evaluates annotations where somebody asks for them (PEP 649).
if TYPE_CHECKING or sys.version_info >= (3, 14):
    from typing import NamedTuple as NamedTuple
else:
    from collections import namedtuple

    _MADE = frozenset({"__annotations__", "__module__"})

    class _Maker(type):
        """Makes of a class with annotations the named tuple of its fields, with its methods."""

        def __new__(cls, name, bases, namespace):
            fields = namespace.get("__annotations__", {})
            defaults = [namespace[field] for field in fields if field in namespace]
            made = namedtuple(name, fields, defaults=defaults, module=namespace["__module__"])
            made.__annotations__ = fields
            for key, value in namespace.items():
                if key not in fields and key not in _MADE:
                    setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
