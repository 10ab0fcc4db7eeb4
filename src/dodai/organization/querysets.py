"""Questions about people and their reporting lines on a day.

The small vocabulary every floor's ``visible_to`` is built on: who is led by whom, today.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from dodai.core.rows import RowQuerySet
from dodai.core.spans import DatedQuerySet, valid_on
from dodai.core.text import normalise_for_search

if TYPE_CHECKING:
    from dodai.organization.models import Assignment, Member, OrgUnitLine, UnitHead


def units_led_by(member: Member, *, on: date | None = None) -> QuerySet[OrgUnitLine]:
    """Ids of the units at or below every unit the person heads (or deputises for while vacant)."""
    day = on or timezone.localdate()
    heads: QuerySet[UnitHead] = apps.get_model("organization", "UnitHead").objects.filter(
        Q(member=member) | Q(member=None, deputy=member), valid_on(day)
    )
    lines: QuerySet[OrgUnitLine] = apps.get_model("organization", "OrgUnitLine").objects.filter(
        valid_on(day), ancestor__in=heads.values("unit")
    )
    return lines.values("unit")  # type: ignore[return-value]


def people_led_by(member: Member, *, on: date | None = None) -> QuerySet[Assignment]:
    """Ids of the people of today who report to the person, directly, indirectly or by a 兼務."""
    day = on or timezone.localdate()
    assignments: QuerySet[Assignment] = apps.get_model("organization", "Assignment").objects.filter(
        valid_on(day)
    )
    # Two index look-ups joined by UNION: an OR over a subquery makes PostgreSQL read every assignment.
    directly = assignments.filter(supervisor=member).values("pk")
    by_unit = assignments.filter(unit__in=units_led_by(member, on=day)).values("pk")
    led = assignments.filter(pk__in=directly.union(by_unit))
    return led.exclude(member=member).values("member")  # type: ignore[return-value]


class MemberQuerySet(RowQuerySet["Member"]):
    def visible_to(self, member: Member) -> Self:
        """Whoever works here is open to everyone; leavers are seen by those who keep the records."""
        if member.roles & {"hr", "hr_head", "system_admin", "auditor"}:
            return self.all()
        return self.filter(Q(left_on=None) | Q(left_on__gte=timezone.localdate()))

    def employed(self, on: date) -> Self:
        return self.filter(Q(hired_on=None) | Q(hired_on__lte=on), Q(left_on=None) | Q(left_on__gte=on))

    def led_by(self, member: Member, *, on: date | None = None) -> Self:
        return self.filter(pk__in=people_led_by(member, on=on))

    def matching(self, words: str) -> Self:
        """Every word of the search occurs in the number, name, kana or mail address."""
        found = self
        for word in normalise_for_search(words).split():
            found = found.filter(search__contains=word)
        return found


class AssignmentQuerySet(DatedQuerySet["Assignment"]):
    def primary(self) -> Self:
        return self.filter(kind="primary")

    def in_subtree_of(self, unit_id: int, *, on: date) -> Self:
        """Assignments in the unit or anywhere below it on the day."""
        lines = apps.get_model("organization", "OrgUnitLine").objects.filter(valid_on(on), ancestor=unit_id)
        return self.filter(unit__in=lines.values("unit"))
