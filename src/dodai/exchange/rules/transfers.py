"""異動一覧: each 発令 is either the same fact as in the roster, a change on its day, or a fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dodai.core.errors import Unreadable
from dodai.core.text import name_key
from dodai.exchange.rules import values
from dodai.exchange.rules.desk import Desk, Option, Place
from dodai.exchange.rules.fields import TRANSFERS
from dodai.exchange.rules.layouts import Record

LABELS = {field.key: field.label for field in TRANSFERS}
_REASONS = {
    "異動": "transferred",
    "転勤": "transferred",
    "配置転換": "transferred",
    "昇格": "promoted",
    "昇進": "promoted",
    "組織改編": "reorganised",
    "組織変更": "reorganised",
    "出向": "seconded",
    "復職": "returned",
    "兼務": "concurrent",
    "退職": "left",
    "入社": "hired",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands on the day of the roster."""

    member_no: str
    name: str
    unit_path: str
    post: str
    grade: str
    supervisor_no: str
    concurrent: tuple[str, ...]
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Move:
    """One 発令 that changes something on its day."""

    sheet: str
    row: int
    number: str
    member_no: str
    effective_on: date
    reason: str
    unit_path: str
    post: str
    grade: str
    supervisor_no: str
    percent: int = 0


def read_transfers(
    records: Sequence[Record], standings: Mapping[str, Standing], as_of: date, desk: Desk
) -> tuple[tuple[Move, ...], tuple[Place, ...]]:
    """The moves to carry out, and the rows that say what is already known."""
    moves, same = [], []
    width = max((len(number) for number in standings if number.isdigit()), default=0)
    for record in records:
        found = _Reader(record, standings, as_of, width, desk).read()
        if isinstance(found, Move):
            moves.append(found)
        elif found is not None:
            same.append(found)
    return tuple(sorted(moves, key=lambda move: (move.effective_on, move.row))), tuple(same)


@dataclass(slots=True)
class _Reader:
    record: Record
    standings: Mapping[str, Standing]
    as_of: date
    width: int
    desk: Desk

    def read(self) -> Move | Place | None:
        standing = self.standing()
        if standing is None:
            return None
        try:
            effective = values.day(self.record.cells.get("effective_on"))
        except Unreadable as reason:
            self.fault("date_unreadable", "effective_on", str(reason))
            return None
        if effective is None:
            self.fault("date_missing", "effective_on")
            return None
        written = self.record.text("effective_on")
        if any(sign in written for sign in "明大昭平令MTSHR"):
            self.desk.normalised("read_as", self.place("effective_on"), written, f"{effective:%Y/%m/%d}")
        kind = _REASONS.get(values.narrow(self.record.text("kind")))
        if kind is None:
            self.fault("transfer_kind_unknown", "kind")
            return None
        if kind == "hired":
            return self.same()
        if kind == "left":
            return self.leaving(standing, effective)
        if kind == "concurrent":
            return self.concurrent(standing, effective)
        return self.moving(standing, effective, kind)

    def place(self, key: str = "") -> Place:
        return Place(self.record.sheet, self.record.row, LABELS.get(key, ""))

    def fault(self, code: str, key: str, original: str = "", value: str = "") -> None:
        self.desk.error(code, self.place(key), original or self.record.text(key), value)

    def same(self) -> Place:
        self.desk.notice("already_in_roster", self.place("number"), self.record.text("number"))
        return self.place("number")

    def standing(self) -> Standing | None:
        number = values.code(self.record.cells.get("member_no"))
        if number not in self.standings:
            padded = number.zfill(self.width)
            if not number.isdigit() or padded not in self.standings:
                self.fault("person_unknown_move", "member_no")
                return None
            place, options = self.place("member_no"), (Option(padded, padded),)
            self.desk.propose(f"number:{number}", "zeros_lost", place, number, padded, options=options)
            number = padded
        standing, name = self.standings[number], self.record.text("full_name")
        if (
            name
            and name_key(name) != name_key(standing.name)
            and not values.has_unreadable_mark(standing.name)
        ):
            self.fault("name_differs", "full_name", name, standing.name)
            return None
        return standing

    def leaving(self, standing: Standing, effective: date) -> Move | Place | None:
        if standing.left_on == effective:
            return self.same()
        if standing.left_on is not None:
            self.fault("leaving_day_differs", "effective_on", value=f"{standing.left_on:%Y/%m/%d}")
            return None
        return self.move(standing, effective, "left", standing.unit_path)

    def concurrent(self, standing: Standing, effective: date) -> Move | Place | None:
        unit = values.path(self.record.text("to_unit"))
        if unit in standing.concurrent:
            return self.same()
        if effective <= self.as_of:
            self.fault("not_in_roster", "to_unit", unit)
            return None
        place, id_ = self.place("to_unit"), f"share:{self.record.row}"
        answer = self.desk.ask(id_, "percent_missing", place, unit, required=True)
        share = values.percent(answer) if answer else None
        return self.move(standing, effective, "concurrent", unit, int(share) if share else 1)

    def moving(self, standing: Standing, effective: date, reason: str) -> Move | Place | None:
        unit = values.path(self.record.text("to_unit")) or standing.unit_path
        post, grade = (
            values.squeezed(self.record.text("to_post")),
            values.narrow(self.record.text("to_grade")),
        )
        supervisor = values.code(self.record.cells.get("to_supervisor_no"))
        after = (unit, post, grade or standing.grade, supervisor or standing.supervisor_no)
        now = (standing.unit_path, standing.post, standing.grade, standing.supervisor_no)
        if after == now:
            return self.same()
        if effective <= self.as_of:
            self.fault("not_in_roster", "to_unit", unit, standing.unit_path)
            return None
        before = values.path(self.record.text("from_unit"))
        if before and before != standing.unit_path:
            self.fault("from_unit_differs", "from_unit", before, standing.unit_path)
            return None
        if supervisor and supervisor not in self.standings:
            self.fault("supervisor_unknown", "to_supervisor_no", supervisor)
            return None
        return self.move(standing, effective, reason, unit)

    def move(self, standing: Standing, effective: date, reason: str, unit: str, percent: int = 0) -> Move:
        return Move(
            sheet=self.record.sheet,
            row=self.record.row,
            number=self.record.text("number"),
            member_no=standing.member_no,
            effective_on=effective,
            reason=reason,
            unit_path=unit,
            post=values.squeezed(self.record.text("to_post")),
            grade=values.narrow(self.record.text("to_grade")) or standing.grade,
            supervisor_no=values.code(self.record.cells.get("to_supervisor_no")) or standing.supervisor_no,
            percent=percent,
        )
