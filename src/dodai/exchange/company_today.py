"""What is stored on the day of a file, as the plain rows the rules compare with. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from dodai.core.dates import prose_date
from dodai.core.errors import Refused
from dodai.exchange.rules.directory import Directory, Person, Unit
from dodai.exchange.rules.roster_changes import PersonNow, Turn
from dodai.exchange.rules.roster_entries import (
    Concurrent,
    Known,
    LeaveSpan,
)
from dodai.organization.models import (
    Assignment,
    Grade,
    Leave,
    Member,
    OrgUnitVersion,
    UnitHead,
)


@dataclass(frozen=True)
class Head:
    unit_id: int
    member_no: str = ""
    deputy_no: str = ""


@dataclass(frozen=True)
class CompanyToday:
    """Paths leave the company itself out: 管理本部/経理部, as people write them."""

    on: date
    root_id: int
    root_name: str
    units: tuple[Unit, ...]
    people: dict[str, PersonNow]
    heads: dict[int, Head]
    bands: dict[str, str] = field(default_factory=dict)

    @property
    def known(self) -> Known:
        names = {number: (person.family_name, person.given_name) for number, person in self.people.items()}
        types = {number: person.employment_type for number, person in self.people.items()}
        return Known(names, self.bands, types)

    def unit_id(self, path: str) -> int | None:
        return next((unit.id for unit in self.units if unit.path == path), None)

    def directory(self) -> Directory:
        people = map(self._person, self.people.values())
        return Directory.of(self.units, people, self.on, self.root_name)

    def _person(self, now: PersonNow) -> Person:
        units = (now.unit_path, *(post.unit_path for post in now.concurrent)) if now.unit_path else ()
        on_leave = any(
            leave.first <= self.on and (leave.last is None or leave.last >= self.on) for leave in now.leaves
        )
        return Person(now.member_no, now.family_name, now.given_name, units, now.left_on, on_leave)


def company_today(on: date) -> CompanyToday:
    """A handful of queries at any size."""
    root_id, root_name, paths = _paths(on)
    grades = {grade.member_id: grade for grade in Grade.objects.on(on)}
    named = {**paths, root_id: root_name}
    return CompanyToday(
        on=on,
        root_id=root_id,
        root_name=root_name,
        units=tuple(Unit(pk, path or root_name) for pk, path in paths.items()),
        people={person.member_no: person for person in _people(on, named, grades)},
        heads=_heads(on),
        bands={grade.grade_code: grade.band for grade in grades.values()},
    )


def _paths(on: date) -> tuple[int, str, dict[int, str]]:
    versions = {
        version.unit_id: version for version in OrgUnitVersion.objects.on(on).order_by("sort_order", "pk")
    }
    root = next((version for version in versions.values() if version.parent_id is None), None)
    if root is None:
        raise _no_root()
    paths: dict[int, str] = {root.unit_id: ""}

    def path(pk: int) -> str:
        if pk not in paths:
            version = versions[pk]
            above = path(version.parent_id) if version.parent_id in versions else ""
            paths[pk] = f"{above}/{version.name}" if above else version.name
        return paths[pk]

    for pk in versions:
        path(pk)
    return root.unit_id, root.name, paths


def _no_root() -> Refused:
    first = OrgUnitVersion.objects.filter(parent=None).order_by("valid_from").first()
    if first is None:
        return Refused(_("会社がまだ登録されていません。先に会社を登録してください。"))
    return Refused(
        _("%(day)sより前は会社の記録がありません。基準日を%(day)s以降にしてください。")
        % {"day": prose_date(first.valid_from)}
    )


def _people(on: date, paths: dict[int, str], grades: dict[int, Grade]) -> Iterable[PersonNow]:
    numbers = dict(Member.objects.values_list("pk", "member_no"))
    primary: dict[int, Assignment] = {}
    shared: dict[int, list[Concurrent]] = defaultdict(list)
    for row in Assignment.objects.on(on):
        if row.kind == Assignment.Kind.PRIMARY:
            primary[row.member_id] = row
        else:
            path = paths.get(row.unit_id, "")
            shared[row.member_id].append(Concurrent(path, row.allocation_percent, row.post))
    leaves: dict[int, list[LeaveSpan]] = defaultdict(list)
    for leave in Leave.objects.order_by("valid_from"):
        last = leave.valid_to - timedelta(days=1) if leave.valid_to else None
        leaves[leave.member_id].append(LeaveSpan(leave.kind, leave.valid_from, last))
    later = _later(on)
    for member in Member.objects.all():
        place, grade = primary.get(member.pk), grades.get(member.pk)
        yield PersonNow(
            id=member.pk,
            version=member.version,
            member_no=member.member_no,
            family_name=member.family_name,
            given_name=member.given_name,
            family_kana=member.family_kana,
            given_kana=member.given_kana,
            email=member.email,
            note=member.note,
            employment_type=member.employment_type,
            hired_on=member.hired_on,
            left_on=member.left_on,
            unit_path=paths.get(place.unit_id, "") if place else "",
            post=place.post if place else "",
            supervisor_no=numbers.get(place.supervisor_id or 0, "") if place else "",
            grade=grade.grade_code if grade else "",
            band=grade.band if grade else "",
            concurrent=tuple(shared[member.pk]),
            leaves=tuple(leaves[member.pk]),
            later=tuple(later[member.pk]),
        )


def _later(on: date) -> dict[int, list[Turn]]:
    """本務 that begin after the day; units of that day may have other names, so each day is asked once."""
    turns: dict[int, list[Turn]] = defaultdict(list)
    paths: dict[date, dict[int, str]] = {}
    for row in Assignment.objects.primary().filter(valid_from__gt=on).order_by("valid_from"):
        if row.valid_from not in paths:
            paths[row.valid_from] = _paths(row.valid_from)[2]
        turns[row.member_id].append(
            Turn(row.valid_from, paths[row.valid_from].get(row.unit_id, ""), row.post)
        )
    return turns


def _heads(on: date) -> dict[int, Head]:
    rows = UnitHead.objects.on(on).values_list("unit_id", "member__member_no", "deputy__member_no")
    return {unit: Head(unit, member or "", deputy or "") for unit, member, deputy in rows}
