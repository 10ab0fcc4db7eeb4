"""Today's company as the rules need it: plain units and people, found the way people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from dodai.core.text import name_key
from dodai.exchange.rules.values import has_unreadable_mark, path

_GROUP = re.compile(
    r"(?:全員|一同|各自|各員|各担当|課員|部員|担当者|メンバー|持ち回り|輪番|チーム|グループ|班)$"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit on the day of the file. ``path`` is its names from the top, joined by /."""

    id: int
    path: str

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is or was a member. ``units`` are the paths of 本務 and 兼務 on the day of the file."""

    member_no: str
    family_name: str
    given_name: str
    units: tuple[str, ...] = ()
    left_on: date | None = None
    on_leave: bool = False

    @property
    def name(self) -> str:
        return f"{self.family_name} {self.given_name}".strip()

    @property
    def label(self) -> str:
        return f"{self.name}（{self.member_no}）"


@dataclass(frozen=True, slots=True)
class Match:
    """What a written name stands for.

    ``kind``: exact, likely (has to be confirmed), group, leaver, several, unknown, empty.
    """

    kind: str
    person: Person | None = None
    candidates: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Directory:
    units: tuple[Unit, ...] = ()
    people: tuple[Person, ...] = ()
    day: date = date.min
    by_number: Mapping[str, Person] = field(default_factory=dict)
    root: str = ""  # the company's own name; paths leave it out

    @classmethod
    def of(cls, units: Iterable[Unit], people: Iterable[Person], day: date, root: str = "") -> Directory:
        everyone = tuple(people)
        return cls(tuple(units), everyone, day, {person.member_no: person for person in everyone}, root)

    @cached_property
    def _by_key(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self.people:
            found.setdefault(name_key(person.name), []).append(person)
        return found

    def units_called(self, text: str) -> list[Unit]:
        """Units whose path or last names are exactly what is written, the width of signs aside."""
        wanted = path(text)
        if not wanted:
            return []
        whole = [unit for unit in self.units if unit.path == wanted]
        return whole or [
            unit for unit in self.units if unit.path.endswith(f"/{wanted}") or unit.name == wanted
        ]

    def units_like(self, text: str) -> list[Unit]:
        """Units that a short name may mean: 情シス部 has only characters of 情報システム部, in order."""
        wanted = path(text)
        return [unit for unit in self.units if len(wanted) >= 2 and _is_shortened(wanted, unit.name)]

    def members_of(self, unit_path: str) -> list[Person]:
        """Everybody who belongs to the unit or below it and is still employed."""
        return [person for person in self.people if not self.has_left(person) and _belongs(person, unit_path)]

    def has_left(self, person: Person) -> bool:
        return person.left_on is not None and person.left_on < self.day

    def find_person(self, text: str, unit_path: str) -> Match:
        """Who is meant inside a unit. An exact name elsewhere never wins over a likely one inside."""
        written = unicodedata.normalize("NFKC", text).strip()
        if not written or written in ("-", "ー", "―", "なし", "無", "未定", "空席"):
            return Match("empty")
        number = written.replace(" ", "")
        if number in self.by_number:
            return self._settled(self.by_number[number])
        spelled = _spelled(text)
        inside = self.members_of(unit_path)
        exact = [person for person in inside if _spelled(person.name) == spelled]
        if len(exact) == 1:
            return Match("exact", exact[0])
        if len(exact) > 1:
            return Match("several", candidates=tuple(exact))
        if _GROUP.search(number) or any(unit.name == number for unit in self.units):
            return Match("group")
        return self._likely(text, spelled, inside)

    def _likely(self, text: str, spelled: str, inside: list[Person]) -> Match:
        key = name_key(text)
        for found in (
            [person for person in inside if name_key(person.name) == key],
            [person for person in inside if name_key(person.family_name) == key],
            [person for person in inside if _could_be_unreadable(person, key)],
        ):
            if len(found) == 1:
                return Match("likely", found[0])
            if found:
                return Match("several", candidates=tuple(found))
        elsewhere = self._by_key.get(key, [])
        gone = [person for person in elsewhere if self.has_left(person) and _spelled(person.name) == spelled]
        here = [person for person in elsewhere if not self.has_left(person)]
        if gone and not here:
            return Match("leaver", gone[0]) if len(gone) == 1 else Match("several", candidates=tuple(gone))
        if len(here) == 1:
            return Match("likely", here[0])
        return (
            Match("several", candidates=tuple(here)) if here else Match("unknown", candidates=tuple(inside))
        )

    def _settled(self, person: Person) -> Match:
        return Match("leaver" if self.has_left(person) else "exact", person)


def _spelled(name: str) -> str:
    """A name as written, without spaces: 髙 and 高 stay different."""
    return "".join(name.split())


def _belongs(person: Person, unit_path: str) -> bool:
    return not unit_path or any(
        unit == unit_path or unit.startswith(f"{unit_path}/") for unit in person.units
    )


def _could_be_unreadable(person: Person, key: str) -> bool:
    """The roster lost a character of the family name, and everything else of the name agrees."""
    if not has_unreadable_mark(person.family_name):
        return False
    given = name_key(person.given_name)
    rest = name_key("".join(sign for sign in person.family_name if not has_unreadable_mark(sign)))
    return bool(given) and key.endswith(given) and rest in key[: -len(given)]


def _is_shortened(short: str, long: str) -> bool:
    if short == long or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(character in rest for character in short)
