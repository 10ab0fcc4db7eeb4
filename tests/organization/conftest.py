"""The clock of these tests stands in May of 2026年度上期."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

from dodai.organization.rules.calendar import TOKYO


@pytest.fixture(autouse=True)
def _mid_may() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 5, 13, 10, 0, tzinfo=TOKYO), tick=True):
        yield
