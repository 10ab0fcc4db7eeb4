"""部門 from the paths of a roster: which are new, what kind they are, and who leads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dodai.exchange.rules.desk import Desk, Option, Place
from dodai.exchange.rules.directory import Directory
from dodai.exchange.rules.roster_entries import (
    LABELS,
    PersonRow,
    Roster,
)

_KINDS = (
    ("本部", "headquarters"),
    ("部", "department"),
    ("課", "section"),
    ("係", "subsection"),
    ("室", "office"),
    ("チーム", "team"),
    ("グループ", "team"),
    ("班", "team"),
)
_HEAD_POSTS = {
    "company": ("社長", "代表取締役", "会長"),
    "headquarters": ("本部長",),
    "department": ("部長",),
    "section": ("課長",),
    "subsection": ("係長",),
    "office": ("室長",),
    "team": ("チームリーダー", "チーム長", "グループリーダー", "グループ長", "班長"),
}
_FUNCTIONS = (
    ("総務", "GA"),
    ("人事", "HR"),
    ("経理", "FA"),
    ("財務", "FA"),
    ("法務", "LG"),
    ("情報システム", "IT"),
    ("情シス", "IT"),
)
_TOP = ("経営", "役員", "会社", "全社")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit the file names. ``head_no`` empty with ``is_vacant`` means the post is vacant on purpose."""

    path: str
    name: str
    kind: str
    function: str
    is_new: bool
    order: int
    head_no: str = ""
    deputy_no: str = ""
    is_vacant: bool = False

    @property
    def parent_path(self) -> str:
        return self.path.rpartition("/")[0]


def settle_units(roster: Roster, directory: Directory, desk: Desk) -> Roster:
    """The same roster with every unit written as a full path; a bare name of one known unit is proposed."""
    settled: dict[str, str] = {}
    for person in roster.people:
        place = Place(person.sheet, person.row, LABELS["unit"])
        for path in (person.unit_path, *(post.unit_path for post in person.concurrent)):
            if path not in settled:
                settled[path] = _full_path(path, place, directory, desk)
    people = tuple(
        replace(
            person,
            unit_path=settled[person.unit_path],
            concurrent=tuple(replace(post, unit_path=settled[post.unit_path]) for post in person.concurrent),
        )
        for person in roster.people
    )
    return replace(roster, people=people)


def _full_path(path: str, place: Place, directory: Directory, desk: Desk) -> str:
    if directory.root and path.startswith(f"{directory.root}/"):
        path = path.removeprefix(f"{directory.root}/")
    if not path or "/" in path or any(unit.path == path for unit in directory.units):
        return path
    fitting = directory.units_called(path)
    if not fitting:
        return path
    options = (*(Option(unit.path, unit.path) for unit in fitting), Option(path, path))
    if len(fitting) == 1:
        agreed = desk.propose(f"unit:{path}", "unit_bare_name", place, path, fitting[0].path, options=options)
        return agreed or fitting[0].path
    return (
        desk.ask(f"unit:{path}", "unit_bare_name", place, path, options=options, required=True, free=False)
        or path
    )


def units_of(roster: Roster, directory: Directory, day: date, desk: Desk) -> tuple[UnitRow, ...]:
    """Every unit on the paths of the file, parents first, with its head on the day."""
    known = {unit.path for unit in directory.units}
    vacant = {vacancy.unit_path: vacancy for vacancy in roster.vacancies}
    here = _people_by_unit(roster.people, day)
    units = []
    for order, path in enumerate(_all_paths(roster)):
        name = path.rpartition("/")[2]
        kind = unit_kind(path)
        unit = UnitRow(path, name, kind, unit_function(path), path not in known, order)
        head = _head(path, kind, here.get(path, ()), desk)
        if head:
            unit = replace(unit, head_no=head)
        elif path in vacant:
            unit = replace(unit, deputy_no=vacant[path].deputy_no, is_vacant=True)
        units.append(unit)
    return tuple(units)


def unit_kind(path: str) -> str:
    name = path.rpartition("/")[2]
    if "/" not in path and name in _TOP:
        return "company"
    return next((kind for ending, kind in _KINDS if name.endswith(ending)), "department")


def unit_function(path: str) -> str:
    """総務, 人事, 経理・財務, 法務, 情報システム by the nearest name that says so."""
    for name in reversed(path.split("/")):
        for word, function in _FUNCTIONS:
            if word in name:
                return function
    return "XX"


def is_head_post(post: str, kind: str) -> bool:
    """課長 leads a 課; 副課長, 課長代理 and 課長補佐 do not."""
    plain = post.split("（")[0].split("(")[0].strip()
    if kind == "department" and plain.endswith("本部長"):
        return False
    return any(plain.endswith(title) and not plain.endswith(f"副{title}") for title in _HEAD_POSTS[kind])


def _all_paths(roster: Roster) -> list[str]:
    """Paths and all their parents in the order of the file; a parent before its children."""
    found: dict[str, None] = {}
    for path in filter(None, _named_paths(roster)):
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            found.setdefault("/".join(parts[:depth]))
    return list(found)


def _named_paths(roster: Roster) -> Iterable[str]:
    for person in roster.people:
        yield person.unit_path
    for person in roster.people:
        yield from (post.unit_path for post in person.concurrent)
    for vacancy in roster.vacancies:
        yield vacancy.unit_path


def _people_by_unit(people: Sequence[PersonRow], day: date) -> dict[str, list[tuple[PersonRow, bool]]]:
    """Who has a post in each unit on the day, and whether it is the 本務."""
    found: dict[str, list[tuple[PersonRow, bool]]] = defaultdict(list)
    for person in people:
        if person.post and person.is_employed(day):
            found[person.unit_path].append((person, True))
            for post in person.concurrent:
                found[post.unit_path].append((person, False))
    return found


def _head(path: str, kind: str, here: Sequence[tuple[PersonRow, bool]], desk: Desk) -> str:
    """The person whose post leads this kind of unit: first among its own people, then among the 兼務."""
    heads = [(person, is_own) for person, is_own in here if is_head_post(person.post, kind)]
    found = [person for person, is_own in heads if is_own] or [person for person, _own in heads]
    if len(found) <= 1:
        return found[0].member_no if found else ""
    options = tuple(Option(person.member_no, f"{person.name}（{person.member_no}）") for person in found)
    place = Place(found[0].sheet, found[0].row, LABELS["post"])
    question = f"head:{path}"
    answer = desk.ask(question, "several_heads", place, path, options=options, required=True, free=False)
    return answer or ""


def concurrent_posts(roster: Roster, units: Mapping[str, UnitRow]) -> Roster:
    """A person who leads the unit of the 兼務 holds the post there too; otherwise the 兼務 has no post."""
    people = tuple(
        replace(
            person,
            concurrent=tuple(
                replace(post, post=person.post if units[post.unit_path].head_no == person.member_no else "")
                for post in person.concurrent
            ),
        )
        for person in roster.people
    )
    return replace(roster, people=people)
