"""Carrying out what was confirmed about a roster: units, newcomers, changes, heads and 発令."""

from __future__ import annotations

from datetime import date

from dodai.exchange.company_today import Head
from dodai.exchange.people import PeopleLook, head_now, head_wanted
from dodai.exchange.rules.roster_changes import PARTICULARS, PersonNow
from dodai.exchange.rules.roster_entries import PersonRow
from dodai.exchange.rules.transfers import Move
from dodai.organization import actions
from dodai.organization.actions.admission import Newcomer, NewUnit, SharedPost, admit, open_units
from dodai.organization.models import Assignment, Member, OrgUnit


def carry_out(seen: PeopleLook, *, by: Member) -> dict[str, int]:
    """Inside the caller's transaction: units, newcomers, changes, heads and 発令, in this order."""
    work = _CarryingOut(seen, by)
    work.units()
    work.newcomers()
    work.changes()
    work.heads()
    work.moves()
    return work.counts


class _CarryingOut:
    """One import being written. Ids are looked up as they come into being."""

    def __init__(self, seen: PeopleLook, by: Member) -> None:
        self.seen, self.by, self.on = seen, by, seen.today.on
        self.unit_ids = {unit.path: unit.id for unit in seen.today.units}
        self.counts = {"units": 0, "added": 0, "updated": 0, "unchanged": 0, "moves": 0, "heads": 0}

    def units(self) -> None:
        new = [
            NewUnit(unit.path, unit.name, unit.kind, unit.function, unit.parent_path, unit.order)
            for unit in self.seen.units
            if unit.is_new
        ]
        known = {**self.unit_ids, "": self.seen.today.root_id}
        self.unit_ids = open_units(new, by=self.by, on=self.on, known=known)
        self.counts["units"] = len(new)

    def newcomers(self) -> None:
        known = self.seen.today.people
        new = [self._newcomer(person) for person in self.seen.people if person.member_no not in known]
        admit(new, by=self.by, on=self.on)
        self.counts["added"] = len(new)

    def _newcomer(self, person: PersonRow) -> Newcomer:
        leave = person.leave
        return Newcomer(
            member_no=person.member_no,
            particulars={
                **{key: getattr(person, key) for key in PARTICULARS},
                "employment_type": person.employment_type,
                "hired_on": person.hired_on,
                "left_on": person.left_on,
            },
            unit_id=self.unit_ids[person.unit_path],
            post=person.post,
            supervisor_no=person.supervisor_no,
            grade_code=person.grade,
            band=person.band,
            shared=tuple(
                SharedPost(self.unit_ids[post.unit_path], post.percent, post.post)
                for post in person.concurrent
            ),
            leave=(leave.kind, leave.first, leave.last) if leave else None,
        )

    def changes(self) -> None:
        people = {person.member_no: person for person in self.seen.people}
        for number, found in self.seen.changes.items():
            if not found:
                self.counts["unchanged"] += 1
                continue
            self._change(people[number], self.seen.today.people[number], {each.key for each in found})
            self.counts["updated"] += 1

    def _change(self, row: PersonRow, now: PersonNow, keys: set[str]) -> None:
        member = Member.objects.hold(now.id, version=now.version)
        fields = keys & {*PARTICULARS, "employment_type", "hired_on"}
        if fields:
            values = {key: getattr(row, key) for key in fields}
            member = actions.change_member(member, by=self.by, version=member.version, **values)
        if keys & {"unit", "post", "supervisor_no"}:
            self._transfer(member, row.unit_path, row.post, row.supervisor_no, self.on, "transferred")
        if "concurrent_unit" in keys:
            self._share(member, row)
        if "grade" in keys:
            self._grade(member, row.grade, row.band, self.on)
        if "leave_kind" in keys and row.leave:
            actions.record_leave(
                _fresh(member),
                by=self.by,
                version=_fresh(member).version,
                kind=row.leave.kind,
                first_day=row.leave.first,
                last_day=row.leave.last,
            )
        if "left_on" in keys and row.left_on:
            actions.leave_company(
                _fresh(member), by=self.by, version=_fresh(member).version, left_on=row.left_on
            )

    def _transfer(
        self, member: Member, path: str, post: str, supervisor_no: str, on: date, reason: str
    ) -> None:
        member = _fresh(member)
        supervisor = Member.objects.get(member_no=supervisor_no) if supervisor_no else None
        actions.transfer(
            member,
            by=self.by,
            version=member.version,
            on=on,
            unit=OrgUnit.objects.get(pk=self.unit_ids[path]),
            post=post,
            supervisor=supervisor,
            reason=reason,
        )

    def _share(self, member: Member, row: PersonRow) -> None:
        """兼務 that are gone or changed end on the day; those of the file begin."""
        for assignment in Assignment.objects.on(self.on).filter(member=member, kind="concurrent"):
            member = _fresh(member)
            actions.end_concurrent(assignment, by=self.by, version=member.version, on=self.on)
        for post in row.concurrent:
            member = _fresh(member)
            actions.add_concurrent(
                member,
                by=self.by,
                version=member.version,
                on=self.on,
                unit=OrgUnit.objects.get(pk=self.unit_ids[post.unit_path]),
                percent=post.percent,
                post=post.post,
            )

    def _grade(self, member: Member, code: str, band: str, on: date) -> None:
        member = _fresh(member)
        actions.change_grade(member, by=self.by, version=member.version, on=on, grade_code=code, band=band)

    def heads(self) -> None:
        numbers = dict(Member.objects.values_list("member_no", "pk"))
        present = [person for person in self.seen.people if person.is_employed(self.on)]
        top = next((person for person in present if not person.supervisor_no), None)
        wanted = {
            unit.path: head_wanted(unit)
            for unit in self.seen.units
            if unit.is_new or head_wanted(unit) != _as_pair(head_now(unit, self.seen.today))
        }
        named = [(self.unit_ids[path], pair) for path, pair in wanted.items() if pair is not None]
        if top is not None and not self.seen.today.heads.get(self.seen.today.root_id):
            named.insert(0, (self.seen.today.root_id, (top.member_no, "")))
        for unit_id, (head, deputy) in named:
            unit = OrgUnit.objects.get(pk=unit_id)
            actions.name_head(
                unit,
                by=self.by,
                version=unit.version,
                on=self.on,
                member=Member.objects.get(pk=numbers[head]) if head else None,
                deputy=Member.objects.get(pk=numbers[deputy]) if deputy else None,
            )
            self.counts["heads"] += 1

    def moves(self) -> None:
        for move in self.seen.moves:
            member = Member.objects.get(member_no=move.member_no)
            if move.reason == "left":
                actions.leave_company(member, by=self.by, version=member.version, left_on=move.effective_on)
            elif move.reason == "concurrent":
                actions.add_concurrent(
                    member,
                    by=self.by,
                    version=member.version,
                    on=move.effective_on,
                    unit=OrgUnit.objects.get(pk=self.unit_ids[move.unit_path]),
                    percent=move.percent,
                    post=move.post,
                )
            else:
                self._move(member, move)
            self.counts["moves"] += 1

    def _move(self, member: Member, move: Move) -> None:
        self._transfer(member, move.unit_path, move.post, move.supervisor_no, move.effective_on, move.reason)
        grade = member.grades.on(move.effective_on).first()
        if move.grade and grade is not None and grade.grade_code != move.grade:
            band = self.seen.today.bands.get(move.grade, grade.band)
            self._grade(member, move.grade, band, move.effective_on)


def _as_pair(head: Head) -> tuple[str, str]:
    return head.member_no, head.deputy_no


def _fresh(member: Member) -> Member:
    """Each verb counts the version up, so the next one of the same import reads it again."""
    return Member.objects.get(pk=member.pk)
