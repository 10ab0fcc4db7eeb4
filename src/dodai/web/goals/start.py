"""Four ways into a new goal: from work, from the last period, from an example, from one's own words."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dodai import catalogue
from dodai.core.errors import Refused
from dodai.cycles.models import Cycle
from dodai.goals import actions
from dodai.goals.models import Goal, GoalIndicator, GoalSheet
from dodai.organization.http import MemberRequest
from dodai.organization.models import OrgUnitVersion
from dodai.web.context import current_cycle
from dodai.web.goals import proposals
from dodai.web.goals.inputs import as_input, even_shares
from dodai.web.goals.live import first_words, panel_of
from dodai.web.goals.looking import unit_function
from dodai.web.goals.steps.frame import step_url
from dodai.work.models import WorkItem

WAYS = ("work", "copy", "example", "words")
_WORK_SHOWN, _EARLIER_SHOWN = 40, 30


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """The offers; POST begins one goal and leads into the wizard."""
    cycle = current_cycle(request)
    sheet = own_sheet(request, cycle)
    if request.method == "POST":
        return _begin(request, cycle, sheet)
    return _page(request, cycle, sheet)


@require_http_methods(["GET", "HEAD", "POST"])
def words_check(request: MemberRequest) -> HttpResponse:
    """The check on the first words, with the type and the indicators the product proposes."""
    typed = (request.POST if request.method == "POST" else request.GET).get("typed_as", "").strip()[:300]
    if request.htmx:
        return render(request, "goals/_words.html", _words(request, typed))
    return _page(request, current_cycle(request), own_sheet(request, current_cycle(request)), typed=typed)


def own_sheet(request: MemberRequest, cycle: Cycle | None) -> GoalSheet | None:
    """The person's sheet of the cycle; the latest segment where a transfer made two."""
    if cycle is None:
        return None
    return (
        GoalSheet.objects.of(request.member)
        .in_cycle(cycle)
        .select_related("cycle__policy", "unit")
        .order_by("-segment")
        .first()
    )


def open_own_sheet(request: MemberRequest, cycle: Cycle | None, sheet: GoalSheet | None) -> GoalSheet:
    """The sheet to write on; it is opened with the first goal."""
    if sheet is not None:
        return sheet
    if cycle is None:
        raise Refused(_("公開された期間がまだありません。人事が期間を公開すると、目標を書けます。"))
    return actions.open_sheet(cycle, by=request.member)


def _begin(request: MemberRequest, cycle: Cycle | None, sheet: GoalSheet | None) -> HttpResponse:
    goal = _started(request, open_own_sheet(request, cycle, sheet))
    return redirect(step_url(goal, goal.step))


def _started(request: MemberRequest, sheet: GoalSheet) -> Goal:
    data, by = request.POST, request.member
    if data.get("copy", "").isdecimal():
        earlier = get_object_or_404(Goal.objects.of(by), pk=int(data["copy"]))
        return actions.copy_goal(earlier, sheet, by=by)
    if data.get("example"):
        return _from_example(data["example"], sheet, request)
    if data.get("work", "").isdecimal():
        work = get_object_or_404(WorkItem.objects.visible_to(by).current(), pk=int(data["work"]))
        goal = actions.add_goal(sheet, by=by)
        goal = actions.choose_work(goal, by=by, version=goal.version, work_items=[work])
        return actions.write_goal(goal, by=by, version=goal.version, step=Goal.Step.OUTCOME)
    goal = actions.add_goal(sheet, by=by, typed_as=data.get("typed_as", "").strip()[:300])
    versions = [int(value) for value in data.getlist("indicator") if value.isdecimal()]
    if versions:
        rows = [GoalIndicator(goal=goal, indicator_version_id=version) for version in versions]
        shares = even_shares(len(rows))
        given = [as_input(row, sub_weight=share) for row, share in zip(rows, shares, strict=True)]
        goal = actions.measure(goal, by=by, version=goal.version, indicators=given)
    return goal


