"""業務棚卸表: rows become pieces of work; what cannot be read stays open and is asked for on the board."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from dodai.core.dates import add_months
from dodai.core.errors import Unreadable
from dodai.core.text import normalise_for_search
from dodai.exchange.rules import values
from dodai.exchange.rules.desk import SKIP, Desk, Option, Place
from dodai.exchange.rules.directory import Directory, Match, Person, Unit
from dodai.exchange.rules.fields import WORK
from dodai.exchange.rules.layouts import Reading, Record, cell_text

LABELS = {field.key: field.label for field in WORK}
LONGEST_NAME = 60
MANUAL_MONTHS = 12  # a manual older than this is 古い
_IN_BRACKETS = re.compile(r"[（(]([^（）()]+)[）)]")
_UPDATED = re.compile(r"更新日\s*[:：]?\s*(\S+)")
_BACKUP_SIGNS = re.compile(r"[、,，/／\n]+")
_FREQUENCY_OPTIONS = (
    Option("daily", "日次"),
    Option("weekly", "週次"),
    Option("biweekly", "隔週"),
    Option("monthly", "月次"),
    Option("quarterly", "四半期"),
    Option("half_yearly", "半期"),
    Option("yearly", "年次"),
    Option("on_demand", "随時"),
)
_MANUAL_OPTIONS = (Option("current", "有"), Option("old", "古い"), Option("none", "無"))
_SCALE_OPTIONS = tuple(Option(str(number), str(number)) for number in range(5, 0, -1))


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One piece of work as the file says it. An empty value says nothing."""

    sheet: str
    row: int
    unit_id: int
    unit_path: str
    category_l: str
    category_m: str
    category_s: str
    name: str
    frequency: str
    minutes_per_run: Decimal | None
    runs_per_year: int | None
    importance: int | None
    owner_no: str
    backup_nos: tuple[str, ...]
    manual_status: str
    manual_updated_on: date | None
    improvement_room: int | None
    note: str
    open_questions: Mapping[str, str] = field(default_factory=dict)  # field → what was written
    former_owner_no: str = ""
    has_no_owner: bool = False  # said on purpose: a group, or somebody who left

    @property
    def key(self) -> tuple[str, str]:
        return self.unit_path, name_of_work(self.name)

    @property
    def annual_hours(self) -> Decimal | None:
        if self.minutes_per_run is None or self.runs_per_year is None:
            return None
        return self.minutes_per_run * self.runs_per_year / 60


def name_of_work(name: str) -> str:
    """What makes two names the same work: spaces, line breaks and widths do not count."""
    return normalise_for_search(name).replace(" ", "")


def read_inventory(
    reading: Reading, directory: Directory, file_name: str, today: date, desk: Desk
) -> tuple[WorkRow, ...]:
    rows = []
    for layout in reading.layouts:
        sheet = layout.sheet
        titles = reading.titles.get(sheet, ())
        default = None
        if "unit" not in layout.columns:
            default = _unit_of_sheet(
                sheet, titles, file_name, directory, desk, Place(sheet, 1, LABELS["unit"])
            )
        reader = _Reader(directory, desk, default, _day_of_sheet(titles, today))
        for record in reading.records:
            if record.sheet == sheet and (row := reader.row(record)):
                rows.append(row)
    return _once(rows, desk)


def _unit_of_sheet(
    sheet: str, titles: Sequence[str], file_name: str, directory: Directory, desk: Desk, place: Place
) -> Unit | None:
    """A file about one department names it in its title, its sheet or its own name: proposed, not assumed."""
    id_, options = f"sheet_unit:{sheet}", tuple(Option(unit.path, unit.path) for unit in directory.units)
    stem = file_name.rpartition(".")[0]
    for text in (*titles, sheet, stem):
        for word in (*_IN_BRACKETS.findall(text), *re.split(r"[\s_　・：:（）()]+", text)):
            fitting = directory.units_called(word)
            if len(fitting) == 1:
                unit = fitting[0]
                answer = desk.propose(
                    id_, "unit_of_sheet", place, word, unit.path, options=options, about=sheet
                )
                return _called(answer, directory) or unit
    answer = desk.ask(
        id_, "unit_of_sheet", place, sheet, options=options, required=True, free=False, about=sheet
    )
    return _called(answer, directory)


def _called(answer: str | None, directory: Directory) -> Unit | None:
    return next((unit for unit in directory.units if unit.path == answer), None)


def _day_of_sheet(titles: Sequence[str], today: date) -> date:
    """更新日 in the title: how old a manual is counts from there, not from the day of the import."""
    for text in titles:
        if found := _UPDATED.search(text):
            try:
                return min(values.day(found[1]) or today, today)
            except Unreadable:
                continue
    return today


