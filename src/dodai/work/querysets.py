"""Questions about work items and outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q
from django.apps import apps

from dodai.core.rows import RowQuerySet
from dodai.core.text import normalise_for_search
from dodai.organization.querysets import people_led_by, units_led_by

if TYPE_CHECKING:
    from dodai.organization.models import Member
    from dodai.work.models import Outcome, WorkItem


class WorkItemQuerySet(RowQuerySet["WorkItem"]):
    def visible_to(self, member: Member) -> Self:
        """Your own (also as 副担当), those of the people you lead, of the units you head and of your
        own units today; 人事 and 監査 read all. 経営 sees aggregates only, システム管理者 nothing."""
        if member.roles & {"hr", "hr_head", "auditor"}:
            return self.all()
        backups = apps.get_model("work", "WorkItemBackup").objects.filter(member=member)
        return self.filter(
            Q(owner=member)
            | Q(pk__in=backups.values("work_item"))
            | Q(owner__in=people_led_by(member))
            | Q(unit__in=units_led_by(member))
        )

    def current(self) -> Self:
        return self.exclude(status="retired")

    def without_outcome(self) -> Self:
        links = apps.get_model("work", "OutcomeLink").objects.filter(work_item=OuterRef("pk"))
        return self.filter(~Exists(links))

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
