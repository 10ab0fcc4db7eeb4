"""社員名簿 and 異動一覧: a look at the files beside today's company, and carrying out what was confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dodai.exchange.company_today import CompanyToday, Head, company_today
from dodai.exchange.looking import Look, LookRow, NoTable, Source, findings_by_row, skipped_rows, status_of
from dodai.exchange.rules.desk import Desk, Place
from dodai.exchange.rules.fields import PEOPLE, TRANSFERS
from dodai.exchange.rules.layouts import Reading, Record, read_workbook
from dodai.exchange.rules.roster import read_roster
from dodai.exchange.rules.roster_changes import (
    Difference,
    differences,
    is_done,
    newcomer,
    standing,
)
from dodai.exchange.rules.roster_entries import (
    PersonRow,
    Roster,
)
from dodai.exchange.rules.transfers import Move, read_transfers
from dodai.exchange.rules.unit_tree import UnitRow, concurrent_posts, settle_units, units_of
from dodai.files.reading import read_table

TRANSFER_SHEET = "異動一覧"
UNIT_SHEET = "部門"


@dataclass(frozen=True)
class PeopleLook(Look):
    today: CompanyToday
    people: tuple[PersonRow, ...]
    changes: Mapping[str, tuple[Difference, ...]]  # by 社員番号, for those already stored
    units: tuple[UnitRow, ...]
    moves: tuple[Move, ...]


def look(source: Source) -> PeopleLook:
    """Reads only. Raises ``NoTable`` when no header names our columns."""
    book = read_table(source.path, encoding=source.encoding)
    reading = read_workbook(book, PEOPLE, mapping=source.mapping)
    if not reading.layouts:
        raise NoTable(_("社員番号・姓・部門などの見出しが見つかりません。見出しの行を確認してください。"))
    today = company_today(source.as_of)
    desk = Desk(source.answers, source.accepts_proposals)
    roster = _roster(reading, today, desk)
    units = units_of(roster, today.directory(), source.as_of, desk)
    roster = concurrent_posts(roster, {unit.path: unit for unit in units})
    moving, moves = _moves(source, roster, units, today, desk)
    changes = {
        row.member_no: differences(row, today.people[row.member_no], roster.columns)
        for row in roster.people
        if row.member_no in today.people
    }
    return PeopleLook(
        rows=(
            *_person_rows(reading, roster, changes, desk),
            *_move_rows(moving, moves, today, desk),
            *_unit_rows(units, roster, today),
            *skipped_rows(reading),
        ),
        desk=desk,
        layouts=reading.layouts,
        encoding=book.encoding,
        skipped=reading.skipped,
        today=today,
        people=roster.people,
        changes=changes,
        units=units,
        moves=tuple(move for move in moves if not is_done(move, today.people.get(move.member_no))),
    )


def _roster(reading: Reading, today: CompanyToday, desk: Desk) -> Roster:
    columns = frozenset(key for layout in reading.layouts for key in layout.columns)
    roster = read_roster(reading.records, columns, today.known, today.on, desk)
    return settle_units(roster, today.directory(), desk)


def _moves(
    source: Source, roster: Roster, units: Sequence[UnitRow], today: CompanyToday, desk: Desk
) -> tuple[Reading | None, tuple[Move, ...]]:
    if source.second_path is None:
        return None, ()
    reading = read_workbook(read_table(source.second_path), TRANSFERS)
    if not reading.layouts:
        raise NoTable(
            _(
                "異動一覧に、社員番号・発令日・発令区分などの見出しが見つかりません。見出しの行を確認してください。"
            )
        )
    rows = roster.by_number()
    numbers = rows.keys() | today.people.keys()
    standings = {number: standing(rows.get(number), today.people.get(number)) for number in numbers}
    records = [Record(TRANSFER_SHEET, each.row, each.cells, each.original) for each in reading.records]
    moves, _same = read_transfers(records, standings, source.as_of, desk)
    known = {unit.path for unit in units} | {unit.path for unit in today.units}
    for move in moves:
        if move.unit_path not in known:
            desk.error("unit_unknown_move", _move_place(move), move.unit_path)
    return Reading(reading.layouts, tuple(records), reading.skipped, reading.titles), moves


def _move_place(move: Move) -> Place:
    return Place(move.sheet, move.row, "異動後部門")


def _unit_rows(units: Sequence[UnitRow], roster: Roster, today: CompanyToday) -> list[LookRow]:
    names = {number: person.name for number, person in today.people.items()}
    names |= {person.member_no: person.name for person in roster.people}
    rows = []
    for unit in units:
        if unit.is_new:
            wanted = head_wanted(unit)
            head = _head_text(Head(0, *wanted), names) if wanted else ""
            shown = [Difference("unit", _("部門"), "", unit.path), Difference("head", _("長"), "", head)]
            rows.append(LookRow(UNIT_SHEET, unit.order + 1, unit.path, "add", tuple(shown)))
            continue
        before = head_now(unit, today)
        after = head_wanted(unit)
        if after is not None and after != (before.member_no, before.deputy_no):
            shown = [
                Difference("head", _("長"), _head_text(before, names), _head_text(Head(0, *after), names))
            ]
            rows.append(LookRow(UNIT_SHEET, unit.order + 1, unit.path, "update", tuple(shown)))
    return rows


def head_now(unit: UnitRow, today: CompanyToday) -> Head:
    return today.heads.get(today.unit_id(unit.path) or 0, Head(0))


def head_wanted(unit: UnitRow) -> tuple[str, str] | None:
    """Head and deputy as the file says; None when it says nothing about the post."""
    if unit.head_no:
        return unit.head_no, ""
    return ("", unit.deputy_no) if unit.is_vacant else None


def _head_text(head: Head, names: Mapping[str, str]) -> str:
    if head.member_no:
        return f"{names.get(head.member_no, '')}（{head.member_no}）"
    if not head.deputy_no:
        return _("空席")
    return _("空席（代行 %(deputy)s）") % {"deputy": names.get(head.deputy_no, head.deputy_no)}


def _person_rows(
    reading: Reading, roster: Roster, changes: Mapping[str, tuple[Difference, ...]], desk: Desk
) -> list[LookRow]:
    found = findings_by_row(desk)
    people = {(person.sheet, person.row): person for person in roster.people}
    vacancies = {(vacancy.sheet, vacancy.row) for vacancy in roster.vacancies}
    rows = []
    for record in reading.records:
        place = (record.sheet, record.row)
        person, findings = people.get(place), found.get(place, ())
        label, status = _record_name(record), "skipped"
        shown: tuple[Difference, ...] = ()
        if person is not None:
            label = f"{person.member_no} {person.name}"
            known = changes.get(person.member_no)
            status = "add" if known is None else "update" if known else "same"
            shown = newcomer(person) if known is None else known
        elif place in vacancies:
            status = "skipped"
        status = status_of(findings, desk, status)
        rows.append(LookRow(*place, label[:200], status, shown, findings, record.original))
    return rows


def _record_name(record: Record) -> str:
    parts = (
        record.text("member_no"),
        record.text("family_name"),
        record.text("given_name"),
        record.text("full_name"),
    )
    return " ".join(part for part in parts if part)


def _move_rows(
    reading: Reading | None, moves: Sequence[Move], today: CompanyToday, desk: Desk
) -> list[LookRow]:
    if reading is None:
        return []
    found, by_row = findings_by_row(desk), {move.row: move for move in moves}
    rows = []
    for record in reading.records:
        findings, move = found.get((TRANSFER_SHEET, record.row), ()), by_row.get(record.row)
        done = move is None or is_done(move, today.people.get(move.member_no))
        status = status_of(findings, desk, "same" if done else "update")
        shown = _move_difference(move, record) if move else ()
        label = " ".join(record.text(key) for key in ("number", "full_name", "kind"))
        rows.append(
            LookRow(TRANSFER_SHEET, record.row, label[:200], status, shown, findings, record.original)
        )
    return rows


def _move_difference(move: Move, record: Record) -> tuple[Difference, ...]:
    before = record.text("from_unit")
    after = (
        f"{move.effective_on:%Y/%m/%d} {move.unit_path}" if move.reason != "left" else str(move.effective_on)
    )
    return (Difference("unit", _("所属") if move.reason != "left" else _("退職日"), before, after),)
