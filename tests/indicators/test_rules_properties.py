"""What holds for every scale: better never scores worse, order does not matter, weight is never lost."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dodai.indicators.rules.achievement import MilestoneResult, Share, achievement
from dodai.indicators.rules.anchors import anchors_of, interpolate
from dodai.indicators.rules.points import BANDS, LINE, points
from dodai.indicators.rules.scales import (
    CAP,
    FLOOR,
    Anchor,
    AnchorTable,
    Improve,
    Milestones,
    MilestoneState,
    Overrun,
    Range,
    Ratio,
    RubricLevels,
    Zero,
    ZeroRate,
)
from dodai.indicators.rules.storage import scale_from_json, scale_to_json
from dodai.indicators.rules.weights import Weighted, goal_achievement, weighted_mean

VALUES = st.decimals(-1000, 1000, places=2)
TARGETS = st.decimals("0.01", 1000, places=2)
MARKS = st.lists(st.integers(0, 150).map(Decimal), min_size=2, max_size=5, unique=True).map(sorted)


@st.composite
def anchor_tables(draw):
    marks = draw(MARKS)
    size = len(marks)
    values = sorted(draw(st.lists(VALUES, min_size=size, max_size=size, unique=True)))
    if draw(st.booleans()):
        values.reverse()
    return AnchorTable(tuple(Anchor(value, r) for value, r in zip(values, marks, strict=True)))


IMPROVEMENTS = (
    st.tuples(VALUES, VALUES).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Improve(*pair))
)
SCALES = TARGETS.map(Ratio) | TARGETS.map(Overrun) | IMPROVEMENTS | anchor_tables()


@given(SCALES, VALUES, VALUES)
def test_r_is_monotone_in_the_result(scale, one, other):
    anchors = anchors_of(scale)
    higher_is_better = anchors[0].r < anchors[-1].r
    worse, better = (
        (min(one, other), max(one, other)) if higher_is_better else (max(one, other), min(one, other))
    )
    assert achievement(scale, worse).r <= achievement(scale, better).r


@given(SCALES, VALUES)
def test_r_stays_between_the_floor_and_the_cap(scale, actual):
    result = achievement(scale, actual)
    assert FLOOR <= result.r <= CAP
    assert result.r == min(max(result.r_raw, FLOOR), CAP)


@given(TARGETS.map(Ratio) | TARGETS.map(Overrun), VALUES)
def test_the_formula_and_its_anchors_agree(scale, actual):
    exact = interpolate([(anchor.value, anchor.r) for anchor in anchors_of(scale)], actual)
    assert abs(Fraction(achievement(scale, actual).r) - exact) <= Fraction(6, 100)


@given(IMPROVEMENTS)
def test_baseline_is_60_and_target_is_100(scale):
    assert achievement(scale, scale.baseline).r == 60
    assert achievement(scale, scale.target).r == 100


@given(st.integers(0, 20), st.integers(0, 20))
def test_more_violations_never_score_better(one, other):
    few, many = sorted((one, other))
    assert achievement(Zero(), Decimal(few)).r >= achievement(Zero(), Decimal(many)).r


@given(st.integers(1, 500), st.integers(0, 500), st.integers(0, 500))
def test_a_higher_rate_of_violations_never_scores_better(exposure, one, other):
    few, many = sorted((min(one, exposure), min(other, exposure)))
    scale = ZeroRate(Decimal("0.02"))
    good, bad = (achievement(scale, Share(Decimal(n), Decimal(exposure))) for n in (few, many))
    assert good.r >= bad.r


@given(VALUES, VALUES)
def test_outside_a_range_farther_is_never_better(one, other):
    scale = Range(Decimal(95), Decimal(100), Decimal(85), Decimal(110))
    below, above = [value for value in (one, other) if value <= 95], [v for v in (one, other) if v >= 100]
    assume(len(below) == 2 or len(above) == 2)
    near, far = (max(below), min(below)) if len(below) == 2 else (min(above), max(above))
    assert achievement(scale, near).r >= achievement(scale, far).r


@given(st.lists(st.sampled_from(MilestoneState), min_size=4, max_size=4), st.integers(0, 3))
def test_a_milestone_done_earlier_never_scores_worse(states, place):
    weights = [Decimal(weight) for weight in (20, 30, 30, 20)]

    def r(marks):
        results = [MilestoneResult(weight, state) for weight, state in zip(weights, marks, strict=True)]
        return achievement(Milestones(), results).r

    better = [*states]
    better[place] = MilestoneState.ON_TIME
    assert r(better) >= r(states)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=7), st.randoms())
def test_the_order_of_judges_does_not_matter(levels, random):
    shuffled = [*levels]
    random.shuffle(shuffled)
    assert achievement(RubricLevels(), levels) == achievement(RubricLevels(), shuffled)


PARTS = st.lists(
    st.builds(
        Weighted,
        st.integers(1, 60).map(Decimal),
        st.none() | st.decimals(0, 150, places=1),
    ),
    min_size=1,
    max_size=7,
)


@given(PARTS, st.randoms())
def test_a_weighted_result_does_not_depend_on_order(parts, random):
    shuffled = [*parts]
    random.shuffle(shuffled)
    assert goal_achievement(parts) == goal_achievement(shuffled)


@given(PARTS)
def test_what_is_excluded_gives_its_weight_to_the_rest(parts):
    combined = goal_achievement(parts)
    counted = [part for part in parts if part.value is not None]
    if not counted:
        assert combined is None
        return
    assert combined.used_weight == sum(part.weight for part in counted)
    assert min(part.value for part in counted) <= combined.value <= max(part.value for part in counted)
    assert weighted_mean(counted, places=1) == combined
    assert goal_achievement(parts, all_required=True).value == min(part.value for part in counted)


@given(st.decimals(0, 150, places=1), st.decimals(0, 150, places=1))
def test_points_never_fall_when_r_rises(one, other):
    low, high = sorted((one, other))
    for rule in (BANDS, LINE):
        assert points(low, rule) <= points(high, rule)


@pytest.mark.parametrize("r", ["60", "80", "100", "110", "120"])
def test_bands_and_line_meet_at_the_anchors(r):
    assert points(Decimal(r), BANDS) == points(Decimal(r), LINE)


@given(SCALES)
def test_storage_changes_nothing(scale):
    assert scale_from_json(scale_to_json(scale)) == scale
