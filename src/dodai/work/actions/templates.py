"""A department's 業務 from the catalogue as drafts that people then edit."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai import catalogue
from dodai.audit.models import record
from dodai.core.errors import NotAllowed, Refused
from dodai.organization.models import Assignment, Member, OrgUnit
from dodai.work import permissions
from dodai.work.actions.runs import UsualRuns
from dodai.work.models import WorkItem
from dodai.work.sheet_rows import name_of_work


@transaction.atomic
def take_from_template(
    unit: OrgUnit, *, by: Member, owner: Member | None, template_ids: Iterable[str]
) -> list[WorkItem]:
    """Add the chosen 業務 as 下書き; what the unit already took, or has under that name, is left alone."""
    OrgUnit.objects.select_for_update().get(pk=unit.pk)
    brings_in = bool(by.roles & permissions.BRINGS_IN)
    if not brings_in and not permissions.can_add(by, unit_id=unit.pk, owner_id=owner.pk if owner else None):
        raise NotAllowed(_("この部門にひな形を取り込めるのは、部門の人とその上司、人事だけです。"))
    if owner is not None and not _belongs(owner, unit):
        raise Refused(_("主担当は、追加する部門に所属する人にしてください。"))
    chosen = [_task(template_id) for template_id in dict.fromkeys(template_ids)]
    if not chosen:
        raise Refused(_("業務が選ばれていません。取り込む業務を選んでください。"))
    present = WorkItem.objects.current().filter(unit=unit).values_list("catalogue_id", "name")
    taken = {catalogue_id for catalogue_id, _name in present if catalogue_id}
    names = {name_of_work(name) for _id, name in present}
    items = [
        _draft(task, unit, owner)
        for task in chosen
        if task.id not in taken and name_of_work(task.name) not in names
    ]
    usual = UsualRuns()
    for item in items:
        usual.fill(item)
        item.save()
    if items:
        changes = {
            "added": {str(item.pk): item.name for item in items},
            "templates": [item.catalogue_id for item in items],
        }
        record("work_items.taken_from_template", unit, by=by.account, changes=changes)
    return items


def _belongs(owner: Member, unit: OrgUnit) -> bool:
    return Assignment.objects.on(timezone.localdate()).filter(member=owner, unit=unit).exists()


def _task(template_id: str) -> catalogue.TaskTemplate:
    try:
        return catalogue.task(template_id)
    except LookupError:
        raise Refused(_("選ばれた業務はひな形にありません。画面を開き直してください。")) from None


def _draft(task: catalogue.TaskTemplate, unit: OrgUnit, owner: Member | None) -> WorkItem:
    """The hours are the company's own, so they are asked for; 随時 also asks how often."""
    codes: list[str] = [code for code in task.frequency if code in WorkItem.Frequency.values]
    first, *more = codes or [""]
    item = WorkItem(
        unit=unit,
        owner=owner,
        category_l=task.category,
        name=task.name,
        frequency=first,
        more_frequencies=more,
        importance=task.importance,
        nature=task.nature,
        note=task.frequency_note,
        catalogue_id=task.id,
    )
    if first == WorkItem.Frequency.ON_DEMAND:
        item.open_questions = {"runs_per_year": task.frequency_note}
    item.refuse_flaws()
    item.index()
    return item
