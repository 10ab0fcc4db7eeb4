"""Goals: the list, one goal, and writing it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from dodai.api.errors import READ_PROBLEMS, WRITE_PROBLEMS
from dodai.api.paging import Limit, Offset, Words, slice_of
from dodai.api.versions import seen_version, tell_version
from dodai.core.errors import Refused
from dodai.goals import actions, permissions
from dodai.goals.freezing import goal_body, with_everything
from dodai.goals.models import Goal, GoalSheet, OrgGoal
from dodai.organization.http import MemberRequest

router = Router(tags=["goals"])

Id = Annotated[int, Field(ge=1, le=2**31 - 1)]


class Person(Schema):
    id: int
    name: str


class GoalSummary(Schema):
    """What colleagues see as well."""

    id: int
    sheet_id: int
    owner: Person
    title: str
    statement: str
    state: str
    can_see_details: bool


class MeasureOut(Schema):
    indicator_version_id: int
    name: str
    kind: str
    unit: str
    direction: str
    part: str
    baseline: Decimal | None
    target: Decimal | None
    threshold: Decimal | None
    stretch: Decimal | None
    method: str
    scale: dict[str, Any]
    zero_definition: str
    exposure: int | None
    sub_weight: int


class MilestoneOut(Schema):
    title: str
    due_on: date
    weight: int


class Named(Schema):
    id: int
    name: str


class GoalDetails(Schema):
    number: int
    goal_type: str
    criteria: str
    reason_outcome: str
    approach: str
    weight: int
    difficulty_planned: str
    difficulty_reason: str
    deadline: date | None
    parent_org_goal_id: int | None
    parent_goal_id: int | None
    learning_goal: bool
    is_public: bool
    typed_as: str
    work_items: list[Named]
    indicators: list[MeasureOut]
    milestones: list[MilestoneOut]


class GoalOut(GoalSummary):
    """One goal; ``details`` is null for those who see title and 達成状態 only."""

    version: int
    details: GoalDetails | None


class GoalList(Schema):
    items: list[GoalSummary]
    next: int | None = None


class GoalFields(Schema):
    """The fields 本人 writes; those left out stay as they are."""

    model_config = ConfigDict(extra="forbid")

    goal_type: Literal["operation", "improvement", "proposal", "development", "collaboration"] | None = None
    title: Annotated[str, Field(max_length=40)] | None = None
    statement: Annotated[str, Field(max_length=600)] | None = None
    criteria: Annotated[str, Field(max_length=2000)] | None = None
    reason_outcome: Annotated[str, Field(max_length=2000)] | None = None
    approach: Annotated[str, Field(max_length=2000)] | None = None
    weight: Annotated[int, Field(ge=0, le=100)] | None = None
    difficulty_planned: Literal["high", "normal", "low"] | None = None
    difficulty_reason: Annotated[str, Field(max_length=200)] | None = None
    deadline: date | None = None
    parent_org_goal_id: Id | None = None
    learning_goal: bool | None = None
    is_public: bool | None = None


@router.get("", response={200: GoalList, **READ_PROBLEMS})
def list_goals(
    request: MemberRequest,
    cycle: Id | None = None,
    member: Id | None = None,
    q: Words = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> dict[str, Any]:
    """The goals you may see, newest sheet first. Filters: cycle, member, words."""
    rows = Goal.objects.visible_to(request.member).select_related("sheet__member")
    if cycle is not None:
        rows = rows.in_cycle(cycle)
    if member is not None:
        rows = rows.filter(sheet__member=member)
    if q.strip():
        rows = rows.matching(q)
    goals, further = slice_of(rows.order_by("-sheet_id", "number", "pk"), limit, offset)
    ids = [goal.pk for goal in goals]
    readable = Goal.objects.open_to(request.member).filter(pk__in=ids)
    open_ids = set(readable.order_by().values_list("pk", flat=True))
    return {"items": [_summary(goal, goal.pk in open_ids) for goal in goals], "next": further}


@router.get("/{goal_id}", response={200: GoalOut, **READ_PROBLEMS})
def read_goal(request: MemberRequest, response: HttpResponse, goal_id: Id) -> dict[str, Any]:
    """One goal with its version as ETag."""
    return _answer(request, response, _find(request, goal_id))


@router.patch("/{goal_id}", response={200: GoalOut, **WRITE_PROBLEMS})
def write_goal(
    request: MemberRequest, response: HttpResponse, goal_id: Id, payload: GoalFields
) -> dict[str, Any]:
    """Write some fields of your goal. Needs ``If-Match`` with the version you read; 412 brings theirs."""
    goal = _find(request, goal_id)
    fields = _fields(request, payload)
    written = actions.write_goal(goal, by=request.member, version=seen_version(request), **fields)
    return _answer(request, response, written)


sheet_goals = Router(tags=["goals"])


@sheet_goals.post("/{sheet_id}/goals", response={201: GoalOut, **READ_PROBLEMS})
def add_goal(
    request: MemberRequest, response: HttpResponse, sheet_id: Id, payload: GoalFields
) -> Status[dict[str, Any]]:
    """Add a goal to your sheet while it is a draft."""
    sheet = get_object_or_404(GoalSheet.objects.visible_to(request.member), pk=sheet_id)
    goal = actions.add_goal(sheet, by=request.member, **_fields(request, payload))
    return Status(201, _answer(request, response, goal))


def _find(request: MemberRequest, goal_id: int) -> Goal:
    rows = with_everything(Goal.objects.visible_to(request.member))
    return get_object_or_404(rows.select_related("sheet__member", "sheet__cycle"), pk=goal_id)


def _fields(request: MemberRequest, payload: GoalFields) -> dict[str, Any]:
    """Only what was sent; null empties a date or a link and is refused elsewhere by the action."""
    fields = payload.dict(exclude_unset=True)
    if "parent_org_goal_id" in fields:
        chosen = fields.pop("parent_org_goal_id")
        parent = OrgGoal.objects.visible_to(request.member).filter(pk=chosen).first() if chosen else None
        if chosen and parent is None:
            raise Refused(_("この組織目標はありません。今期の有効な組織目標を選んでください。"))
        fields["parent_org_goal"] = parent
    return fields


def _answer(request: MemberRequest, response: HttpResponse, goal: Goal) -> dict[str, Any]:
    tell_version(response, goal)
    sees = permissions.can_see_details(request.member, goal)
    return _summary(goal, sees) | {"version": goal.version, "details": goal_body(goal) if sees else None}


def _summary(goal: Goal, sees_details: bool) -> dict[str, Any]:
    owner = goal.sheet.member
    return {
        "id": goal.pk,
        "sheet_id": goal.sheet_id,
        "owner": {"id": owner.pk, "name": owner.name},
        "title": goal.title,
        "statement": goal.statement,
        "state": goal.state,
        "can_see_details": sees_details,
    }
