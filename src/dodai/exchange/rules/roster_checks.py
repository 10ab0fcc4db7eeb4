"""What has to hold between the rows of a roster: each person once, mail addresses once, supervisors real."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dodai.exchange.rules.desk import Desk, Place
from dodai.exchange.rules.roster_entries import LABELS, Known, PersonRow


def without_duplicates(people: list[PersonRow], desk: Desk) -> tuple[list[PersonRow], list[Place]]:
    """The same content twice counts once and is told; two rows that differ are a fault."""
    first: dict[str, PersonRow] = {}
    duplicates = []
    for person in people:
        earlier = first.setdefault(person.member_no, person)
        if earlier is person:
            continue
        place = Place(person.sheet, person.row, LABELS["member_no"])
        if replace(person, row=earlier.row, sheet=earlier.sheet) == earlier:
            desk.notice("duplicate_row", place, person.member_no, str(earlier.row))
            duplicates.append(place)
        else:
            desk.error("duplicate_differs", place, person.member_no, str(earlier.row))
    return list(first.values()), duplicates


def check_mails(people: Sequence[PersonRow], desk: Desk) -> None:
    seen: dict[str, PersonRow] = {}
    for person in people:
        first = seen.setdefault(person.email, person)
        if person.email and first is not person:
            place = Place(person.sheet, person.row, LABELS["email"])
            desk.error("email_twice", place, person.email, str(first.row))


def check_supervisors(people: Sequence[PersonRow], known: Known, desk: Desk) -> None:
    """Everybody but the one person at the top has a supervisor who exists; no line runs in a circle."""
    above = {person.member_no: person.supervisor_no for person in people}
    for person in people:
        place = Place(person.sheet, person.row, LABELS["supervisor_no"])
        if not person.supervisor_no:
            desk.notice("no_supervisor", place, person.name)
        elif person.supervisor_no not in above and person.supervisor_no not in known.names:
            desk.error("supervisor_unknown", place, person.supervisor_no)
        elif _runs_in_a_circle(person.member_no, above):
            desk.error("supervisor_circle", place, person.supervisor_no)


def _runs_in_a_circle(number: str, above: Mapping[str, str]) -> bool:
    seen, current = {number}, above.get(number, "")
    while current:
        if current == number:
            return True
        if current in seen:
            return False  # a circle further up; told where it is
        seen.add(current)
        current = above.get(current, "")
    return False
