"""One piece of work: add, edit, place, hand over, confirm, retire, and take the last change back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.audit.models import AuditEvent, record
from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.organization.models import Member, OrgUnit
from dodai.work import permissions
from dodai.work.actions.runs import UsualRuns
from dodai.work.changes import difference, from_json, snapshot
from dodai.work.models import WorkItem, WorkItemBackup
from dodai.work.sheet_rows import VALUES, name_of_work

#: What ``edit`` may set. Who holds the work, its state and its confirmation have verbs of their own.
FIELDS = VALUES
#: Events of one item whose ``changes`` can be taken back by the person who made them.
UNDOABLE = frozenset(
    {"work_item.edited", "work_item.placed", "work_item.assigned", "work_item.retired", "work_item.undone"}
)
_DERIVED = ("search", "open_questions")


@transaction.atomic
def add(
    unit: OrgUnit,
    *,
    by: Member,
    owner: Member | None,
    values: Mapping[str, object],
    backups: Iterable[Member] = (),
) -> WorkItem:
    """Write down a piece of work as 下書き; the supervisor's confirmation makes it 有効."""
    OrgUnit.objects.select_for_update().get(pk=unit.pk)  # one at a time, so that names stay apart
    if not permissions.can_add(by, unit_id=unit.pk, owner_id=owner.pk if owner else None):
        raise NotAllowed(_("この部門にこの担当の業務を追加できるのは、本人と上司だけです。"))
    item = WorkItem(unit=unit, owner=owner)
    item.change(_known(values))
    UsualRuns().fill(item)
    refuse_twin(item)
    item.index()
    item.save()
    replace_backups(item, backups)
    record("work_item.added", item, by=by.account, changes={"name": [None, item.name]})
    return item


@transaction.atomic
def edit(
    item: WorkItem,
    *,
    by: Member,
    version: int,
    values: Mapping[str, object],
    event: str = "work_item.edited",
) -> WorkItem:
    """Set one or more fields; nothing is written, and no event left, when all stay as they were."""
    item = WorkItem.objects.hold(item.pk, version=version)
    if not permissions.can_edit(by, item):
        raise NotAllowed(_("この業務を編集できるのは、主担当と直属の上司だけです。"))
    return _write(item, _known(values), by=by, event=event)


def place(item: WorkItem, *, by: Member, version: int, importance: int | None, frequency: str) -> WorkItem:
    """Move it in the matrix of 重要度 and 頻度."""
    values: dict[str, object] = {"importance": importance, "frequency": frequency}
    return edit(item, by=by, version=version, values=values, event="work_item.placed")


def set_outlook(item: WorkItem, *, by: Member, version: int, outlook: str) -> WorkItem:
    """続ける, 減らす or やめる."""
    return edit(item, by=by, version=version, values={"outlook": outlook})


def answer(item: WorkItem, *, by: Member, version: int, values: Mapping[str, object]) -> WorkItem:
    """Give what an import could not read. An answer may not stay empty."""
    if any(value in (None, "") for value in values.values()):
        raise Refused(_("値が入っていません。分かる値を入れてから保存してください。"))
    return edit(item, by=by, version=version, values=values)


@transaction.atomic
def assign(item: WorkItem, *, by: Member, version: int, owner: Member | None) -> WorkItem:
    """Give the work another 主担当, or none."""
    item = WorkItem.objects.hold(item.pk, version=version)
    if not permissions.can_assign(by, item):
        raise NotAllowed(_("担当を変更できるのは、主担当の上司と部門の責任者だけです。"))
    return _hand_over(item, owner, by=by)


@transaction.atomic
def take(item: WorkItem, *, by: Member, version: int) -> WorkItem:
    """担当者なし becomes one's own."""
    item = WorkItem.objects.hold(item.pk, version=version)
    if item.owner_id is not None:
        raise Refused(_("この業務には担当がいます。担当の変更は上司に依頼してください。"))
    if not permissions.can_take(by, item):
        raise NotAllowed(_("担当になれるのは、この業務の部門に所属する人だけです。"))
    return _hand_over(item, by, by=by)


@transaction.atomic
def set_backups(item: WorkItem, *, by: Member, version: int, backups: Iterable[Member]) -> WorkItem:
    """Say who can stand in (副担当)."""
    item = WorkItem.objects.hold(item.pk, version=version)
    if not permissions.can_edit(by, item):
        raise NotAllowed(_("この業務を編集できるのは、主担当と直属の上司だけです。"))
    before = sorted(WorkItemBackup.objects.filter(work_item=item).values_list("member", flat=True))
    after = sorted({backup.pk for backup in backups} - {item.owner_id})
    if before == after:
        return item
    replace_backups(item, backups)
    item.keep()
    record("work_item.backups_set", item, by=by.account, changes={"backups": [before, after]})
    return item


