"""Goals out of what exists: the last period's, the catalogue's example, one that was removed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.catalogue import GoalTemplate, with_empty_slots
from dodai.core.errors import NotAllowed, Refused
from dodai.goals import permissions
from dodai.goals.actions.goals import new_goal
from dodai.goals.actions.holding import hold_own_goal, hold_own_sheet
from dodai.goals.freezing import (
    DEPENDENCY_FIELDS,
    DISMISSAL_FIELDS,
    GOAL_FIELDS,
    INDICATOR_FIELDS,
    MILESTONE_FIELDS,
    goal_body,
)
from dodai.goals.measuring import GoalIndicatorInput, scale_for, stored
from dodai.goals.models import (
    FindingDismissal,
    Goal,
    GoalDependency,
    GoalIndicator,
    GoalSheet,
    Milestone,
    RemovedGoal,
)
from dodai.goals.policy import policy_of
from dodai.indicators.models import Indicator
from dodai.organization.models import Member
from dodai.work.models import Outcome, WorkItem

_COPIED = (
    "goal_type", "title", "statement", "criteria", "reason_outcome", "approach", "difficulty_planned",
    "difficulty_reason", "learning_goal", "is_public", "catalogue_id",
)  # fmt: skip


@transaction.atomic
def copy_goal(previous: Goal, sheet: GoalSheet, *, by: Member) -> Goal:
    """前期から写す: text, work, outcomes and indicators of an own earlier goal.

    Its target stands as the new 基準値, marked as such; target, deadline and weight are open again.
    """
    sheet = hold_own_sheet(sheet, by=by)
    if previous.sheet.member_id != by.pk:
        raise NotAllowed(_("写せるのは自分の目標だけです。"))
    goal = new_goal(sheet)
    for name in _COPIED:
        setattr(goal, name, getattr(previous, name))
    goal.copied_from, goal.step = previous, Goal.Step.STATEMENT
    goal.index()
    goal.save(force_insert=True)
    goal.work_items.set(previous.work_items.exclude(status=WorkItem.Status.RETIRED))
    goal.outcomes.set(previous.outcomes.all())
    GoalIndicator.objects.bulk_create(_as_starting_points(previous, goal))
    record("goal.copied", goal, by=by.user, changes={"copied_from": [None, previous.pk]})
    return goal


@transaction.atomic
def adopt_example(sheet: GoalSheet, *, by: Member, example: GoalTemplate) -> Goal:
    """A goal after an example of the catalogue, with the indicators of the library that it names.

    Dates and numbers of the sample become slots to fill in; nothing of them is stored.
    """
    sheet = hold_own_sheet(sheet, by=by)
    goal = new_goal(sheet)
    goal.goal_type = example.goal_type
    goal.statement = with_empty_slots(example)
    goal.catalogue_id = example.id
    goal.step = Goal.Step.STATEMENT
    goal.index()
    goal.save(force_insert=True)
    work_items = WorkItem.objects.filter(owner=by, catalogue_id__in=example.work_items).current()
    goal.work_items.set(work_items)
    GoalIndicator.objects.bulk_create(_indicators_of(example, goal, by))
    record("goal.adopted", goal, by=by.user, changes={"catalogue_id": [None, example.id]})
    return goal


@transaction.atomic
def remove_goal(goal: Goal, *, by: Member, version: int) -> RemovedGoal:
    """Take a draft off the sheet; those after it move up. ``restore_goal`` brings it back."""
    goal = hold_own_goal(goal, by=by, version=version)
    if Goal.objects.filter(parent_goal=goal).exists():
        raise Refused(_("この目標につながる部下の目標があるので、削除できません。"))
    removed = RemovedGoal.objects.create(
        sheet=goal.sheet, body=goal_body(goal), removed_by=by, removed_at=timezone.now()
    )
    record("goal.removed", goal, by=by.user, changes={"title": [goal.title or goal.typed_as, None]})
    sheet, number = goal.sheet, goal.number
    goal.delete()
    _shift(sheet, above=number, step=-1)
    return removed


@transaction.atomic
def restore_goal(removed: RemovedGoal, *, by: Member) -> Goal:
    """「元に戻す」: write a removed draft again, at its place and with everything it had."""
    sheet = hold_own_sheet(removed.sheet_id, by=by)
    row = RemovedGoal.objects.select_for_update().filter(pk=removed.pk).first()
    if row is None:
        raise Refused(_("この目標はすでに元に戻されています。"))
    body = row.body
    goal = Goal(sheet=sheet)
    _fill(goal, {**body, "parent_goal_id": _still(Goal, body["parent_goal_id"])}, GOAL_FIELDS)
    goal.copied_from_id = _still(Goal, body["copied_from_id"])
    goal.number = min(goal.number, new_goal(sheet).number)
    _shift(sheet, above=goal.number - 1, step=1)
    goal.index()
    goal.save(force_insert=True)
    goal.work_items.set(WorkItem.objects.filter(pk__in=[one["id"] for one in body["work_items"]]))
    goal.outcomes.set(Outcome.objects.filter(pk__in=[one["id"] for one in body["outcomes"]]))
    _write_rows(GoalIndicator, goal, body["indicators"], INDICATOR_FIELDS)
    _write_rows(Milestone, goal, body["milestones"], MILESTONE_FIELDS)
    _write_rows(GoalDependency, goal, body["dependencies"], DEPENDENCY_FIELDS)
    _write_rows(FindingDismissal, goal, body["dismissals"], DISMISSAL_FIELDS)
    row.delete()
    record("goal.restored", goal, by=by.user, changes={"title": [None, goal.title or goal.typed_as]})
    return goal


def can_be_restored(removed: RemovedGoal, by: Member) -> bool:
    """For the page that offers 「元に戻す」."""
    return permissions.can_write(by, removed.sheet) and removed.sheet.is_editable


def _indicators_of(example: GoalTemplate, goal: Goal, by: Member) -> list[GoalIndicator]:
    """The example's indicators that the library has, equally sharing the 配分; numbers are still open."""
    usable = Indicator.objects.visible_to(by).usable().filter(catalogue_id__in=example.indicators)
    found = list(
        usable.exclude(current=None)
        .select_related("current__indicator", "current__counter_indicator__current")
        .order_by("catalogue_id")
    )
    rows = []
    for order, indicator in enumerate(found, 1):
        version = indicator.current
        assert version is not None
        empty = GoalIndicatorInput(version.pk)
        rows.append(
            GoalIndicator(
                goal=goal,
                indicator_version=version,
                order=order,
                method=example.method,
                scale=stored(scale_for(empty, version, goal.goal_type, policy_of(goal.sheet.cycle))),
                sub_weight=_share(order, len(found)),
            )
        )
    return rows


