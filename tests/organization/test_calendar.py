"""Business days, business hours and due dates, on the golden dates of a company that closes at new year."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dodai.core.dates import DateRange
from dodai.organization.rules.calendar import BusinessCalendar, BusinessHours
from dodai.organization.rules.fiscal import FiscalCalendar
from dodai.organization.rules.holidays import national_holidays, new_year_break

NATIONAL = {
    holiday.day for year in range(2025, 2029) for holiday in national_holidays(year, on=date(2026, 4, 1))
}
BREAKS = {day for year in range(2025, 2028) for day in new_year_break(year)}
CALENDAR = BusinessCalendar(holidays=frozenset(NATIONAL | BREAKS))
DAYS = st.dates(date(2025, 6, 1), date(2028, 6, 30))


@pytest.mark.parametrize(
    ("year", "month", "number", "day"),
    [
        (2026, 5, 1, date(2026, 5, 1)),
        (2026, 5, 3, date(2026, 5, 8)),
        (2026, 5, 5, date(2026, 5, 12)),
        (2026, 5, 7, date(2026, 5, 14)),
        (2027, 1, 1, date(2027, 1, 4)),
        (2027, 1, 3, date(2027, 1, 6)),
        (2027, 1, 5, date(2027, 1, 8)),
        (2027, 1, 7, date(2027, 1, 13)),
        (2026, 10, 5, date(2026, 10, 7)),
        (2026, 5, -1, date(2026, 5, 29)),
        (2026, 12, -1, date(2026, 12, 28)),
    ],
)
def test_the_nth_business_day_of_a_month(year, month, number, day):
    assert CALENDAR.nth_business_day(year, month, number) == day


@pytest.mark.parametrize("number", [0, 19, -19])
def test_a_month_has_no_more_business_days_than_it_has(number):
    with pytest.raises(ValueError, match="18 business days"):
        CALENDAR.nth_business_day(2026, 5, number)


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        (date(2026, 4, 28), 3, date(2026, 5, 7)),
        (date(2026, 5, 2), 3, date(2026, 5, 11)),
        (date(2026, 9, 18), 1, date(2026, 9, 24)),
        (date(2026, 12, 25), 5, date(2027, 1, 7)),
        (date(2026, 5, 2), 0, date(2026, 5, 2)),
        (date(2026, 5, 7), -3, date(2026, 4, 28)),
    ],
)
def test_days_are_counted_from_the_next_business_day(day, count, due):
    assert CALENDAR.add_business_days(day, count) == due


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        (date(2026, 4, 28), 3, date(2026, 5, 1)),
        (date(2026, 4, 28), 1, date(2026, 4, 28)),
        (date(2026, 5, 2), 3, date(2026, 5, 11)),
    ],
)
def test_the_first_day_counts_where_the_company_says_so(day, count, due):
    assert CALENDAR.add_business_days(day, count, from_next_day=False) == due


def test_days_between_leave_out_the_first_and_count_the_last():
    assert CALENDAR.business_days_between(date(2026, 4, 30), date(2026, 5, 7)) == 2
    assert CALENDAR.business_days_between(date(2026, 5, 1), date(2026, 5, 12)) == 4
    assert CALENDAR.business_days_between(date(2026, 5, 8), date(2026, 5, 11)) == 1
    assert CALENDAR.business_days_between(date(2026, 5, 7), date(2026, 5, 7)) == 0
    assert CALENDAR.business_days_between(date(2026, 5, 7), date(2026, 4, 30)) == -2


def test_a_year_has_241_business_days_not_365():
    fiscal = FiscalCalendar()
    assert CALENDAR.business_days_in(fiscal.year_range(2026)) == 241
    assert CALENDAR.business_days_in(fiscal.half_range(2026, 1)) == 122
    assert CALENDAR.business_days_in(fiscal.half_range(2026, 2)) == 119


def test_a_made_up_working_day_wins_over_the_weekend():
    saturday = date(2026, 5, 9)
    calendar = BusinessCalendar(holidays=CALENDAR.holidays, working_days=frozenset({saturday}))
    assert calendar.is_business_day(saturday)
    assert not CALENDAR.is_business_day(saturday)


def test_due_dates_move_off_days_off():
    sunday = date(2026, 5, 31)
    assert CALENDAR.shift(sunday, "previous") == date(2026, 5, 29)
    assert CALENDAR.shift(sunday, "next") == date(2026, 6, 1)
    assert CALENDAR.shift(sunday, "as_is") == sunday
    assert CALENDAR.shift(date(2026, 6, 1), "next") == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-05-01 17:00", "2026-05-07 10:30", 150),
        ("2026-05-07 09:00", "2026-05-07 18:00", 480),
        ("2026-05-07 11:30", "2026-05-07 13:30", 60),
        ("2026-05-07 12:10", "2026-05-07 12:50", 0),
        ("2026-05-02 09:00", "2026-05-06 18:00", 0),
        ("2026-05-07 20:00", "2026-05-08 08:00", 0),
        ("2026-05-07 10:00:40", "2026-05-07 10:01:30", 0),
        ("2026-05-07 10:30", "2026-05-01 17:00", -150),
    ],
)
def test_minutes_count_inside_business_hours_only(start, end, minutes):
    between = CALENDAR.business_minutes_between(datetime.fromisoformat(start), datetime.fromisoformat(end))
    assert between == minutes


def test_moments_with_an_offset_are_read_in_the_company_zone():
    received = datetime(2026, 5, 1, 8, tzinfo=UTC)  # 17:00 in Tokyo
    answered = datetime(2026, 5, 7, 2, 30, tzinfo=timezone(timedelta(hours=1)))  # 10:30 in Tokyo
    assert CALENDAR.business_minutes_between(received, answered) == 150


def test_a_day_without_a_break():
    hours = BusinessHours(time(10), time(15, 30), None, None)
    assert hours.minutes == 330
    assert BusinessHours().minutes == 480
    with pytest.raises(ValueError):
        BusinessHours(time(18), time(9))
    with pytest.raises(ValueError):
        BusinessHours(time(9), time(18), time(8), time(9))


def test_a_week_of_days_off_is_refused():
    with pytest.raises(ValueError):
        BusinessCalendar(weekly_off=frozenset(range(7)))


@given(DAYS, st.integers(1, 60))
def test_a_deadline_lies_as_many_business_days_away_as_it_says(day, count):
    due = CALENDAR.add_business_days(day, count)
    assert CALENDAR.is_business_day(due)
    assert CALENDAR.business_days_between(day, due) == count


@given(DAYS, DAYS, DAYS)
def test_distances_add_up(one, two, three):
    between = CALENDAR.business_days_between
    assert between(one, two) + between(two, three) == between(one, three)


@given(DAYS, st.integers(0, 400))
def test_a_range_counts_what_it_lists(day, length):
    span = DateRange(day, day + timedelta(days=length))
    listed = list(CALENDAR.business_days(span))
    assert CALENDAR.business_days_in(span) == len(listed)
    assert all(one in span and CALENDAR.is_business_day(one) for one in listed)
