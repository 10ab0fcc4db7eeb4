"""Tables that leave the house, in the columns the import reads: an export is its own template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.errors import NotAllowed, Refused
from dodai.exchange import permissions
from dodai.exchange.company_today import CompanyToday, company_today
from dodai.exchange.models import ImportBatch
from dodai.exchange.rules.fields import PEOPLE, TRANSFERS, WORK, Field
from dodai.exchange.rules.roster_changes import PersonNow
from dodai.exchange.rules.roster_words import EMPLOYMENT_LABELS, LEAVE_LABELS
from dodai.files.csv_writing import csv_bytes
from dodai.files.tables import Cell
from dodai.files.xlsx_writing import Column, template_bytes, with_faults
from dodai.organization.models import Member
from dodai.work.models import WorkItem, WorkItemBackup

FIELDS: Mapping[str, Sequence[Field]] = {"people": PEOPLE, "transfers": TRANSFERS, "work": WORK}
FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def template(kind: str) -> bytes:
    """An empty workbook with examples, drop-downs and explanations."""
    return template_bytes(columns(kind))


def columns(kind: str) -> list[Column]:
    return [
        Column(
            field.label,
            field.width,
            field.kind,
            field.choices,
            field.note,
            field.required,
            field.example,
        )
        for field in FIELDS[kind]
    ]


def work_table(member: Member) -> list[list[Cell]]:
    """The work the member may see; nobody is asked why, because it is their own and their people's."""
    today = company_today(timezone.localdate())
    paths = {unit.id: unit.path for unit in today.units}
    items = WorkItem.objects.visible_to(member).current().select_related("owner")
    backups = defaultdict(list)
    for backup in WorkItemBackup.objects.filter(work_item__in=items).select_related("member"):
        backups[backup.work_item_id].append(backup.member.name)
    ordered = sorted(
        items, key=lambda item: (paths.get(item.unit_id, ""), item.category_l, item.category_m, item.pk)
    )
    with translation.override("ja"):  # the words of the import, whoever exports
        return [_work_row(item, paths.get(item.unit_id, ""), backups[item.pk]) for item in ordered]


def people_table(today: CompanyToday) -> list[list[Cell]]:
    return [_person_row(person) for person in sorted(today.people.values(), key=lambda each: each.member_no)]


@transaction.atomic
def export_people(*, by: Member, purpose: str, on: date) -> list[list[Cell]]:
    """Personal data leaves the house: for 人事, with a purpose, and with an event."""
    if not permissions.can_export_people(by):
        raise NotAllowed(_("社員名簿を書き出せるのは人事だけです。"))
    if not purpose.strip():
        raise Refused(_("利用目的がありません。何に使うかを入れてください。"))
    table = people_table(company_today(on))
    record("people.exported", by, by=by.user, reason=purpose.strip(), changes={"count": [None, len(table)]})
    return table


def file_bytes(kind: str, table: Sequence[Sequence[Cell]], format_: str) -> bytes:
    if format_ == "xlsx":
        return template_bytes(columns(kind), table)
    return csv_bytes([[field.label for field in FIELDS[kind]], *table])


def _work_row(item: WorkItem, path: str, backups: Sequence[str]) -> list[Cell]:
    open_questions = item.open_questions
    values: dict[str, Cell] = {
        "unit": path,
        "category_l": item.category_l,
        "category_m": item.category_m,
        "category_s": item.category_s,
        "name": item.name,
        "frequency": item.get_frequency_display() if item.frequency else None,
        "minutes_per_run": _number(item.minutes_per_run),
        "runs_per_year": item.runs_per_year,
        "importance": item.importance,
        "owner": item.owner.name if item.owner else None,
        "backups": "、".join(backups) or None,
        "manual": _manual(item),
        "improvement_room": item.improvement_room,
        "note": item.note or None,
    }
    for key, text in open_questions.items():
        if key in values and values[key] is None:
            values[key] = text
    return [values[field.key] for field in WORK]


def _number(value: object) -> Cell:
    if not isinstance(value, Decimal):
        return None
    return int(value) if value == value.to_integral_value() else value


def _manual(item: WorkItem) -> str | None:
    if not item.manual_status:
        return None
    updated = item.manual_updated_on
    word = str(item.get_manual_status_display())
    return f"{word}（{updated.year}年{updated.month}月）" if updated else word


def _person_row(person: PersonNow) -> list[Cell]:
    shared = person.concurrent[0] if person.concurrent else None
    leave = person.leaves[-1] if person.leaves else None
    values: dict[str, Cell] = {
        "member_no": person.member_no,
        "family_name": person.family_name,
        "given_name": person.given_name,
        "full_name": None,
        "family_kana": person.family_kana,
        "given_kana": person.given_kana,
        "email": person.email,
        "unit": person.unit_path,
        "post": person.post,
        "grade": person.grade,
        "employment_type": EMPLOYMENT_LABELS[person.employment_type],
        "hired_on": person.hired_on,
        "left_on": person.left_on,
        "supervisor_no": person.supervisor_no,
        "concurrent_unit": shared.unit_path if shared else None,
        "concurrent_percent": shared.percent if shared else None,
        "leave_kind": LEAVE_LABELS[leave.kind] if leave else None,
        "leave_from": leave.first if leave else None,
        "leave_to": leave.last if leave else None,
        "note": person.note,
    }
    return [values[field.key] or None for field in PEOPLE]


def fault_bytes(batch: ImportBatch, rows: Iterable[tuple[Sequence[str], str]]) -> bytes:
    """The file as it came with エラー beside its rows; the labels are those of the file's first table."""
    listed = list(rows)
    labels = batch.sheets[0]["labels"] if batch.sheets else []
    width = max([len(labels), *(len(cells) for cells, _fault in listed)], default=0)
    named = [*labels, *[""] * (width - len(labels))]
    return with_faults(
        [Column(label or "－", kind="text") for label in named],
        [cells for cells, _fault in listed],
        [fault for _cells, fault in listed],
    )
