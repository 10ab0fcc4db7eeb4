"""The chart of a day: units in the order of the tree, with their heads and the people directly in them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from dodai.core.spans import valid_on
from dodai.organization.models import Assignment, Member, OrgUnitLine, OrgUnitVersion, UnitHead

#: A larger company sees the levels down to 部; the rest opens unit by unit.
MOST_UNITS = 200
_LEVELS_OF_A_LARGE_COMPANY = 2


@dataclass
class Branch:
    """One unit of the chart. ``people`` counts the 本務 and 兼務 directly in it."""

    pk: int
    code: str
    name: str
    kind: str
    head: Member | None = None
    deputy: Member | None = None
    people: int = 0
    children: list[Branch] = field(default_factory=list)

    @property
    def is_vacant(self) -> bool:
        return self.head is None


@dataclass
class Chart:
    """``is_cut``: there are more units than drawn."""

    roots: list[Branch]
    is_cut: bool = False


def read_chart(on: date, *, below: int | None = None) -> Chart:
    """The whole chart, or the branch of one unit."""
    versions = OrgUnitVersion.objects.on(on).select_related("unit").order_by("sort_order", "unit__code")
    if below is not None:
        lines = OrgUnitLine.objects.filter(valid_on(on), ancestor=below)
        versions = versions.filter(unit__in=lines.values("unit"))
    rows = list(versions[: MOST_UNITS + 1])
    is_cut = len(rows) > MOST_UNITS
    if is_cut:
        tops = OrgUnitVersion.objects.on(on).filter(parent=None)
        near = OrgUnitLine.objects.filter(valid_on(on), depth__lte=_LEVELS_OF_A_LARGE_COMPANY).filter(
            Q(ancestor=below) if below else Q(ancestor__in=tops.values("unit"))
        )
        rows = list(versions.filter(unit__in=near.values("unit"))[:MOST_UNITS])
    return Chart(_grow(rows, on, below), is_cut)


def near_units(on: date, *, chosen: str = "") -> list[tuple[int, str, int]]:
    """The choices of a filter: down to 部 in a large company, with the chosen unit wherever it lies."""
    units = unit_choices(on)
    if len(units) <= MOST_UNITS:
        return units
    return [
        (pk, name, depth)
        for pk, name, depth in units
        if depth <= _LEVELS_OF_A_LARGE_COMPANY or str(pk) == chosen
    ]


def unit_choices(on: date) -> list[tuple[int, str, int]]:
    """``(id, name, depth)`` of every unit of a day, in the order of the tree: for select boxes."""
    children: dict[int | None, list[tuple[int, str]]] = defaultdict(list)
    rows = OrgUnitVersion.objects.on(on).order_by("sort_order", "unit__code")
    for pk, name, parent in rows.values_list("unit_id", "name", "parent_id"):
        children[parent].append((pk, name))
    found: list[tuple[int, str, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for pk, name in children.pop(parent, ()):
            found.append((pk, name, depth))
            walk(pk, depth + 1)

    walk(None, 0)
    return found


def _grow(rows: list[OrgUnitVersion], on: date, below: int | None) -> list[Branch]:
    branches = {
        row.unit_id: Branch(row.unit_id, row.unit.code, row.name, row.get_kind_display()) for row in rows
    }
    heads = UnitHead.objects.on(on).filter(unit__in=branches).select_related("member", "deputy")
    for head in heads:
        branches[head.unit_id].head, branches[head.unit_id].deputy = head.member, head.deputy
    counted = Assignment.objects.on(on).filter(unit__in=branches).values("unit").annotate(people=Count("pk"))
    for row in counted:
        branches[row["unit"]].people = row["people"]
    roots = []
    for version in rows:
        parent = branches.get(version.parent_id or 0)
        if parent is None or version.unit_id == below:
            roots.append(branches[version.unit_id])
        else:
            parent.children.append(branches[version.unit_id])
    return roots
