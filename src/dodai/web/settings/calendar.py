"""営業日カレンダー as people ask it: the 第n営業日 of the coming months, and N営業日以内 from a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dodai.core.dates import DateRange, add_months, month_end
from dodai.organization.models import Company, Holiday
from dodai.organization.reporting import fiscal_calendar
from dodai.organization.rules.calendar import BusinessCalendar
from dodai.organization.rules.holidays import national_holidays
from dodai.web.settings.holiday_names import holiday_name

NUMBERS = (1, 3, 5, 7, -1)
_MONTHS = 6


@dataclass(frozen=True)
class MonthRow:
    """A month with its business days; ``days`` stand in the order of ``NUMBERS``."""

    month: date
    count: int
    days: tuple[date | None, ...]

    @property
    def named(self) -> list[tuple[str, date | None]]:
        """第1, 第3 … 最終 with the day."""
        names = [_("最終") if number < 0 else _("第%(n)s") % {"n": number} for number in NUMBERS]
        return list(zip(names, self.days, strict=True))


@dataclass(frozen=True)
class DayOff:
    """``row`` is the company's own entry; ``is_announced`` False is shown as 未公表."""

    day: date
    name: str
    kind: str
    is_announced: bool = True
    row: Holiday | None = None


def months(calendar: BusinessCalendar, on: date) -> list[MonthRow]:
    """This month and the next ones."""
    rows = []
    for ahead in range(_MONTHS):
        first = add_months(on.replace(day=1), ahead)
        span = DateRange(first, month_end(first.year, first.month))
        working = list(calendar.business_days(span))
        days = tuple(_pick(working, number) for number in NUMBERS)
        rows.append(MonthRow(first, len(working), days))
    return rows


def spans(company: Company, calendar: BusinessCalendar, on: date) -> list[tuple[str, DateRange, int]]:
    """年度, 上期, 下期 with their business days."""
    fiscal = fiscal_calendar(company)
    year = fiscal.fiscal_year_of(on)
    parts = (
        ("year", fiscal.year_range(year)),
        ("first", fiscal.half_range(year, 1)),
        ("second", fiscal.half_range(year, 2)),
    )
    return [(key, span, calendar.business_days_in(span)) for key, span in parts]


def days_off(company: Company, on: date) -> list[DayOff]:
    """国民の祝日 and the company's own days of this and the next 年度."""
    fiscal = fiscal_calendar(company)
    year = fiscal.fiscal_year_of(on)
    span = DateRange(fiscal.year_range(year).first, fiscal.year_range(year + 1).last)
    own = {row.day: row for row in Holiday.objects.filter(day__range=(span.first, span.last))}
    rows = [DayOff(row.day, row.name, row.get_kind_display(), True, row) for row in own.values()]
    for calendar_year in range(span.first.year, span.last.year + 1):
        for holiday in national_holidays(calendar_year, on=on):
            if holiday.day in span and holiday.day not in own:
                name, kind = holiday_name(holiday.name), str(Holiday.Kind.NATIONAL.label)
                rows.append(DayOff(holiday.day, name, kind, holiday.is_announced))
    return sorted(rows, key=lambda row: row.day)


def _pick(working: list[date], number: int) -> date | None:
    index = number - 1 if number > 0 else number
    return working[index] if -len(working) <= index < len(working) else None
