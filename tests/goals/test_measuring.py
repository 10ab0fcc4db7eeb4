"""From numbers to the 水準表: the suggested method, exact decimals, and what does not fit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dodai.audit.models import AuditEvent
from dodai.core.errors import Refused
from dodai.goals import actions
from dodai.goals.measuring import GoalIndicatorInput
from dodai.indicators import actions as library


def measure(world, indicator, goal=None, **given):
    goal = goal or world.goal(goal_type="improvement")
    one = GoalIndicatorInput(indicator.current_id, **given)
    goal = actions.measure(goal, by=world.ren, version=goal.version, indicators=[one])
    return goal.goal_indicators.get()


def numbers(**values):
    return {name: Decimal(value) for name, value in values.items()}


WAY = {"method": "improve", "baseline": "62", "target": "75"}
COUNTED = {"method": "zero", "steps": ["100", "85", "60"], "otherwise": "0"}


@pytest.mark.parametrize(
    ("direction", "goal_type", "given", "scale"),
    [
        ("higher", "improvement", numbers(baseline="62", target="75"), WAY),
        ("higher", "operation", numbers(baseline="62", target="75"), {"method": "ratio", "target": "75"}),
        ("lower", "operation", numbers(target="5"), {"method": "overrun", "target": "5"}),
        ("lower", "proposal", numbers(baseline="75", target="62"), {**WAY, "baseline": "75", "target": "62"}),
        ("lower", "operation", numbers(target="0"), COUNTED),
        ("zero", "operation", {"exposure": 240}, {"method": "zero_rate", "allowance": "0.02"}),
        ("milestone", "proposal", {}, {"method": "milestone", "late_1_10": "0.8", "late_11_plus": "0.5"}),
        ("binary", "development", {}, {"method": "binary", "late": "80"}),
        ("higher", "improvement", numbers(target="75"), {"method": "ratio", "target": "75"}),
        ("higher", "improvement", {}, {}),
        (
            "lower",
            "improvement",
            numbers(baseline="7", threshold="6", target="5", stretch="4"),
            {"method": "anchors", "anchors": [["4", "120"], ["5", "100"], ["6", "80"], ["7", "60"]]},
        ),
    ],
)
def test_the_method_follows_direction_type_and_numbers(world, direction, goal_type, given, scale):
    indicator = world.indicator(direction=direction)
    row = measure(world, indicator, world.goal(goal_type=goal_type), **given)

    assert row.scale == scale


def test_numbers_stay_exact(world):
    row = measure(world, world.indicator(), baseline=Decimal("62.1234"), target=Decimal("75.0001"))

    assert (row.baseline, row.target) == (Decimal("62.1234"), Decimal("75.0001"))
    assert row.scale["baseline"] == "62.1234"


def test_the_range_of_the_definition_is_used(world):
    indicator = world.indicator(direction="range", range_low=Decimal(90), range_high=Decimal(100))
    row = measure(world, indicator)

    assert row.scale == {
        "method": "range", "low": "90", "high": "100", "tolerance_low": "80", "tolerance_high": "110",
    }  # fmt: skip


def test_a_rubric_takes_the_marks_of_the_policy_and_expects_level_three(world):
    world.policy.settings = {"rubric_marks": ["50", "80", "100", "110", "120"]}
    world.policy.save()
    row = measure(world, world.indicator(rubric=True))

    assert row.target == 3
    assert row.scale == {"method": "rubric", "marks": ["50", "80", "100", "110", "120"]}


@pytest.mark.parametrize(
    ("direction", "given", "word"),
    [
        ("higher", numbers(baseline="75", target="62"), "方向が合いません"),
        ("lower", numbers(baseline="5", target="7"), "方向が合いません"),
        ("higher", {**numbers(target="0"), "method": "ratio"}, "目標値が0以下"),
        ("higher", {**numbers(baseline="5", target="5"), "method": "improve"}, "同じ"),
        ("higher", numbers(threshold="90", target="80"), "順序"),
        ("higher", {"scale": {"method": "anchors", "anchors": [["80", "100"], ["95", "60"]]}}, "順序"),
        ("higher", {"scale": {"method": "improve", "baseline": "9", "target": "2"}}, "方向が合いません"),
        ("higher", {"method": "magic"}, "段階"),
        ("higher", {"scale": {"method": "anchors"}}, "水準表"),
        ("higher", {"scale": {"method": "zero", "steps": ["10", "90"], "otherwise": "0"}}, "段階"),
        ("higher", {"sub_weight": 50, "target": Decimal("1e20")}, "目標値"),
    ],
)
def test_numbers_that_do_not_fit_are_refused_with_the_way_out(world, direction, given, word):
    goal = world.goal(goal_type="improvement")
    before = AuditEvent.objects.count()
    indicator = world.indicator(direction=direction)
    with pytest.raises(Refused, match=word):
        measure(world, indicator, goal, **given)

    assert not goal.goal_indicators.exists()
    assert AuditEvent.objects.count() == before + 2  # the indicator itself was proposed and published


def test_a_table_of_ones_own_is_kept_as_written(world):
    table = {"method": "anchors", "anchors": [["80", "60"], ["95", "100"]]}
    assert measure(world, world.indicator(), scale=table).scale == table


def test_shares_add_up_and_a_single_measure_has_them_all(world):
    goal, rate = world.goal(), world.indicator()
    rubric, watched = world.indicator(rubric=True), world.indicator(name="修正仕訳の件数")
    assert measure(world, rate, goal, target=Decimal(98), sub_weight=40).sub_weight == 100
    goal.refresh_from_db()
    both = [
        GoalIndicatorInput(rate.current_id, target=Decimal(98), sub_weight=60),
        GoalIndicatorInput(rubric.current_id, sub_weight=40),
        GoalIndicatorInput(watched.current_id, part="counter", target=Decimal(3), sub_weight=70),
    ]
    goal = actions.measure(goal, by=world.ren, version=goal.version, indicators=both)

    assert list(goal.goal_indicators.values_list("part", "sub_weight")) == [
        ("measure", 60), ("measure", 40), ("counter", 0),
    ]  # fmt: skip
    assert goal.goal_indicators.last().scale == {}
    with pytest.raises(Refused, match="配分"):
        actions.measure(
            goal,
            by=world.ren,
            version=goal.version,
            indicators=[GoalIndicatorInput(rate.current_id), GoalIndicatorInput(rubric.current_id)],
        )
    with pytest.raises(Refused, match="5個以内"):
        actions.measure(goal, by=world.ren, version=goal.version, indicators=both * 2)


def test_an_indicator_one_may_not_use_cannot_measure(world):
    goal = world.goal()
    theirs = library.propose(
        by=world.sora, kind="quantitative", function="LG", name="期日遵守率", unit="%", direction="higher"
    )
    with pytest.raises(Refused, match="選べない指標"):
        measure(world, theirs, goal)
    gone = world.indicator()
    gone = library.retire(gone, by=world.mei, version=gone.version)
    with pytest.raises(Refused, match="選べない指標"):
        measure(world, gone, goal)


def test_a_goal_keeps_the_version_it_uses_and_new_ones_take_the_current(world):
    indicator = world.indicator()
    row = measure(world, indicator, target=Decimal(98))
    old = indicator.current_id
    indicator = library.revise(indicator, by=world.mei, version=indicator.version, name="計上率")
    goal = row.goal
    goal = actions.measure(
        goal, by=world.ren, version=goal.version, indicators=[GoalIndicatorInput(old, target=Decimal(99))]
    )
    assert goal.goal_indicators.get().indicator_version_id == old
    other = actions.add_goal(goal.sheet, by=world.ren)
    with pytest.raises(Refused, match="選べない指標"):
        actions.measure(other, by=world.ren, version=1, indicators=[GoalIndicatorInput(old)])


def test_what_was_measured_before_is_in_the_audit_event(world):
    goal = world.goal()
    indicator = world.indicator()
    measure(world, indicator, goal, target=Decimal(95))
    goal.refresh_from_db()
    measure(world, indicator, goal, target=Decimal(98))

    before, after = AuditEvent.objects.last().changes["indicators"]
    assert (before[0]["target"], after[0]["target"]) == ("95", "98")
