"""部門の重なり: who holds what, what rests on one person, and what nobody holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from dodai.organization.http import MemberRequest
from dodai.web.work import looking
from dodai.web.work.looking import Entry, Index
from dodai.work import permissions, rules
from dodai.work.models import WorkItem, WorkItemBackup

#: Columns beyond this are not drawn; a section has fewer people, and a larger unit is asked to be narrowed.
MOST_PEOPLE = 30
MOST_ROWS = 200


@dataclass(frozen=True)
class Person:
    pk: int
    name: str
    hours: Decimal  # of one year, as 主担当
    share: Decimal | None

    @property
    def monthly_hours(self) -> Decimal:
        return self.hours / 12


@dataclass
class Line:
    """One piece of work and, for each person in order, 「main」, 「stand_in」 or nothing."""

    entry: Entry
    marks: list[str] = field(default_factory=list)


def context(request: MemberRequest, index: Index) -> dict[str, object]:
    stand_ins = _stand_ins(index)
    names = {entry.owner_id: entry.owner for entry in index.entries if entry.owner_id is not None}
    for helpers in stand_ins.values():
        names |= helpers
    hours: dict[int, Decimal] = defaultdict(Decimal)
    for entry in index.entries:
        if entry.owner_id is not None:
            hours[entry.owner_id] += entry.annual_hours or Decimal(0)
    order = sorted(names, key=lambda pk: (-hours[pk], names[pk]))[:MOST_PEOPLE]
    people = [Person(pk, names[pk], hours[pk], rules.share(hours[pk], index.hours)) for pk in order]
    held = [entry for entry in index.entries if entry.owner_id is not None]
    held.sort(key=lambda entry: (not entry.rests_on_one, -(entry.importance or 0), entry.name))
    return {
        "people_columns": people,
        "hidden_people": len(names) - len(people),
        "lines": [Line(entry, _marks(entry, order, stand_ins)) for entry in held[:MOST_ROWS]],
        "hidden_lines": max(0, len(held) - MOST_ROWS),
        "unowned": _unowned(request, index),
    }


def _stand_ins(index: Index) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = WorkItemBackup.objects.filter(work_item__in=[entry.pk for entry in index.entries])
    for backup in rows.select_related("member"):
        found[backup.work_item_id][backup.member_id] = backup.member.name
    return found


def _marks(entry: Entry, order: list[int], stand_ins: dict[int, dict[int, str]]) -> list[str]:
    return [
        "main" if pk == entry.owner_id else "stand_in" if pk in stand_ins.get(entry.pk, {}) else ""
        for pk in order
    ]


def _unowned(request: MemberRequest, index: Index) -> list[tuple[WorkItem, bool, bool]]:
    """Work nobody holds, with whether the person may decide on an owner, or take it."""
    ids = [entry.pk for entry in index.unowned[:MOST_ROWS]]
    items = looking.rows_of(request.member, ids)
    rights = permissions.rights_of(request.member, items)
    return [(item, rights.can_assign(item), rights.can_take(item)) for item in items]
