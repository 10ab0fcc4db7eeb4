"""Rows of a 業務棚卸表 against what is stored today: 追加・更新・変更なし・エラー. Reads only.

The preview of pasting and of a file shows it, and ``actions.import_rows`` writes exactly this, so that
nobody confirms something else than what is done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from dodai.core.errors import Refused
from dodai.organization.models import Member
from dodai.work import permissions
from dodai.work.changes import Changes, difference, snapshot
from dodai.work.models import WorkItem, WorkItemBackup
from dodai.work.sheet_rows import RowFault, WorkRow, name_of_work


class Kind(StrEnum):
    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    FAULT = "fault"


@dataclass
class RowPlan:
    """What one row would do. ``item`` already carries the new values; ``changes`` are the difference."""

    row: WorkRow
    kind: Kind
    item: WorkItem | None = None
    changes: Changes = field(default_factory=dict)
    backups: list[int] | None = None  # None leaves them alone
    fault: RowFault | None = None


def compare(rows: Sequence[WorkRow], *, by: Member) -> list[RowPlan]:
    """The plan of every row, in their order, with the same few queries for one row and for thousands."""
    stored = _Stored(rows)
    allowed = permissions.rights(by, owners=stored.owners(), units=stored.units())
    seen: dict[int, int] = {}
    plans = []
    for row in rows:
        try:
            plan = _plan(row, stored, allowed)
            _refuse_repetition(plan, seen)
        except Refused as refusal:
            plan = RowPlan(row, Kind.FAULT, fault=RowFault(row.line, "", str(refusal)))
        plans.append(plan)
    return plans


class _Stored:
    """Today's items of the units concerned, found by id or by name."""

    def __init__(self, rows: Sequence[WorkRow]) -> None:
        self.rows = rows
        units = {row.unit for row in rows}
        named = {row.item for row in rows if row.item is not None}
        items = list(WorkItem.objects.filter(unit__in=units, status__in=_KEPT))
        items += WorkItem.objects.filter(pk__in=named - {item.pk for item in items})
        self.by_id = {item.pk: item for item in items}
        self.by_name: dict[tuple[int, str], list[WorkItem]] = defaultdict(list)
        for item in items:
            if item.status in _KEPT:
                self.by_name[item.unit_id, name_of_work(item.name)].append(item)
        self.backups: dict[int, list[int]] = defaultdict(list)
        for item_id, member_id in WorkItemBackup.objects.filter(work_item__unit__in=units).values_list(
            "work_item", "member"
        ):
            self.backups[item_id].append(member_id)

    def owners(self) -> Iterable[int | None]:
        yield from (row.owner for row in self.rows)
        yield from (item.owner_id for item in self.by_id.values())

    def units(self) -> Iterable[int]:
        yield from (row.unit for row in self.rows)
        yield from (item.unit_id for item in self.by_id.values())

    def find(self, row: WorkRow) -> WorkItem | None:
        """By id; else the name in the unit, of the same owner where several have it."""
        if row.item is not None:
            if row.item not in self.by_id:
                raise Refused(_("業務IDの業務が見つかりません。IDを消すと、名前で探します。"))
            return self.by_id[row.item]
        twins = self.by_name[row.unit, name_of_work(row.name)]
        same_owner = [item for item in twins if item.owner_id == row.owner]
        found = same_owner or twins
        if len(found) > 1:
            raise Refused(
                _("「%(name)s」という業務が%(count)s件あります。主担当を入れてください。")
                % {"name": row.name, "count": len(found)}
            )
        return found[0] if found else None


_KEPT = ("draft", "active", "review_due")


def _plan(row: WorkRow, stored: _Stored, allowed: permissions.Rights) -> RowPlan:
    item = stored.find(row)
    if item is None:
        return _plan_new(row, allowed)
    if not allowed.can_bring_in(item.owner_id, item.unit_id):
        raise Refused(_("この業務を更新できるのは、主担当と直属の上司、人事だけです。"))
    values = row.values()
    if name_of_work(row.name) == name_of_work(item.name):
        values.pop("name", None)  # spelt with other spaces or widths: the stored spelling stays
    names = [*values, "owner", "open_questions"]
    before = snapshot(item, names)
    item.change(values)
    item.open_questions = _questions(item, row, values)
    if row.given is None or "owner" in row.given:
        item.owner_id = row.owner
    changes = difference(before, snapshot(item, names))
    backups = _backups(row, item, stored)
    if backups is not None:
        changes["backups"] = [sorted(stored.backups[item.pk]), backups]
    if "owner" in changes and not allowed.can_bring_in(item.owner_id, item.unit_id):
        raise Refused(_("この人に業務を渡せるのは、その人の上司と人事だけです。"))
    return RowPlan(row, Kind.CHANGE if changes else Kind.SAME, item, changes, backups)


def _plan_new(row: WorkRow, allowed: permissions.Rights) -> RowPlan:
    if not (allowed.brings_in or allowed.can_add(row.owner, row.unit)):
        raise Refused(_("この部門にこの担当の業務を追加できるのは、本人と直属の上司、人事だけです。"))
    item = WorkItem(unit_id=row.unit, owner_id=row.owner, open_questions=dict(row.open_questions))
    item.change({"name": row.name} | row.values())
    item.open_questions = dict(row.open_questions)
    return RowPlan(
        row, Kind.ADD, item, {"name": [None, item.name]}, sorted(set(row.backups) - {row.owner}) or None
    )


def _questions(item: WorkItem, row: WorkRow, values: dict[str, object]) -> dict[str, str]:
    """What the row could not say is asked, unless the stored item already knows it."""
    asked = {
        name: text for name, text in row.open_questions.items() if getattr(item, name, None) in (None, "")
    }
    return {name: text for name, text in item.open_questions.items() if name not in values} | asked


def _backups(row: WorkRow, item: WorkItem, stored: _Stored) -> list[int] | None:
    if row.given is not None and "backups" not in row.given:
        return None
    if row.given is None and not row.backups:
        return None
    wanted = sorted(set(row.backups) - {item.owner_id})
    return None if wanted == sorted(stored.backups[item.pk]) else wanted


def _refuse_repetition(plan: RowPlan, seen: dict[int, int]) -> None:
    """The same work twice in one table: the second row would silently win."""
    item = plan.item
    if item is None:
        return
    key = hash((item.pk, item.unit_id, item.owner_id, name_of_work(item.name)))
    if key in seen:
        raise Refused(_("%(line)s行目と同じ業務です。どちらかの行を消してください。") % {"line": seen[key]})
    seen[key] = plan.row.line
