"""Questions about organisation goals, sheets and goals; who sees what is in ``visibility``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import QuerySet
from django.db.models.expressions import Col
from django.utils import timezone

from dodai.core.rows import RowQuerySet
from dodai.core.spans import valid_on
from dodai.core.text import normalise_for_search
from dodai.goals import visibility
from dodai.goals.visibility import ids_for

if TYPE_CHECKING:
    from dodai.goals.models import Goal, GoalDependency, GoalSheet, OrgGoal  # noqa: F401
    from dodai.organization.models import Delegation, Member

READS_ALL = frozenset({"hr", "hr_head", "auditor"})


def principals_of(member: Member) -> QuerySet[Delegation]:
    """Ids of the people the member acts for today (代理)."""
    delegations: QuerySet[Delegation] = apps.get_model("organization", "Delegation").objects.filter(
        valid_on(timezone.localdate()), delegate=member
    )
    return delegations.values("principal")  # type: ignore[return-value]


class OrgGoalQuerySet(RowQuerySet["OrgGoal"]):
    def visible_to(self, member: Member) -> Self:
        """Where the company goes is everyone's business."""
        return self.all() if member.pk else self.none()

    def active(self) -> Self:
        return self.filter(status="active")

    def of(self, cycle: Any) -> Self:
        return self.filter(cycle=cycle)


class SheetQuerySet(RowQuerySet["GoalSheet"]):
    def visible_to(self, member: Member) -> Self:
        """Your own; those you or the people you act for are named on; those of the people you lead
        today; 人事 and 監査 all. A former supervisor who is not named sees nothing."""
        if member.roles & READS_ALL:
            return self.all()
        return self.filter(pk__in=ids_for(visibility.SHEETS, member))

    def awaiting(self, member: Member) -> Self:
        """Sheets whose next step is this person's, also as 代理: 一次 while 承認待ち, 二次 while 一次承認."""
        return self.filter(pk__in=ids_for(visibility.AWAITING_SHEETS, member)).exclude(member=member)

    def of(self, member: Member) -> Self:
        return self.filter(member=member)

    def in_cycle(self, cycle: Any) -> Self:
        return self.filter(cycle=cycle)

    def for_list(self) -> Self:
        """Everything one row of the approval list shows, in one query."""
        return self.select_related("member", "cycle", "first_evaluator", "second_evaluator")


class GoalQuerySet(RowQuerySet["Goal"]):
    def visible_to(self, member: Member) -> Self:
        """Goals of visible sheets; agreed goals their author shares with the unit; goals that ask the
        member or a unit of theirs for help. The last two show title and 達成状態 only
        (``permissions.can_see_details``)."""
        if member.roles & READS_ALL:
            return self.all()
        return self.filter(pk__in=ids_for(visibility.GOALS, member))

    def open_to(self, member: Member) -> Self:
        """Goals the member may read in full: those of the sheets they see."""
        if member.roles & READS_ALL:
            return self.all()
        return self.filter(sheet__in=ids_for(visibility.SHEETS, member))

    def parents_for(self, sheet: GoalSheet) -> Self:
        """Goals of the sheet's evaluators that a goal may hang below: agreed, shared, of the same cycle."""
        return self.filter(
            sheet__cycle=sheet.cycle_id,
            sheet__member__in=[sheet.first_evaluator_id, sheet.second_evaluator_id],
            is_public=True,
            state="agreed",
        )

    def of(self, member: Member) -> Self:
        return self.filter(sheet__member=member)

    def in_cycle(self, cycle: Any) -> Self:
        return self.filter(sheet__cycle=cycle)

    def open(self) -> Self:
        return self.exclude(state__in=("cancelled", "closed"))

    def sheet_by_sheet(self) -> Self:
        """In the order of the sheets, after ``in_cycle``. The sheet's own key is named, not the copy the
        goal holds: SQLite then walks the sheets of the cycle in order instead of sorting all goals."""
        sheet = apps.get_model("goals", "GoalSheet")._meta
        return self.order_by(Col(sheet.db_table, sheet.get_field("id")).asc(), "number")

    def for_list(self) -> Self:
        """Everything one row of the goal list shows, in one query."""
        return self.select_related("sheet__member", "sheet__cycle", "parent_org_goal", "parent_goal")

    def matching(self, words: str) -> Self:
        found = self
        for word in normalise_for_search(words).split():
            found = found.filter(search__contains=word)
        return found


class DependencyQuerySet(RowQuerySet["GoalDependency"]):
    def visible_to(self, member: Member) -> Self:
        """Those of goals one reads in full, and those that ask oneself or a unit one answers for."""
        if member.roles & READS_ALL:
            return self.all()
        return self.filter(pk__in=ids_for(visibility.DEPENDENCIES, member))

    def awaiting(self, member: Member) -> Self:
        """Requests this person has to answer: named themselves, or as head of the unit."""
        waiting = self.filter(pk__in=ids_for(visibility.AWAITING_DEPENDENCIES, member), answered_at=None)
        return waiting.exclude(goal__sheet__member=member)