def _share(order: int, count: int) -> int:
    """100 split into whole percents; the first takes what is left over."""
    each = 100 // count
    return each + 100 - each * count if order == 1 else each


def _as_starting_points(previous: Goal, goal: Goal) -> list[GoalIndicator]:
    """The measures of the last period with their target as the new baseline, in current versions."""
    rows = previous.goal_indicators.select_related("indicator_version__indicator__current")
    fresh = []
    for row in rows:
        indicator = row.indicator_version.indicator
        if indicator.status == Indicator.Status.RETIRED or indicator.current is None:
            continue
        is_rubric = indicator.kind == Indicator.Kind.QUALITATIVE
        fresh.append(
            GoalIndicator(
                goal=goal,
                indicator_version=indicator.current,
                part=row.part,
                order=row.order,
                baseline=None if is_rubric else row.target,
                baseline_period="" if is_rubric or row.target is None else _("前期の目標値（要確認）"),
                target=row.target if is_rubric else None,
                method=row.method,
                scale=row.scale if is_rubric else {},
                zero_definition=row.zero_definition,
                exposure=row.exposure,
                sub_weight=row.sub_weight,
            )
        )
    return fresh


def _shift(sheet: GoalSheet, *, above: int, step: int) -> None:
    """Renumber the goals after a place; the number is a position, not something that was agreed."""
    sheet.goals.filter(number__gt=above).update(number=models.F("number") + step)


def _write_rows(
    model: type[models.Model], goal: Goal, bodies: list[dict[str, Any]], names: tuple[str, ...]
) -> None:
    for body in bodies:
        row = model(goal=goal)
        _fill(row, body, names)
        row.save(force_insert=True)


def _fill(row: models.Model, body: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        setattr(row, name, _read(row, name, body[name]))


def _read(row: models.Model, name: str, value: Any) -> Any:
    field = row._meta.get_field(name)
    if value is None or not isinstance(value, str):
        return value
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(field, models.DateField):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(field, models.DecimalField) else value


def _still(model: type[models.Model], pk: int | None) -> int | None:
    """The id, unless its row is gone."""
    return pk if pk is not None and model._base_manager.filter(pk=pk).exists() else None