def _from_example(example_id: str, sheet: GoalSheet, request: MemberRequest) -> Goal:
    try:
        example = catalogue.goal_example(example_id)
    except LookupError as error:
        raise Refused(_("このひな形はありません。一覧から選び直してください。")) from error
    return actions.adopt_example(sheet, by=request.member, example=example)


def _page(
    request: MemberRequest, cycle: Cycle | None, sheet: GoalSheet | None, *, typed: str | None = None
) -> HttpResponse:
    way = "words" if typed is not None else request.GET.get("start", "work")
    way = way if way in WAYS else "work"
    context: dict[str, Any] = {
        "cycle_now": cycle,
        "sheet": sheet,
        "can_write": sheet is None or sheet.is_editable,
        "way": way,
        "ways": _ways(way),
    }
    context |= _OFFERS[way](request, typed or "")
    return render(request, "goals/new.html", context)


def _ways(now: str) -> list[dict[str, object]]:
    labels = {
        "work": _("業務から"),
        "copy": _("前期から写す"),
        "example": _("ひな形の例から"),
        "words": _("言葉から"),
    }
    return [{"url": f"?start={way}", "label": label, "current": way == now} for way, label in labels.items()]


def _work_offers(request: MemberRequest, _typed: str) -> dict[str, Any]:
    """Own work, the important first, with a mark where a goal of this period already uses it."""
    words = request.GET.get("q", "")
    shown = WorkItem.objects.current().filter(owner=request.member)
    if words:
        shown = shown.matching(words)
    works = list(shown.order_by("-importance", "name", "pk")[:_WORK_SHOWN])
    used = set(
        Goal.work_items.through.objects.filter(
            workitem__in=[work.pk for work in works], goal__sheet__member=request.member
        ).values_list("workitem_id", flat=True)
    )
    return {"works": works, "used": used, "words": words}


def _earlier_offers(request: MemberRequest, _typed: str) -> dict[str, Any]:
    cycle = current_cycle(request)
    goals = Goal.objects.of(request.member).exclude(state=Goal.State.CANCELLED)
    if cycle is not None:
        goals = goals.exclude(sheet__cycle=cycle)
    recent = goals.select_related("sheet__cycle").order_by("-sheet__segment_from", "number")
    return {"earlier": list(recent[:_EARLIER_SHOWN])}


def _example_offers(request: MemberRequest, _typed: str) -> dict[str, Any]:
    function = request.GET.get("f") or function_of(request)
    places = [(place.code, _(place.name)) for place in catalogue.departments()]
    if function not in dict(places):
        function = places[0][0]
    examples = [
        {
            "id": example.id,
            "type": Goal.Type(example.goal_type).label,
            "text": catalogue.with_empty_slots(example),
        }
        for example in catalogue.goal_examples(function)
    ]
    return {"function": function, "functions": places, "examples": examples}


def _words_offers(request: MemberRequest, typed: str) -> dict[str, Any]:
    return _words(request, typed)


def _words(request: MemberRequest, typed: str) -> dict[str, Any]:
    """Findings, the proposed type and indicators for it; the type is changed in one step."""
    asked = request.POST if request.method == "POST" else request.GET
    check = first_words(typed)
    rules = [finding.rule for finding in check.findings]
    function = asked.get("f") or function_of(request)
    chosen = asked.get("type", "") if asked.get("type_of", "") == typed else ""
    proposed = (
        proposals.propose(typed, request.member, function, rules=rules, archetype=chosen) if typed else None
    )
    return {
        "typed": typed,
        "check": check,
        "panel": panel_of(check) if typed else None,
        "proposed": proposed,
        "chosen_indicators": set(asked.getlist("indicator")),
        "function": function,
        "functions": OrgUnitVersion.Function.choices,
    }


def function_of(request: MemberRequest) -> str:
    assignment = request.member.assignments.filter(kind="primary").order_by("-valid_from").first()
    return unit_function(assignment.unit_id) if assignment else ""


_OFFERS = {
    "work": _work_offers,
    "copy": _earlier_offers,
    "example": _example_offers,
    "words": _words_offers,
}
