"""Who may do what with work: questions about the person, never about the moment.

本人 writes; the direct supervisor (一次) writes and confirms; everyone else who sees it reads. Work that
nobody holds is kept by the people of its unit and by those who lead it. Many items are answered with
the same three queries as one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from dodai.core.spans import valid_on
from dodai.organization.models import Assignment, Member, UnitHead
from dodai.organization.querysets import units_led_by
from dodai.work.models import Outcome, WorkItem

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
    today = timezone.localdate()
    wanted_owners = {owner for owner in owners if owner is not None}
    wanted_units = set(units)
    led = frozenset(
        units_led_by(member, on=today).filter(unit__in=wanted_units).values_list("unit", flat=True)
    )
    own = frozenset(
        Assignment.objects.on(today)
        .filter(member=member, unit__in=wanted_units)
        .values_list("unit", flat=True)
    )
    headed = UnitHead.objects.filter(valid_on(today)).filter(Q(member=member) | Q(member=None, deputy=member))
    reports = frozenset(
        Assignment.objects.on(today)
        .primary()
        .filter(Q(supervisor=member) | Q(supervisor=None, unit__in=headed.values("unit")))
        .filter(member__in=wanted_owners)
        .exclude(member=member)
        .values_list("member", flat=True)
    )
    return Rights(member.pk, bool(member.roles & BRINGS_IN), reports, led, own)


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