@dataclass(slots=True)
class _Reader:
    directory: Directory
    desk: Desk
    default: Unit | None
    day: date
    failed: bool = False
    open: dict[str, str] = field(default_factory=dict)
    record: Record = field(init=False)

    def row(self, record: Record) -> WorkRow | None:
        self.record, self.failed, self.open = record, False, {}
        name = values.squeezed(record.text("name"))
        if not name:
            self.fault("name_missing_work", "name")
            return None
        if len(name) > LONGEST_NAME:
            self.fault("name_too_long", "name", value=str(LONGEST_NAME))
            return None
        self.tell("name", name)
        category = values.squeezed(record.text("category_l"))
        if not category:
            self.fault("category_missing", "category_l")
            return None
        unit = self.unit()
        if unit is None:
            return None
        owner, former, note = self.owner(unit)
        manual, updated = self.manual()
        own_note = record.text("note").replace("\r\n", "\n")
        return WorkRow(
            sheet=record.sheet,
            row=record.row,
            unit_id=unit.id,
            unit_path=unit.path,
            category_l=category,
            category_m=values.squeezed(record.text("category_m")),
            category_s=values.squeezed(record.text("category_s")),
            name=name,
            frequency=self.frequency(),
            minutes_per_run=self.minutes(),
            runs_per_year=self.runs(),
            importance=self.scale("importance"),
            owner_no=owner,
            backup_nos=self.backups(unit),
            manual_status=manual,
            manual_updated_on=updated,
            improvement_room=self.scale("improvement_room"),
            note="\n".join(text for text in (own_note, note) if text),
            open_questions=self.open,
            former_owner_no=former,
            has_no_owner=bool(note) and not owner,
        )

    def place(self, key: str) -> Place:
        return Place(self.record.sheet, self.record.row, LABELS[key])

    def fault(self, code: str, key: str, original: str = "", value: str = "") -> None:
        self.desk.error(code, self.place(key), original or self.record.text(key), value)

    def tell(self, key: str, value: str) -> None:
        raw = self.record.cells.get(key)
        if isinstance(raw, str) and raw != value:
            self.desk.normalised("read_as", self.place(key), raw, value)

    def unit(self) -> Unit | None:
        text = self.record.text("unit")
        if not text:
            if self.default is None and "unit" in self.record.cells:
                self.fault("unit_missing", "unit")
            return self.default
        found = self.directory.units_called(text)
        if len(found) == 1:
            return found[0]
        place, id_ = self.place("unit"), f"unit:{values.path(text)}"
        likely = [] if found else self.directory.units_like(text)
        options = tuple(Option(unit.path, unit.path) for unit in found or likely or self.directory.units)
        if len(likely) == 1:
            answer = self.desk.propose(id_, "unit_alias", place, text, likely[0].path, options=options)
            return _called(answer, self.directory) or likely[0]
        answer = self.desk.ask(id_, "unit_unknown", place, text, options=options, required=True, free=False)
        return _called(answer, self.directory)

    def frequency(self) -> str:
        text = self.record.text("frequency")
        code = values.frequency(text)
        if code is None and text:
            place, id_ = self.place("frequency"), f"frequency:{values.narrow(text)}"
            answer = self.desk.ask(
                id_, "frequency_unknown", place, text, options=_FREQUENCY_OPTIONS, free=False
            )
            code = self.settled("frequency", answer, text)
        elif code and text not in {option.label for option in _FREQUENCY_OPTIONS}:
            label = next(option.label for option in _FREQUENCY_OPTIONS if option.value == code)
            self.desk.normalised("read_as", self.place("frequency"), text, label)
        return code or ""

    def minutes(self) -> Decimal | None:
        cell = self.record.cells.get("minutes_per_run")
        read = values.minutes(cell)
        if read is not None:
            self.tell_number("minutes_per_run", read)
            return read
        text = cell_text(cell)
        clock = values.clock_minutes(text)
        if clock is not None:
            place, id_ = self.place("minutes_per_run"), f"minutes:{text}"
            return (
                values.minutes(self.desk.propose(id_, "clock_as_minutes", place, text, str(clock))) or clock
            )
        return values.minutes(self.missing("minutes_per_run", "minutes_unreadable"))

    def runs(self) -> int | None:
        cell = self.record.cells.get("runs_per_year")
        read = values.runs(cell)
        if read is None:
            return values.runs(self.missing("runs_per_year", "runs_unreadable"))
        self.tell_number("runs_per_year", read)
        return read

    def scale(self, key: str) -> int | None:
        cell = self.record.cells.get(key)
        read = values.scale(cell)
        if read is None and cell_text(cell):
            return values.scale(self.missing(key, "not_on_scale", options=_SCALE_OPTIONS))
        if read is not None:
            self.tell_number(key, read)
        return read

    def tell_number(self, key: str, read: Decimal | int) -> None:
        text = cell_text(self.record.cells.get(key))
        if text != str(read):
            self.desk.normalised(
                "read_as", self.place(key), text, f"{read:f}" if isinstance(read, Decimal) else str(read)
            )

    def missing(self, key: str, code: str, options: tuple[Option, ...] = ()) -> str | None:
        """The value is asked for here; without an answer the row is imported and the board asks again."""
        if key not in self.record.cells:
            return None
        text = cell_text(self.record.cells.get(key))
        name = values.squeezed(self.record.text("name"))
        id_ = f"{key}:{self.record.sheet}:{self.record.row}"
        answer = self.desk.ask(
            id_, code, self.place(key), text, options=options, free=not options, about=name
        )
        return self.settled(key, answer, text)

    def settled(self, key: str, answer: str | None, text: str) -> str | None:
        if answer and answer != SKIP:
            return answer
        self.open[key] = text
        return None

    def manual(self) -> tuple[str, date | None]:
        text = self.record.text("manual")
        if not text:
            return "", None
        if text in values.MANUAL_SIGNS:
            likely = values.MANUAL_SIGNS[text]
            place, id_ = self.place("manual"), f"manual:{text}"
            answer = self.desk.propose(
                id_, "manual_sign", place, text, likely, options=_MANUAL_OPTIONS, quiet=True
            )
            return answer or likely, None
        read = values.manual(text)
        if read is None:
            place, id_ = self.place("manual"), f"manual:{values.narrow(text)}"
            answer = self.desk.ask(id_, "manual_unknown", place, text, options=_MANUAL_OPTIONS, free=False)
            return self.settled("manual_status", answer, text) or "", None
        status, updated = read
        if status == "current" and updated and add_months(updated, MANUAL_MONTHS) < self.day:
            self.desk.normalised("manual_is_old", self.place("manual"), text, "古い")
            status = "old"
        return status, updated

    def owner(self, unit: Unit) -> tuple[str, str, str]:
        """Number of the owner, number of a former owner, and what goes into 備考."""
        text, place = self.record.text("owner"), self.place("owner")
        match = self.directory.find_person(text, unit.path)
        if match.kind == "leaver" and match.person:
            self.desk.notice("owner_left", place, text, match.person.label)
            return "", match.person.member_no, f"前の主担当：{match.person.name}"
        if match.kind == "group":
            self.desk.notice("owner_group", place, text)
            return "", "", f"主担当の記載：{text}"
        person = self.person(match, text, unit, place)
        if person is None:
            if match.kind == "empty":
                self.desk.notice("owner_empty", place)
            return "", "", "" if match.kind == "empty" else f"主担当の記載：{text}"
        if person.on_leave:
            self.desk.notice("owner_on_leave", place, text, person.label)
        return person.member_no, "", ""

    def backups(self, unit: Unit) -> tuple[str, ...]:
        found: list[str] = []
        for text in filter(None, map(str.strip, _BACKUP_SIGNS.split(self.record.text("backups")))):
            place, match = self.place("backups"), self.directory.find_person(text, unit.path)
            if match.kind in ("leaver", "group"):
                self.desk.notice(f"backup_{match.kind}", place, text)
            elif person := self.person(match, text, unit, place):
                found.append(person.member_no)
        return tuple(dict.fromkeys(found))

    def person(self, match: Match, text: str, unit: Unit, place: Place) -> Person | None:
        if match.kind == "exact" and match.person:
            if match.person.name != text and match.person.member_no != text:
                self.desk.normalised("person_as", place, text, match.person.label)
            return match.person
        if match.kind in ("empty", "leaver", "group"):
            return None
        id_, nobody = f"person:{unit.path}:{values.narrow(text)}", Option(SKIP, "担当者なし")
        if match.kind == "likely" and match.person:
            options: tuple[Option, ...] = (Option(match.person.member_no, match.person.label), nobody)
            number = match.person.member_no
            answer = self.desk.propose(
                id_, "person_likely", place, text, number, options=options, about=unit.path
            )
            return self.directory.by_number.get(answer or number) if answer != SKIP else None
        options = (*(Option(person.member_no, person.label) for person in match.candidates), nobody)
        code = "person_several" if match.kind == "several" else "person_unknown"
        answer = self.desk.ask(
            id_, code, place, text, options=options, required=True, free=False, about=unit.path
        )
        return self.directory.by_number.get(answer or "")


def _once(rows: Sequence[WorkRow], desk: Desk) -> tuple[WorkRow, ...]:
    """The same work of the same owner twice in one file: equal rows count once, others are a fault."""
    first: dict[tuple[str, str, str], WorkRow] = {}
    for row in rows:
        earlier = first.setdefault((*row.key, row.owner_no), row)
        if earlier is row:
            continue
        place = Place(row.sheet, row.row, LABELS["name"])
        if replace(row, row=earlier.row, sheet=earlier.sheet) == earlier:
            desk.notice("duplicate_row", place, row.name, str(earlier.row))
        else:
            desk.error("duplicate_differs", place, row.name, str(earlier.row))
    return tuple(first.values())
