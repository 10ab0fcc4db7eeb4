"""組織目標 of the period in the order of the organisation, and which of them nobody carries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dodai.core.spans import valid_on
from dodai.cycles.models import Cycle
from dodai.goals import permissions
from dodai.goals.models import Goal, OrgGoal
from dodai.organization.http import MemberRequest
from dodai.organization.models import Member, OrgUnitLine, OrgUnitVersion
from dodai.organization.querysets import units_led_by
from dodai.web.context import current_cycle

#: More than this belongs behind a unit.
MOST_GOALS = 300
_LEVELS = ("company", "headquarters", "department", "section")


@dataclass
class Row:
    """One organisation goal. ``goals`` counts the personal goals below it that the viewer sees."""

    goal: OrgGoal
    is_carried: bool
    goals: int = 0
    children: int = 0


@dataclass
class Branch:
    """A unit with its organisation goals; ``depth`` 0 is the company."""

    pk: int
    name: str
    kind: str
    depth: int
    rows: list[Row] = field(default_factory=list)


@dataclass
class Tree:
    branches: list[Branch]
    is_cut: bool = False

    @property
    def total(self) -> int:
        return sum(len(branch.rows) for branch in self.branches)

    @property
    def uncarried(self) -> int:
        return sum(not row.is_carried for branch in self.branches for row in branch.rows)


@require_safe
def tree(request: MemberRequest) -> HttpResponse:
    cycle = current_cycle(request)
    below = request.GET.get("unit", "")
    unit_id = int(below) if below.isascii() and below.isdigit() and len(below) < 10 else None
    kind = request.GET.get("level", "")
    level = kind if kind in _LEVELS else ""
    on = day_in(cycle)
    drawn = read_tree(cycle, request.member, on, below=unit_id, level=level) if cycle else Tree([])
    return render(
        request,
        "org_goals/tree.html",
        {
            "tree": drawn,
            "unit": next((branch for branch in drawn.branches if branch.pk == unit_id), None),
            "is_narrowed": bool(unit_id or level),
            "levels": _levels(level, unit_id),
            "may_create": may_create(request.member, cycle),
        },
    )


def read_tree(cycle: Cycle, viewer: Member, on: date, *, below: int | None = None, level: str = "") -> Tree:
    """The active organisation goals of a cycle, unit by unit, with a constant number of queries."""
    goals = OrgGoal.objects.visible_to(viewer).of(cycle).active()
    goals = goals.select_related("parent", "owner", "indicator_version").order_by("unit_id", "pk")
    if below is not None:
        goals = goals.filter(unit__in=OrgUnitLine.objects.filter(valid_on(on), ancestor=below).values("unit"))
    if level:
        goals = goals.filter(unit__in=OrgUnitVersion.objects.on(on).filter(kind=level).values("unit"))
    rows = list(goals[: MOST_GOALS + 1])
    shown = rows[:MOST_GOALS]
    carried = _carried(shown)
    visible = _visible_goals(shown, viewer)
    branches = _branches({goal.unit_id for goal in shown}, on)
    for goal in shown:
        branch = branches.get(goal.unit_id)
        if branch is not None:
            branch.rows.append(Row(goal, goal.pk in carried, visible[goal.pk], carried.get(goal.pk, 0)))
    return Tree(list(branches.values()), len(rows) > MOST_GOALS)


def may_create(member: Member, cycle: Cycle | None) -> bool:
    """Whoever heads a unit, and 人事."""
    return cycle is not None and (permissions.is_hr(member) or units_led_by(member).exists())


def day_in(cycle: Cycle | None) -> date:
    """Today, or the nearest day of the cycle: what the units were called then."""
    today = timezone.localdate()
    return today if cycle is None else min(max(today, cycle.period_from), cycle.period_to)


def _carried(goals: list[OrgGoal]) -> dict[int, int]:
    """Organisation goals with something below them: another one, or anybody's goal. Who is not told."""
    ids = [goal.pk for goal in goals]
    found: dict[int, int] = defaultdict(int)
    for parent in OrgGoal.objects.active().filter(parent__in=ids).values_list("parent_id", flat=True):
        found[parent] += 1
    personal = Goal.objects.open().filter(parent_org_goal__in=ids)
    for parent in personal.order_by().values_list("parent_org_goal_id", flat=True).distinct():
        found[parent] += 0
    return found


def _visible_goals(goals: list[OrgGoal], viewer: Member) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    visible = Goal.objects.open_to(viewer).open().filter(parent_org_goal__in=[goal.pk for goal in goals])
    for parent in visible.order_by().values_list("parent_org_goal_id", flat=True):
        counts[parent] += 1
    return counts


def _branches(unit_ids: set[int], on: date) -> dict[int, Branch]:
    """The units in the order of the chart, each with its depth below the company."""
    lines = list(
        OrgUnitLine.objects.filter(valid_on(on), unit__in=unit_ids)
        .order_by("unit_id", "-depth")
        .values_list("unit_id", "ancestor_id")
    )
    known = unit_ids | {ancestor for _, ancestor in lines}
    versions = {
        row.unit_id: row
        for row in OrgUnitVersion.objects.on(on).filter(unit__in=known).select_related("unit")
    }
    places: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for unit, ancestor in lines:
        if ancestor in versions:
            places[unit].append((versions[ancestor].sort_order, versions[ancestor].unit.code))
    ordered = sorted(unit_ids & versions.keys(), key=lambda unit: places[unit])
    return {
        unit: Branch(
            unit, versions[unit].name, versions[unit].get_kind_display(), max(len(places[unit]) - 1, 0)
        )
        for unit in ordered
    }


def _levels(level: str, unit_id: int | None) -> list[dict[str, object]]:
    """すべて, 会社, 本部, 部, 課; the unit stays chosen."""
    names = dict(OrgUnitVersion.Kind.choices)
    keep = f"unit={unit_id}" if unit_id else ""
    items = [("", _("すべて")), *((code, str(names[code])) for code in _LEVELS)]
    return [
        {
            "label": label,
            "url": "?" + "&".join(part for part in (keep, f"level={code}" if code else "") if part),
            "current": code == level,
        }
        for code, label in items
    ]
