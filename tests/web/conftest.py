from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.hostile import HostileWeb


@pytest.fixture
def web() -> Iterator[HostileWeb]:
    made = HostileWeb()
    yield made
    made.close()
