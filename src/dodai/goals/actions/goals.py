"""Writing the goals of a sheet: text, work, outcomes, measures, milestones and weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.errors import Refused
from dodai.core.text import count_characters
from dodai.goals.actions.holding import assign, check_fields, chosen, hold_own_goal, hold_own_sheet
from dodai.goals.freezing import INDICATOR_FIELDS, as_json
from dodai.goals.measuring import EXPECTED_LEVEL, GoalIndicatorInput, method_for, scale_for, stored
from dodai.goals.models import Goal, GoalIndicator, GoalSheet, Milestone, OrgGoal
from dodai.goals.policy import policy_of
from dodai.goals.rules import LONGEST_STATEMENT, MOST_INDICATORS, weights_left
from dodai.indicators.models import Indicator, IndicatorVersion
from dodai.organization.models import Assignment, Member
from dodai.work.models import Outcome, WorkItem

#: What 本人 writes. Owner, state, number and the links have verbs of their own.
WRITABLE = frozenset(
    {
        "goal_type", "title", "statement", "criteria", "reason_outcome", "approach", "weight",
        "difficulty_planned", "difficulty_reason", "deadline", "parent_org_goal", "parent_goal",
        "assignment", "learning_goal", "is_public", "typed_as", "step",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MilestoneInput:
    title: str
    due_on: date
    weight: int = 0


@transaction.atomic
def add_goal(sheet: GoalSheet, *, by: Member, **fields: Any) -> Goal:
    """A new goal at the end of the sheet; ``typed_as`` keeps the person's first words."""
    sheet = hold_own_sheet(sheet, by=by)
    goal = new_goal(sheet)
    changes = _write(goal, fields)
    goal.save(force_insert=True)
    record("goal.added", goal, by=by.user, changes=changes)
    return goal


@transaction.atomic
def write_goal(goal: Goal, *, by: Member, version: int, **fields: Any) -> Goal:
    """Save the named fields of a goal (``WRITABLE``); autosave sends only what changed.

    Nothing different leaves the version and the audit log as they are. ``Conflict.theirs`` is the
    stored goal when somebody was faster.
    """
    goal = hold_own_goal(goal, by=by, version=version)
    changes = _write(goal, fields)
    if changes:
        goal.keep(*changes, "search")
        record("goal.written", goal, by=by.user, changes=changes)
    return goal


@transaction.atomic
def choose_work(goal: Goal, *, by: Member, version: int, work_items: Iterable[WorkItem | int]) -> Goal:
    """The pieces of work the goal comes from; replaces the choice before."""
    goal = hold_own_goal(goal, by=by, version=version)
    before = list(goal.work_items.order_by("pk").values_list("pk", flat=True))
    visible = WorkItem.objects.visible_to(by).current()
    rows = chosen(visible, work_items, _("選べない業務が含まれています。業務を選び直してください。"))
    goal.work_items.set(rows)
    goal.keep()
    after = sorted(row.pk for row in rows)
    record("goal.work_chosen", goal, by=by.user, changes={"work_items": [before, after]})
    return goal


@transaction.atomic
def choose_outcomes(goal: Goal, *, by: Member, version: int, outcomes: Iterable[Outcome | int]) -> Goal:
    """The outcomes the goal serves; replaces the choice before."""
    goal = hold_own_goal(goal, by=by, version=version)
    before = list(goal.outcomes.order_by("pk").values_list("pk", flat=True))
    rows = chosen(
        Outcome.objects.visible_to(by),
        outcomes,
        _("選べない成果が含まれています。成果を選び直してください。"),
    )
    goal.outcomes.set(rows)
    goal.keep()
    after = sorted(row.pk for row in rows)
    record("goal.outcomes_chosen", goal, by=by.user, changes={"outcomes": [before, after]})
    return goal


