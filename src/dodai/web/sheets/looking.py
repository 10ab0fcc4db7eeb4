"""What the pages about a sheet look up, each thing once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dodai.goals import permissions
from dodai.goals.checking import SheetCheck
from dodai.goals.models import Goal, GoalIndicator, GoalSheet
from dodai.goals.wording import sentence
from dodai.organization.http import MemberRequest
from dodai.smart import Finding, Severity
from dodai.web.goals.live import Panel, panel_of
from dodai.web.goals.looking import balance_of

#: Which step of the wizard answers a finding or an obstacle.
_STEP_OF_RULE = {"R01": "work", "R02": "outcome", "M01": "indicator", "M08": "indicator"}
_STEP_OF_OBSTACLE = {"indicator_missing": "indicator"}


def visible_sheets(request: MemberRequest) -> QuerySet[GoalSheet]:
    return GoalSheet.objects.visible_to(request.member).select_related(
        "cycle__policy", "member", "first_evaluator", "second_evaluator"
    )


def find_sheet(request: MemberRequest, pk: int) -> GoalSheet:
    return get_object_or_404(visible_sheets(request), pk=pk)


@dataclass(frozen=True)
class Line:
    """One goal of the sheet as a row."""

    goal: Goal
    measures: list[GoalIndicator]
    panel: Panel | None = None

    @property
    def counted(self) -> list[GoalIndicator]:
        return [row for row in self.measures if row.part == GoalIndicator.Part.MEASURE]


@dataclass(frozen=True)
class Guard:
    """Something that stops 承認申請 or asks for a reason, with the place where it is answered."""

    text: str
    url: str
    place: str
    stops: bool


def lines_of(sheet: GoalSheet, check: SheetCheck | None = None) -> list[Line]:
    """The goals with what a row shows: three queries for any number of goals."""
    goals = (
        sheet.goals.exclude(state=Goal.State.CANCELLED)
        .select_related("parent_org_goal", "parent_goal")
        .prefetch_related(
            Prefetch(
                "goal_indicators",
                GoalIndicator.objects.select_related("indicator_version__indicator"),
            )
        )
        .order_by("number", "pk")
    )
    found = []
    for goal in goals:
        goal.sheet = sheet
        own = check.of(goal) if check else None
        found.append(Line(goal, list(goal.goal_indicators.all()), panel_of(own) if own else None))
    return found


def sums_of(lines: list[Line]) -> dict[str, Any]:
    total = sum(line.goal.weight for line in lines)
    return {
        "weights": {"total": total, "left": 100 - total},
        "balance": balance_of([row for line in lines for row in line.measures]),
    }


def guards_of(sheet: GoalSheet, lines: list[Line], check: SheetCheck) -> list[Guard]:
    """Everything that stands before 承認申請, stoppers first; each leads to its place."""
    by_number = {line.goal.number: line.goal for line in lines}
    stops = [
        Guard(
            sentence(each),
            _place(sheet, by_number.get(each.goal or 0), _STEP_OF_OBSTACLE.get(each.key, "statement")),
            "",
            True,
        )
        for each in check.obstacles
    ]
    asks: list[Guard] = []
    for finding in check.findings:
        _sort_in(finding, f"{reverse('sheets:sheet', args=[sheet.pk])}#goals", _("シート"), stops, asks)
    for line in lines:
        own = check.of(line.goal)
        for finding in own.findings if own else ():
            url = _place(sheet, line.goal, _STEP_OF_RULE.get(finding.rule, "statement"))
            place = _("目標%(number)s") % {"number": line.goal.number}
            _sort_in(finding, url, place, stops, asks)
    return stops + asks


def may(request: MemberRequest, sheet: GoalSheet) -> dict[str, bool]:
    """Which buttons the viewer gets: the predicate about the person and the state of the row."""
    member, is_own = request.member, sheet.member_id == request.member.pk
    approves = (sheet.awaits_first or sheet.awaits_second) and permissions.can_approve(member, sheet)
    return {
        "is_own": is_own,
        "edit": is_own and sheet.is_editable,
        "submit": is_own and sheet.is_editable,
        "withdraw": is_own and sheet.awaits_first,
        "approve": approves,
        "send_back": (sheet.awaits_first or sheet.awaits_second) and permissions.can_send_back(member, sheet),
        "comment": permissions.can_comment(member, sheet),
    }


def stages_of(sheet: GoalSheet) -> dict[str, Any]:
    """The stepper of the sheet: 作成 → 承認待ち → 一次承認 → 運用中."""
    order = ["drafting", "submitted", "first_approved", "running"]
    labels = [_("作成"), _("承認待ち"), _("一次承認"), _("運用中")]
    if sheet.cycle.policy.settings.get("stages") == 1:
        order, labels = [order[0], order[1], order[3]], [labels[0], labels[1], labels[3]]
    status = {"returned": "drafting", "settled": "running", "closed": "running"}.get(
        sheet.status, sheet.status
    )
    place = order.index(status) + 1 if status in order else 1
    return {"labels": labels, "current": place + (1 if status == "running" else 0)}


def _sort_in(finding: Finding, url: str, place: str, stops: list[Guard], asks: list[Guard]) -> None:
    text = _("%(place)s：%(message)s") % {"place": place, "message": finding.message}
    if finding.severity is Severity.ERROR:
        stops.append(Guard(text, url, finding.rule, True))
    elif finding.severity is Severity.WARN:
        asks.append(Guard(text, url, finding.rule, False))


def _place(sheet: GoalSheet, goal: Goal | None, step: str) -> str:
    if goal is None:
        return f"{reverse('sheets:sheet', args=[sheet.pk])}#goals"
    return reverse("goals:step", args=[goal.pk, step])
