"""所属 as plain data: on each day one 本務, and shares that add up to 100.

The history of a person may begin after their entry (an installation rarely knows older transfers), but
from its first day to the last day of employment it has no gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

FaultKind = Literal["no_primary", "two_primaries", "shares", "before_entry", "after_leaving"]


@dataclass(frozen=True)
class Stay:
    """One row of 所属: from ``first`` until the day before ``until``; None is open."""

    first: date
    until: date | None
    percent: int
    is_primary: bool

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class StayFault:
    kind: FaultKind
    day: date


def stay_fault(stays: Sequence[Stay], *, hired_on: date | None, left_on: date | None) -> StayFault | None:
    """The first day on which the rows do not fit together, or None."""
    if not stays:
        return None
    begins = min(stay.first for stay in stays)
    if hired_on is not None and begins < hired_on:
        return StayFault("before_entry", begins)
    ends = left_on + timedelta(days=1) if left_on else None
    for stay in stays:
        if ends is not None and (stay.until is None or stay.until > ends):
            return StayFault("after_leaving", max(ends, stay.first))
    for day in _turning_days(stays, ends):
        kind = _fault_on(day, stays)
        if kind is not None:
            return StayFault(kind, day)
    return None


def _turning_days(stays: Sequence[Stay], ends: date | None) -> list[date]:
    """Between two of these days nothing changes, so looking at each of them is looking at every day."""
    days = {stay.first for stay in stays} | {stay.until for stay in stays if stay.until is not None}
    return sorted(day for day in days if ends is None or day < ends)


def _fault_on(day: date, stays: Sequence[Stay]) -> FaultKind | None:
    here = [stay for stay in stays if stay.covers(day)]
    primaries = sum(stay.is_primary for stay in here)
    if primaries != 1:
        return "two_primaries" if primaries else "no_primary"
    return None if sum(stay.percent for stay in here) == 100 else "shares"
