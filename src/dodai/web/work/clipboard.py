"""Cells copied from a spreadsheet become rows of work: read here, compared and written elsewhere.

A table with a header row may have any of our columns in any order. Without a header the grid says which
columns and which rows the block was dropped on.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.core.errors import Refused
from dodai.core.numbers import round_half_up
from dodai.exchange.rules.directory import Directory, Person, Unit
from dodai.exchange.rules.fields import WORK, Field
from dodai.exchange.rules.layouts import match_columns
from dodai.organization.models import Assignment, Member
from dodai.organization.reporting import unit_paths
from dodai.web.goals.fields import NumberField
from dodai.web.work.forms import read_cell
from dodai.work.models import WorkItem
from dodai.work.sheet_rows import RowFault, WorkRow, name_of_work

MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 1000, 60, 500_000
_LEAST_LABELS = 2
_EXTRA = (
    Field("item", "業務ID", ("業務id",)),
    Field("purpose", "目的（何のため）", ("目的", "何のため")),
    Field("capable_people", "担当できる人", ("担当可能人数", "できる人数")),
    Field("monthly_hours", "時間／月", ("月の時間", "時間/月", "月間時間")),
    Field("outlook", "これから", ("今後", "方針")),
    Field("importance_reason", "なぜ重要か"),
    Field("legal_deadline", "法定期限"),
)
FIELDS = (*WORK, *_EXTRA)
LABELS = {each.key: each.label for each in FIELDS} | {"manual_status": "マニュアル"}
_TEXTS = frozenset(
    {"category_l", "category_m", "category_s", "note", "purpose", "importance_reason", "legal_deadline"}
)
_RENAMED = {"manual": "manual_status"}
#: Marks of Japanese tables for 「as above」.
_DITTO = frozenset({"〃", "々", "同上"})


@dataclass
class Block:
    """Cells as text. ``columns`` names what each column is; ``items`` are the rows it was dropped on."""

    rows: list[list[str]]
    columns: dict[str, int]
    first_line: int
    items: tuple[int, ...] = ()


@dataclass
class Read:
    rows: list[WorkRow] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    notes: dict[int, list[str]] = field(default_factory=dict)  # line → what was understood
    names: dict[int, str] = field(default_factory=dict)  # line → what the row is called


def split(text: str) -> list[list[str]]:
    """Tab-separated text as Excel puts it on the clipboard: quoted cells may hold line breaks."""
    if len(text) > MOST_CHARACTERS:
        raise Refused(_("貼り付けた内容が大きすぎます。1,000行以内に分けて貼り付けてください。"))
    flat = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    rows = [row for row in csv.reader(io.StringIO(flat), delimiter="\t") if any(cell.strip() for cell in row)]
    if not rows:
        raise Refused(_("貼り付けた内容がありません。表計算ソフトで範囲をコピーして貼り付けてください。"))
    if len(rows) > MOST_ROWS + 1 or max(map(len, rows)) > MOST_COLUMNS:
        raise Refused(_("貼り付けた内容が大きすぎます。1,000行、60列以内に分けて貼り付けてください。"))
    return rows


def block_of(text: str, *, columns: Sequence[str] = (), items: Sequence[int] = ()) -> Block:
    rows = split(text)
    found = match_columns([cell.strip() for cell in rows[0]], FIELDS)
    if len(found) >= _LEAST_LABELS and ("name" in found or "item" in found):
        return Block(rows[1:], found, first_line=2)
    if columns:
        width = max(map(len, rows))
        return Block(rows, {name: place for place, name in enumerate(columns[:width])}, 1, tuple(items))
    raise Refused(
        _("見出しの行が見つかりません。1行目に「業務名」「頻度」「重要度」などの見出しを入れてください。")
    )


@dataclass
class Desk:
    """What reading needs to know: the unit rows fall into, who works there, and today's items."""

    unit: int
    owner: int | None  # of new rows whose table has no 担当
    directory: Directory
    units: dict[str, int]
    paths: dict[int, str]
    ids: dict[str, int]
    items: dict[int, WorkItem]
    by_name: dict[tuple[int, str], WorkItem]

    @classmethod
    def for_(cls, units: Mapping[int, str], *, unit: int, owner: int | None, items: Sequence[int]) -> Desk:
        today = timezone.localdate()
        paths = unit_paths({*units, unit}, today)
        staff = Assignment.objects.on(today).filter(unit__in=paths).select_related("member")
        people = {row.member_id: row for row in staff}
        directory = Directory.of(
            [Unit(pk, path) for pk, path in paths.items()],
            [_person(row.member, paths.get(row.unit_id, "")) for row in people.values()],
            today,
        )
        return cls(
            unit=unit,
            owner=owner,
            directory=directory,
            units={name: pk for pk, name in units.items()} | {path: pk for pk, path in paths.items()},
            paths=paths,
            ids={row.member.member_no: pk for pk, row in people.items()},
            items={item.pk: item for item in WorkItem.objects.filter(pk__in=items)},
            by_name={
                (item.unit_id, name_of_work(item.name)): item
                for item in WorkItem.objects.current().filter(unit__in=paths)
            },
        )


