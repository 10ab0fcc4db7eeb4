"""目標の詳細: why this goal, how it is measured, what it hangs on and what moved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dodai.goals import actions, permissions
from dodai.goals.models import Goal, RemovedGoal
from dodai.organization.http import MemberRequest
from dodai.web.goals.forms import AnswerForm, VersionForm
from dodai.web.goals.history import of_goal
from dodai.web.goals.levels import stored_levels
from dodai.web.goals.looking import Parts, find_for_page, find_goal, find_own
from dodai.web.goals.steps.frame import step_url
from dodai.web.goals.steps.statement import named_dependencies


@require_safe
def goal(request: MemberRequest, pk: int) -> HttpResponse:
    """The page, or the drawer beside a list (``?panel=1``)."""
    found = find_for_page(request, pk)
    context = _page(request, found)
    if request.htmx and request.GET.get("panel"):
        return render(request, "goals/_drawer.html", context)
    return render(request, "goals/goal.html", context)


@require_safe
def history(request: MemberRequest, pk: int) -> HttpResponse:
    """What changed, as differences: loaded when it comes into view, a page of its own without a script."""
    found = find_goal(request, pk)
    if not permissions.can_see_details(request.member, found):
        return redirect("goals:goal", pk=pk)
    context = {"goal": found, "entries": of_goal(found)}
    return render(request, "goals/_history.html" if request.htmx else "goals/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a draft off the sheet; it can be brought back."""
    found = find_own(request, pk)
    if request.method != "POST":
        return redirect("goals:goal", pk=pk)
    removed = actions.remove_goal(found, by=request.member, version=VersionForm.read(request.POST))
    undo = reverse("goals:restoration", args=[removed.pk])
    request.session["removed_goal"] = {"pk": removed.pk, "title": str(found), "undo": undo}
    return redirect("sheets:sheet", pk=found.sheet_id)


@require_POST
def restoration(request: MemberRequest, pk: int) -> HttpResponse:
    """「元に戻す」 after a removal."""
    removed = get_object_or_404(RemovedGoal.objects.filter(sheet__member=request.member), pk=pk)
    sheet_id = removed.sheet_id
    restored = actions.restore_goal(removed, by=request.member)
    request.session.pop("removed_goal", None)
    messages.success(request, _("「%(title)s」を元に戻しました。") % {"title": restored})
    if request.htmx:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return redirect("sheets:sheet", pk=sheet_id)


def _page(request: MemberRequest, found: Goal) -> dict[str, Any]:
    """One context for page and drawer. Colleagues and helpers see title and 達成状態 only."""
    parts = Parts(found)
    is_own = found.sheet.member_id == request.member.pk
    sees_all = is_own or permissions.can_see_details(request.member, found)
    can_edit = is_own and found.is_editable
    today = timezone.localdate()
    context: dict[str, Any] = {
        "goal": found,
        "sheet": found.sheet,
        "is_own": is_own,
        "sees_all": sees_all,
        "can_edit": can_edit,
        "edit_url": step_url(found, found.step) if can_edit else "",
        "days_left": (found.deadline - today).days if found.deadline else None,
        "answerable": {
            row.pk for row in parts.dependencies if not is_own and permissions.can_answer(request.member, row)
        },
        "dependencies": named_dependencies(found),
        "answer_form": AnswerForm(auto_id="answer_%s"),
    }
    if sees_all:
        context |= {
            "links": parts.links(),
            "parts": parts,
            "levels": [(row, stored_levels(row)) for row in parts.measures],
            "has_check": found.state == Goal.State.DRAFT,
        }
    return context
