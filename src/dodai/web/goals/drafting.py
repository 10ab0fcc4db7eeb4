"""What was typed on the page 目標を書く, read leniently and written as far as it can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from dodai.goals import actions
from dodai.goals.actions.goals import MilestoneInput
from dodai.goals.measuring import GoalIndicatorInput, stored
from dodai.goals.models import Goal, GoalIndicator, OrgGoal
from dodai.indicators.rules.refusals import ScaleRefused
from dodai.indicators.rules.scales import AT_STRETCH, AT_THRESHOLD, AnchorTable, Scale
from dodai.organization.models import Member, OrgUnitLine
from dodai.web.goals.forms import MilestoneForm, StatementForm, milestone_forms, parent_key
from dodai.web.goals.inputs import as_input
from dodai.web.goals.measures import MeasureForm, prefix_of


@dataclass
class Typed:
    """The forms of one goal, bound to what was sent or showing what is stored."""

    goal: Goal
    words: StatementForm
    measures: list[MeasureForm]
    milestones: list[MilestoneForm]
    data: QueryDict | None = None
    refusals: dict[str, str] = field(default_factory=dict)

    @property
    def shares(self) -> list[MeasureForm]:
        """The measures that share 配分."""
        return [form for form in self.measures if form.measure.part == GoalIndicator.Part.MEASURE]

    @property
    def faults(self) -> list[str]:
        """Whether something typed cannot be kept as it stands, one sentence each."""
        return list(self.refusals.values())

    @property
    def is_readable(self) -> bool:
        forms = [self.words, *self.measures, *self.milestones]
        return not self.refusals and not any(form.is_bound and form.errors for form in forms)


def read(goal: Goal, data: QueryDict | None = None) -> Typed:
    """The forms for a goal of ``visible_goals``; nothing is written."""
    rows = list(goal.goal_indicators.all())
    measures = [MeasureForm(row, data if _was_sent(row, data) else None) for row in rows]
    words = StatementForm(
        goal, data if data is not None and _has_words(data) else None, parents=_choices(goal, data)
    )
    typed = Typed(goal, words, measures, milestone_forms(list(goal.milestones.all()), data), data)
    if data is not None:
        typed.refusals = _refusals(typed)
    return typed


def _choices(goal: Goal, data: QueryDict | None) -> list[tuple[str, str]]:
    """All that may be chosen for a page that is drawn; while typing only what is chosen already."""
    kept = _kept_parent(goal)
    if data is not None and data.get("parent", "") in ("", *dict(kept)):
        return kept
    return parents_of(goal)


def _kept_parent(goal: Goal) -> list[tuple[str, str]]:
    kept = goal.parent_org_goal or goal.parent_goal
    return [(parent_key(goal), str(kept))] if kept else []


def parents_of(goal: Goal) -> list[tuple[str, str]]:
    """組織目標 of the units above, nearest first, and the shared goals of the evaluators."""
    sheet = goal.sheet
    above = OrgUnitLine.objects.filter(unit=sheet.unit_id).values("ancestor")
    org_goals = OrgGoal.objects.active().of(sheet.cycle_id).filter(unit__in=above).order_by("-unit_id", "pk")
    choices = [(f"org-{one.pk}", one.title) for one in org_goals[:60]]
    goals = Goal.objects.parents_for(sheet).select_related("sheet__member")[:20]
    choices += [
        (f"goal-{one.pk}", _("%(title)s（%(name)s）") % {"title": one.title, "name": one.sheet.member.name})
        for one in goals
    ]
    return choices + [kept for kept in _kept_parent(goal) if kept[0] not in dict(choices)]


def apply(typed: Typed) -> Goal:
    """Put what could be read on the goal in memory, for the live check; nothing is saved."""
    goal = typed.goal
    if typed.words.is_bound:
        for name, value in _with_parents(typed.words.readable()).items():
            setattr(goal, name, value)
    for form in typed.measures:
        row = form.measure
        if not form.is_bound:
            continue
        row.baseline, row.target = form.typed("baseline"), form.target_value()
        row.zero_definition = form.typed("zero_definition") or ""
        row.exposure = form.typed("exposure")
    return goal


@transaction.atomic
def save(typed: Typed, *, by: Member, version: int) -> Goal:
    """Write what can be read; what cannot stays on the screen and is named in ``typed.faults``."""
    goal, data = typed.goal, typed.data
    if data is None:
        return goal
    fields = _with_parents(typed.words.readable()) if typed.words.is_bound else {}
    goal = actions.write_goal(goal, by=by, version=version, **fields)
    given = [_input(form, typed) for form in typed.measures]
    if given != [as_input(form.measure) for form in typed.measures]:
        goal = actions.measure(goal, by=by, version=goal.version, indicators=given)
    milestones = _milestones(typed)
    if milestones is not None:
        goal = actions.set_milestones(goal, by=by, version=goal.version, milestones=milestones)
    return goal


def shown_deadline(typed: Typed) -> Any:
    """The date as it stands on the screen; a new goal is due at the end of the period."""
    form = typed.words
    if form.is_bound:
        return form.readable().get("deadline")
    return typed.goal.deadline


def typed_milestones(typed: Typed) -> list[MilestoneInput]:
    found = [form.milestone for form in typed.milestones if form.is_bound]
    return [MilestoneInput(one.title, one.due_on, one.weight) for one in found if one is not None]


def _has_words(data: QueryDict) -> bool:
    return any(name in data for name in StatementForm.base_fields)


def _was_sent(row: GoalIndicator, data: QueryDict | None) -> bool:
    prefix = f"{prefix_of(row)}-"
    return data is not None and any(name.startswith(prefix) for name in data)


def _with_parents(fields: dict[str, Any]) -> dict[str, Any]:
    """Foreign keys as rows: the action checks what they point at."""
    if "parent_org_goal_id" not in fields:
        return fields
    org_id, goal_id = fields.pop("parent_org_goal_id"), fields.pop("parent_goal_id")
    fields["parent_org_goal"] = OrgGoal.objects.filter(pk=org_id).first() if org_id else None
    fields["parent_goal"] = Goal.objects.filter(pk=goal_id).first() if goal_id else None
    return fields


def _refusals(typed: Typed) -> dict[str, str]:
    """Numbers that do not fit together, by the block they stand in."""
    found: dict[str, str] = {}
    for form in typed.measures:
        if form.is_bound and form.measure.part == GoalIndicator.Part.MEASURE:
            try:
                form.scale()
            except ScaleRefused as refused:
                found[str(form.prefix)] = _(str(refused))
    shares = [form.typed("sub_weight") or 0 for form in typed.shares]
    if len(shares) > 1 and sum(shares) != 100:
        found["shares"] = _("指標の配分の合計が%(sum)s%%です。合計を100%%にしてください。") % {
            "sum": sum(shares)
        }
    weights = [one.weight for one in typed_milestones(typed)]
    if any(weights) and sum(weights) != 100:
        found["milestones"] = _("節目の配分の合計が%(sum)s%%です。合計を100%%にしてください。") % {
            "sum": sum(weights)
        }
    late = [one for one in typed_milestones(typed) if one.due_on > typed.goal.sheet.cycle.period_to]
    if late:
        found["milestones"] = _("節目の期日が期間の終わりより後です。期間の中の日付にしてください。")
    return found


def _input(form: MeasureForm, typed: Typed) -> GoalIndicatorInput:
    """The row as typed; a block whose numbers do not fit keeps what was stored before."""
    row = form.measure
    unread = form.is_bound and bool(form.errors)
    if not form.is_bound or unread or str(form.prefix) in typed.refusals:
        return as_input(row)
    share = (
        row.sub_weight if "shares" in typed.refusals or len(typed.shares) < 2 else form.typed("sub_weight")
    )
    is_measure = row.part == GoalIndicator.Part.MEASURE
    scale = form.scale() if is_measure else None
    return GoalIndicatorInput(
        version_id=row.indicator_version_id,
        part=row.part,
        baseline=form.typed("baseline"),
        baseline_period=form.typed("baseline_period") or "",
        baseline_n=form.typed("baseline_n"),
        target=form.target_value(),
        threshold=_anchor(scale, AT_THRESHOLD),
        stretch=_anchor(scale, AT_STRETCH),
        method=form.chosen.value if is_measure else "",
        scale=stored(scale) or None,
        zero_definition=form.typed("zero_definition") or "",
        exposure=form.typed("exposure"),
        sub_weight=share or 0,
    )


def _anchor(scale: Scale | None, degree: Any) -> Any:
    if not isinstance(scale, AnchorTable):
        return None
    return next((anchor.value for anchor in scale.anchors if anchor.r == degree), None)


def _milestones(typed: Typed) -> Sequence[MilestoneInput] | None:
    """The rows to write; None when nothing was sent, nothing changed or something cannot be read."""
    sent = [form for form in typed.milestones if form.is_bound]
    if not sent or "milestones" in typed.refusals or any(form.errors for form in sent):
        return None
    rows = typed_milestones(typed)
    kept = [MilestoneInput(one.title, one.due_on, one.weight) for one in typed.goal.milestones.all()]
    return None if rows == kept else rows
