"""The company's year: 年度, 半期, 四半期 and 月度, from its first month and its closing day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dodai.core.dates import DateRange


@dataclass(frozen=True)
class FiscalCalendar:
    """年度 is named after the calendar year in which its first month lies.

    With a closing day (締め日) of 20, April runs from 21 March to 20 April. None is 末日.
    """

    start_month: int = 4
    closing_day: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.start_month <= 12:
            raise ValueError("the first month is 1 to 12")
        if self.closing_day is not None and not 1 <= self.closing_day <= 28:
            raise ValueError("the closing day is 1 to 28, or None for the end of the month")

    def fiscal_year_of(self, day: date) -> int:
        return self._place(day)[0]

    def half_of(self, day: date) -> tuple[int, int]:
        """年度 and 1 for 上期, 2 for 下期."""
        year, month = self._place(day)
        return year, month // 6 + 1

    def quarter_of(self, day: date) -> tuple[int, int]:
        year, month = self._place(day)
        return year, month // 3 + 1

    def month_of(self, day: date) -> tuple[int, int]:
        """年度 and the place of the month in it, from 1."""
        year, month = self._place(day)
        return year, month + 1

    def year_range(self, year: int) -> DateRange:
        return self._range(year, 0, 12)

    def half_range(self, year: int, half: int) -> DateRange:
        return self._part(year, half, 6)

    def quarter_range(self, year: int, quarter: int) -> DateRange:
        return self._part(year, quarter, 3)

    def month_range(self, year: int, month: int) -> DateRange:
        """The month by its place in the year, from 1."""
        return self._part(year, month, 1)

    def _part(self, year: int, number: int, months: int) -> DateRange:
        if not 1 <= number <= 12 // months:
            raise ValueError(f"there is no part {number}")
        return self._range(year, (number - 1) * months, months)

    def _range(self, year: int, offset: int, months: int) -> DateRange:
        return DateRange(
            self._month_start(year, offset), self._month_start(year, offset + months) - timedelta(days=1)
        )

    def _month_start(self, year: int, offset: int) -> date:
        """The first day of the month that lies ``offset`` months after the first of the 年度."""
        months = year * 12 + self.start_month - 1 + offset
        if self.closing_day is None:
            return date(months // 12, months % 12 + 1, 1)
        months -= 1
        return date(months // 12, months % 12 + 1, self.closing_day) + timedelta(days=1)

    def _place(self, day: date) -> tuple[int, int]:
        """年度 and months since its start."""
        months = day.year * 12 + day.month - 1
        if self.closing_day is not None and day.day > self.closing_day:
            months += 1
        return divmod(months - (self.start_month - 1), 12)
