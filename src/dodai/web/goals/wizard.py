"""目標の作成: five steps on five pages of one address pattern, autosaved, taken up where they were left."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dodai.core.errors import Conflict, Refused
from dodai.goals import actions, permissions
from dodai.goals.models import Goal
from dodai.organization.http import MemberRequest
from dodai.web.goals.compare import compare_page, picked
from dodai.web.goals.forms import VersionForm
from dodai.web.goals.live import live_context, stored_panel
from dodai.web.goals.looking import find_for_saving, find_goal, find_own
from dodai.web.goals.rewriting import rewrite_of
from dodai.web.goals.steps import MODULES
from dodai.web.goals.steps.frame import STEPS, Saved, frame, neighbour, now, saved_answer, step_url

_ANSWERED = ("add", "add_counter", "add_reference", "remove")


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """One step. ``then`` says what the pressed button means: next, back, stay, autosave, skip, use."""
    if name not in MODULES:
        raise Http404
    is_saving = request.method == "POST"
    goal = find_for_saving(request, pk) if is_saving else find_own(request, pk)
    if not goal.is_editable:
        return redirect("goals:goal", pk=goal.pk)
    return _write(request, goal, name) if is_saving else _page(request, goal, name)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_check(request: MemberRequest, pk: int) -> HttpResponse:
    """GET: what the check says about the goal as it is stored, for everyone who reads it in full.
    POST: the panel for what is typed now; nothing is written. Without htmx the whole page, as typed."""
    if request.method != "POST":
        return _stored_check(request, find_goal(request, pk))
    goal = find_own(request, pk)
    if request.htmx:
        return render(request, "goals/_live.html", live_context(goal, request.POST))
    return _page(request, goal, Goal.Step.STATEMENT, request.POST)


def _stored_check(request: MemberRequest, goal: Goal) -> HttpResponse:
    if not permissions.can_see_details(request.member, goal):
        raise Http404
    context = {"goal": goal, "panel": stored_panel(goal)}
    return render(request, "goals/_stored_check.html" if request.htmx else "goals/stored_check.html", context)


def _write(request: MemberRequest, goal: Goal, name: str) -> HttpResponse:
    data = picked(request.POST)
    then = data.get("then", "stay")
    module = MODULES[name]
    version = VersionForm.read(data)
    if then == "use":
        data["statement"] = rewrite_of(live_context(find_own(request, goal.pk), data)["goal"], data).text
    try:
        saved = module.save(goal, data, by=request.member, version=version)
        if then in ("next", "skip"):
            return _go_on(request, saved, name, data)
        if then == "back" and (before := neighbour(name, -1)):
            return redirect(step_url(goal, before))
    except Conflict:
        return compare_page(request, find_own(request, goal.pk), name, data)
    except Refused as refused:
        if request.htmx:
            return saved_answer(goal, [str(refused)], "")
        return _page(request, find_own(request, goal.pk), name, data, faults=[str(refused)])
    if request.htmx:
        return saved_answer(saved.goal, saved.problems, now())
    if saved.problems:
        return _page(request, find_own(request, goal.pk), name, data, faults=list(saved.problems))
    return _stay(goal, name, data)


def _go_on(request: MemberRequest, saved: Saved, name: str, data: QueryDict) -> HttpResponse:
    """次へ is never dead: what is missing is said, and everything readable is already saved."""
    fresh = find_own(request, saved.goal.pk)
    faults = list(saved.problems)
    if data.get("then") == "next":
        faults = MODULES[name].missing(fresh, data) or faults
    following = neighbour(name, 1)
    if faults:
        return _page(request, fresh, name, data, faults=faults)
    if following is None:
        return redirect("sheets:sheet", pk=fresh.sheet_id)
    if STEPS.index(fresh.step) < STEPS.index(following):
        actions.write_goal(fresh, by=request.member, version=fresh.version, step=following)
    return redirect(step_url(fresh, following))


def _stay(goal: Goal, name: str, data: QueryDict) -> HttpResponse:
    """Back to the same step, with the search that stood in the library."""
    kept = {key: data[key] for key in ("q", "f", "kind", "type") if data.get(key)}
    place = "#chosen" if any(key in data for key in _ANSWERED) else ""
    return redirect(f"{step_url(goal, name)}{'?' + urlencode(kept) if kept else ''}{place}")


def _page(
    request: MemberRequest,
    goal: Goal,
    name: str,
    data: QueryDict | None = None,
    *,
    faults: list[str] | None = None,
) -> HttpResponse:
    module = MODULES[name]
    context: dict[str, Any] = frame(goal, name) | module.context(request, goal, data)
    context |= {"faults": faults or [], "can_skip": bool(faults) and name in STEPS[:3], "at": ""}
    context["saved_at"] = now() if data is not None else ""
    if request.htmx and name == Goal.Step.INDICATOR:
        return render(request, "goals/_library_found.html", context)
    return render(request, module.template, context, status=422 if faults else 200)
