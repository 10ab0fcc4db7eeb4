"""Questions about work items and outcomes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from dodai.core.rows import RowQuerySet
from dodai.core.spans import valid_on
from dodai.core.text import normalise_for_search
from dodai.organization.querysets import people_led_by, units_led_by

if TYPE_CHECKING:
    from dodai.organization.models import Member
    from dodai.work.models import Outcome, WorkItem  # noqa: F401

READS_ALL = frozenset({"hr", "hr_head", "auditor"})


class WorkItemQuerySet(RowQuerySet["WorkItem"]):
    def visible_to(self, member: Member) -> Self:
        """Your own (also as 副担当), those of the people you lead and of the units you head, and the
        work of your own units that nobody holds; 人事 and 監査 read all. 経営 sees aggregates only,
        システム管理者 nothing beyond their own."""
        if member.roles & READS_ALL:
            return self.all()
        items = self._items()
        my_units = apps.get_model("organization", "Assignment").objects.filter(
            valid_on(timezone.localdate()), member=member
        )
        # Indexed look-ups joined by UNION: an OR over subqueries makes PostgreSQL read all work there is.
        seen = self._held(member).union(
            items.filter(owner__in=people_led_by(member)).values("pk"),
            items.filter(unit__in=units_led_by(member)).values("pk"),
            items.filter(owner=None, unit__in=my_units.values("unit")).values("pk"),
        )
        return self.filter(pk__in=seen)

    def current(self) -> Self:
        return self.exclude(status="retired")

    def held_by(self, member: Member | int) -> Self:
        """What the person does: as 主担当 or 副担当."""
        return self.filter(pk__in=self._held(member))

    def _held(self, member: Member | int) -> Any:
        backups = apps.get_model("work", "WorkItemBackup").objects.filter(member=member)
        return self._items().filter(owner=member).values("pk").union(backups.values("work_item"))

    def _items(self) -> Any:
        return apps.get_model("work", "WorkItem").objects.all()

    def in_subtree_of(self, unit_id: int, *, on: date) -> Self:
        """Work of the unit and of everything below it on the day."""
        lines = apps.get_model("organization", "OrgUnitLine").objects.filter(valid_on(on), ancestor=unit_id)
        return self.filter(unit__in=lines.values("unit"))

    def unowned(self) -> Self:
        return self.filter(owner=None)

    def resting_on_one(self) -> Self:
        return self.filter(capable_people=1)

    def asking(self) -> Self:
        """With a question left open by an import."""
        return self.exclude(open_questions={})

    def without_outcome(self) -> Self:
        links = apps.get_model("work", "OutcomeLink").objects.filter(
            work_item=OuterRef("pk"), outcome__removed_at=None
        )
        return self.filter(~Exists(links))

    def unconfirmed_since(self, day: date) -> Self:
        """有効, but the supervisor last looked at it on the day or before."""
        return self.filter(status="active", confirmed_on__lte=day)

    def matching(self, words: str) -> Self:
        found = self
        for word in normalise_for_search(words).split():
            found = found.filter(search__contains=word)
        return found


class OutcomeQuerySet(RowQuerySet["Outcome"]):
    def visible_to(self, member: Member) -> Self:
        """An outcome is seen by its writer and by everyone who sees one of its work items."""
        items = apps.get_model("work", "WorkItem").objects.visible_to(member)
        links = apps.get_model("work", "OutcomeLink").objects.filter(work_item__in=items.values("pk"))
        return self.filter(Q(owner=member) | Q(pk__in=links.values("outcome")))

    def current(self) -> Self:
        return self.filter(removed_at=None)

    def of(self, item: WorkItem) -> Self:
        links = apps.get_model("work", "OutcomeLink").objects.filter(work_item=item)
        return self.filter(pk__in=links.values("outcome"))

    def matching(self, words: str) -> Self:
        """Every word occurs in one of the three parts of the sentence."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(beneficiary__icontains=word) | Q(thing__icontains=word) | Q(state__icontains=word)
            )
        return found
