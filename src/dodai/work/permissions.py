"""Who may do what with work: questions about the person, never about the moment.

本人 writes; the direct supervisor (一次) writes and confirms; everyone else who sees it reads. Work that
nobody holds is kept by the people of its unit and by those who lead it. Many items are answered with
the same three queries as one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from dodai.organization.models import Assignment, Member, OrgUnitLine, UnitHead
from dodai.organization.querysets import units_led_by
from dodai.work.models import Outcome, WorkItem
from dodai.work.querysets import WorkItemQuerySet

#: 人事 brings inventories and templates in; single items stay with the people who do the work.
BRINGS_IN = frozenset({"hr", "hr_head"})


@dataclass(frozen=True)
class Rights:
    """What one member may do with items of the given owners and units."""

    member_id: int
    brings_in: bool
    reports: frozenset[int]
    led_units: frozenset[int]
    own_units: frozenset[int]

    def holds(self, owner_id: int | None) -> bool:
        return owner_id == self.member_id

    def leads(self, owner_id: int | None, unit_id: int) -> bool:
        """The supervisor of the owner; for work nobody holds, whoever leads the unit."""
        return unit_id in self.led_units if owner_id is None else owner_id in self.reports

    def can_write(self, owner_id: int | None, unit_id: int) -> bool:
        keeps = owner_id is None and unit_id in self.own_units
        return keeps or self.holds(owner_id) or self.leads(owner_id, unit_id)

    def can_add(self, owner_id: int | None, unit_id: int) -> bool:
        """In one's own units for oneself; for others only where one could edit the result."""
        if self.holds(owner_id):
            return unit_id in self.own_units | self.led_units
        return self.can_write(owner_id, unit_id)

    def can_bring_in(self, owner_id: int | None, unit_id: int) -> bool:
        return self.brings_in or self.can_write(owner_id, unit_id)

    def can_edit(self, item: WorkItem) -> bool:
        return self.can_write(item.owner_id, item.unit_id)

    def can_confirm(self, item: WorkItem) -> bool:
        return not self.holds(item.owner_id) and self.leads(item.owner_id, item.unit_id)

    def can_assign(self, item: WorkItem) -> bool:
        return self.can_confirm(item)

    def can_take(self, item: WorkItem) -> bool:
        """Work that nobody holds may be taken by a person of its unit."""
        return item.owner_id is None and item.unit_id in self.own_units


def rights(member: Member, *, owners: Iterable[int | None], units: Iterable[int]) -> Rights:
    wanted = set(units)
    led = _units_led(member).filter(unit__in=wanted)
    own = _own_assignments(member).filter(unit__in=wanted)
    reports = _reports(member).filter(member__in={owner for owner in owners if owner is not None})
    return Rights(
        member.pk,
        bool(member.roles & BRINGS_IN),
        reports=frozenset(reports.values_list("member", flat=True)),
        led_units=frozenset(led.values_list("unit", flat=True)),
        own_units=frozenset(own.values_list("unit", flat=True)),
    )


def with_rights(items: WorkItemQuerySet, member: Member) -> WorkItemQuerySet:
    """Let the rows bring along what ``rights_of`` needs, so that a page asks nothing more."""
    return items.annotate(
        of_report=Exists(_reports(member).filter(member=OuterRef("owner"))),
        of_led_unit=Exists(_units_led(member).filter(unit=OuterRef("unit"))),
        of_own_unit=Exists(_own_assignments(member).filter(unit=OuterRef("unit"))),
    )


def rights_of(member: Member, rows: Iterable[WorkItem]) -> Rights:
    """The rights over rows that were read through ``with_rights``."""
    listed: list[Any] = list(rows)
    return Rights(
        member.pk,
        bool(member.roles & BRINGS_IN),
        reports=frozenset(row.owner_id for row in listed if row.of_report),
        led_units=frozenset(row.unit_id for row in listed if row.of_led_unit),
        own_units=frozenset(row.unit_id for row in listed if row.of_own_unit),
    )


def rights_over(member: Member, items: Iterable[WorkItem]) -> Rights:
    listed = list(items)
    return rights(member, owners=(item.owner_id for item in listed), units=(item.unit_id for item in listed))


def can_edit(member: Member, item: WorkItem) -> bool:
    return rights_over(member, [item]).can_edit(item)


def can_confirm(member: Member, item: WorkItem) -> bool:
    return rights_over(member, [item]).can_confirm(item)


def can_assign(member: Member, item: WorkItem) -> bool:
    return rights_over(member, [item]).can_assign(item)


def can_take(member: Member, item: WorkItem) -> bool:
    return rights_over(member, [item]).can_take(item)


def can_add(member: Member, *, unit_id: int, owner_id: int | None) -> bool:
    return rights(member, owners=[owner_id], units=[unit_id]).can_add(owner_id, unit_id)


def can_write_outcome(member: Member, outcome: Outcome, items: Iterable[WorkItem]) -> bool:
    """Its writer, and whoever may edit one of the pieces of work it stands for."""
    if outcome.owner_id == member.pk:
        return True
    listed = list(items)
    allowed = rights_over(member, listed)
    return any(allowed.can_edit(item) for item in listed)


def _units_led(member: Member) -> QuerySet[OrgUnitLine]:
    return units_led_by(member, on=timezone.localdate())


def _own_assignments(member: Member) -> QuerySet[Assignment]:
    return Assignment.objects.on(timezone.localdate()).filter(member=member)


def _reports(member: Member) -> QuerySet[Assignment]:
    """本務 of those whose supervisor is the person; where none is named, the head of the unit answers."""
    today = timezone.localdate()
    headed = UnitHead.objects.on(today).filter(Q(member=member) | Q(member=None, deputy=member))
    return (
        Assignment.objects.on(today)
        .primary()
        .filter(Q(supervisor=member) | Q(supervisor=None, unit__in=headed.values("unit")))
        .exclude(member=member)
    )
