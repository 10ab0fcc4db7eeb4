"""Arithmetic of the 業務棚卸: hours, share, 改善優先度, and where a piece of work stands on the board.

Codes are those of the glossary. A value nobody has given yet is None and makes the result None: work with
open questions is left out of sums, never counted as 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from dodai.core.dates import DateRange, add_months
from dodai.core.numbers import round_half_up
from dodai.organization.rules.calendar import BusinessCalendar

REVIEW_AFTER_MONTHS = 12
IMPORTANT, UNIMPORTANT = 4, 2  # 重要度: from here up, from here down

_RUNS = {"monthly": 12, "quarterly": 4, "half_yearly": 2, "yearly": 1}
_THURSDAY = 3  # the day that decides to which period a week belongs


class Dependence(StrEnum):
    """属人化: how many people can do it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Manual(StrEnum):
    CURRENT = "current"
    OLD = "old"
    NONE = "none"


class Column(StrEnum):
    """The columns of the board 重要度×頻度, from rare to daily."""

    ON_DEMAND = "on_demand"
    YEARLY = "yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    DAILY = "daily"


class Quadrant(StrEnum):
    """What a place on the board suggests; a suggestion only."""

    GOAL = "goal"  # 目標の候補: important and frequent
    RISK = "risk"  # important and rare: knowledge is lost between two runs
    REDUCE = "reduce"  # 減らす・やめる候補: unimportant and frequent
    KEEP = "keep"


_COLUMNS = {"biweekly": Column.WEEKLY, "half_yearly": Column.YEARLY}
_FREQUENT = (Column.MONTHLY, Column.WEEKLY, Column.DAILY)
_ON_PEOPLE = {Dependence.HIGH: Fraction(1), Dependence.MEDIUM: Fraction(1, 2), Dependence.LOW: Fraction(0)}
_ON_MANUAL = {Manual.NONE: Fraction(1), Manual.OLD: Fraction(6, 10), Manual.CURRENT: Fraction(0)}


def annual_hours(minutes_per_run: Decimal | None, runs_per_year: int | None) -> Decimal | None:
    """年間工数h, two decimals."""
    if minutes_per_run is None or runs_per_year is None:
        return None
    return round_half_up(Fraction(minutes_per_run) * runs_per_year / 60, 2)


def share(hours: Decimal | None, total: Decimal) -> Decimal | None:
    """工数構成比 in percent, one decimal."""
    if hours is None or not total:
        return None
    return round_half_up(Fraction(hours) / Fraction(total) * 100, 1)


def default_runs(frequencies: Iterable[str], calendar: BusinessCalendar, year: DateRange) -> int | None:
    """年間回数 from the company's calendar; None for 随時, whose number only people know.

    日次 is the real number of business days (about 240), 週次 the weeks with a business day in them.
    """
    runs = [_runs(frequency, calendar, year) for frequency in frequencies]
    return None if None in runs or not runs else sum(run for run in runs if run is not None)


def effort_percentile(hours: Decimal, of_department: Sequence[Decimal]) -> Fraction:
    """工数順位 from 0 (least work of the department) to 1 (most); work that stands alone is 1."""
    others = len(of_department) - 1
    if others < 1:
        return Fraction(1)
    return Fraction(sum(1 for other in of_department if other < hours), others)


def improvement_priority(
    *,
    effort: Fraction | Decimal | None,
    improvement_room: int | None,
    capable_people: int | None,
    importance: int | None,
    manual: str | None,
) -> Decimal | None:
    """改善優先度, 0 to 100 with one decimal: effort 30, room 25, people 20, importance 15, manual 10."""
    depends = dependence(capable_people)
    if effort is None or improvement_room is None or depends is None or importance is None or not manual:
        return None
    return round_half_up(
        30 * Fraction(effort)
        + 25 * Fraction(improvement_room - 1, 4)
        + 20 * _ON_PEOPLE[depends]
        + 15 * Fraction(importance - 1, 4)
        + 10 * _ON_MANUAL[Manual(manual)],
        1,
    )


def dependence(capable_people: int | None) -> Dependence | None:
    if capable_people is None:
        return None
    if capable_people <= 1:
        return Dependence.HIGH
    return Dependence.MEDIUM if capable_people == 2 else Dependence.LOW


def manual_state(status: str, updated_on: date | None, *, on: date) -> str:
    """A manual nobody has touched for more than twelve months is 古い, whatever was ticked."""
    if status == Manual.CURRENT and updated_on and add_months(updated_on, REVIEW_AFTER_MONTHS) < on:
        return Manual.OLD
    return status


def is_review_due(confirmed_on: date | None, *, on: date) -> bool:
    """Whether nobody has confirmed the work for twelve months."""
    return confirmed_on is not None and add_months(confirmed_on, REVIEW_AFTER_MONTHS) <= on


def column(frequencies: Sequence[str]) -> Column | None:
    """The column of the board: the most frequent of several."""
    places = [_COLUMNS.get(frequency) or Column(frequency) for frequency in frequencies if frequency]
    return max(places, key=list(Column).index) if places else None


def quadrant(importance: int | None, place: Column | None) -> Quadrant | None:
    if importance is None or place is None:
        return None
    if importance >= IMPORTANT:
        return Quadrant.GOAL if place in _FREQUENT else Quadrant.RISK
    if importance <= UNIMPORTANT and place in _FREQUENT:
        return Quadrant.REDUCE
    return Quadrant.KEEP


def _runs(frequency: str, calendar: BusinessCalendar, year: DateRange) -> int | None:
    match frequency:
        case "daily":
            return calendar.business_days_in(year)
        case "weekly":
            return _weeks(calendar, year)
        case "biweekly":
            return (_weeks(calendar, year) + 1) // 2
        case _:
            return _RUNS.get(frequency)


def _weeks(calendar: BusinessCalendar, year: DateRange) -> int:
    """Weeks of the year in which anybody works."""
    thursday = year.first + timedelta(days=(_THURSDAY - year.first.weekday()) % 7)
    weeks = 0
    while thursday <= year.last:
        monday = thursday - timedelta(days=_THURSDAY)
        weeks += calendar.business_days_in(DateRange(monday, monday + timedelta(days=6))) > 0
        thursday += timedelta(days=7)
    return weeks
