"""Hours, share, 改善優先度 and the board, with the worked examples."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dodai.organization.rules.calendar import BusinessCalendar
from dodai.organization.rules.fiscal import FiscalCalendar
from dodai.organization.rules.holidays import national_holidays, new_year_break
from dodai.work import rules

YEAR = FiscalCalendar().year_range(2026)
DAYS_OFF = {holiday.day for year in (2026, 2027) for holiday in national_holidays(year, on=date(2026, 4, 1))}
CALENDAR = BusinessCalendar(holidays=frozenset(DAYS_OFF | set(new_year_break(2026))))
WORKED = {
    "effort": Decimal("0.9"),
    "improvement_room": 4,
    "capable_people": 1,
    "importance": 5,
    "manual": "none",
}


def test_the_worked_priorities():
    assert str(rules.improvement_priority(**WORKED)) == "90.8"
    other = {"improvement_room": 3, "capable_people": 2, "importance": 3, "manual": "old"}
    assert str(rules.improvement_priority(effort=Decimal("0.5"), **other)) == "51.0"


def test_the_ends_of_the_priority():
    most = {"improvement_room": 5, "capable_people": 1, "importance": 5, "manual": "none"}
    least = {"improvement_room": 1, "capable_people": 3, "importance": 1, "manual": "current"}
    assert rules.improvement_priority(effort=Fraction(1), **most) == 100
    assert rules.improvement_priority(effort=Fraction(0), **least) == 0


@pytest.mark.parametrize("name", WORKED)
def test_an_open_question_leaves_the_priority_open(name):
    assert rules.improvement_priority(**{**WORKED, name: None}) is None


@given(
    effort=st.fractions(0, 1),
    improvement_room=st.integers(1, 5),
    capable_people=st.integers(1, 9),
    importance=st.integers(1, 5),
    manual=st.sampled_from(["current", "old", "none"]),
)
def test_the_priority_stays_between_0_and_100(**given_values):
    assert 0 <= rules.improvement_priority(**given_values) <= 100


def test_hours_and_their_share():
    assert rules.annual_hours(Decimal("25"), 240) == Decimal("100.00")
    assert rules.annual_hours(Decimal("20"), 50) == Decimal("16.67")
    assert rules.annual_hours(None, 12) is None
    assert rules.annual_hours(Decimal("5"), None) is None
    assert str(rules.share(Decimal("620"), Decimal("2250.67"))) == "27.5"
    assert rules.share(None, Decimal("10")) is None
    assert rules.share(Decimal("10"), Decimal("0")) is None


@pytest.mark.parametrize(
    ("frequencies", "runs"),
    [
        (["daily"], 241),
        (["weekly"], 52),
        (["biweekly"], 26),
        (["monthly"], 12),
        (["quarterly"], 4),
        (["half_yearly"], 2),
        (["yearly"], 1),
        (["monthly", "yearly"], 13),
        (["on_demand"], None),
        (["yearly", "on_demand"], None),
        ([], None),
    ],
)
def test_runs_come_from_the_calendar(frequencies, runs):
    assert rules.default_runs(frequencies, CALENDAR, YEAR) == runs


def test_weeks_without_work_do_not_count():
    golden_week = {date(2026, 4, 27), date(2026, 4, 28), date(2026, 4, 30), date(2026, 5, 1)}
    closed = BusinessCalendar(holidays=CALENDAR.holidays | golden_week)
    assert rules.default_runs(["weekly"], closed, YEAR) == 51


def test_effort_is_ranked_inside_the_department():
    hours = [Decimal(value) for value in (10, 20, 20, 30, 40)]
    assert [rules.effort_percentile(value, hours) for value in sorted(set(hours))] == [
        0,
        Fraction(1, 4),
        Fraction(3, 4),
        1,
    ]
    assert rules.effort_percentile(Decimal(5), [Decimal(5)]) == 1


@pytest.mark.parametrize(
    ("people", "level"), [(None, None), (0, "high"), (1, "high"), (2, "medium"), (3, "low"), (9, "low")]
)
def test_work_depends_on_few_people(people, level):
    assert rules.dependence(people) == level


@pytest.mark.parametrize(
    ("status", "updated_on", "shown"),
    [
        ("current", date(2025, 6, 30), "current"),
        ("current", date(2025, 6, 29), "old"),
        ("current", None, "current"),
        ("old", date(2026, 6, 1), "old"),
        ("none", None, "none"),
        ("", None, ""),
    ],
)
def test_a_manual_grows_old_after_twelve_months(status, updated_on, shown):
    assert rules.manual_state(status, updated_on, on=date(2026, 6, 30)) == shown


@pytest.mark.parametrize(
    ("confirmed_on", "due"), [(date(2025, 6, 30), True), (date(2025, 7, 1), False), (None, False)]
)
def test_a_review_is_due_after_twelve_months(confirmed_on, due):
    assert rules.is_review_due(confirmed_on, on=date(2026, 6, 30)) is due


@pytest.mark.parametrize(
    ("frequencies", "place"),
    [
        (["daily"], "daily"),
        (["monthly", "yearly"], "monthly"),
        (["yearly", "on_demand"], "yearly"),
        (["biweekly"], "weekly"),
        (["half_yearly"], "yearly"),
        ([""], None),
        ([], None),
    ],
)
def test_the_most_frequent_run_decides_the_column(frequencies, place):
    assert rules.column(frequencies) == place


@pytest.mark.parametrize(
    ("importance", "place", "quadrant"),
    [
        (5, "daily", "goal"),
        (4, "monthly", "goal"),
        (5, "quarterly", "risk"),
        (3, "daily", "keep"),
        (2, "weekly", "reduce"),
        (1, "yearly", "keep"),
    ],
)
def test_a_place_on_the_board_suggests_something(importance, place, quadrant):
    assert rules.quadrant(importance, rules.Column(place)) == quadrant


def test_no_suggestion_without_both_coordinates():
    assert rules.quadrant(None, rules.Column.DAILY) is None
    assert rules.quadrant(5, None) is None
