"""Many units and people at once, as a roster names them: all of one import or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dodai.audit.models import record_each
from dodai.core.errors import NotAllowed, Refused
from dodai.organization import permissions
from dodai.organization.actions.lines import relocate
from dodai.organization.actions.members import require_editor
from dodai.organization.models import Assignment, Grade, Leave, Member, OrgUnit, OrgUnitVersion

_SLICE = 500  # rows of one INSERT


@dataclass(frozen=True)
class NewUnit:
    """A unit of an import. ``parent`` is the path of another one, or empty below the company itself."""

    path: str
    name: str
    kind: str
    function: str
    parent: str
    order: int


@dataclass(frozen=True)
class SharedPost:
    """A 兼務 of a newcomer."""

    unit_id: int
    percent: int
    post: str = ""


@dataclass(frozen=True)
class Newcomer:
    """``particulars`` are fields of ``Member``; ``leave`` is kind, first and last day."""

    member_no: str
    particulars: Mapping[str, Any]
    unit_id: int
    post: str = ""
    supervisor_no: str = ""
    grade_code: str = ""
    band: str = "staff"
    shared: tuple[SharedPost, ...] = ()
    leave: tuple[str, date, date | None] | None = None


@dataclass(frozen=True)
class _Span:
    """The days of a newcomer that the house knows about: from ``first`` until the day before ``until``."""

    first: date
    until: date | None

    @property
    def is_empty(self) -> bool:
        return self.until is not None and self.until <= self.first


@transaction.atomic
def open_units(units: Sequence[NewUnit], *, by: Member, on: date, known: Mapping[str, int]) -> dict[str, int]:
    """Parents stand before their children; ``known`` has the ids of paths that exist, "" being the top.

    The tree is checked and its lines are written once for all of them.
    """
    if not permissions.can_edit_organization(by):
        raise NotAllowed(_("組織を変えられるのは人事だけです。"))
    first = _highest_code() + 1
    rows = OrgUnit.objects.bulk_create(
        [OrgUnit(code=f"{number:03d}") for number in range(first, first + len(units))], batch_size=_SLICE
    )
    ids = dict(known) | {unit.path: row.pk for unit, row in zip(units, rows, strict=True)}
    OrgUnitVersion.objects.bulk_create(
        [
            OrgUnitVersion(
                unit_id=ids[unit.path],
                name=unit.name,
                kind=unit.kind,
                function=unit.function,
                parent_id=ids[unit.parent],
                sort_order=unit.order,
                valid_from=on,
            )
            for unit in units
        ],
        batch_size=_SLICE,
    )
    relocate([row.pk for row in rows])
    record_each(
        [
            (
                "unit.added",
                row,
                {
                    "name": [None, unit.name],
                    "parent": [None, ids[unit.parent]],
                    "valid_from": [None, on.isoformat()],
                },
            )
            for unit, row in zip(units, rows, strict=True)
        ],
        by=by.user,
    )
    return ids


@transaction.atomic
def admit(newcomers: Sequence[Newcomer], *, by: Member, on: date) -> list[Member]:
    """Their known history begins ``on`` (or on the day of entry, if later). Who left before is kept as a
    person of the past without 所属. Supervisors are looked up by number, among the newcomers too."""
    require_editor(by)
    members = [_member(newcomer) for newcomer in newcomers]
    _refuse_known_numbers(members)
    Member.objects.bulk_create(members, batch_size=_SLICE)
    numbers = {newcomer.supervisor_no for newcomer in newcomers} - {""}
    above = dict(Member.objects.filter(member_no__in=numbers).values_list("member_no", "pk"))
    if missing := numbers - above.keys():
        raise Refused(_("社員番号「%(number)s」の上司がいません。") % {"number": min(missing)})
    assignments: list[Assignment] = []
    grades: list[Grade] = []
    leaves: list[Leave] = []
    for member, newcomer in zip(members, newcomers, strict=True):
        span = _span(member, on)
        if newcomer.leave is not None:
            kind, first, last = newcomer.leave
            until = last + timedelta(days=1) if last else None
            leaves.append(Leave(member=member, kind=kind, valid_from=first, valid_to=until))
        if span.is_empty:
            continue
        assignments += _assignments(member, newcomer, span, above.get(newcomer.supervisor_no))
        if newcomer.grade_code:
            dates = {"valid_from": span.first, "valid_to": span.until}
            grades.append(Grade(member=member, grade_code=newcomer.grade_code, band=newcomer.band, **dates))
    Assignment.objects.bulk_create(assignments, batch_size=_SLICE)
    Grade.objects.bulk_create(grades, batch_size=_SLICE)
    Leave.objects.bulk_create(leaves, batch_size=_SLICE)
    record_each(
        [
            (
                "member.hired",
                member,
                {
                    "member_no": [None, member.member_no],
                    "unit": [None, newcomer.unit_id],
                    "from": [None, _span(member, on).first.isoformat()],
                },
            )
            for member, newcomer in zip(members, newcomers, strict=True)
        ],
        by=by.user,
    )
    return members


def _member(newcomer: Newcomer) -> Member:
    member = Member(member_no=newcomer.member_no, **newcomer.particulars)
    member.index()
    return member


def _span(member: Member, on: date) -> _Span:
    first = max(on, member.hired_on) if member.hired_on else on
    return _Span(first, member.left_on + timedelta(days=1) if member.left_on else None)


def _assignments(
    member: Member, newcomer: Newcomer, span: _Span, supervisor_id: int | None
) -> list[Assignment]:
    shares = sum(shared.percent for shared in newcomer.shared)
    if not 0 <= shares <= 99:
        raise Refused(
            _("社員番号「%(number)s」の兼務比率の合計が100%%以上です。") % {"number": member.member_no}
        )
    dates = {"valid_from": span.first, "valid_to": span.until}
    primary = Assignment(
        member=member,
        unit_id=newcomer.unit_id,
        post=newcomer.post,
        supervisor_id=supervisor_id,
        allocation_percent=100 - shares,
        **dates,
    )
    concurrent = [
        Assignment(
            member=member,
            unit_id=shared.unit_id,
            post=shared.post,
            kind=Assignment.Kind.CONCURRENT,
            reason=Assignment.Reason.CONCURRENT,
            allocation_percent=shared.percent,
            **dates,
        )
        for shared in newcomer.shared
    ]
    return [primary, *concurrent]


def _refuse_known_numbers(members: Sequence[Member]) -> None:
    numbers = [member.member_no for member in members]
    known = Member.objects.filter(member_no__in=numbers).values_list("member_no", flat=True).first()
    if known is not None:
        raise Refused(
            _("社員番号「%(number)s」は使われています。別の番号を入れてください。") % {"number": known}
        )


def _highest_code() -> int:
    codes = OrgUnit.objects.values_list("code", flat=True)
    return max((int(code) for code in codes if code.isdigit()), default=0)
