"""T: by when? The field 期限 outranks the sentence."""

from __future__ import annotations

from collections.abc import Iterator

from dodai.smart.finding import Severity
from dodai.smart.reading import Reading
from dodai.smart.rules.mark import Mark, at


def marks(reading: Reading) -> Iterator[Mark]:
    if not reading.timed:
        yield Mark("T06" if reading.lead_time else "T01")
    if found := reading.word("T_VAGUE"):
        yield at("T02", found)
    if found := reading.word("T_FREQ_VAGUE"):
        yield at("T04", found, Severity.INFO if reading.cadence else Severity.WARN)
    yield from _dates(reading)


def _dates(reading: Reading) -> Iterator[Mark]:
    context = reading.context
    due_on = context.due_on
    if due_on is None:
        return
    if context.period and not context.period[0] <= due_on <= context.period[1]:
        yield Mark("T03")
    if context.text_deadline is not None and context.text_deadline != due_on:
        yield Mark("T05")
