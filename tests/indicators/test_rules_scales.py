"""What a scale shows before it is chosen, how it is kept, and what it refuses."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal as D

import pytest

from dodai.indicators.rules.achievement import (
    MilestoneResult,
    Share,
    achievement,
    median_level,
    milestone_state,
)
from dodai.indicators.rules.aggregation import Aggregation, Counted, aggregate, pace, rate, spread
from dodai.indicators.rules.preview import preview
from dodai.indicators.rules.refusals import ScaleRefused
from dodai.indicators.rules.scales import (
    Anchor,
    AnchorTable,
    Binary,
    Improve,
    Method,
    Milestones,
    MilestoneState,
    Overrun,
    Range,
    Ratio,
    RubricLevels,
    Zero,
    ZeroRate,
    improve,
    level_table,
)
from dodai.indicators.rules.storage import scale_from_json, scale_to_json
from dodai.indicators.rules.suggestion import readings, suggest_method
from dodai.indicators.rules.weights import Weighted, goal_achievement
from dodai.organization.rules.calendar import BusinessCalendar

SCALES = [
    Ratio(D("90")),
    Overrun(D("5")),
    Improve(D("7"), D("5")),
    Improve(D("-80"), D("-40")),
    level_table(baseline=D("7"), threshold=D("6"), target=D("5"), over=D("4.5"), stretch=D("4")),
    Range(D("95"), D("100"), D("85"), D("110")),
    Zero(),
    ZeroRate(D("0.02")),
    Milestones(),
    Binary(),
    RubricLevels(),
]


def shown(scale, **options):
    return [
        (row.meaning, None if row.actual is None else str(row.actual), str(row.r))
        for row in preview(scale, **options)
    ]


def test_the_level_table_of_the_goal_page():
    rows = preview(Improve(D("12.4"), D("8.0")))
    assert [(row.meaning, str(row.actual), str(row.r), str(row.points)) for row in rows] == [
        ("stretch", "5.8", "120.0", "5"),
        ("over", "6.9", "110.0", "4"),
        ("target", "8.0", "100.0", "3"),
        ("threshold", "10.2", "80.0", "2"),
        ("baseline", "12.4", "60.0", "1"),
    ]


def test_a_ratio_is_previewed_around_its_target():
    assert shown(Ratio(D("100")), places=0) == [
        ("stretch", "120", "120.0"),
        ("over", "110", "110.0"),
        ("target", "100", "100.0"),
        ("threshold", "80", "80.0"),
        ("baseline", "60", "60.0"),
    ]


def test_a_percentage_is_never_previewed_above_100():
    assert shown(Ratio(D("95")), places=0, highest=D("100")) == [
        ("stretch", "100", "105.3"),
        ("target", "95", "100.0"),
        ("between", "86", "90.5"),
        ("threshold", "76", "80.0"),
        ("baseline", "57", "60.0"),
    ]
    assert preview(Ratio(D("100")), highest=D("100"))[0].meaning == "target"


def test_a_count_is_never_previewed_below_0():
    rows = preview(Improve(D("4"), D("0")), places=0)
    assert [str(row.actual) for row in rows] == ["0", "1", "2", "3", "4"]
    assert rows[0].meaning == "target"


def test_whole_days_show_each_day_once():
    rows = preview(Improve(D("7"), D("5")), places=0)
    assert [str(row.actual) for row in rows] == ["4", "5", "6", "7", "8"]
    assert [str(row.r) for row in rows] == ["120.0", "100.0", "80.0", "60.0", "40.0"]


def test_an_anchor_table_shows_only_levels_it_has():
    table = AnchorTable((Anchor(D("7"), D("60")), Anchor(D("5"), D("100"))))
    assert [row[0] for row in shown(table)] == ["target", "between", "threshold", "between", "baseline"]


def test_the_other_methods_preview_their_own_cases():
    assert shown(Zero())[:4] == [
        ("violations_0", "0", "100.0"),
        ("violations_1", "1", "85.0"),
        ("violations_2", "2", "60.0"),
        ("violations_3", "3", "0.0"),
    ]
    assert shown(ZeroRate(D("0.02")))[1] == ("allowance_25", "0.50", "75.0")
    assert [row[2] for row in shown(Milestones())] == ["100.0", "96.0", "90.0", "80.0", "0.0"]
    assert [row[2] for row in shown(Binary())] == ["100.0", "80.0", "0.0"]
    assert [row[2] for row in shown(RubricLevels())] == ["120.0", "110.0", "100.0", "85.0", "60.0"]
    assert shown(Range(D("95"), D("100"), D("85"), D("110"))) == [
        ("inside", "97.5", "100.0"),
        ("slightly_low", "90.0", "50.0"),
        ("slightly_high", "105.0", "50.0"),
        ("too_low", "85.0", "0.0"),
        ("too_high", "110.0", "0.0"),
    ]


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.method.value)
def test_a_preview_has_five_rows_and_only_pass_or_fail_three(scale):
    assert len(preview(scale)) == (3 if scale.method is Method.BINARY else 5)


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.method.value)
def test_a_scale_survives_storage(scale):
    stored = scale_to_json(scale)
    assert scale_from_json(json.loads(json.dumps(stored))) == scale
    assert stored["method"] == scale.method.value


def test_stored_scales_are_stable():
    assert scale_to_json(Improve(D("7.0"), D("5"))) == scale_to_json(Improve(D("7"), D("5.00")))
    assert scale_to_json(Ratio(D("1E+2"))) == {"method": "ratio", "target": "100"}
    assert scale_to_json(Zero()) == {"method": "zero", "steps": ["100", "85", "60"], "otherwise": "0"}


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"method": "guess"},
        {"method": "ratio"},
        {"method": "ratio", "target": 90},
        {"method": "ratio", "target": "ninety"},
        {"method": "anchors", "anchors": "12"},
        {"method": "anchors", "anchors": [["1", "2", "3"]]},
        {"method": "zero", "steps": "100", "otherwise": "0"},
    ],
)
def test_what_was_never_a_scale_is_not_read(stored):
    with pytest.raises(ValueError):
        scale_from_json(stored)


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        (lambda: Ratio(D("-1")), "target_must_be_positive"),
        (lambda: Overrun(D("0")), "target_must_be_positive"),
        (lambda: improve(D("5"), D("4"), "higher"), "target_on_wrong_side"),
        (lambda: level_table(target=D("5")), "anchors_too_few"),
        (lambda: AnchorTable(tuple(Anchor(D(n), D(n)) for n in "123456")), "anchors_too_many"),
        (lambda: AnchorTable((Anchor(D("1"), D("60")), Anchor(D("1"), D("100")))), "anchors_not_monotone"),
        (lambda: AnchorTable((Anchor(D("1"), D("60")), Anchor(D("2"), D("60")))), "anchors_not_monotone"),
        (lambda: AnchorTable((Anchor(D("1"), D("60")), Anchor(D("2"), D("151")))), "anchor_out_of_range"),
        (lambda: Range(D("95"), D("90"), D("85"), D("110")), "range_out_of_order"),
        (lambda: Range(D("95"), D("100"), D("95"), D("110")), "range_out_of_order"),
        (lambda: Zero((D("85"), D("100"))), "steps_out_of_order"),
        (lambda: Zero(()), "steps_out_of_order"),
        (lambda: Zero((D("200"),)), "anchor_out_of_range"),
        (lambda: ZeroRate(D("0")), "allowance_must_be_positive"),
        (lambda: Milestones(D("0.5"), D("0.8")), "steps_out_of_order"),
        (lambda: Binary(D("120")), "steps_out_of_order"),
        (lambda: RubricLevels((D("60"), D("60"))), "rubric_map_out_of_order"),
        (lambda: RubricLevels(()), "level_unknown"),
        (lambda: achievement(Ratio(D("1")), Share(D("1"), D("1"))), "actual_missing"),
        (lambda: achievement(ZeroRate(D("1")), D("1")), "actual_missing"),
        (lambda: achievement(Binary(), D("1")), "actual_missing"),
        (lambda: achievement(RubricLevels(), []), "actual_missing"),
        (lambda: achievement(RubricLevels(), [6]), "level_unknown"),
        (lambda: achievement(RubricLevels(), [0, 3, 3]), "level_unknown"),
        (lambda: achievement(Zero(), D("-1")), "count_negative"),
        (lambda: achievement(ZeroRate(D("0.1")), Share(D("3"), D("2"))), "count_above_exposure"),
        (lambda: achievement(ZeroRate(D("0.1")), Share(D("-1"), D("2"))), "count_negative"),
        (
            lambda: achievement(Milestones(), [MilestoneResult(D("90"), MilestoneState.ON_TIME)]),
            "milestone_weights_not_100",
        ),
        (lambda: goal_achievement([Weighted(D("0"), D("80"))]), "weights_missing"),
    ],
)
def test_numbers_that_do_not_fit_are_refused_with_the_way_out(build, reason):
    with pytest.raises(ScaleRefused) as refusal:
        build()
    assert refusal.value.reason == reason
    assert str(refusal.value).endswith("ください。")


def test_the_cap_of_a_policy_cuts_earlier():
    result = achievement(Ratio(D("90")), D("150"), cap=D("120"))
    assert (result.r, result.r_raw) == (D("120.0"), D("166.7"))


@pytest.mark.parametrize(
    ("arguments", "method"),
    [
        (
            {"direction": "lower", "is_improvement": True, "baseline": D("7"), "target": D("5")},
            Method.IMPROVE,
        ),
        ({"direction": "lower", "is_improvement": True, "target": D("5")}, Method.OVERRUN),
        (
            {"direction": "lower", "is_improvement": True, "baseline": D("5"), "target": D("5")},
            Method.OVERRUN,
        ),
        (
            {"direction": "lower", "is_improvement": False, "baseline": D("7"), "target": D("5")},
            Method.OVERRUN,
        ),
        ({"direction": "higher", "is_improvement": False, "target": D("5")}, Method.RATIO),
        ({"direction": "lower", "is_improvement": False, "target": D("0")}, Method.ZERO),
        ({"direction": "zero", "is_improvement": True, "baseline": D("4")}, Method.ZERO),
        ({"direction": "zero", "is_improvement": False, "exposure": 240}, Method.ZERO_RATE),
        ({"direction": "range", "is_improvement": True, "baseline": D("4")}, Method.RANGE),
        ({"direction": "milestone", "is_improvement": False}, Method.MILESTONE),
        ({"direction": "binary", "is_improvement": False}, Method.BINARY),
        ({"direction": "rubric", "is_improvement": True}, Method.RUBRIC),
    ],
)
def test_the_suggested_method(arguments, method):
    assert suggest_method(**arguments) is method


def test_three_readings_of_one_result():
    shown = readings(baseline=D("62"), target=D("75"), actual=D("68"), better="higher")
    assert [(one.key, str(one.percent), one.points and str(one.points)) for one in shown] == [
        ("against_target", "90.7", "2"),
        ("way_made", "46.2", None),
        ("improve", "78.5", "1"),
    ]


def test_readings_that_do_not_fit_are_left_out():
    assert [one.key for one in readings(baseline=D("4"), target=D("0"), actual=D("1"), better="lower")] == [
        "way_made",
        "improve",
    ]
    assert [one.key for one in readings(baseline=D("5"), target=D("5"), actual=D("5"), better="lower")] == [
        "against_target"
    ]


def test_lateness_of_a_milestone_is_counted_in_business_days():
    calendar = BusinessCalendar()
    friday = date(2026, 7, 31)
    assert milestone_state(friday, None, calendar) is MilestoneState.NOT_DONE
    assert milestone_state(friday, date(2026, 8, 2), calendar) is MilestoneState.ON_TIME
    assert milestone_state(friday, date(2026, 8, 3), calendar) is MilestoneState.LATE_1_10
    assert milestone_state(friday, date(2026, 8, 14), calendar) is MilestoneState.LATE_1_10
    assert milestone_state(friday, date(2026, 8, 17), calendar) is MilestoneState.LATE_11_PLUS


def test_judges_meet_in_the_middle():
    assert median_level([4, 2, 3]) == 3
    assert median_level([5, 2]) == 2


@pytest.mark.parametrize(
    ("how", "value"),
    [
        (Aggregation.SUM, "10.0"),
        (Aggregation.MEAN, "2.5"),
        (Aggregation.MEDIAN, "2.5"),
        (Aggregation.LAST, "2.0"),
        (Aggregation.MAX, "4.0"),
        (Aggregation.MIN, "1.0"),
        (Aggregation.VIOLATIONS, "10.0"),
    ],
)
def test_measurements_become_one_value(how, value):
    values = [D("4"), D("1"), D("3"), D("2")]
    assert str(aggregate(how, values, places=1)) == value
    assert aggregate(how, [], places=1) is None


def test_a_rate_is_never_a_mean_of_rates():
    with pytest.raises(ValueError):
        aggregate(Aggregation.RATIO, [D("50"), D("90")], places=1)
    assert rate([Counted(D("0"), D("0"))]) is None


def test_few_cases_are_marked():
    assert spread([]) is None
    assert spread([D("1")] * 4).is_few
    assert not spread([D("1")] * 5).is_few


def test_there_is_no_pace_before_the_first_day():
    assert pace(D("120"), D("0"), 0, 122) is None
