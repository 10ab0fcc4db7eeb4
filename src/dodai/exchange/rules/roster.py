"""社員名簿: rows of a roster become people, vacant posts and questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dodai.core.errors import Unreadable
from dodai.exchange.rules import values
from dodai.exchange.rules.desk import Desk, Option, Place
from dodai.exchange.rules.layouts import Record, cell_text
from dodai.exchange.rules.roster_checks import check_mails, check_supervisors, without_duplicates
from dodai.exchange.rules.roster_entries import (
    LABELS,
    Concurrent,
    Known,
    LeaveSpan,
    PersonRow,
    Roster,
    Vacancy,
)
from dodai.exchange.rules.roster_words import (
    BAND_OPTIONS,
    BANDS,
    EMPLOYMENT,
    EMPLOYMENT_LABELS,
    EMPLOYMENT_LIKELY,
    EMPLOYMENT_OPTIONS,
    LEAVE_LABELS,
    LEAVE_OPTIONS,
    LEAVES,
    OFFICERS,
)

VACANT = ("空席", "欠員", "未定", "募集中", "不在")


def read_roster(
    records: Sequence[Record], columns: frozenset[str], known: Known, on: date, desk: Desk
) -> Roster:
    """Rows with a fault stand among ``desk.errors`` and not among the people."""
    width = _usual_width(records, known)
    numbers = {values.code(record.cells.get("member_no")) for record in records} | set(known.names)
    people: list[PersonRow] = []
    vacancies: list[Vacancy] = []
    for record in records:
        reader = _RowReader(record, desk, known, on, numbers, width)
        if reader.is_vacancy():
            vacancies.append(reader.vacancy())
        elif person := reader.person():
            people.append(person)
    unique, duplicates = without_duplicates(people, desk)
    check_mails(unique, desk)
    check_supervisors(unique, known, desk)
    return Roster(tuple(unique), tuple(vacancies), tuple(duplicates), columns)


def _usual_width(records: Sequence[Record], known: Known) -> int:
    """How long a 社員番号 is here; 0 when there is no usual length."""
    lengths = Counter(
        len(number)
        for number in [*(values.code(record.cells.get("member_no")) for record in records), *known.names]
        if number.isdigit()
    )
    return lengths.most_common(1)[0][0] if lengths else 0


@dataclass(slots=True)
class _RowReader:
    record: Record
    desk: Desk
    known: Known
    on: date
    numbers: set[str]
    width: int
    failed: bool = False

    def place(self, key: str = "") -> Place:
        return Place(self.record.sheet, self.record.row, LABELS.get(key, ""))

    def is_vacancy(self) -> bool:
        name = values.narrow(self.record.text("family_name") or self.record.text("full_name")).strip("()")
        return not values.code(self.record.cells.get("member_no")) and name in VACANT

    def vacancy(self) -> Vacancy:
        path, deputy = values.path(self.record.text("unit")), self.number("supervisor_no")
        self.desk.notice("vacant_post", self.place("family_name"), path, deputy)
        return Vacancy(self.record.sheet, self.record.row, path, self.record.text("post"), deputy)

    def person(self) -> PersonRow | None:
        number = self.number("member_no")
        if not number:
            self.fault("member_no_missing", "member_no")
            return None
        family, given = self.names(number)
        unit = values.path(self.record.text("unit"))
        if not unit and not self.is_of_the_past():
            self.fault("unit_missing", "unit")
            return None
        self.tell_change("unit", unit)
        leave = self.leave()
        person = PersonRow(
            sheet=self.record.sheet,
            row=self.record.row,
            member_no=number,
            family_name=family,
            given_name=given,
            family_kana=self.kana("family_kana"),
            given_kana=self.kana("given_kana"),
            email=self.email(),
            unit_path=unit,
            post=values.squeezed(self.record.text("post")),
            grade=values.narrow(self.record.text("grade")),
            band=self.band(),
            employment_type=self.employment_type(number),
            hired_on=self.day("hired_on"),
            left_on=self.day("left_on"),
            supervisor_no=self.number("supervisor_no"),
            concurrent=self.concurrent(),
            leave=leave,
            note="\n".join(self.record.text("note").splitlines()),
        )
        if person.hired_on and person.left_on and person.left_on < person.hired_on:
            self.fault("left_before_hired", "left_on", str(person.left_on))
            return None
        return None if self.failed else person

    def fault(self, code: str, key: str, original: str = "") -> None:
        self.failed = True
        self.desk.error(code, self.place(key), original or self.record.text(key))

    def is_of_the_past(self) -> bool:
        """Somebody who left before the day of the roster may be without a unit."""
        try:
            left = values.day(self.record.cells.get("left_on"))
        except Unreadable:
            return False
        return left is not None and left < self.on

    def tell_change(self, key: str, value: str) -> None:
        original = cell_text(self.record.cells.get(key))
        raw = self.record.cells.get(key)
        if isinstance(raw, str) and raw != value and original:
            self.desk.normalised("read_as", self.place(key), raw, value)

    def number(self, key: str) -> str:
        """A 社員番号; one that lost its leading zeros is proposed, not changed."""
        number = values.code(self.record.cells.get(key))
        self.tell_change(key, number)
        padded = number.zfill(self.width)
        if not number.isdigit() or padded == number or (key != "member_no" and number in self.numbers):
            return number
        if key != "member_no" and padded not in self.numbers:
            return number
        id_ = f"number:{number}"
        options = (Option(padded, padded), Option(number, number))
        agreed = self.desk.propose(id_, "zeros_lost", self.place(key), number, padded, options=options)
        return agreed or padded

    def names(self, number: str) -> tuple[str, str]:
        family = self.readable("family_name", number, 0)
        given = self.readable("given_name", number, 1)
        if family:
            return family, given
        whole = values.squeezed(self.record.text("full_name"))
        parts = whole.split(maxsplit=1)
        if not parts:
            self.fault("name_missing", "family_name")
            return "", ""
        if len(parts) == 1 and len(whole) > 1:
            self.desk.notice("name_not_split", self.place("full_name"), whole)
        return parts[0], parts[1] if len(parts) > 1 else ""

    def readable(self, key: str, number: str, part: int) -> str:
        """The name as written. A mark in place of a character is asked about, or read from what is known."""
        name = values.squeezed(self.record.text(key))
        if not values.has_unreadable_mark(name):
            return name
        known = self.known.names.get(number, ("", ""))[part]
        id_, place = f"{key}:{number}", self.place(key)
        if known and not values.has_unreadable_mark(known):
            answer = self.desk.propose(id_, "unreadable_known", place, name, known, free=True, about=number)
        else:
            answer = self.desk.ask(id_, "unreadable_name", place, name, required=True, about=number)
        return values.squeezed(answer) if answer else name

    def kana(self, key: str) -> str:
        read = values.kana(self.record.text(key))
        self.tell_change(key, read)
        return read

    def email(self) -> str:
        try:
            address = values.email(self.record.text("email"))
        except ValueError:
            self.fault("email_unreadable", "email")
            return ""
        self.tell_change("email", address)
        return address

    def day(self, key: str) -> date | None:
        try:
            read = values.day(self.record.cells.get(key))
        except Unreadable as reason:
            self.fault("date_unreadable", key, str(reason))
            return None
        if read and any(sign in self.record.text(key) for sign in "明大昭平令MTSHR"):
            self.desk.normalised("read_as", self.place(key), self.record.text(key), f"{read:%Y/%m/%d}")
        return read

    def band(self) -> str:
        """等級帯: known for this grade, or proposed once for all grades with the same first letter."""
        grade = values.narrow(self.record.text("grade"))
        if not grade:
            return "staff"
        if grade in self.known.bands:
            return self.known.bands[grade]
        first = grade[0].upper()
        likely = BANDS.get(first)
        place, id_ = self.place("grade"), f"band:{first if likely else grade}"
        if likely:
            return (
                self.desk.propose(id_, "band_group", place, first, likely, options=BAND_OPTIONS, quiet=True)
                or likely
            )
        return (
            self.desk.ask(id_, "band", place, grade, options=BAND_OPTIONS, required=True, free=False)
            or "staff"
        )

    def employment_type(self, number: str) -> str:
        text = values.narrow(self.record.text("employment_type"))
        if not text:
            return "regular"
        if text in EMPLOYMENT:
            if text not in ("正社員", "契約社員", "嘱託", "パート", "出向受入", "派遣受入"):
                self.desk.normalised(
                    "read_as", self.place("employment_type"), text, EMPLOYMENT_LABELS[EMPLOYMENT[text]]
                )
            return EMPLOYMENT[text]
        if text in OFFICERS and self.known.employment.get(number) == "director":
            return "director"
        likely = EMPLOYMENT_LIKELY.get(text) or ("director" if text in OFFICERS else None)
        place, id_, options = self.place("employment_type"), f"employment_type:{text}", EMPLOYMENT_OPTIONS
        if likely:
            return self.desk.propose(id_, "employment_type", place, text, likely, options=options) or likely
        answer = self.desk.ask(
            id_, "employment_type", place, text, options=options, required=True, free=False
        )
        return answer or "regular"

    def concurrent(self) -> tuple[Concurrent, ...]:
        unit = values.path(self.record.text("concurrent_unit"))
        if not unit:
            return ()
        cell = self.record.cells.get("concurrent_percent")
        share, text = values.percent(cell), cell_text(cell)
        id_, place = f"percent:{self.record.row}", self.place("concurrent_percent")
        if share is not None and Decimal(0) < share < Decimal(1) and "%" not in values.narrow(text):
            answer = self.desk.propose(id_, "fraction", place, text, str(int(share * 100)), free=True)
            share = values.percent(answer) if answer else share * 100
        elif share is None:
            answer = self.desk.ask(id_, "percent_missing", place, text, required=True)
            share = values.percent(answer) if answer else Decimal(1)
        elif text != str(share):
            self.desk.normalised("read_as", place, text, f"{share}")
        if share is None or share != int(share) or not 1 <= share <= 99:
            self.fault("percent_out_of_range", "concurrent_percent")
            return ()
        return (Concurrent(unit, int(share)),)

    def leave(self) -> LeaveSpan | None:
        text = values.narrow(self.record.text("leave_kind"))
        first, last = self.day("leave_from"), self.day("leave_to")
        if not text and first is None:
            return None
        kind = LEAVES.get(text)
        place, id_ = self.place("leave_kind"), f"leave:{text}"
        if kind is None:
            kind = self.desk.ask(
                id_, "leave_kind", place, text, options=LEAVE_OPTIONS, required=True, free=False
            )
        elif text not in ("産前産後", "育児", "介護", "私傷病", "その他"):
            self.desk.normalised("read_as", place, text, LEAVE_LABELS[kind])
        if first is None:
            self.fault("leave_without_start", "leave_from")
            return None
        if last is not None and last < first:
            self.fault("leave_ends_before_start", "leave_to")
            return None
        return LeaveSpan(kind or "other", first, last)
