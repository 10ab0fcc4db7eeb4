"""What a roster says, as plain rows: people, vacant posts, and what the house knew before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dodai.exchange.rules.desk import Place
from dodai.exchange.rules.fields import PEOPLE

LABELS = {each.key: each.label for each in PEOPLE}


@dataclass(frozen=True, slots=True)
class LeaveSpan:
    kind: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Concurrent:
    unit_path: str
    percent: int
    post: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as the file says it; dates are days, paths are names joined by /."""

    sheet: str
    row: int
    member_no: str
    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    email: str
    unit_path: str
    post: str
    grade: str
    band: str
    employment_type: str
    hired_on: date | None
    left_on: date | None
    supervisor_no: str
    concurrent: tuple[Concurrent, ...]
    leave: LeaveSpan | None
    note: str

    @property
    def name(self) -> str:
        return f"{self.family_name} {self.given_name}".strip()

    def is_employed(self, day: date) -> bool:
        hired = self.hired_on is None or self.hired_on <= day
        return hired and (self.left_on is None or self.left_on >= day)


@dataclass(frozen=True, slots=True)
class Vacancy:
    sheet: str
    row: int
    unit_path: str
    post: str
    deputy_no: str


@dataclass(frozen=True, slots=True)
class Roster:
    people: tuple[PersonRow, ...]
    vacancies: tuple[Vacancy, ...]
    duplicates: tuple[Place, ...]
    columns: frozenset[str]  # keys of the columns the file has

    def by_number(self) -> dict[str, PersonRow]:
        return {person.member_no: person for person in self.people}


@dataclass(frozen=True, slots=True)
class Known:
    """What the house already knows: everybody's number and readable name, and the band of each grade."""

    names: Mapping[str, tuple[str, str]]
    bands: Mapping[str, str]
    employment: Mapping[str, str] = field(default_factory=dict)
