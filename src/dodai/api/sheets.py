"""Goal sheets: the list, one sheet with what the check says, and the steps of the approval."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from dodai.api.errors import READ_PROBLEMS, WRITE_PROBLEMS
from dodai.api.goals import Id, Person
from dodai.api.paging import Limit, Offset, slice_of
from dodai.api.versions import seen_version, tell_version
from dodai.goals import actions
from dodai.goals.models import Goal, GoalSheet
from dodai.organization.http import MemberRequest

router = Router(tags=["sheets"])


class SheetRow(Schema):
    id: int
    member: Person
    cycle_id: int
    segment: int
    segment_from: date
    segment_to: date
    unit_path: str
    status: str
    first_evaluator: Person | None
    second_evaluator: Person | None
    submitted_at: datetime | None
    approved_at: datetime | None


class SheetGoalRow(Schema):
    id: int
    number: int
    title: str
    weight: int
    state: str


class SheetOut(SheetRow):
    version: int
    goals: list[SheetGoalRow]


class SheetList(Schema):
    items: list[SheetRow]
    next: int | None = None


class Submission(Schema):
    """``reason`` is needed where warnings were neither fixed nor dismissed (ten characters)."""

    model_config = ConfigDict(extra="forbid")
    reason: Annotated[str, Field(max_length=1000)] = ""


class Approval(Schema):
    model_config = ConfigDict(extra="forbid")
    comment: Annotated[str, Field(max_length=1000)] = ""


class Return(Schema):
    """What has to change, in ten characters or more."""

    model_config = ConfigDict(extra="forbid")
    comment: Annotated[str, Field(max_length=1000)]


@router.get("", response={200: SheetList, **READ_PROBLEMS})
def list_sheets(
    request: MemberRequest,
    cycle: Id | None = None,
    waiting: bool = False,
    limit: Limit = 50,
    offset: Offset = 0,
) -> dict[str, Any]:
    """The sheets you may see; ``waiting=true`` for those whose next step is yours."""
    rows = GoalSheet.objects.visible_to(request.member)
    if waiting:
        rows = GoalSheet.objects.awaiting(request.member)
    if cycle is not None:
        rows = rows.in_cycle(cycle)
    found, further = slice_of(rows.for_list().order_by("-pk"), limit, offset)
    return {"items": [_row(sheet) for sheet in found], "next": further}


@router.get("/{sheet_id}", response={200: SheetOut, **READ_PROBLEMS})
def read_sheet(request: MemberRequest, response: HttpResponse, sheet_id: Id) -> dict[str, Any]:
    """One sheet with its version as ETag."""
    return _answer(response, _find(request, sheet_id))


@router.post("/{sheet_id}/submission", response={200: SheetOut, **WRITE_PROBLEMS})
def submit_sheet(
    request: MemberRequest, response: HttpResponse, sheet_id: Id, payload: Submission
) -> dict[str, Any]:
    """承認申請 of your own sheet."""
    sheet, version = _find(request, sheet_id), seen_version(request)
    return _answer(response, actions.submit(sheet, by=request.member, version=version, reason=payload.reason))


@router.post("/{sheet_id}/withdrawal", response={200: SheetOut, **WRITE_PROBLEMS})
def withdraw_sheet(request: MemberRequest, response: HttpResponse, sheet_id: Id) -> dict[str, Any]:
    """取下げ of your own sheet before anybody approved it."""
    sheet, version = _find(request, sheet_id), seen_version(request)
    return _answer(response, actions.withdraw(sheet, by=request.member, version=version))


@router.post("/{sheet_id}/approval", response={200: SheetOut, **WRITE_PROBLEMS})
def approve_sheet(
    request: MemberRequest, response: HttpResponse, sheet_id: Id, payload: Approval
) -> dict[str, Any]:
    """The approval that comes next: 一次 while 承認待ち, 二次 while 一次承認."""
    sheet, version = _find(request, sheet_id), seen_version(request)
    return _answer(
        response, actions.approve(sheet, by=request.member, version=version, comment=payload.comment)
    )


@router.post("/{sheet_id}/return", response={200: SheetOut, **WRITE_PROBLEMS})
def return_sheet(
    request: MemberRequest, response: HttpResponse, sheet_id: Id, payload: Return
) -> dict[str, Any]:
    """差戻し with a comment."""
    sheet, version = _find(request, sheet_id), seen_version(request)
    return _answer(
        response, actions.send_back(sheet, by=request.member, version=version, comment=payload.comment)
    )


def _find(request: MemberRequest, sheet_id: int) -> GoalSheet:
    return get_object_or_404(GoalSheet.objects.visible_to(request.member).for_list(), pk=sheet_id)


def _answer(response: HttpResponse, sheet: GoalSheet) -> dict[str, Any]:
    tell_version(response, sheet)
    goals = Goal.objects.filter(sheet=sheet).order_by("number", "pk")
    return _row(sheet) | {
        "version": sheet.version,
        "goals": list(goals.values("id", "number", "title", "weight", "state")),
    }


def _row(sheet: GoalSheet) -> dict[str, Any]:
    return {
        "id": sheet.pk,
        "member": _person(sheet.member),
        "cycle_id": sheet.cycle_id,
        "segment": sheet.segment,
        "segment_from": sheet.segment_from,
        "segment_to": sheet.segment_to,
        "unit_path": sheet.unit_path,
        "status": sheet.status,
        "first_evaluator": _person(sheet.first_evaluator),
        "second_evaluator": _person(sheet.second_evaluator),
        "submitted_at": sheet.submitted_at,
        "approved_at": sheet.approved_at,
    }


def _person(member: Any) -> dict[str, Any] | None:
    return None if member is None else {"id": member.pk, "name": member.name}
