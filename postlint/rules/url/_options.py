"""What stands in the options that extend a table of hosts."""

from typing import Annotated

from postlint.patterns import lazy
from postlint.rule import Form

_LABEL = r"\w(?:[\w-]*\w)?"
_HOST = rf"(?:{_LABEL}\.)+(?:{_LABEL}|\*)"
_PLACE = rf"{_HOST}(?:/[^\s?#]*)?"

Host = Annotated[
    str,
    Form(
        lazy(_HOST),
        "hosts such as `example.org` or `example.*`",
        "`example.org`나 `example.*` 같은 호스트",
    ),
]
Place = Annotated[
    str,
    Form(
        lazy(_PLACE),
        "hosts such as `example.org` or `example.org/path`",
        "`example.org`나 `example.org/path` 같은 호스트",
    ),
]
PlaceOrAnywhere = Annotated[
    str,
    Form(
        lazy(rf"\*|{_PLACE}"),
        "hosts such as `example.org` or `example.org/path`, or `*`",
        "`example.org`나 `example.org/path` 같은 호스트나 `*`",
    ),
]
ParameterName = Annotated[
    str,
    Form(
        lazy(r"[^\s&=?#]+"),
        "names of parameters",
        "매개변수 이름",
    ),
]
TrackingName = Annotated[
    str,
    Form(
        lazy(r"[^\s*&=?#]*\*|[^\s*&=?#]+"),
        "names of parameters, with a `*` at the end only",
        "매개변수 이름(`*`는 끝에만)",
    ),
]