def read(block: Block, desk: Desk) -> Read:
    result = Read()
    above: dict[str, str] = {}
    for number, cells in enumerate(block.rows):
        line = block.first_line + number
        texts = {name: cells[place].strip() for name, place in block.columns.items() if place < len(cells)}
        texts = {name: above.get(name, "") if text in _DITTO else text for name, text in texts.items()}
        above = texts
        result.names[line] = texts.get("name", "")
        reader = _Row(line, texts, desk, result)
        try:
            stored = block.items[number] if number < len(block.items) else None
            result.rows.append(reader.row(stored))
        except _CellFault as fault:
            result.faults.append(RowFault(line, fault.column, str(fault)))
    return result


class _CellFault(Exception):
    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = LABELS.get(column, column)


class _Row:
    def __init__(self, line: int, texts: dict[str, str], desk: Desk, result: Read) -> None:
        self.line, self.texts, self.desk, self.result = line, texts, desk, result

    def row(self, stored: int | None) -> WorkRow:
        item = self._item(stored)
        unit = self._unit(item)
        known = item or self.desk.by_name.get((unit, name_of_work(self.texts.get("name", ""))))
        values: dict[str, Any] = self._values(item, known)
        given = set(values)
        owner, owner_is_given = self._owner(unit, item)
        backups = self._backups(unit)
        if owner_is_given:
            given.add("owner")
        if backups is not None:
            given.add("backups")
        name = values.pop("name", "") or (item.name if item else "")
        if not name:
            raise _CellFault("name", _("業務名がありません。業務名を入れてください。"))
        if item is None and "category_l" not in self.texts:
            values["category_l"] = _("未分類")
            given |= set() if known else {"category_l"}
        return WorkRow(
            line=self.line,
            unit=unit,
            name=name,
            owner=owner,
            backups=tuple(backups or ()),
            item=item.pk if item else None,
            given=frozenset(given),
            **values,
        )

    def _item(self, stored: int | None) -> WorkItem | None:
        text = self.texts.get("item", "")
        pk = int(text) if text.isdigit() else stored
        if pk is None:
            return None
        if pk not in self.desk.items:
            raise _CellFault("item", _("業務IDの業務が見つかりません。IDを消すと、名前で探します。"))
        return self.desk.items[pk]

    def _unit(self, item: WorkItem | None) -> int:
        text = self.texts.get("unit", "")
        if not text:
            return item.unit_id if item else self.desk.unit
        if text in self.desk.units:
            return self.desk.units[text]
        found = self.desk.directory.units_called(text)
        if len(found) != 1:
            raise _CellFault(
                "unit",
                _("部門「%(text)s」が見つかりません。自分が扱う部門の名前を入れてください。")
                % {"text": text},
            )
        return found[0].id

    def _values(self, item: WorkItem | None, known: WorkItem | None) -> dict[str, Any]:
        probe = known or WorkItem()
        values: dict[str, Any] = {}
        for column, text in self.texts.items():
            name = _RENAMED.get(column, column)
            if name in ("item", "unit", "owner", "backups", "monthly_hours") or (not text and item is None):
                continue
            if name in _TEXTS:
                values[name] = text
            elif text or name not in ("name", "outlook"):
                values |= self._cell(probe, name, text)
        if hours := self.texts.get("monthly_hours"):
            values |= self._minutes(probe, values, hours)
        return values

    def _cell(self, probe: WorkItem, name: str, text: str) -> dict[str, object]:
        flat = "".join(text.split("\n")) if name == "name" else text
        try:
            return read_cell(probe, name, flat)
        except ValidationError as error:
            raise _CellFault(name, " ".join(error.messages)) from error

    def _minutes(self, probe: WorkItem, values: dict[str, Any], text: str) -> dict[str, object]:
        runs = values.get("runs_per_year") or probe.runs_per_year
        if not runs:
            raise _CellFault(
                "monthly_hours", _("時間／月には、年間回数も必要です。年間回数の列を足してください。")
            )
        try:
            hours = NumberField(places=2).clean(text)
        except ValidationError as error:
            raise _CellFault("monthly_hours", " ".join(error.messages)) from error
        assert isinstance(hours, Decimal)
        return {"minutes_per_run": round_half_up(hours * 12 * 60 / runs, 2)}

    def _owner(self, unit: int, item: WorkItem | None) -> tuple[int | None, bool]:
        """The id, and whether the table says anything about it; an empty cell takes nobody away."""
        text = self.texts.get("owner", "")
        if not text:
            return (item.owner_id if item else self.desk.owner), False
        return self._find(unit, text), True

    def _backups(self, unit: int) -> list[int] | None:
        text = self.texts.get("backups", "")
        if not text:
            return None
        names = [name.strip() for name in text.replace("，", "、").replace(",", "、").split("、")]
        return [pk for name in names if name and (pk := self._find(unit, name)) is not None]

    def _find(self, unit: int, text: str) -> int | None:
        match = self.desk.directory.find_person(text, self.desk.paths.get(unit, ""))
        if match.person is not None and match.kind in ("exact", "likely"):
            if match.kind == "likely":
                note = _("「%(text)s」を%(name)sさんと読みました。") % {
                    "text": text,
                    "name": match.person.label,
                }
                self.result.notes.setdefault(self.line, []).append(note)
            return self.desk.ids[match.person.member_no]
        if match.kind in ("empty", "group"):
            return None
        raise _CellFault(
            "owner",
            _("「%(text)s」が部門の人と一致しません。社員番号か氏名で入れてください。") % {"text": text},
        )


def _person(member: Member, path: str) -> Person:
    return Person(member.member_no, member.family_name, member.given_name, (path,), member.left_on)
