"""T: by when? The field 期限 outranks the sentence."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from dodai.smart.finding import Severity
from dodai.smart.reading import Reading
from dodai.smart.rules.mark import Mark, at

CLEARLY_NEAR = timedelta(days=150)
TENTHS = {"上旬": 10, "中旬": 20}


def marks(reading: Reading) -> Iterator[Mark]:
    if not reading.timed:
        yield Mark("T06" if reading.lead_time else "T01")
    if found := reading.word("T_VAGUE"):
        yield at("T02", found, Severity.INFO if reading.firmly_timed else Severity.WARN)
    if found := reading.word("T_FREQ_VAGUE"):
        rhythmic = reading.cadence or (reading.firmly_timed and reading.settled)
        yield at("T04", found, Severity.INFO if rhythmic else Severity.WARN)
    yield from _dates(reading)


def _dates(reading: Reading) -> Iterator[Mark]:
    context = reading.context
    due_on = context.due_on
    if due_on is None:
        return
    if context.period and not context.period[0] <= due_on <= context.period[1]:
        yield Mark("T03")
    if context.text_deadline is not None:
        if context.text_deadline != due_on:
            yield Mark("T05")
        return
    written = [
        (_written_date(found, near=due_on), found)
        for found in reading.patterns["TEXT_DATE"].finditer(reading.text)
    ]
    if written and all(day is not None and day > due_on for day, _ in written):
        yield at("T05", written[0][1])


def _written_date(found: re.Match[str], *, near: date) -> date | None:
    """The day a sentence names; without a year the one nearest to 期限, None when that is unclear."""
    month = int(found[2])
    years = [int(found[1])] if found[1] else [near.year - 1, near.year, near.year + 1]
    days = [date(year, month, _day(found, monthrange(year, month)[1])) for year in years]
    day = min(days, key=lambda one: abs(one - near))
    return day if found[1] or abs(day - near) < CLEARLY_NEAR else None


def _day(found: re.Match[str], last: int) -> int:
    return min(int(found[3]), last) or 1 if found[3] else TENTHS.get(found[4] or "", last)