@transaction.atomic
def measure(goal: Goal, *, by: Member, version: int, indicators: Iterable[GoalIndicatorInput]) -> Goal:
    """Fix how the goal is seen: replaces its indicators and builds each 水準表 from the exact numbers.

    Numbers that are still missing leave the 水準表 empty (承認申請 asks for it); numbers that do not fit
    raise ``ScaleRefused``. A single measure takes the whole 配分; several must add up to 100.
    """
    goal = hold_own_goal(goal, by=by, version=version)
    given = list(indicators)
    _check_shares(given)
    before = [_as_facts(row) for row in goal.goal_indicators.all()]
    versions = _usable_versions(given, goal, by)
    rows = [
        _indicator_row(goal, order, one, versions[one.version_id], alone=_is_alone(one, given))
        for order, one in enumerate(given, 1)
    ]
    goal.goal_indicators.all().delete()
    GoalIndicator.objects.bulk_create(rows)
    goal.keep()
    after = [_as_facts(row) for row in rows]
    record("goal.measured", goal, by=by.user, changes={"indicators": [before, after]})
    return goal


@transaction.atomic
def set_milestones(goal: Goal, *, by: Member, version: int, milestones: Iterable[MilestoneInput]) -> Goal:
    """The dates on the way; replaces those before. Shares, where given, add up to 100."""
    goal = hold_own_goal(goal, by=by, version=version)
    given = list(milestones)
    if any(one.due_on > goal.sheet.cycle.period_to for one in given):
        raise Refused(_("節目の期日が期間の終わりより後です。期間の中の日付にしてください。"))
    if any(one.weight for one in given) and weights_left(one.weight for one in given):
        raise Refused(_("節目の配分の合計が100ではありません。合計を100にしてください。"))
    rows = [Milestone(goal=goal, title=one.title, due_on=one.due_on, weight=one.weight) for one in given]
    for row in rows:
        check_fields(row, ("title", "due_on", "weight"))
    before = [_milestone(row) for row in goal.milestones.all()]
    goal.milestones.all().delete()
    Milestone.objects.bulk_create(rows)
    goal.keep()
    after = [_milestone(row) for row in rows]
    record("goal.milestones_set", goal, by=by.user, changes={"milestones": [before, after]})
    return goal


@transaction.atomic
def set_weights(sheet: GoalSheet, *, by: Member, version: int, weights: Mapping[int, int]) -> GoalSheet:
    """Distribute ウェイト over the goals (``{goal id: percent}``); the sum is asked for at 承認申請."""
    sheet = hold_own_sheet(sheet, by=by, version=version)
    refusal = _("この目標シートに無い目標が含まれています。画面を開き直してください。")
    goals = chosen(sheet.goals.select_for_update(of=("self",)), weights, refusal)
    most = policy_of(sheet.cycle).weight_max
    changes: dict[str, list[Any]] = {}
    for goal in goals:
        weight = weights[goal.pk]
        if not 0 <= weight <= 100:
            raise Refused(
                _("ウェイトは0から100までの整数で入れてください。上限は%(most)s%%です。") % {"most": most}
            )
        if weight != goal.weight:
            changes[str(goal.pk)] = [goal.weight, weight]
            goal.weight = weight
            goal.keep("weight")
    if changes:
        sheet.keep()
        record("sheet.weighted", sheet, by=by.user, changes=changes)
    return sheet


def new_goal(sheet: GoalSheet) -> Goal:
    """The next line of a sheet, not saved yet."""
    last = sheet.goals.aggregate(last=Max("number"))["last"] or 0
    return Goal(sheet=sheet, number=last + 1, deadline=None)


def _write(goal: Goal, fields: Mapping[str, Any]) -> dict[str, list[Any]]:
    changes = assign(goal, fields, WRITABLE)
    if "statement" in changes and count_characters(goal.statement) > LONGEST_STATEMENT:
        raise Refused(
            _("達成状態が長すぎます。%(most)s字以内に縮めてください。") % {"most": LONGEST_STATEMENT}
        )
    if "weight" in changes and goal.weight > 100:
        raise Refused(_("ウェイトは100以下の整数で入れてください。"))
    _check_parents(goal, changes)
    goal.index()
    return changes


def _check_parents(goal: Goal, changes: Mapping[str, Any]) -> None:
    above = goal.parent_org_goal
    if "parent_org_goal" in changes and above is not None and not _is_current(above, goal):
        raise Refused(_("つながる上位の目標が有効ではありません。今期の有効な組織目標を選んでください。"))
    boss = goal.parent_goal
    if "parent_goal" in changes and boss is not None and not _is_of_an_evaluator(boss, goal):
        raise Refused(_("上司の目標として選べません。今期の評価者が公開している目標を選んでください。"))
    second_post = goal.assignment
    if "assignment" in changes and second_post is not None and not _is_own_second_post(second_post, goal):
        raise Refused(_("兼務先として選べません。自分の兼務を選んでください。"))


