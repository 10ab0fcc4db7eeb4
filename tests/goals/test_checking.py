"""The SMART check on stored goals and sheets, and what stops 承認申請."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from dodai import catalogue
from dodai.audit.models import AuditEvent
from dodai.core.errors import NotAllowed, Refused
from dodai.goals import actions
from dodai.goals.checking import check_goal, check_sheet, check_text
from dodai.goals.models import Goal
from dodai.goals.rules import date_in
from dodai.indicators import actions as library


def rules(check):
    return {one.rule for one in check.findings}


def test_nothing_is_said_about_a_sheet_that_is_ready(world):
    check = check_sheet(world.ready_sheet())

    assert check.obstacles == ()
    assert (check.errors, check.warnings) == ((), ())
    assert not check.blocks
    assert not check.needs_reason
    assert [one.score for one in check.goals] == [100, 100, 100]


def test_a_sheet_costs_the_same_however_many_goals_it_has(world, django_assert_num_queries):
    sheet = world.ready_sheet()
    for size in (3, 7):
        with django_assert_num_queries(9):
            check_sheet(sheet)
        for _ in range(4):
            world.goal(sheet, weight=0)
        assert sheet.goals.count() == size + 4


def test_the_stored_fields_speak_along(world):
    goal = world.goal(step="review", deadline=date(2027, 3, 31))

    assert {"R01", "R02", "T03"} <= rules(check_goal(goal))
    early = world.goal(goal.sheet, step="outcome")
    assert not {"R01", "R02"} & rules(check_goal(early))  # not asked yet
    assert {"R01", "R02"} <= rules(check_sheet(goal.sheet).of(early))


def test_the_date_of_the_sentence_is_compared_with_the_field(world):
    goal = world.goal(statement="請求書の期限内計上率を、8月末までに88%から98%以上にする。")

    assert "T05" in rules(check_goal(goal))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9月末までに", date(2026, 9, 30)),
        ("８月１０日までに", date(2026, 8, 10)),
        ("2026年9月15日に提出し", date(2026, 9, 15)),
        ("6月30日までに試行し、9月末までに終える", None),
        ("3月末までに", None),
        ("13月末までに", None),
        ("上期末までに", None),
        ("毎月5日に", None),
    ],
)
def test_a_sentence_names_one_day_or_none(text, day):
    assert date_in(text, (date(2026, 4, 1), date(2026, 9, 30))) == day


def test_the_previous_period_and_the_parent_are_compared(world):
    above = actions.create_org_goal(
        world.cycle, world.units["finance"], by=world.jun, title="月次決算を5営業日で締める",
        statement="月次決算を、9月末までに毎月第5営業日までに確定する。", deadline=date(2026, 9, 30),
    )  # fmt: skip
    sheet = world.sheet(segment=2, segment_from=date(2026, 7, 1))
    before = world.sheet(segment_to=date(2026, 6, 30))
    world.goal(before, statement="請求書の差戻し率を8%から4%以下にする。")
    copied = world.goal(sheet, statement="請求書の差戻し率を8%から4%以下にする。")
    parroted = world.goal(sheet, statement=above.statement, parent_org_goal=above)

    assert "C01" in rules(check_goal(copied))
    assert "C03" in rules(check_goal(parroted))


def test_a_large_step_is_asked_about_until_a_plan_is_written(world):
    sheet = world.ready_sheet()
    goal = sheet.goals.first()
    from dodai.goals.measuring import GoalIndicatorInput

    row = goal.goal_indicators.get()
    goal = actions.measure(
        goal,
        by=world.ren,
        version=goal.version,
        indicators=[GoalIndicatorInput(row.indicator_version_id, baseline=Decimal(40), target=Decimal(98))],
    )
    assert "A02" not in rules(check_goal(goal))
    goal = actions.write_goal(goal, by=world.ren, version=goal.version, approach="")
    goal = actions.set_milestones(goal, by=world.ren, version=goal.version, milestones=[])
    assert "A02" in rules(check_goal(goal))


def test_a_learning_goal_needs_a_plan_and_is_not_asked_about_its_reach(world):
    sheet = world.ready_sheet()
    goal = sheet.goals.first()
    goal = actions.write_goal(goal, by=world.ren, version=goal.version, learning_goal=True, approach="")
    actions.set_milestones(goal, by=world.ren, version=goal.version, milestones=[])
    check = check_sheet(sheet)

    assert [one.key for one in check.obstacles] == ["plan_missing"]
    assert not {"A01", "A02", "A07"} & rules(check.of(goal))


def test_the_live_check_lays_what_is_typed_over_what_is_stored(world):
    goal = world.goal()
    assert "T01" not in rules(check_text("請求書の差戻し率を8%から4%以下にする。", goal=goal))
    assert "T01" in rules(check_text("請求書の差戻し率を8%から4%以下にする。", goal=goal, deadline=None))
    assert "T01" in rules(check_text("請求書の差戻し率を8%から4%以下にする。"))


def test_findings_speak_the_language_of_the_page(world):
    goal = world.goal(statement="請求書処理を頑張る。")
    with translation.override("en"):
        assert all(one.message.isascii() or "“" in one.message for one in check_goal(goal).findings[:1])
    assert any("。" in one.message for one in check_goal(goal).findings)


def test_the_policy_decides_how_strict_a_rule_is(world):
    goal = world.goal(statement="請求書の照合を必ず9月末までに完了し、支払遅延を0件とする。")
    severity = {one.rule: str(one.severity) for one in check_goal(goal).findings}
    assert severity["M10"] == "info"
    world.policy.settings = {"severities": {"M10": "warn"}}
    world.policy.save()
    severity = {one.rule: str(one.severity) for one in check_goal(goal).findings}
    assert severity["M10"] == "warn"


# ── dismissals ──

VAGUE = "請求書の照合を必ず9月末までに完了し、支払遅延を0件とする。"


def test_a_finding_is_set_aside_with_a_reason_and_taken_up_again(world):
    goal = world.goal(statement=VAGUE)
    assert "M10" in rules(check_goal(goal))
    row = actions.dismiss_finding(
        goal, by=world.ren, rule="M10", word="必ず", reason="法令で例外が認められないため"
    )
    check = check_goal(goal)
    assert "M10" not in rules(check)
    assert [(one.finding.rule, one.reason) for one in check.dismissed] == [("M10", row.reason)]
    with pytest.raises(Refused, match="すでに"):
        actions.dismiss_finding(goal, by=world.ren, rule="M10", word="必ず", reason=row.reason)
    actions.reinstate_finding(goal, by=world.ren, rule="M10", word="必ず")
    assert "M10" in rules(check_goal(goal))
    assert list(AuditEvent.objects.values_list("name", flat=True)) == [
        "finding.dismissed",
        "finding.reinstated",
    ]
    with pytest.raises(Refused, match="外されていません"):
        actions.reinstate_finding(goal, by=world.ren, rule="M10", word="必ず")
    with pytest.raises(NotAllowed):
        actions.reinstate_finding(goal, by=world.hana, rule="M10", word="必ず")


@pytest.mark.parametrize(
    ("rule", "word", "reason", "said"),
    [
        ("T01", "", "期限は決められないため", "外せません"),
        ("M01", "", "数字にできない仕事のため", "外せません"),
        ("S01", "頑張る", "短い", "10字以上"),
        ("X99", "", "よく分からないため直さない", "ありません"),
    ],
)
def test_what_stops_a_submission_cannot_be_set_aside(world, rule, word, reason, said):
    goal = world.goal(statement="請求書処理を頑張る。", criteria="", deadline=None)
    with pytest.raises(Refused, match=said):
        actions.dismiss_finding(goal, by=world.ren, rule=rule, word=word, reason=reason)
    assert not AuditEvent.objects.exists()


def test_a_dismissal_never_silences_an_error(world):
    """The policy may turn a rule into an error after it was set aside."""
    goal = world.goal(statement=VAGUE)
    actions.dismiss_finding(
        goal, by=world.ren, rule="M10", word="必ず", reason="法令で例外が認められないため"
    )
    world.policy.settings = {"severities": {"M10": "error"}}
    world.policy.save()

    assert "M10" in rules(check_goal(goal))


# ── what stops 承認申請 ──


def refusal(world, sheet, reason=""):
    sheet.refresh_from_db()
    with pytest.raises(actions.NotReady) as caught:
        actions.submit(sheet, by=world.ren, version=sheet.version, reason=reason)
    sheet.refresh_from_db()
    assert sheet.status == "drafting"
    return str(caught.value)


def edit(world, sheet, number=1, **fields):
    goal = sheet.goals.get(number=number)
    return actions.write_goal(goal, by=world.ren, version=goal.version, **fields)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "目標1：目標名がありません"),
        ({"statement": ""}, "目標1：達成状態がありません"),
        ({"weight": 35}, "ウェイトの合計が100%ではありません（残り5%）"),
        ({"weight": 41}, "目標1：ウェイトが5%刻みではありません"),
        ({"weight": 65}, "上限60%・下限5%"),
        ({"weight": 0}, "上限60%・下限5%"),
        ({"deadline": None, "statement": "請求書の期限内計上率を88%から98%以上にする。"}, "期限がありません"),
        ({"deadline": date(2026, 10, 1)}, "期限が評価期間の外です"),
        (
            {"approach": "", "statement": "サービス残業で請求書の期限内計上率を88%から98%以上にする。"},
            "労務上の問題",
        ),
    ],
)
def test_each_guard_stops_the_submission_in_words(world, fields, said):
    sheet = world.ready_sheet()
    edit(world, sheet, **fields)

    assert said in refusal(world, sheet, reason="急いで申請したい理由があります")


def test_a_goal_without_a_measure_or_level_table_stops_it(world):
    sheet = world.ready_sheet()
    goal = sheet.goals.get(number=1)
    from dodai.goals.measuring import GoalIndicatorInput

    version = goal.goal_indicators.get().indicator_version_id
    goal = actions.measure(goal, by=world.ren, version=goal.version, indicators=[GoalIndicatorInput(version)])
    assert "目標1：水準表がありません" in refusal(world, sheet)
    actions.measure(goal, by=world.ren, version=goal.version, indicators=[])
    assert "目標1：評価に使う指標がありません" in refusal(world, sheet)


@pytest.mark.parametrize(
    ("number", "said"), [(2, "評価段階表が一つもありません"), (None, "定量指標が一つもありません")]
)
def test_both_kinds_are_needed_unless_the_policy_relaxes_it(world, number, said):
    sheet = world.ready_sheet()
    for goal in sheet.goals.all():
        if (goal.number == number) if number else (goal.number != 2):
            actions.remove_goal(Goal.objects.get(pk=goal.pk), by=world.ren, version=goal.version)
    assert said in refusal(world, sheet)
    world.policy.settings = {"both_kinds_required": False}
    world.policy.save()
    assert said not in refusal(world, sheet)


@pytest.mark.parametrize("count", [0, 1, 8])
def test_too_few_and_too_many_goals_stop_it(world, count):
    sheet = world.ready_sheet()
    goals = list(sheet.goals.all())
    for goal in goals[count:]:
        goal.delete()
    for _ in range(count - len(goals)):
        world.goal(sheet, weight=0)
    assert "目標の数が標準" in refusal(world, sheet)


def test_a_cancelled_parent_stops_it(world):
    sheet = world.ready_sheet()
    above = actions.create_org_goal(
        world.cycle, world.units["finance"], by=world.jun, title="決算早期化", deadline=date(2026, 9, 30)
    )
    edit(world, sheet, parent_org_goal=above)
    actions.cancel_org_goal(above, by=world.jun, version=1)

    assert "つながる上位の目標が有効ではありません" in refusal(world, sheet)


def test_warnings_need_a_fix_or_a_reason(world):
    sheet = world.ready_sheet()
    edit(world, sheet, goal_type="operation")  # W04: no 改善, no 提案
    assert "注意が1件あります" in refusal(world, sheet)
    assert "注意が1件あります" in refusal(world, sheet, reason="短い")
    sheet = actions.submit(
        sheet, by=world.ren, version=sheet.version, reason="今期は決算の維持を優先すると上司と決めたため"
    )
    assert sheet.status == "submitted"
    assert "上司と決めた" in sheet.comments.get().text
    assert "上司と決めた" in AuditEvent.objects.last().reason


def test_a_dismissed_warning_needs_no_second_reason(world):
    sheet = world.ready_sheet()
    words = (
        "請求書を受領から5営業日以内に計上した割合を、8月末までに88%から98%以上にする（対象：月平均420件）。"
    )
    goal = edit(world, sheet, statement=words)  # the field says 9月30日
    warned = [one for one in check_goal(goal).findings if str(one.severity) == "warn"]
    assert warned
    refusal(world, sheet)
    for one in warned:
        actions.dismiss_finding(
            goal, by=world.ren, rule=one.rule, word=one.word, reason="経理規程の言い回しをそのまま使うため"
        )
    assert actions.submit(sheet, by=world.ren, version=sheet.version).status == "submitted"


# ── the catalogue's examples ──


def test_an_example_is_adopted_without_its_sample_numbers(world):
    library.load_catalogue("FA", by=world.mei)
    example = catalogue.goal_example("FA-G02")
    goal = actions.adopt_example(world.sheet(), by=world.ren, example=example)

    assert (goal.catalogue_id, goal.goal_type) == (example.id, example.goal_type)
    assert "［" in goal.statement
    assert goal.statement != example.text
    row = goal.goal_indicators.first()
    assert row.indicator_version.indicator.catalogue_id in example.indicators
    assert (row.baseline, row.target) == (None, None)


def test_every_example_of_the_catalogue_can_be_adopted(world):
    sheet = world.sheet()
    for place in catalogue.departments():
        library.load_catalogue(place.code, by=world.mei)
        for example in place.goal_examples:
            goal = actions.adopt_example(sheet, by=world.ren, example=example)
            assert sum(row.sub_weight for row in goal.goal_indicators.all()) in (0, 100)
