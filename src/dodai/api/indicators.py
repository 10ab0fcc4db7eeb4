"""指標: the library a person may use."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Router, Schema

from dodai.api.errors import READ_PROBLEMS
from dodai.api.paging import Limit, Offset, Words, slice_of
from dodai.indicators.models import Indicator
from dodai.organization.http import MemberRequest

router = Router(tags=["indicators"])


class Level(Schema):
    level: int
    text: str


class IndicatorOut(Schema):
    id: int
    code: str
    kind: str
    function: str
    status: str
    version_id: int
    number: int
    name: str
    definition: str
    formula_text: str
    unit: str
    direction: str
    archetype: str
    aggregation: str
    data_source: str
    frequency: str
    counter_indicator_id: int | None
    counter_note: str
    levels: list[Level]


class IndicatorList(Schema):
    items: list[IndicatorOut]
    next: int | None = None


@router.get("", response={200: IndicatorList, **READ_PROBLEMS})
def list_indicators(
    request: MemberRequest,
    department: Literal["GA", "HR", "FA", "LG", "IT", "XX"] | None = None,
    kind: Literal["quantitative", "qualitative"] | None = None,
    q: Words = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Definitions in their current version; ``version_id`` is what a goal is measured by."""
    rows = Indicator.objects.visible_to(request.member).usable().exclude(current=None)
    if department is not None:
        rows = rows.of_function(department)
    if kind is not None:
        rows = rows.filter(kind=kind)
    if q.strip():
        rows = rows.matching(q)
    rows = rows.select_related("current").prefetch_related("current__levels").order_by("function", "code")
    found, further = slice_of(rows, limit, offset)
    return {"items": [_indicator(row) for row in found], "next": further}


def _indicator(row: Indicator) -> dict[str, Any]:
    version = row.current
    assert version is not None
    of_version = (
        "number", "name", "definition", "formula_text", "unit", "direction", "archetype", "aggregation",
        "data_source", "frequency", "counter_indicator_id", "counter_note",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in ("id", "code", "kind", "function", "status")},
        **{name: getattr(version, name) for name in of_version},
        "version_id": version.pk,
        "levels": [{"level": level.level, "text": level.text} for level in version.levels.all()],
    }
