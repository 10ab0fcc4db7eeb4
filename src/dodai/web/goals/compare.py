"""Two people, or two windows, wrote the same goal: mine and theirs beside each other, nothing lost."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from dodai.audit.models import AuditEvent
from dodai.goals.models import Goal
from dodai.organization.http import MemberRequest
from dodai.organization.models import Member
from dodai.web.goals.steps import MODULES
from dodai.web.goals.steps.frame import frame, neighbour, now, saved_answer, step_url

MINE = "mine|"
PICK = "pick|"
_PASSED_ON = frozenset({"csrfmiddlewaretoken", "version", "then", "formula"})


def compare_page(request: MemberRequest, goal: Goal, step: str, data: QueryDict) -> HttpResponse:
    """409 with the choice per field. Where nothing differs the person simply goes on."""
    differences = MODULES[step].compared(goal, data)
    if not differences:
        return _go_on(request, goal, step, data)
    if request.htmx:
        return render(
            request,
            "goals/_conflict.html",
            {"goal": goal, "said": _who(goal), "differences": differences, "action": step_url(goal, step)},
            status=409,
        )
    context = frame(goal, step) | {
        "differences": differences,
        "said": _who(goal),
        "mine": _mine(data),
        "then": "stay" if data.get("then") == "autosave" else data.get("then", "stay"),
    }
    return render(request, "goals/compare.html", context, status=409)


def picked(data: QueryDict) -> QueryDict:
    """The data to write after a choice: fields picked as theirs are left out, so they stay as stored."""
    if not any(name.startswith(PICK) for name in data):
        return data.copy()
    chosen = QueryDict(mutable=True)
    theirs = {
        field
        for name, value in data.items()
        if name.startswith(PICK) and value == "theirs"
        for field in data.getlist(f"fields|{name.removeprefix(PICK)}")
    }
    for name in data:
        if name.startswith(MINE) and name.removeprefix(MINE) not in theirs:
            chosen.setlist(name.removeprefix(MINE), data.getlist(name))
    for name in ("version", "then"):
        if name in data:
            chosen[name] = data.get(name, "")
    return chosen


def _go_on(request: MemberRequest, goal: Goal, step: str, data: QueryDict) -> HttpResponse:
    """Both wrote the same, or the same form was sent twice."""
    if request.htmx:
        return saved_answer(goal, (), now())
    following = {"next": neighbour(step, 1), "skip": neighbour(step, 1), "back": neighbour(step, -1)}
    return redirect(step_url(goal, following.get(data.get("then", "")) or step))


def _mine(data: QueryDict) -> list[tuple[str, str]]:
    return [
        (f"{MINE}{name}", value) for name in data if name not in _PASSED_ON for value in data.getlist(name)
    ]


def _who(goal: Goal) -> dict[str, object]:
    """Who was faster, and when: the last event about the goal or, for weights, its sheet."""
    event = AuditEvent.objects.filter(entity="goal", entity_id=str(goal.pk)).select_related("account").last()
    if event is None:
        return {"name": "", "at": timezone.now()}
    member = Member.objects.filter(account=event.account_id).first() if event.account_id else None
    return {"name": member.name if member else event.actor_label, "at": event.at}