def _is_current(above: OrgGoal, goal: Goal) -> bool:
    return above.is_active and above.cycle_id == goal.sheet.cycle_id


def _is_of_an_evaluator(boss: Goal, goal: Goal) -> bool:
    return Goal.objects.parents_for(goal.sheet).filter(pk=boss.pk).exists()


def _is_own_second_post(post: Assignment, goal: Goal) -> bool:
    return post.member_id == goal.sheet.member_id and post.kind == Assignment.Kind.CONCURRENT


def _check_shares(given: list[GoalIndicatorInput]) -> None:
    if len(given) > MOST_INDICATORS:
        raise Refused(_("指標が多すぎます。%(most)s個以内にしてください。") % {"most": MOST_INDICATORS})
    measures = [one for one in given if one.part == GoalIndicator.Part.MEASURE]
    if len(measures) > 1 and weights_left(one.sub_weight for one in measures):
        raise Refused(_("指標の配分の合計が100ではありません。合計を100にしてください。"))


def _is_alone(one: GoalIndicatorInput, given: list[GoalIndicatorInput]) -> bool:
    """The only measure carries everything; what is only watched carries nothing."""
    return sum(1 for other in given if other.part == GoalIndicator.Part.MEASURE) == 1 and (
        one.part == GoalIndicator.Part.MEASURE
    )


def _usable_versions(given: list[GoalIndicatorInput], goal: Goal, by: Member) -> dict[int, IndicatorVersion]:
    """Current versions of indicators the person sees, and the versions the goal already uses."""
    wanted = {one.version_id for one in given}
    kept = set(goal.goal_indicators.values_list("indicator_version_id", flat=True))
    usable = Indicator.objects.visible_to(by).usable()
    versions = IndicatorVersion.objects.select_related("indicator").filter(pk__in=wanted)
    found = {row.pk: row for row in versions if row.pk in kept}
    fresh = versions.exclude(pk__in=kept).filter(indicator__in=usable.values("pk"))
    found |= {row.pk: row for row in fresh if row.indicator.current_id == row.pk}
    if wanted - found.keys():
        raise Refused(_("選べない指標が含まれています。指標ライブラリから選び直してください。"))
    return found


def _indicator_row(
    goal: Goal, order: int, given: GoalIndicatorInput, version: IndicatorVersion, *, alone: bool
) -> GoalIndicator:
    is_rubric = version.indicator.kind == Indicator.Kind.QUALITATIVE
    is_measure = given.part == GoalIndicator.Part.MEASURE
    row = GoalIndicator(
        goal=goal,
        indicator_version=version,
        part=given.part,
        order=order,
        baseline=given.baseline,
        baseline_period=given.baseline_period,
        baseline_n=given.baseline_n,
        target=EXPECTED_LEVEL if is_rubric and given.target is None else given.target,
        threshold=given.threshold,
        stretch=given.stretch,
        method=method_for(given, version, goal.goal_type).value if is_measure else "",
        scale=_scale(given, version, goal) if is_measure else {},
        zero_definition=given.zero_definition,
        exposure=given.exposure,
        sub_weight=100 if alone else given.sub_weight if is_measure else 0,
    )
    check_fields(row, set(INDICATOR_FIELDS) - {"indicator_version_id"})
    return row


def _scale(given: GoalIndicatorInput, version: IndicatorVersion, goal: Goal) -> dict[str, Any]:
    return stored(scale_for(given, version, goal.goal_type, policy_of(goal.sheet.cycle)))


def _as_facts(row: GoalIndicator) -> dict[str, Any]:
    return {
        name: as_json(getattr(row, name))
        for name in INDICATOR_FIELDS
        if getattr(row, name) not in (None, "", {})
    }


def _milestone(row: Milestone) -> dict[str, Any]:
    return {"title": row.title, "due_on": as_json(row.due_on), "weight": row.weight}
