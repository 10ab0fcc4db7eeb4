"""Business days and business hours of a company. Every function is pure; nothing here knows today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from dodai.core.dates import DateRange, month_end

# What happens to a due date on a day off: 前営業日 / 翌営業日 / そのまま.
Shift = Literal["previous", "next", "as_is"]

TOKYO = ZoneInfo("Asia/Tokyo")

_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True)
class BusinessHours:
    start: time = time(9)
    end: time = time(18)
    break_start: time | None = time(12)
    break_end: time | None = time(13)

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError("business hours end before they start")
        if (
            self.break_start
            and self.break_end
            and not (self.start <= self.break_start <= self.break_end <= self.end)
        ):
            raise ValueError("the break lies outside the business hours")

    @property
    def spans(self) -> tuple[tuple[time, time], ...]:
        if self.break_start is None or self.break_end is None:
            return ((self.start, self.end),)
        return (self.start, self.break_start), (self.break_end, self.end)

    @property
    def minutes(self) -> int:
        """Working minutes of a full day."""
        return sum(_minutes_of_day(end) - _minutes_of_day(start) for start, end in self.spans)


@dataclass(frozen=True)
class BusinessCalendar:
    """Which days count. Weekdays are numbered as in Python: Monday is 0, Sunday is 6."""

    weekly_off: frozenset[int] = frozenset({_SATURDAY, _SUNDAY})
    holidays: frozenset[date] = frozenset()  # 国民の祝日 and 会社休日
    working_days: frozenset[date] = frozenset()  # 振替出勤日: wins over both
    hours: BusinessHours = field(default_factory=BusinessHours)
    zone: ZoneInfo = TOKYO  # moments with an offset are read in it

    def __post_init__(self) -> None:
        if set(range(7)) <= self.weekly_off:
            raise ValueError("a week needs at least one business day")

    def is_business_day(self, day: date) -> bool:
        if day in self.working_days:
            return True
        return day.weekday() not in self.weekly_off and day not in self.holidays

    def add_business_days(self, day: date, count: int, *, from_next_day: bool = True) -> date:
        """「N営業日以内」: the last day that is still in time; a negative count looks back (3営業日前).

        The first day does not count (初日不算入) unless ``from_next_day`` is False (当日起算).
        """
        step = _DAY if count >= 0 else -_DAY
        left = abs(count)
        if left and not from_next_day and self.is_business_day(day):
            left -= 1
        while left:
            day += step
            left -= self.is_business_day(day)
        return day

    def nth_business_day(self, year: int, month: int, number: int) -> date:
        """第n営業日 of a month; −1 is the last one. Raises ValueError where the month has fewer."""
        days = list(self.business_days(DateRange(date(year, month, 1), month_end(year, month))))
        if not 1 <= abs(number) <= len(days):
            raise ValueError(f"{year}-{month:02} has {len(days)} business days")
        return days[number - 1 if number > 0 else number]

    def business_days_between(self, start: date, end: date) -> int:
        """Business days after ``start`` up to and with ``end``: the same day is 0, backwards is negative."""
        if end < start:
            return -self.business_days_between(end, start)
        return self.business_days_in(DateRange(start + _DAY, end))

    def business_days_in(self, span: DateRange) -> int:
        return sum(1 for _ in self.business_days(span))

    def business_days(self, span: DateRange) -> Iterator[date]:
        day = span.first
        while day <= span.last:
            if self.is_business_day(day):
                yield day
            day += _DAY

    def shift(self, day: date, how: Shift) -> date:
        """A due date moved off a day off. Work moves on by default, payments move ahead."""
        step = {"previous": -_DAY, "next": _DAY, "as_is": None}[how]
        while step is not None and not self.is_business_day(day):
            day += step
        return day

    def business_minutes_between(self, start: datetime, end: datetime) -> int:
        """Whole minutes inside business hours; backwards is negative."""
        start, end = self._local(start), self._local(end)
        if end < start:
            return -self.business_minutes_between(end, start)
        inside = timedelta()
        for day in self.business_days(DateRange(start.date(), end.date())):
            for opens, closes in self.hours.spans:
                first = max(start, datetime.combine(day, opens))
                last = min(end, datetime.combine(day, closes))
                inside += max(last - first, timedelta())
        return inside // timedelta(minutes=1)

    def _local(self, moment: datetime) -> datetime:
        """The wall clock of the company."""
        return moment if moment.tzinfo is None else moment.astimezone(self.zone).replace(tzinfo=None)


def _minutes_of_day(moment: time) -> int:
    return moment.hour * 60 + moment.minute
