"""業務: the list a person sees."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ninja import Router, Schema

from dodai.api.errors import READ_PROBLEMS
from dodai.api.goals import Id
from dodai.api.paging import Limit, Offset, Words, slice_of
from dodai.organization.http import MemberRequest
from dodai.work.models import WorkItem

router = Router(tags=["work-items"])


class WorkItemOut(Schema):
    id: int
    unit_id: int
    owner_id: int | None
    category_l: str
    category_m: str
    category_s: str
    name: str
    purpose: str
    frequency: str
    minutes_per_run: Decimal | None
    runs_per_year: int | None
    annual_hours: Decimal | None
    importance: int | None
    improvement_room: int | None
    nature: str
    status: str
    version: int


class WorkItemList(Schema):
    items: list[WorkItemOut]
    next: int | None = None


@router.get("", response={200: WorkItemList, **READ_PROBLEMS})
def list_work_items(
    request: MemberRequest,
    owner: Id | None = None,
    unit: Id | None = None,
    q: Words = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> dict[str, Any]:
    """The work you may see, without what was retired; ``annual_hours`` is exact or null."""
    rows = WorkItem.objects.visible_to(request.member).current()
    if owner is not None:
        rows = rows.filter(owner=owner)
    if unit is not None:
        rows = rows.filter(unit=unit)
    if q.strip():
        rows = rows.matching(q)
    items, further = slice_of(rows.order_by("pk"), limit, offset)
    return {"items": items, "next": further}
