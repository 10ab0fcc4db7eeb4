"""A goal and a sheet as plain JSON: what an approval freezes, and what 「元に戻す」 writes again.

Decimals are strings, dates ISO, codes stay codes; names stand beside ids so that the text can be read
after the rows below have changed.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from dodai.core.numbers import plain
from dodai.cycles.models import Cycle
from dodai.goals.models import Goal, GoalIndicator, GoalSheet
from dodai.goals.policy import policy_of

GOAL_FIELDS = (
    "number", "goal_type", "title", "statement", "criteria", "reason_outcome", "approach", "weight",
    "difficulty_planned", "difficulty_reason", "deadline", "parent_org_goal_id", "parent_goal_id",
    "assignment_id", "learning_goal", "is_public", "typed_as", "catalogue_id", "copied_from_id", "step",
)  # fmt: skip
INDICATOR_FIELDS = (
    "indicator_version_id", "part", "order", "baseline", "baseline_period", "baseline_n", "target",
    "threshold", "stretch", "method", "scale", "zero_definition", "exposure", "sub_weight",
)  # fmt: skip
MILESTONE_FIELDS = ("title", "due_on", "weight")
DEPENDENCY_FIELDS = (
    "unit_id", "member_id", "request", "due_on", "agreement", "answered_by_id", "answered_at", "answer",
    "proposed_due_on",
)  # fmt: skip
DISMISSAL_FIELDS = ("rule", "word", "reason", "by_id", "at")


def sheet_body(sheet: GoalSheet) -> dict[str, Any]:
    """Everything that was agreed on a sheet."""
    goals = list(with_everything(sheet.goals.exclude(state=Goal.State.CANCELLED)).order_by("number", "pk"))
    return {
        "member": {"id": sheet.member_id, "no": sheet.member.member_no, "name": sheet.member.name},
        "cycle": {"id": sheet.cycle_id, "name": sheet.cycle.name},
        "segment": {
            "number": sheet.segment,
            "from": sheet.segment_from.isoformat(),
            "to": sheet.segment_to.isoformat(),
        },
        "unit_path": sheet.unit_path,
        "grade_code": sheet.grade_code,
        "band": sheet.band,
        "first_evaluator": _person(sheet.first_evaluator),
        "second_evaluator": _person(sheet.second_evaluator),
        "weight_total": sum(goal.weight for goal in goals),
        "goals": [goal_body(goal) for goal in goals],
    }


def policy_body(cycle: Cycle) -> dict[str, Any]:
    """The settings of the 評価制度 in force."""
    policy = cycle.policy
    return {"name": policy.name, "number": policy.number, "settings": policy_of(cycle).to_json()}


def goal_body(goal: Goal) -> dict[str, Any]:
    """One goal with all its rows; ``with_everything`` reads them with a constant number of queries."""
    return {
        "id": goal.pk,
        **_values(goal, GOAL_FIELDS),
        "work_items": [{"id": item.pk, "name": item.name} for item in goal.work_items.all()],
        "outcomes": [{"id": outcome.pk, "sentence": outcome.sentence} for outcome in goal.outcomes.all()],
        "indicators": [_indicator(row) for row in goal.goal_indicators.all()],
        "milestones": [_values(row, MILESTONE_FIELDS) for row in goal.milestones.all()],
        "dependencies": [_values(row, DEPENDENCY_FIELDS) for row in goal.dependencies.all()],
        "dismissals": [_values(row, DISMISSAL_FIELDS) for row in goal.dismissals.all()],
    }


def with_everything(goals: models.QuerySet[Goal]) -> models.QuerySet[Goal]:
    return goals.prefetch_related(
        "work_items",
        "outcomes",
        "goal_indicators__indicator_version__indicator",
        "milestones",
        "dependencies",
        "dismissals",
    )


def as_json(value: Any) -> Any:
    """The JSON form of a field's value; JSON fields pass through."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, models.Model):
        return value.pk
    return str(value) if isinstance(value, models.Choices) else value


def _indicator(row: GoalIndicator) -> dict[str, Any]:
    version = row.indicator_version
    return {
        **_values(row, INDICATOR_FIELDS),
        "name": version.name,
        "number": version.number,
        "unit": version.unit,
        "direction": version.direction,
        "kind": version.indicator.kind,
    }


def _values(row: models.Model, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: as_json(getattr(row, name)) for name in names}


def _person(member: Any) -> dict[str, Any] | None:
    return None if member is None else {"id": member.pk, "no": member.member_no, "name": member.name}
