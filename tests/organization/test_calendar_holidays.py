"""National holidays, and the mark on years nobody has announced yet."""

from datetime import date

import pytest

from dodai.organization.rules.holidays import is_announced, national_holidays, new_year_break


def test_holidays_between_two_holidays_and_moved_ones():
    days = {holiday.day: holiday.name for holiday in national_holidays(2026, on=date(2026, 4, 1))}
    assert days[date(2026, 9, 22)] == "国民の休日"
    assert "振替休日" in days[date(2026, 5, 6)]
    assert date(2026, 12, 29) not in days
    assert len(days) == 18


@pytest.mark.parametrize(
    ("year", "on", "announced"),
    [
        (2026, date(2026, 1, 1), True),
        (2027, date(2026, 1, 31), False),
        (2027, date(2026, 2, 1), True),
        (2028, date(2026, 12, 31), False),
        (2020, date(2026, 1, 1), True),
    ],
)
def test_a_year_is_announced_in_february_of_the_year_before(year, on, announced):
    assert is_announced(year, on=on) is announced
    assert {holiday.is_announced for holiday in national_holidays(year, on=on)} == {announced}


def test_the_new_year_break_crosses_the_year():
    days = new_year_break(2026)
    assert (days[0], days[-1], len(days)) == (date(2026, 12, 29), date(2027, 1, 3), 6)
