"""Questions about organisation goals, sheets and goals.

What a person may see is a union of small indexed look-ups, never one condition joined by OR: both
databases then read only the person's own rows, however large the company is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from dodai.core.rows import RowQuerySet
from dodai.core.spans import valid_on
from dodai.core.text import normalise_for_search
from dodai.organization.querysets import people_led_by, units_led_by

if TYPE_CHECKING:
    from dodai.goals.models import Goal, GoalDependency, GoalSheet, OrgGoal  # noqa: F401
    from dodai.organization.models import Assignment, Delegation, Member

READS_ALL = frozenset({"hr", "hr_head", "auditor"})

#: A goal is shown to colleagues only once it was agreed; nobody reads over the shoulder.
SHOWN_TO_COLLEAGUES = ("agreed", "settled", "evaluated", "closed")


def principals_of(member: Member) -> QuerySet[Delegation]:
    """Ids of the people the member acts for today (代理)."""
    delegations: QuerySet[Delegation] = apps.get_model("organization", "Delegation").objects.filter(
        valid_on(timezone.localdate()), delegate=member
    )
    return delegations.values("principal")  # type: ignore[return-value]


def units_of(member: Member) -> QuerySet[Assignment]:
    """Ids of the units the member belongs to today, by 本務 or 兼務."""
    assignments: QuerySet[Assignment] = apps.get_model("organization", "Assignment").objects.filter(
        valid_on(timezone.localdate()), member=member
    )
    return assignments.values("unit")  # type: ignore[return-value]


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
        every = self.model._default_manager
        acted_for = principals_of(member)
        return self.filter(
            pk__in=_union(
                every.filter(member=member),
                every.filter(first_evaluator=member),
                every.filter(second_evaluator=member),
                every.filter(first_evaluator__in=acted_for),
                every.filter(second_evaluator__in=acted_for),
                every.filter(member__in=people_led_by(member)),
            )
        )

    def awaiting(self, member: Member) -> Self:
        """Sheets whose next step is this person's, also as 代理: 一次 while 承認待ち, 二次 while 一次承認."""
        every = self.model._default_manager
        acted_for = principals_of(member)
        first, second = every.filter(status="submitted"), every.filter(status="first_approved")
        steps = _union(
            first.filter(first_evaluator=member),
            first.filter(first_evaluator__in=acted_for),
            second.filter(second_evaluator=member),
            second.filter(second_evaluator__in=acted_for).exclude(first_approved_by=member),
        )
        return self.filter(pk__in=steps).exclude(member=member)

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
        every = self.model._default_manager
        shared = every.filter(is_public=True, state__in=SHOWN_TO_COLLEAGUES, sheet__unit__in=units_of(member))
        asked = [part.values("goal") for part in _dependencies_on(member)]
        return self.filter(pk__in=_union(every.all().open_to(member), shared, *asked))

    def open_to(self, member: Member) -> Self:
        """Goals the member may read in full: those of the sheets they see."""
        if member.roles & READS_ALL:
            return self.all()
        return self.filter(sheet__in=_sheets().visible_to(member).values("pk"))

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
        goals = apps.get_model("goals", "Goal").objects.open_to(member)
        every = self.model._default_manager
        mine = every.filter(goal__in=goals.values("pk"))
        return self.filter(pk__in=_union(mine, *_dependencies_on(member)))

    def awaiting(self, member: Member) -> Self:
        """Requests this person has to answer: named themselves, or as head of the unit."""
        every = self.model._default_manager
        named = every.filter(member=member, agreement="pending")
        led = every.filter(unit__in=units_led_by(member), member=None, agreement="pending")
        return self.filter(pk__in=_union(named, led), answered_at=None).exclude(goal__sheet__member=member)


def _union(*parts: QuerySet[Any]) -> QuerySet[Any]:
    """Ids of any of the parts; a part that already chose its column keeps it."""
    first, *rest = [part.order_by() if part._fields else part.order_by().values("pk") for part in parts]  # type: ignore[attr-defined]
    return first.union(*rest)


def _sheets() -> SheetQuerySet:
    sheets: SheetQuerySet = apps.get_model("goals", "GoalSheet").objects.all()
    return sheets


def _dependencies_on(member: Member) -> tuple[QuerySet[GoalDependency], ...]:
    every = apps.get_model("goals", "GoalDependency").objects
    return (
        every.filter(member=member),
        every.filter(unit__in=units_of(member)),
        every.filter(unit__in=units_led_by(member)),
    )
