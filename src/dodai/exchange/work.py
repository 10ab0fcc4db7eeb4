"""業務棚卸表: a look at the file beside today's work, and carrying out what was confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.core.numbers import plain
from dodai.core.text import normalise_for_search
from dodai.exchange.company_today import company_today
from dodai.exchange.looking import Look, LookRow, NoTable, Source, findings_by_row, skipped_rows, status_of
from dodai.exchange.rules import inventory
from dodai.exchange.rules.desk import Desk, Finding, Level, Place
from dodai.exchange.rules.fields import WORK
from dodai.exchange.rules.layouts import Reading, Record, read_workbook
from dodai.exchange.rules.roster_changes import Difference
from dodai.files.reading import read_table
from dodai.organization.models import Member
from dodai.work.actions import import_rows
from dodai.work.comparison import Kind, RowPlan, compare
from dodai.work.models import WorkItem
from dodai.work.sheet_rows import WorkRow

_STATUS = {Kind.ADD: "add", Kind.CHANGE: "update", Kind.SAME: "same", Kind.FAULT: "error"}
_TEXTS = ("category_l", "category_m", "category_s", "name", "frequency", "manual_status", "note")
_NUMBERS = ("minutes_per_run", "runs_per_year", "importance", "improvement_room", "manual_updated_on")


@dataclass(frozen=True)
class WorkLook(Look):
    work: tuple[WorkRow, ...]
    hours: Decimal  # of one year, over the rows that have both time and number


def look(source: Source, *, by: Member) -> WorkLook:
    """Reads only. Raises ``NoTable`` when no header names our columns."""
    book = read_table(source.path, encoding=source.encoding)
    reading = read_workbook(book, WORK, mapping=source.mapping)
    if not reading.layouts:
        raise NoTable(_("大分類・業務名・頻度などの見出しが見つかりません。見出しの行を確認してください。"))
    directory = company_today(source.as_of).directory()
    desk = Desk(source.answers, source.accepts_proposals)
    rows = inventory.read_inventory(reading, directory, source.name, timezone.localdate(), desk)
    items = _items(rows)
    plans = compare(items, by=by)
    return WorkLook(
        rows=(*_rows(reading, rows, plans, desk), *skipped_rows(reading)),
        desk=desk,
        layouts=reading.layouts,
        encoding=book.encoding,
        skipped=reading.skipped,
        work=items,
        hours=sum((row.annual_hours for row in rows if row.annual_hours is not None), Decimal(0)),
    )


def carry_out(seen: WorkLook, *, by: Member) -> dict[str, int]:
    """Inside the caller's transaction."""
    outcome = import_rows(seen.work, by=by)
    return {
        "added": len(outcome.added),
        "updated": len(outcome.changed),
        "unchanged": len(outcome.unchanged),
    }


def _items(rows: Sequence[inventory.WorkRow]) -> tuple[WorkRow, ...]:
    """The rows with people as ids. An empty cell says nothing, so it takes nothing away."""
    numbers = {row.owner_no for row in rows} | {number for row in rows for number in row.backup_nos}
    ids = dict(Member.objects.filter(member_no__in=numbers - {""}).values_list("member_no", "pk"))
    stored = _stored({row.unit_id for row in rows})
    return tuple(_item(line, row, ids, stored) for line, row in enumerate(rows))


def _item(
    line: int,
    row: inventory.WorkRow,
    ids: Mapping[str, int],
    stored: Mapping[tuple[int, str], tuple[frozenset[str], date | None]],
) -> WorkRow:
    values: dict[str, Any] = {key: getattr(row, key) for key in _TEXTS if getattr(row, key)}
    values |= {key: getattr(row, key) for key in _NUMBERS if getattr(row, key) is not None}
    owner = ids.get(row.owner_no)
    backups = tuple(ids[number] for number in row.backup_nos)
    given = (
        {*values} | ({"owner"} if owner or row.has_no_owner else set()) | ({"backups"} if backups else set())
    )
    asked, manual_of = stored.get((row.unit_id, normalise_for_search(row.name)), (frozenset(), None))
    if manual_of is not None and row.manual_updated_on == manual_of:
        given -= {"manual_status", "manual_updated_on"}  # no news: only time has passed
    return WorkRow(
        line=line,
        unit=row.unit_id,
        owner=owner,
        backups=backups,
        open_questions={key: text for key, text in row.open_questions.items() if text or key not in asked},
        given=frozenset(given),
        **values,
    )


def _stored(units: set[int]) -> dict[tuple[int, str], tuple[frozenset[str], date | None]]:
    """What the board asks already (an empty cell does not ask it again) and the month of each manual."""
    items = WorkItem.objects.current().filter(unit__in=units)
    return {
        (unit, normalise_for_search(name)): (frozenset(questions), updated)
        for unit, name, questions, updated in items.values_list(
            "unit_id", "name", "open_questions", "manual_updated_on"
        )
    }


def _rows(
    reading: Reading,
    rows: Sequence[inventory.WorkRow],
    plans: Sequence[RowPlan],
    desk: Desk,
) -> list[LookRow]:
    planned = {(row.sheet, row.row): (row, plan) for row, plan in zip(rows, plans, strict=True)}
    for (sheet, line), (_row, plan) in planned.items():
        if plan.fault is not None:
            desk.findings.append(
                Finding(
                    Level.ERROR, "refused", Place(sheet, line, plan.fault.field), value=plan.fault.message
                )
            )
    found = findings_by_row(desk)
    shown = _Shown(plans)
    return [_row_of(record, planned, found, shown, desk) for record in reading.records]


def _row_of(
    record: Record,
    planned: Mapping[tuple[str, int], tuple[inventory.WorkRow, RowPlan]],
    found: Mapping[tuple[str, int], tuple[Finding, ...]],
    shown: _Shown,
    desk: Desk,
) -> LookRow:
    place = (record.sheet, record.row)
    findings = found.get(place, ())
    label = record.text("name")[:200]
    if place not in planned:
        return LookRow(*place, label, status_of(findings, desk, "skipped"), (), findings, record.original)
    row, plan = planned[place]
    unit = row.unit_path.rpartition("/")[2]
    status = status_of(findings, desk, _STATUS[plan.kind])
    differences = shown.differences(plan) if plan.kind is Kind.CHANGE else ()
    return LookRow(*place, f"{unit} {row.name}"[:200], status, differences, findings, record.original)


class _Shown:
    """Changes as people read them: labels of fields, words of choices, names of people."""

    def __init__(self, plans: Sequence[RowPlan]) -> None:
        ids = set()
        for plan in plans:
            ids |= {pk for pk in plan.changes.get("owner", []) if pk}
            for side in plan.changes.get("backups", []):
                ids |= set(side)
        self.names = {member.pk: member.name for member in Member.objects.filter(pk__in=ids)}

    def differences(self, plan: RowPlan) -> tuple[Difference, ...]:
        return tuple(
            Difference(key, self._label(key), self._text(key, before), self._text(key, after))
            for key, (before, after) in plan.changes.items()
        )

    def _label(self, key: str) -> str:
        return str(WorkItem._meta.get_field(key).verbose_name)  # type: ignore[union-attr]

    def _text(self, key: str, value: Any) -> str:
        if value in (None, "", [], {}):
            return ""
        if key == "owner":
            return self.names.get(value, "")
        if key == "backups":
            return "、".join(self.names.get(pk, "") for pk in value)
        if key == "open_questions":
            return "、".join(self._label(name) for name in value)
        choices = dict(getattr(WorkItem._meta.get_field(key), "choices", None) or ())
        return str(choices.get(value, plain(value) if isinstance(value, Decimal) else value))
