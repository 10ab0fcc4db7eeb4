"""期間: names and ranges from the company's year, and the dates proposed for each phase.

The windows are offsets from the first day of the period and from the day after its last, so that they fit
any first month, any closing day and every kind of period. People change them; they are never locks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dodai.core.dates import DateRange, add_months
from dodai.organization.rules.calendar import BusinessCalendar, Shift
from dodai.organization.rules.fiscal import FiscalCalendar

Kind = Literal["year", "half", "quarter"]

MONTHS: dict[Kind, int] = {"year": 12, "half": 6, "quarter": 3}
APPEAL_DAYS = 14  # calendar days after the feedback

_DAY = timedelta(days=1)
_HALF_NAMES = ("上期", "下期")


@dataclass(frozen=True)
class Period:
    """A period by its 年度 and its place in it, from 1."""

    kind: Kind
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12 // MONTHS[self.kind]:
            raise ValueError(f"a year has no {self.kind} {self.number}")

    @property
    def name(self) -> str:
        """2026年度, 2026年度上期, 2026年度第1四半期."""
        part = {"year": "", "half": _HALF_NAMES[(self.number - 1) % 2], "quarter": f"第{self.number}四半期"}
        return f"{self.year}年度{part[self.kind]}"

    @property
    def next(self) -> Period:
        if self.number < 12 // MONTHS[self.kind]:
            return Period(self.kind, self.year, self.number + 1)
        return Period(self.kind, self.year + 1)

    def range_in(self, fiscal: FiscalCalendar) -> DateRange:
        match self.kind:
            case "year":
                return fiscal.year_range(self.year)
            case "half":
                return fiscal.half_range(self.year, self.number)
            case "quarter":
                return fiscal.quarter_range(self.year, self.number)


def period_of(kind: Kind, day: date, fiscal: FiscalCalendar) -> Period:
    """The period of a kind in which a day lies."""
    match kind:
        case "year":
            return Period(kind, fiscal.fiscal_year_of(day))
        case "half":
            return Period(kind, *fiscal.half_of(day))
        case "quarter":
            return Period(kind, *fiscal.quarter_of(day))


@dataclass(frozen=True)
class PhaseWindow:
    """``kind`` is a code of ``CyclePhase.Kind``."""

    kind: str
    opens_on: date
    due_on: date


@dataclass(frozen=True)
class _Point:
    """So many months and days after an anchor; the end of a month is the day before the next."""

    anchor: Literal["start", "end"]
    months: int
    days: int

    def on(self, period: DateRange) -> date:
        anchor = period.first if self.anchor == "start" else period.last + _DAY
        return add_months(anchor, self.months) + timedelta(days=self.days)


@dataclass(frozen=True)
class _Window:
    """Without a point of its own a phase opens on the day after the one before is due."""

    kind: str
    due: _Point
    opens: _Point | None = None


def propose_phases(
    kind: Kind, period: DateRange, calendar: BusinessCalendar, *, shift: Shift = "next"
) -> tuple[PhaseWindow, ...]:
    """The windows of a period; a due date on a day off moves as ``shift`` says."""
    return tuple(_windows(_QUARTER if kind == "quarter" else _long(MONTHS[kind]), period, calendar, shift))


def _windows(
    plan: tuple[_Window, ...], period: DateRange, calendar: BusinessCalendar, shift: Shift
) -> Iterator[PhaseWindow]:
    before = period.first
    for window in plan:
        opens = window.opens.on(period) if window.opens else before + _DAY
        due = max(opens, calendar.shift(window.due.on(period), shift))
        yield PhaseWindow(window.kind, opens, due)
        before = due
        if window.kind == "feedback":
            yield PhaseWindow("appeal", opens, due + timedelta(days=APPEAL_DAYS))


def _start(months: int, days: int) -> _Point:
    return _Point("start", months, days)


def _end(months: int, days: int) -> _Point:
    return _Point("end", months, days)


def _long(months: int) -> tuple[_Window, ...]:
    """年次 and 半期: 上期 2026 gives 3/15–4/20 目標設定, 4/30 承認, 7/1–7/20 面談, 10/1–10/10 自己評価, …"""
    middle = months // 2
    return (
        _Window("work_review", _start(-1, 13), _start(-1, 0)),
        _Window("goal_setting", _start(0, 19), _start(-1, 14)),
        _Window("goal_approval", _start(1, -1), _start(0, 0)),
        _Window("interview", _start(middle, 19), _start(middle, 0)),
        _Window("self_evaluation", _end(0, 9), _end(0, 0)),
        _Window("first_evaluation", _end(0, 19)),
        _Window("second_evaluation", _end(1, -1)),
        _Window("calibration", _end(1, 9), _end(1, 4)),
        _Window("finalisation", _end(1, 14)),
        _Window("feedback", _end(2, -1)),
    )


# 四半期: the same course in half the time, finished before the middle of the next quarter.
_QUARTER = (
    _Window("work_review", _start(0, -15), _start(-1, 0)),
    _Window("goal_setting", _start(0, 9), _start(0, -14)),
    _Window("goal_approval", _start(0, 14), _start(0, 0)),
    _Window("interview", _start(1, 23), _start(1, 14)),
    _Window("self_evaluation", _end(0, 6), _end(0, 0)),
    _Window("first_evaluation", _end(0, 13)),
    _Window("second_evaluation", _end(0, 19)),
    _Window("calibration", _end(0, 24)),
    _Window("finalisation", _end(1, -1)),
    _Window("feedback", _end(1, 13)),
)
