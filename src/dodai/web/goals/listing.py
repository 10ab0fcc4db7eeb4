"""目標: find goals by scope, filter and words. Every choice stands in the address and can be sent on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dodai.core.spans import valid_on
from dodai.cycles.models import Cycle
from dodai.goals.checking import check_text, checked_text, for_check
from dodai.goals.models import Goal, GoalIndicator, GoalSheet
from dodai.goals.querysets import READS_ALL
from dodai.organization.http import MemberRequest
from dodai.organization.models import Member, OrgUnitLine, OrgUnitVersion
from dodai.organization.querysets import people_led_by, units_led_by
from dodai.web.capped import page_of
from dodai.web.context import current_cycle

SCOPES = ("own", "team", "all")
SORTS = {
    "number": (),  # sheet by sheet
    "deadline": ("deadline", "sheet_id", "number"),
    "weight": ("-weight", "sheet_id", "number"),
}
_UNITS_OFFERED = 300
_CHECKED_AT_MOST = 300  # goals whose check is read to answer 点検の指摘あり


@dataclass(frozen=True)
class Asked:
    """What the address asks for; whatever cannot be read is left out."""

    scope: str = "own"
    cycle: int | None = None
    unit: int | None = None
    goal_type: str = ""
    status: str = ""
    progress: str = ""
    findings: bool = False
    words: str = ""
    sort: str = "number"

    @classmethod
    def read(cls, query: QueryDict) -> Asked:
        return cls(
            scope=query.get("scope", "own") if query.get("scope") in SCOPES else "own",
            cycle=_number(query.get("cycle")),
            unit=_number(query.get("unit")),
            goal_type=_one_of(query.get("type"), Goal.Type.values),
            status=_one_of(query.get("status"), GoalSheet.Status.values),
            progress=_one_of(query.get("progress"), Goal.Progress.values),
            findings=query.get("findings") == "1",
            words=query.get("q", "").strip(),
            sort=query.get("sort", "") if query.get("sort") in SORTS else "number",
        )

    @property
    def is_filtered(self) -> bool:
        return bool(
            self.unit or self.goal_type or self.status or self.progress or self.findings or self.words
        )


@require_safe
def goals(request: MemberRequest) -> HttpResponse:
    asked = Asked.read(request.GET)
    scopes = scopes_of(request.member)
    scope = asked.scope if asked.scope in scopes else "own"
    cycle = _cycle(request, asked)
    found = _found(request.member, asked, scope, cycle)
    page = page_of(request, found)
    rows = _rows(list(page.object_list))
    context: dict[str, Any] = {
        "asked": asked,
        "scope": scope,
        "scopes": _tabs(scopes, scope),
        "page": page,
        "rows": rows,
        "cycle_shown": cycle,
        "types": Goal.Type.choices,
        "statuses": GoalSheet.Status.choices,
        "progresses": Goal.Progress.choices,
        "units": _units(request.member, scope),
        "can_sort": _can_sort(asked, scope),
        "list_url": request.get_full_path(),
        "clear_url": f"{reverse('goals:goals')}?scope={scope}",
        "open": _number(request.GET.get("open")),
        "sheet": _own_sheet(request.member, cycle) if scope == "own" else None,
    }
    return render(request, "goals/_rows.html" if request.htmx else "goals/goals.html", context)


def scopes_of(member: Member) -> tuple[str, ...]:
    """自分 for everyone; 部下 for those who lead; 全社 for 人事 and 監査."""
    scopes = ["own"]
    if people_led_by(member).exists():
        scopes.append("team")
    if member.roles & READS_ALL:
        scopes.append("all")
    return tuple(scopes)


def _found(member: Member, asked: Asked, scope: str, cycle: Cycle | None) -> Any:
    if cycle is None:
        return Goal.objects.none()
    rows = Goal.objects.in_cycle(cycle).exclude(state=Goal.State.CANCELLED)
    if scope == "own":
        rows = rows.of(member)
    elif scope == "team":
        rows = rows.filter(sheet__member__in=people_led_by(member))
    else:
        rows = rows.visible_to(member)
    if asked.unit:
        below = OrgUnitLine.objects.filter(valid_on(timezone.localdate()), ancestor=asked.unit)
        rows = rows.filter(sheet__unit__in=below.values("unit"))
    exact = {
        "goal_type": asked.goal_type,
        "sheet__status": asked.status,
        "progress_status": asked.progress,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if asked.words:
        rows = rows.matching(asked.words)
    rows = rows.select_related("sheet__member")
    order = SORTS[asked.sort if _can_sort(asked, scope) else "number"]
    rows = rows.order_by(*order) if order else rows.sheet_by_sheet()
    return _with_findings(rows) if asked.findings else rows


def _with_findings(rows: QuerySet[Goal]) -> list[Goal]:
    """The goals the check has something to say about, read off the first few hundred of the filter."""
    kept = []
    for goal in for_check(rows)[:_CHECKED_AT_MOST]:
        check = check_text(checked_text(goal)[1], goal=goal)
        if any(finding.severity != "info" for finding in check.findings):
            kept.append(goal.pk)
    return list(rows.filter(pk__in=kept))


def _rows(rows: list[Goal]) -> list[Goal]:
    """The rows of one page with their main measure: one more query for all of them."""
    measures: dict[int, GoalIndicator] = {}
    wanted = GoalIndicator.objects.filter(
        goal__in=[goal.pk for goal in rows], part=GoalIndicator.Part.MEASURE
    )
    for row in wanted.select_related("indicator_version__indicator").order_by("goal_id", "order", "pk"):
        measures.setdefault(row.goal_id, row)
    for goal in rows:
        goal.main_measure = measures.get(goal.pk)  # type: ignore[attr-defined]
    return rows


def _can_sort(asked: Asked, scope: str) -> bool:
    """A whole company is shown in its own order: sorting half a million rows helps nobody."""
    return scope != "all" or bool(asked.unit or asked.words)


def _cycle(request: MemberRequest, asked: Asked) -> Cycle | None:
    if asked.cycle is not None:
        chosen = Cycle.objects.visible_to(request.member).filter(pk=asked.cycle).first()
        if chosen is not None:
            return chosen
    return current_cycle(request)


def _units(member: Member, scope: str) -> list[tuple[int, str]]:
    if scope == "own":
        return []
    versions = OrgUnitVersion.objects.on(timezone.localdate()).order_by("sort_order", "pk")
    if scope == "team":
        versions = versions.filter(unit__in=units_led_by(member))
    return list(versions.values_list("unit_id", "name")[:_UNITS_OFFERED])


def _tabs(scopes: tuple[str, ...], now: str) -> list[dict[str, object]]:
    labels = {"own": _("自分"), "team": _("部下"), "all": _("全社")}
    return [{"url": f"?scope={scope}", "label": labels[scope], "current": scope == now} for scope in scopes]


def _own_sheet(member: Member, cycle: Cycle | None) -> GoalSheet | None:
    if cycle is None:
        return None
    return GoalSheet.objects.of(member).in_cycle(cycle).order_by("-segment").first()


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None


def _one_of(text: str | None, values: list[str]) -> str:
    return text if text in values else ""
