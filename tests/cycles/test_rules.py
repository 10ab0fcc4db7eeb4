"""Names, ranges and proposed windows of periods, and what a policy stores."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dodai.core.dates import DateRange
from dodai.cycles.rules import Period, Policy, PolicyRefused, period_of, propose_phases
from dodai.organization.rules.calendar import BusinessCalendar
from dodai.organization.rules.fiscal import FiscalCalendar
from dodai.organization.rules.holidays import national_holidays, new_year_break

APRIL = FiscalCalendar()
DAYS_OFF = {holiday.day for year in (2026, 2027) for holiday in national_holidays(year, on=date(2026, 4, 1))}
CALENDAR = BusinessCalendar(holidays=frozenset(DAYS_OFF | set(new_year_break(2026))))
KINDS = st.sampled_from(["year", "half", "quarter"])


@pytest.mark.parametrize(
    ("period", "name", "first", "last"),
    [
        (Period("half", 2026, 1), "2026年度上期", date(2026, 4, 1), date(2026, 9, 30)),
        (Period("half", 2026, 2), "2026年度下期", date(2026, 10, 1), date(2027, 3, 31)),
        (Period("year", 2026), "2026年度", date(2026, 4, 1), date(2027, 3, 31)),
        (Period("quarter", 2026, 4), "2026年度第4四半期", date(2027, 1, 1), date(2027, 3, 31)),
    ],
)
def test_a_period_has_its_name_and_range(period, name, first, last):
    assert period.name == name
    assert period.range_in(APRIL) == DateRange(first, last)
    assert period_of(period.kind, first, APRIL) == period
    assert period_of(period.kind, last, APRIL) == period


def test_periods_follow_each_other():
    assert Period("half", 2026, 1).next == Period("half", 2026, 2)
    assert Period("half", 2026, 2).next == Period("half", 2027, 1)
    assert Period("year", 2026).next == Period("year", 2027)
    assert Period("quarter", 2026, 4).next == Period("quarter", 2027, 1)


@pytest.mark.parametrize(("kind", "number"), [("half", 3), ("year", 2), ("quarter", 0)])
def test_a_year_has_no_third_half(kind, number):
    with pytest.raises(ValueError):
        Period(kind, 2026, number)


def test_the_default_half_year():
    proposed = propose_phases("half", Period("half", 2026, 1).range_in(APRIL), CALENDAR, shift="as_is")
    assert {one.kind: (f"{one.opens_on:%m/%d}", f"{one.due_on:%m/%d}") for one in proposed} == {
        "work_review": ("03/01", "03/14"),
        "goal_setting": ("03/15", "04/20"),
        "goal_approval": ("04/01", "04/30"),
        "interview": ("07/01", "07/20"),
        "self_evaluation": ("10/01", "10/10"),
        "first_evaluation": ("10/11", "10/20"),
        "second_evaluation": ("10/21", "10/31"),
        "calibration": ("11/05", "11/10"),
        "finalisation": ("11/11", "11/15"),
        "feedback": ("11/16", "11/30"),
        "appeal": ("11/16", "12/14"),
    }


def test_due_dates_fall_on_business_days():
    proposed = {
        one.kind: one for one in propose_phases("half", Period("half", 2026, 1).range_in(APRIL), CALENDAR)
    }
    assert proposed["self_evaluation"].due_on == date(
        2026, 10, 13
    )  # the 10th is a Saturday, the 12th a holiday
    assert proposed["first_evaluation"].opens_on == date(2026, 10, 14)
    assert proposed["interview"].due_on == date(2026, 7, 21)
    assert proposed["finalisation"].due_on == date(2026, 11, 16)
    assert proposed["goal_setting"].due_on == date(2026, 4, 20)


def test_a_quarter_is_settled_before_the_middle_of_the_next():
    period = Period("quarter", 2026, 1).range_in(APRIL)
    proposed = {one.kind: one for one in propose_phases("quarter", period, CALENDAR)}
    assert proposed["goal_setting"].due_on == date(2026, 4, 10)
    assert proposed["interview"].opens_on == date(2026, 5, 15)
    assert proposed["feedback"].due_on < date(2026, 8, 20)


@given(KINDS, st.integers(1, 12), st.none() | st.integers(1, 28), st.integers(2020, 2090), st.integers(1, 12))
def test_windows_are_in_order_for_any_fiscal_year(kind, start_month, closing_day, year, month):
    fiscal = FiscalCalendar(start_month, closing_day)
    period = period_of(kind, date(year, month, 15), fiscal)
    span = period.range_in(fiscal)
    proposed = propose_phases(kind, span, CALENDAR)
    windows = {one.kind: one for one in proposed}
    assert len(windows) == len(proposed) == 11
    assert all(one.opens_on <= one.due_on for one in proposed)
    assert all(CALENDAR.is_business_day(one.due_on) for one in proposed if one.kind != "appeal")
    assert windows["goal_setting"].opens_on < span.first
    assert windows["interview"].opens_on in span
    assert windows["self_evaluation"].opens_on == span.last + timedelta(days=1)
    chain = [
        "self_evaluation",
        "first_evaluation",
        "second_evaluation",
        "calibration",
        "finalisation",
        "feedback",
    ]
    for before, after in pairwise(chain):
        assert windows[before].due_on < windows[after].opens_on


def test_a_policy_survives_storage():
    policy = Policy(weight_max=50, severities={"S01": "info"}, behaviour_used=False)
    assert Policy.from_json(json.loads(json.dumps(policy.to_json()))) == policy
    assert Policy.from_json({}) == Policy()
    assert Policy.from_json({"band_bounds": ["130", "110", "95", "80"]}).band_bounds[0] == Decimal(130)


def test_element_weights_fill_up_without_behaviour():
    assert Policy().elements_for("staff") == (50, 30, 20)
    assert Policy(behaviour_used=False).elements_for("staff") == (Decimal("62.5"), Decimal("37.5"), 0)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"colour": "red"}, "key_unknown"),
        ({"element_weights": {"staff": [50, 30, 30]}}, "element_weights"),
        ({"weight_min": 60}, "weight_limits"),
        ({"weight_step": 0}, "weight_limits"),
        ({"fewest_goals": 7}, "goal_counts"),
        ({"band_bounds": ["80", "95", "105", "120"]}, "bounds"),
        ({"rubric_marks": ["60", "60", "100", "110", "120"]}, "bounds"),
        ({"grade_bounds": ["3.60", "4.50", "2.60", "1.60"]}, "bounds"),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(settings, reason):
    with pytest.raises(PolicyRefused) as refusal:
        Policy.from_json(settings)
    assert refusal.value.reason == reason
    assert str(refusal.value).endswith("ください。")
