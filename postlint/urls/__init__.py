"""An address as text: its parts, escapes, encodings and repairs.

Pure functions over a string; nothing here asks the network. Every `Span` is in offsets, in
characters, into the string that was given. Any string will do: none of these functions raises.
"""

from postlint.urls.address import (
    Url,
    as_destination,
    authority,
    host_of,
    is_example,
    is_local,
    percent_encode,
    raw_non_ascii,
    split_url,
)
from postlint.urls.elisions import elisions
from postlint.urls.escapes import (
    BrokenEscape,
    Cut,
    Encoding,
    Escaped,
    broken_escapes,
    cut_escapes,
    encoding_of,
    escapes,
    unreadable_escapes,
)
from postlint.urls.hosts import is_at, speaking_of
from postlint.urls.images import (
    Expiry,
    ImageHost,
    ImageTable,
    expiry,
    image_table,
    refusing_host,
    with_image_hosts,
)
from postlint.urls.invisible import escaped_invisible, invisible_edges, invisible_within
from postlint.urls.korean import compose, decomposed_hangul, escaped_hangul, legacy_korean
from postlint.urls.redirectors import (
    Redirection,
    Redirectors,
    redirection,
    redirector_table,
    with_redirectors,
)
from postlint.urls.respelt import Respelling, doubled_escapes, unicode_escapes
from postlint.urls.services import GoneService, Services, gone_service, service_table, with_services
from postlint.urls.tracking import Tracking, TrackingTable, tracking_parameters, tracking_table

__all__ = [
    "BrokenEscape",
    "Cut",
    "Encoding",
    "Escaped",
    "Expiry",
    "GoneService",
    "ImageHost",
    "ImageTable",
    "Redirection",
    "Redirectors",
    "Respelling",
    "Services",
    "Tracking",
    "TrackingTable",
    "Url",
    "as_destination",
    "authority",
    "broken_escapes",
    "compose",
    "cut_escapes",
    "decomposed_hangul",
    "doubled_escapes",
    "elisions",
    "encoding_of",
    "escaped_hangul",
    "escaped_invisible",
    "escapes",
    "expiry",
    "gone_service",
    "host_of",
    "image_table",
    "invisible_edges",
    "invisible_within",
    "is_at",
    "is_example",
    "is_local",
    "legacy_korean",
    "percent_encode",
    "raw_non_ascii",
    "redirection",
    "redirector_table",
    "refusing_host",
    "service_table",
    "speaking_of",
    "split_url",
    "tracking_parameters",
    "tracking_table",
    "unicode_escapes",
    "unreadable_escapes",
    "with_image_hosts",
    "with_redirectors",
    "with_services",
]
