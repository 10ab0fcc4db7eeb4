"""Many rows at once, from the clipboard or a file: all of them or none, and one step back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dodai.audit.models import AuditEvent, record
from dodai.core.errors import Conflict, NotAllowed
from dodai.organization.models import Member, OrgUnit
from dodai.work.changes import from_json, snapshot
from dodai.work.comparison import Kind, RowPlan, compare
from dodai.work.models import WorkItem, WorkItemBackup
from dodai.work.sheet_rows import ImportOutcome, RowsRefused, WorkRow

IMPORTED, UNDONE = "work_items.imported", "work_items.import_undone"
TAKEN = "work_items.taken_from_template"
_ALWAYS = ("search",)


@transaction.atomic
def import_rows(rows: Sequence[WorkRow], *, by: Member) -> ImportOutcome:
    """Add and update as ``compare`` says. The same rows a second time change nothing.

    Raises ``RowsRefused`` with every faulty row, and then nothing is written. New work is 下書き.
    """
    units = OrgUnit.objects.select_for_update().filter(pk__in={row.unit for row in rows}).order_by("pk")
    locked = {unit.pk: unit for unit in units}  # so that two imports of one unit do not cross
    plans = compare(rows, by=by)
    faults = tuple(plan.fault for plan in plans if plan.fault is not None)
    if faults:
        raise RowsRefused(
            _("取り込めない行が%(count)s件あります。直してから、もう一度取り込んでください。")
            % {"count": len(faults)},
            faults,
        )
    touched: dict[int, dict[str, Any]] = defaultdict(lambda: {"added": {}, "changed": {}})
    for plan in plans:
        _write(plan, touched)
    events = [
        record(
            IMPORTED, locked.get(unit_id) or OrgUnit.objects.get(pk=unit_id), by=by.account, changes=changes
        )
        for unit_id, changes in touched.items()
    ]
    return ImportOutcome(
        added=_ids(plans, Kind.ADD),
        changed=_ids(plans, Kind.CHANGE),
        unchanged=_ids(plans, Kind.SAME),
        events=tuple(event.pk for event in events),
    )


@transaction.atomic
def undo_import(*, by: Member, event_ids: Sequence[int]) -> int:
    """Take one's own import back: what was added is retired, what was changed gets its old values.

    Nothing is undone when anything of it was changed since. Answers with the number of items.
    """
    events = list(AuditEvent.objects.filter(pk__in=event_ids, name__in=(IMPORTED, TAKEN), entity="orgunit"))
    mine = by.account is not None and all(event.account_id == by.account.pk for event in events)
    if not events or len(events) != len(set(event_ids)) or not mine:
        raise NotAllowed(_("元に戻せるのは、自分が行った取り込みだけです。"))
    count = 0
    for event in events:
        added = [_take_back_new(int(pk)) for pk in event.changes.get("added", {})]
        changed = [
            _take_back_change(int(pk), changes) for pk, changes in event.changes.get("changed", {}).items()
        ]
        unit = OrgUnit.objects.get(pk=int(event.entity_id))
        backwards = {
            pk: {name: [new, old] for name, (old, new) in changes.items()}
            for pk, changes in event.changes.get("changed", {}).items()
        }
        record(
            UNDONE,
            unit,
            by=by.account,
            changes={"retired": [item.pk for item in added], "changed": backwards, "event": event.sequence},
        )
        count += len(added) + len(changed)
    return count


def _write(plan: RowPlan, touched: dict[int, dict[str, Any]]) -> None:
    item = plan.item
    if item is None or plan.kind is Kind.SAME:
        return
    item.index()
    if plan.kind is Kind.ADD:
        item.save()
        touched[item.unit_id]["added"][str(item.pk)] = item.name
    else:
        item.keep(*(name for name in plan.changes if name != "backups"), *_ALWAYS)
        touched[item.unit_id]["changed"][str(item.pk)] = plan.changes
    if plan.backups is not None:
        _set_backups(item, plan.backups)


def _set_backups(item: WorkItem, members: Sequence[int]) -> None:
    WorkItemBackup.objects.filter(work_item=item).delete()
    WorkItemBackup.objects.bulk_create(WorkItemBackup(work_item=item, member_id=member) for member in members)


def _take_back_new(pk: int) -> WorkItem:
    item = WorkItem.objects.select_for_update(of=("self",)).get(pk=pk)
    if item.version != 1:
        raise _changed_since(item)
    item.retire()
    return item.keep("status")


def _take_back_change(pk: int, changes: dict[str, list[Any]]) -> WorkItem:
    item = WorkItem.objects.select_for_update(of=("self",)).get(pk=pk)
    after = {name: new for name, (_old, new) in changes.items() if name != "backups"}
    if snapshot(item, after) != after:
        raise _changed_since(item)
    before = {name: old for name, (old, _new) in changes.items() if name != "backups"}
    for name, value in from_json(WorkItem, before).items():
        setattr(item, name, value)
    if "backups" in changes:
        _set_backups(item, changes["backups"][0])
    item.index()
    return item.keep(*before, *_ALWAYS)


def _changed_since(item: WorkItem) -> Conflict:
    message = _("取り込みの後で「%(name)s」が変更されたため、元に戻せません。") % {"name": item.name}
    return Conflict(message, theirs=item)


def _ids(plans: Sequence[RowPlan], kind: Kind) -> tuple[int, ...]:
    return tuple(plan.item.pk for plan in plans if plan.kind is kind and plan.item is not None)
