"""What the pages about one goal look up, each thing once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.core.spans import valid_on
from dodai.goals.checking import for_check
from dodai.goals.models import Goal, GoalDependency, GoalIndicator, GoalSheet, Milestone
from dodai.organization.http import MemberRequest
from dodai.organization.models import OrgUnitLine, OrgUnitVersion
from dodai.web.plots import Balance
from dodai.work.models import Outcome, WorkItem


def visible_goals(request: MemberRequest) -> QuerySet[Goal]:
    """With everything the check and the pages read; strangers find nothing."""
    return _read_in_full(Goal.objects.visible_to(request.member))


def _read_in_full(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    return (
        for_check(goals)
        .select_related(
            "sheet__cycle__policy",
            "sheet__member",
            "sheet__first_evaluator",
            "parent_org_goal",
            "parent_goal__sheet__member",
            "copied_from",
        )
        .prefetch_related("goal_indicators__indicator_version__levels")
    )


def find_goal(request: MemberRequest, pk: int) -> Goal:
    return get_object_or_404(visible_goals(request), pk=pk)


def find_for_page(request: MemberRequest, pk: int) -> Goal:
    """The goal for its page: what only the check reads is left out, levels come where there are some."""
    shown = Goal.objects.visible_to(request.member).select_related(
        "sheet__cycle__policy",
        "sheet__member",
        "sheet__first_evaluator",
        "parent_org_goal",
        "parent_goal",
    )
    measures = GoalIndicator.objects.select_related("indicator_version__indicator")
    goal = get_object_or_404(
        shown.prefetch_related(
            Prefetch("goal_indicators", measures), "milestones", "dependencies", "work_items", "outcomes"
        ),
        pk=pk,
    )
    rubrics = [
        row.indicator_version
        for row in goal.goal_indicators.all()
        if row.indicator_version.indicator.kind == "qualitative"
    ]
    if rubrics:
        prefetch_related_objects(rubrics, "levels")
    return goal


def find_own(request: MemberRequest, pk: int) -> Goal:
    """A goal of the person's own; the wizard is nobody else's."""
    return get_object_or_404(_read_in_full(Goal.objects.of(request.member)), pk=pk)


def find_for_saving(request: MemberRequest, pk: int) -> Goal:
    """An own goal with only what saving reads: an autosave is the most frequent request there is."""
    goals = Goal.objects.of(request.member).select_related(
        "sheet__cycle__policy", "sheet__member", "parent_org_goal", "parent_goal"
    )
    measures = GoalIndicator.objects.select_related("indicator_version__indicator")
    return get_object_or_404(
        goals.prefetch_related(Prefetch("goal_indicators", measures), "milestones"), pk=pk
    )


@dataclass
class Parts:
    """The rows around a goal, already read by ``visible_goals``."""

    goal: Goal
    siblings: list[Goal] = field(default_factory=list)

    @cached_property
    def measures(self) -> list[GoalIndicator]:
        return list(self.goal.goal_indicators.all())

    @cached_property
    def milestones(self) -> list[Milestone]:
        return list(self.goal.milestones.all())

    @cached_property
    def dependencies(self) -> list[GoalDependency]:
        return list(self.goal.dependencies.all())

    @cached_property
    def works(self) -> list[WorkItem]:
        return list(self.goal.work_items.all())

    @cached_property
    def outcomes(self) -> list[Outcome]:
        return list(self.goal.outcomes.all())

    @property
    def sheet(self) -> GoalSheet:
        return self.goal.sheet

    def links(self, urls: dict[str, str] | None = None) -> list[dict[str, str]]:
        """The chain 業務 → 成果 → 指標 → 上位目標 for the stones."""
        goal, urls = self.goal, urls or {}
        parent = goal.parent_org_goal or goal.parent_goal
        texts = {
            _("業務"): ("work", "、".join(work.name for work in self.works)),
            _("成果"): ("outcome", "、".join(outcome.sentence for outcome in self.outcomes)),
            _("指標"): ("indicator", "、".join(row.indicator_version.name for row in self.measures)),
            _("上位目標"): ("parent", str(parent) if parent else ""),
        }
        return [
            {"name": name, "text": text, "url": urls.get(key, "") if text else ""}
            for name, (key, text) in texts.items()
        ]


def unit_function(unit_id: int) -> str:
    """総務, 人事 … of the unit itself, else of the nearest one above that has a function."""
    today = timezone.localdate()
    depths = dict(
        OrgUnitLine.objects.filter(valid_on(today), unit=unit_id).values_list("ancestor_id", "depth")
    )
    known = OrgUnitVersion.objects.on(today).filter(unit__in=depths)
    functions = known.exclude(function=OrgUnitVersion.Function.OTHER).values_list("unit_id", "function")
    return min(functions, key=lambda pair: depths[pair[0]], default=(0, ""))[1]


def balance_of(rows: list[GoalIndicator]) -> Balance:
    """定量:定性 by the number of measures that count."""
    used = [row for row in rows if row.part == GoalIndicator.Part.MEASURE]
    quantitative = sum(row.indicator_version.indicator.kind == "quantitative" for row in used)
    return Balance(quantitative, len(used) - quantitative)
