"""目標シート: the goals of one person in one table, their weights, and the way through 承認."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.goals import actions, permissions
from dodai.goals.checking import check_sheet
from dodai.goals.models import GoalSheet
from dodai.organization.http import MemberRequest
from dodai.web.context import current_cycle
from dodai.web.goals.forms import VersionForm, WeightForm
from dodai.web.goals.history import of_sheet
from dodai.web.goals.start import open_own_sheet, own_sheet
from dodai.web.sheets import versions
from dodai.web.sheets.looking import find_sheet, guards_of, lines_of, may, stages_of, sums_of


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: MemberRequest) -> HttpResponse:
    """The sheet of the period; before the first goal a page that offers to begin it."""
    cycle = current_cycle(request)
    sheet = own_sheet(request, cycle)
    if sheet is None and request.method == "POST":
        sheet = open_own_sheet(request, cycle, sheet)
    if sheet is not None:
        return redirect("sheets:sheet", pk=sheet.pk)
    return render(request, "sheets/none.html", {"cycle_now": cycle})


@require_safe
def sheet(request: MemberRequest, pk: int) -> HttpResponse:
    return _page(request, find_sheet(request, pk))


@require_POST
def weights(request: MemberRequest, pk: int) -> HttpResponse:
    """The weights of all goals at once; the sum follows while typing, the boxes are never swapped."""
    found = find_sheet(request, pk)
    if not permissions.can_write(request.member, found):
        raise NotAllowed(_("ウェイトを変えられるのは本人だけです。"))
    typed, faults = _typed_weights(request)
    if request.htmx and request.POST.get("then") == "sum":
        total = sum(typed.values())
        return render(request, "goals/_weight_sum.html", {"weights": {"total": total, "left": 100 - total}})
    if faults:
        return _page(request, found, faults=faults, status=422)
    try:
        actions.set_weights(found, by=request.member, version=VersionForm.read(request.POST), weights=typed)
    except Conflict as conflict:
        return _page(request, find_sheet(request, pk), faults=[str(conflict)], typed=typed, status=409)
    except NotAllowed:
        raise
    except Refused as refused:
        return _page(request, found, faults=[str(refused)], typed=typed, status=422)
    messages.success(request, _("ウェイトを保存しました。"))
    return redirect("sheets:sheet", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: MemberRequest, pk: int) -> HttpResponse:
    """承認申請, with reasons where the check warns."""
    found = find_sheet(request, pk)
    if found.member_id != request.member.pk:
        raise Http404
    if request.method != "POST":
        return redirect(f"{reverse('sheets:sheet', args=[pk])}#submission")
    reason = request.POST.get("reason", "")
    try:
        actions.submit(found, by=request.member, version=VersionForm.read(request.POST), reason=reason)
    except Conflict as conflict:
        fresh = find_sheet(request, pk)
        if fresh.awaits_first:
            return redirect("sheets:sheet", pk=pk)
        return _page(request, fresh, faults=[str(conflict)], reason=reason, status=409)
    except Refused as refused:
        return _page(
            request, find_sheet(request, pk), faults=str(refused).split("\n"), reason=reason, status=422
        )
    request.session["undo_sheet"] = pk
    messages.success(request, _("目標シートの承認を申請しました。承認されるまでは取り下げられます。"))
    return redirect("sheets:sheet", pk=pk)


@require_POST
def withdrawal(request: MemberRequest, pk: int) -> HttpResponse:
    found = find_sheet(request, pk)
    if not permissions.can_withdraw(request.member, found):
        raise NotAllowed(_("取り下げられるのは本人だけです。"))
    try:
        actions.withdraw(found, by=request.member, version=VersionForm.read(request.POST))
    except Conflict as conflict:
        fresh = find_sheet(request, pk)
        if not fresh.is_editable:
            return _page(request, fresh, faults=[str(conflict)], status=409)
    messages.success(request, _("承認申請を取り下げました。目標を直して、もう一度申請できます。"))
    return redirect("sheets:sheet", pk=pk)


@require_POST
def comments(request: MemberRequest, pk: int) -> HttpResponse:
    found = find_sheet(request, pk)
    text = request.POST.get("text", "")
    try:
        actions.comment(found, by=request.member, text=text)
    except NotAllowed:
        raise
    except Refused as refused:
        return _page(request, found, faults=[str(refused)], status=422)
    return redirect(f"{reverse('sheets:sheet', args=[pk])}#comments")


@require_safe
def version(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """A frozen version as it was agreed, and what is different today."""
    found = find_sheet(request, pk)
    frozen = get_object_or_404(found.versions.select_related("frozen_by"), number=number)
    context = {
        "sheet": found,
        "frozen": frozen,
        "goals": versions.goals_of(frozen.body),
        "differences": versions.differences(frozen.body, found),
        "back": reverse("sheets:sheet", args=[pk]),
    }
    return render(request, "sheets/version.html", context)


@require_safe
def history(request: MemberRequest, pk: int) -> HttpResponse:
    found = find_sheet(request, pk)
    context = {"sheet": found, "entries": of_sheet(found)}
    return render(request, "goals/_history.html" if request.htmx else "sheets/history.html", context)


def _page(
    request: MemberRequest,
    found: GoalSheet,
    *,
    faults: list[str] | None = None,
    reason: str = "",
    typed: dict[int, int] | None = None,
    status: int = 200,
) -> HttpResponse:
    allowed = may(request, found)
    check = check_sheet(found) if found.is_editable or found.awaits_first or found.awaits_second else None
    lines = lines_of(found, check)
    for line in lines:
        if typed and line.goal.pk in typed:
            line.goal.weight = typed[line.goal.pk]
    context: dict[str, Any] = {
        "sheet": found,
        "may": allowed,
        "lines": lines,
        "check": check,
        "guards": guards_of(found, lines, check) if check and allowed["submit"] else [],
        "stages": stages_of(found),
        "faults": faults or [],
        "reason": reason,
        "notes": list(found.comments.select_related("author", "on_behalf_of").order_by("at", "pk")[:100]),
        "versions": list(found.versions.defer("body", "policy").order_by("-number")),
        "removed": request.session.pop("removed_goal", None) if allowed["edit"] else None,
        "can_undo": request.session.pop("undo_sheet", None) == found.pk and allowed["withdraw"],
        **sums_of(lines),
    }
    context["needs_reason"] = any(not guard.stops for guard in context["guards"])
    context["is_stopped"] = any(guard.stops for guard in context["guards"])
    return render(request, "sheets/sheet.html", context, status=status)


def _typed_weights(request: MemberRequest) -> tuple[dict[int, int], list[str]]:
    """``weight-12=25`` for each goal; what cannot be read is said, and nothing is written."""
    typed: dict[int, int] = {}
    faults: list[str] = []
    for name, value in request.POST.items():
        prefix, _sep, pk = name.partition("-")
        if prefix != "weight" or not pk.isdecimal():
            continue
        form = WeightForm({"weight": value or "0"})
        if form.is_valid():
            typed[int(pk)] = form.cleaned_data["weight"] or 0
        else:
            faults += [str(error) for error in form.errors["weight"]]
    return typed, faults
