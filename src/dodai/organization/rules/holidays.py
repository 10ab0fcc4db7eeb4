"""National holidays from the bundled library, with a mark on years that are only computed so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import jpholiday


@dataclass(frozen=True, order=True)
class NationalHoliday:
    day: date
    name: str
    is_announced: bool  # False is shown as 「未公表」: the equinoxes are an estimate, the law may change


def national_holidays(year: int, *, on: date) -> tuple[NationalHoliday, ...]:
    """国民の祝日, 振替休日 and 国民の休日 of a calendar year, as known on a day."""
    known = is_announced(year, on=on)
    return tuple(NationalHoliday(day, name, known) for day, name in _computed(year))


def is_announced(year: int, *, on: date) -> bool:
    """Whether the gazette has named the days: it does so on the first of February of the year before."""
    return year <= on.year + (on >= date(on.year, 2, 1))


def new_year_break(
    year: int, *, first: tuple[int, int] = (12, 29), last: tuple[int, int] = (1, 3)
) -> list[date]:
    """年末年始: the company's days off from the end of a year into the next one."""
    start, end = date(year, *first), date(year + 1, *last)
    return [start + timedelta(days=offset) for offset in range((end - start).days + 1)]


@cache
def _computed(year: int) -> tuple[tuple[date, str], ...]:
    return tuple((day, name) for day, name in jpholiday.year_holidays(year))
