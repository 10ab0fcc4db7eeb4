"""Questions about organisation goals, sheets and goals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Q

from dodai.core.rows import RowQuerySet
from dodai.core.text import normalise_for_search
from dodai.organization.querysets import people_led_by

if TYPE_CHECKING:
    from dodai.goals.models import Goal, GoalSheet, OrgGoal
    from dodai.organization.models import Member

READS_ALL = frozenset({"hr", "hr_head", "auditor"})


class OrgGoalQuerySet(RowQuerySet["OrgGoal"]):
    def visible_to(self, member: Member) -> Self:
        """Where the company goes is everyone's business."""
        return self.all() if member.pk else self.none()

    def active(self) -> Self:
        return self.filter(status="active")


class SheetQuerySet(RowQuerySet["GoalSheet"]):
    def visible_to(self, member: Member) -> Self:
        """Your own; those you are named on; those of the people you lead today; 人事 and 監査 all."""
        if member.roles & READS_ALL:
            return self.all()
        return self.filter(
            Q(member=member)
            | Q(first_evaluator=member)
            | Q(second_evaluator=member)
            | Q(member__in=people_led_by(member))
        )

    def awaiting(self, member: Member) -> Self:
        """Sheets whose next step is this person's: 一次 while 承認待ち, 二次 while 一次承認."""
        first = Q(first_evaluator=member, status="submitted")
        second = Q(second_evaluator=member, status="first_approved")
        return self.filter(first | second).exclude(member=member)


class GoalQuerySet(RowQuerySet["Goal"]):
    def visible_to(self, member: Member) -> Self:
        """Goals of visible sheets, the shared goals of one's own unit, and those one is asked to help."""
        if member.roles & READS_ALL:
            return self.all()
        sheets = apps.get_model("goals", "GoalSheet").objects.visible_to(member)
        return self.filter(sheet__in=sheets)

    def open(self) -> Self:
        return self.exclude(state__in=("cancelled", "closed"))

    def for_list(self) -> Self:
        """Everything one row of the goal list shows, in one query."""
        return self.select_related("sheet__member", "sheet__cycle", "parent_org_goal", "parent_goal")

    def matching(self, words: str) -> Self:
        found = self
        for word in normalise_for_search(words).split():
            found = found.filter(search__contains=word)
        return found
