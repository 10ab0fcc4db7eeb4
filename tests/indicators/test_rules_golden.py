"""Every golden case of scoring that needs no sheet: the numbers a person can repeat by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from dodai.core.numbers import plain, round_half_up
from dodai.indicators.rules.achievement import MilestoneResult, Share, achievement, weighted_count
from dodai.indicators.rules.aggregation import (
    Aggregation,
    Counted,
    PaceStatus,
    pace,
    pace_status,
    prorated_target,
    rate,
    spread,
)
from dodai.indicators.rules.anchors import anchors_of
from dodai.indicators.rules.points import LINE, Difficulty, DifficultyMode, adjust, points
from dodai.indicators.rules.refusals import WORDING, ScaleRefused
from dodai.indicators.rules.scales import (
    Anchor,
    AnchorTable,
    Binary,
    BinaryState,
    Milestones,
    MilestoneState,
    Overrun,
    Range,
    Ratio,
    RubricLevels,
    Zero,
    ZeroRate,
    improve,
)
from dodai.indicators.rules.weights import Weighted, goal_achievement, settled_weight, weighted_mean

CASES = json.loads((Path(__file__).parent / "scoring_cases.json").read_text())["cases"]
DIFFICULTIES = {"高": Difficulty.HIGH, "標準": Difficulty.NORMAL, "低": Difficulty.LOW}
STATUSES = {"順調": PaceStatus.ON_TRACK, "注意": PaceStatus.AT_RISK, "遅延": PaceStatus.LATE}


def cases(*groups):
    return [pytest.param(case, id=case["id"]) for case in CASES if case["group"] in groups]


def decimal(given, *names):
    return [Decimal(given[name]) for name in names]


def scale_of(method, given):
    match method:
        case "ratio":
            return Ratio(*decimal(given, "target"))
        case "overrun":
            return Overrun(*decimal(given, "target"))
        case "improve":
            return improve(*decimal(given, "baseline", "target"), given.get("direction"))
        case "anchors":
            return AnchorTable(tuple(Anchor(Decimal(value), Decimal(r)) for value, r in given["anchors"]))
        case "range":
            return Range(*decimal(given, "low", "high", "tolerance_low", "tolerance_high"))
        case "zero":
            assert [count for count, _ in given["steps"]] == ["0", "1", "2"]
            return Zero(tuple(Decimal(r) for _, r in given["steps"]), *decimal(given, "otherwise"))
        case "zero_rate":
            return ZeroRate(*decimal(given, "allowance"))
        case "milestone":
            return Milestones(*decimal(given["factors"], "late_1_10", "late_11_plus"))
        case "binary":
            return Binary()
    return RubricLevels()


def actual_of(method, given):
    match method:
        case "zero":
            if "severities" in given:
                weights = {name: int(weight) for name, weight in given["severity_weights"].items()}
                return weighted_count(given["severities"], weights)
            return Decimal(given["violations"])
        case "zero_rate":
            return Share(*decimal(given, "violations", "exposure"))
        case "milestone":
            return [MilestoneResult(Decimal(w), MilestoneState(state)) for w, state in given["milestones"]]
        case "binary":
            return BinaryState(given["state"])
        case "rubric":
            return [int(level) for level in given["levels"]]
    return Decimal(given["actual"])


@pytest.mark.parametrize("case", cases("achievement"))
def test_achievement(case):
    given, expected = case["input"], case["expected"]
    if "error" in expected:
        with pytest.raises(ScaleRefused) as refusal:
            scale_of(case["method"], given)
        assert refusal.value.reason == expected["error"]
        assert str(refusal.value) == WORDING[expected["error"]]
        return
    actual = actual_of(case["method"], given)
    result = achievement(scale_of(case["method"], given), actual)
    if expected.get("status") == "not_applicable":
        assert result is None
        return
    assert str(result.r) == expected["r"]
    assert str(points(result.r)) == expected["p"]
    if "r_raw" in expected:
        assert str(result.r_raw) == expected["r_raw"]
    else:
        assert result.r_raw == result.r or case["method"] in ("range", "zero_rate")
    if "improve" in expected:
        assert str(result.improve) == expected["improve"]
    if "level" in expected:
        assert str(result.level) == expected["level"]
    if "weighted_count" in expected:
        assert str(actual) == expected["weighted_count"]


@pytest.mark.parametrize("case", cases("anchor_generation"))
def test_anchors_are_generated(case):
    anchors = anchors_of(scale_of(case["method"], case["input"]))
    assert [[plain(anchor.value), plain(anchor.r)] for anchor in anchors] == case["expected"]["anchors"]


@pytest.mark.parametrize("case", cases("points"))
def test_points(case):
    r = Decimal(case["input"]["r"])
    if case["method"] == "linear":
        assert str(points(r, LINE)) == case["expected"]["p"]
    else:
        assert str(round_half_up(r, 1)) == case["expected"]["r_rounded"]
        assert str(points(r)) == case["expected"]["p"]


@pytest.mark.parametrize("case", cases("difficulty"))
def test_difficulty(case):
    given, expected = case["input"], case["expected"]
    p = Decimal(given["p"]) if "p" in given else points(Decimal(given["r"]))
    adjusted = adjust(p, DIFFICULTIES[given["difficulty"]], DifficultyMode(case["method"]))
    assert str(adjusted.points) == expected["p_adjusted"]
    assert adjusted.grade == expected.get("grade")
    assert adjusted.column == expected.get("column")


@pytest.mark.parametrize("case", cases("goal"))
def test_goal(case):
    given, expected = case["input"], case["expected"]
    if case["method"] == "split_by_days":
        parts = [Weighted(Decimal(part["days"]), Decimal(part["r"])) for part in given["parts"]]
        assert str(weighted_mean(parts, places=1).value) == expected["r"]
        return
    indicators = [
        Weighted(Decimal(one["sub_weight"]), None if one["r"] is None else Decimal(one["r"]))
        for one in given["indicators"]
    ]
    combined = goal_achievement(indicators, all_required=case["method"] == "all_required")
    if expected.get("status") == "excluded":
        assert combined is None
        return
    assert str(combined.value) == expected["r"]
    assert str(combined.used_weight) == expected.get("used_weight", "100")


@pytest.mark.parametrize("case", cases("sheet"))
def test_sheet(case):
    given, expected = case["input"], case["expected"]
    if case["method"] == "settled_weight":
        settled = settled_weight(
            Decimal(given["weight"]), int(given["days_elapsed"]), int(given["period_days"])
        )
        assert str(settled) == expected["settled_weight"]
        assert str(Decimal(given["weight"]) - settled) == expected["remaining_weight"]
        return
    adjusted = [
        goal["p_adjusted"]
        if "p_adjusted" in goal
        else str(adjust(Decimal(goal["p"]), DIFFICULTIES[goal["difficulty"]]).points)
        for goal in given["goals"]
    ]
    goals = [
        Weighted(Decimal(goal["weight"]), None if p is None else Decimal(p))
        for goal, p in zip(given["goals"], adjusted, strict=True)
    ]
    combined = weighted_mean(goals, places=2)
    assert str(combined.value) == expected["result_score"]
    assert str(combined.used_weight) == expected.get("used_weight", expected.get("weight_total", "100"))
    assert adjusted == expected.get("p_adjusted", adjusted)


@pytest.mark.parametrize("case", cases("aggregation"))
def test_aggregation(case):
    given, expected = case["input"], case["expected"]
    match case["method"]:
        case "ratio":
            parts = [Counted(*decimal(part, "numerator", "denominator")) for part in given["parts"]]
            assert str(rate(parts)) == expected["value"]
        case "durations":
            shown = spread([Decimal(value) for value in given["values"]])
            assert [str(shown.n), str(shown.mean), str(shown.median), str(shown.p90)] == [
                expected[name] for name in ("n", "mean", "median", "p90")
            ]
        case "pace":
            days = int(given["elapsed_business_days"]), int(given["total_business_days"])
            shown = pace(*decimal(given, "target", "actual"), *days)
            assert str(shown.expected) == expected["expected"]
            assert str(shown.percent) == expected["pace_percent"]
            assert shown.status == STATUSES[expected["suggested_status"]]
        case "pace_status":
            assert pace_status(*decimal(given, "pace_percent")) == STATUSES[expected["suggested_status"]]


@pytest.mark.parametrize("case", cases("transfer"))
def test_only_sums_are_prorated(case):
    given = case["input"]
    target = prorated_target(
        Decimal(given["target"]),
        Aggregation(given["aggregation"]),
        int(given["days_in"]),
        int(given["period_days"]),
        places=1,
    )
    assert str(target) == case["expected"]["target"]


def test_every_case_is_run():
    groups = {"achievement": 80, "anchor_generation": 4, "points": 29, "difficulty": 27, "goal": 5}
    counted = {group: sum(case["group"] == group for case in CASES) for group in groups}
    assert counted == groups