@transaction.atomic
def confirm(item: WorkItem, *, by: Member, version: int) -> WorkItem:
    """The supervisor has looked at it."""
    item = WorkItem.objects.hold(item.pk, version=version)
    if not permissions.can_confirm(by, item):
        raise NotAllowed(_("業務を確認できるのは上司だけです。"))
    names = ("status", "confirmed_on", "confirmed_by")
    before = snapshot(item, names)
    item.confirm(by=by, on=timezone.localdate())
    item.keep(*names)
    record("work_item.confirmed", item, by=by.account, changes=difference(before, snapshot(item, names)))
    return item


@transaction.atomic
def retire(item: WorkItem, *, by: Member, version: int) -> WorkItem:
    """The work is no longer done. It leaves the board and stays in the history."""
    item = WorkItem.objects.hold(item.pk, version=version)
    if not permissions.can_edit(by, item):
        raise NotAllowed(_("この業務を廃止できるのは、主担当と直属の上司だけです。"))
    before = item.status
    item.retire()
    item.keep("status")
    record("work_item.retired", item, by=by.account, changes={"status": [before, item.status]})
    return item


@transaction.atomic
def restore(item: WorkItem, *, by: Member, version: int) -> WorkItem:
    """Retired work is done again; it starts as 下書き."""
    item = WorkItem.objects.hold(item.pk, version=version)
    if not permissions.can_edit(by, item):
        raise NotAllowed(_("この業務を戻せるのは、主担当と直属の上司だけです。"))
    before = item.status
    item.restore()
    refuse_twin(item)
    item.keep("status")
    record("work_item.restored", item, by=by.account, changes={"status": [before, item.status]})
    return item


@transaction.atomic
def undo(item: WorkItem, *, by: Member, event_id: int) -> WorkItem:
    """Take one's own change back, as long as nobody changed the same fields since."""
    item = WorkItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    event = AuditEvent.objects.filter(
        pk=event_id, entity="workitem", entity_id=str(item.pk), name__in=UNDOABLE
    ).first()
    if event is None or by.account is None or event.account_id != by.account.pk:
        raise NotAllowed(_("元に戻せるのは、自分が行った変更だけです。"))
    before = {name: old for name, (old, _new) in event.changes.items()}
    after = {name: new for name, (_old, new) in event.changes.items()}
    if snapshot(item, after) != after:
        raise Conflict(
            _("この後に別の変更があったため、元に戻せません。変更の記録を確認してください。"), theirs=item
        )
    for name, value in from_json(WorkItem, before).items():
        setattr(item, name, value)
    refuse_twin(item)
    return _keep(item, after, by=by, event="work_item.undone")


def replace_backups(item: WorkItem, backups: Iterable[Member]) -> None:
    WorkItemBackup.objects.filter(work_item=item).delete()
    members = {backup.pk for backup in backups} - {item.owner_id}
    WorkItemBackup.objects.bulk_create(
        WorkItemBackup(work_item=item, member_id=member) for member in sorted(members)
    )


def refuse_twin(item: WorkItem) -> None:
    """A name stands once for each unit and owner, spelling variants included."""
    names = (
        WorkItem.objects.current()
        .filter(unit=item.unit_id, owner=item.owner_id)
        .exclude(pk=item.pk)
        .values_list("name", flat=True)
    )
    if name_of_work(item.name) in {name_of_work(name) for name in names}:
        raise Refused(
            _("同じ担当の業務「%(name)s」がすでにあります。名前を変えるか、そちらを編集してください。")
            % {"name": item.name}
        )


def _hand_over(item: WorkItem, owner: Member | None, *, by: Member) -> WorkItem:
    if not item.is_editable:
        raise Refused(_("廃止した業務の担当は変更できません。業務を戻してから変更してください。"))
    if owner is not None and not owner.is_employed(timezone.localdate()):
        raise Refused(_("%(name)sさんは在籍していません。ほかの人を選んでください。") % {"name": owner.name})
    before = snapshot(item, ("owner",))
    item.owner = owner
    refuse_twin(item)
    if owner is not None:
        WorkItemBackup.objects.filter(work_item=item, member=owner).delete()
    return _keep(item, before, by=by, event="work_item.assigned")


def _write(item: WorkItem, values: Mapping[str, object], *, by: Member, event: str) -> WorkItem:
    before = snapshot(item, {*values, "runs_per_year"})
    item.change(values)
    if "frequency" in values and item.runs_per_year is None:
        UsualRuns().fill(item)
    if "name" in values:
        refuse_twin(item)
    return _keep(item, before, by=by, event=event)


def _keep(item: WorkItem, before: Mapping[str, Any], *, by: Member, event: str) -> WorkItem:
    """Write the fields of ``before`` and note what became of them; nothing when nothing changed."""
    changes = difference(before, snapshot(item, before))
    if not changes:
        return item
    item.index()
    item.keep(*changes, *_DERIVED)
    record(event, item, by=by.account, changes=changes)
    return item


def _known(values: Mapping[str, object]) -> dict[str, object]:
    unknown = set(values) - FIELDS
    if unknown:
        raise KeyError(f"not fields of a work item: {sorted(unknown)}")
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
