"""A date belongs to exactly one year, half, quarter and month of the company, whatever its first month."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dodai.core.dates import DateRange
from dodai.organization.rules.fiscal import FiscalCalendar

CALENDARS = st.builds(FiscalCalendar, st.integers(1, 12), st.none() | st.integers(1, 28))
DAYS = st.dates(date(1990, 1, 1), date(2101, 12, 31))
APRIL = FiscalCalendar()


def test_the_fiscal_year_2026_starts_in_april():
    assert APRIL.year_range(2026) == DateRange(date(2026, 4, 1), date(2027, 3, 31))
    assert APRIL.half_range(2026, 1) == DateRange(date(2026, 4, 1), date(2026, 9, 30))
    assert APRIL.half_range(2026, 2) == DateRange(date(2026, 10, 1), date(2027, 3, 31))
    assert APRIL.quarter_range(2026, 4) == DateRange(date(2027, 1, 1), date(2027, 3, 31))
    assert APRIL.month_range(2026, 1) == DateRange(date(2026, 4, 1), date(2026, 4, 30))
    assert APRIL.half_range(2026, 1).days == 183


@pytest.mark.parametrize(
    ("day", "year", "half", "quarter", "month"),
    [
        (date(2026, 3, 31), 2025, 2, 4, 12),
        (date(2026, 4, 1), 2026, 1, 1, 1),
        (date(2026, 9, 30), 2026, 1, 2, 6),
        (date(2026, 10, 1), 2026, 2, 3, 7),
        (date(2026, 12, 31), 2026, 2, 3, 9),
        (date(2027, 1, 1), 2026, 2, 4, 10),
        (date(2028, 2, 29), 2027, 2, 4, 11),
    ],
)
def test_days_around_the_boundaries(day, year, half, quarter, month):
    assert APRIL.fiscal_year_of(day) == year
    assert APRIL.half_of(day) == (year, half)
    assert APRIL.quarter_of(day) == (year, quarter)
    assert APRIL.month_of(day) == (year, month)


def test_a_closing_day_moves_every_boundary():
    fiscal = FiscalCalendar(4, closing_day=20)
    assert fiscal.month_range(2026, 1) == DateRange(date(2026, 3, 21), date(2026, 4, 20))
    assert fiscal.year_range(2026) == DateRange(date(2026, 3, 21), date(2027, 3, 20))
    assert fiscal.fiscal_year_of(date(2026, 3, 20)) == 2025
    assert fiscal.fiscal_year_of(date(2026, 3, 21)) == 2026


def test_a_calendar_year_is_possible():
    assert FiscalCalendar(1).year_range(2026) == DateRange(date(2026, 1, 1), date(2026, 12, 31))
    assert FiscalCalendar(12).year_range(2026) == DateRange(date(2026, 12, 1), date(2027, 11, 30))


@settings(max_examples=400)
@given(CALENDARS, DAYS)
def test_a_day_lies_in_the_part_it_belongs_to(fiscal, day):
    assert day in fiscal.year_range(fiscal.fiscal_year_of(day))
    assert day in fiscal.half_range(*fiscal.half_of(day))
    assert day in fiscal.quarter_range(*fiscal.quarter_of(day))
    assert day in fiscal.month_range(*fiscal.month_of(day))


@settings(max_examples=200)
@given(CALENDARS, st.integers(1990, 2100))
def test_parts_follow_each_other_without_gap_or_overlap(fiscal, year):
    whole = fiscal.year_range(year)
    for part, count in ((fiscal.half_range, 2), (fiscal.quarter_range, 4), (fiscal.month_range, 12)):
        ranges = [part(year, number) for number in range(1, count + 1)]
        assert (ranges[0].first, ranges[-1].last) == (whole.first, whole.last)
        assert sum(span.days for span in ranges) == whole.days
        for before, after in pairwise(ranges):
            assert after.first == before.last + timedelta(days=1)
    assert fiscal.year_range(year + 1).first == whole.last + timedelta(days=1)


@pytest.mark.parametrize(("half", "quarter"), [(0, 0), (3, 5)])
def test_there_is_no_third_half_and_no_fifth_quarter(half, quarter):
    with pytest.raises(ValueError):
        APRIL.half_range(2026, half)
    with pytest.raises(ValueError):
        APRIL.quarter_range(2026, quarter)


@pytest.mark.parametrize("arguments", [(0,), (13,), (4, 0), (4, 29)])
def test_impossible_settings_are_refused(arguments):
    with pytest.raises(ValueError):
        FiscalCalendar(*arguments)
