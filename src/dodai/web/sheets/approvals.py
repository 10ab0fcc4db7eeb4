"""承認待ち: the sheets whose next step is mine, one by one or up to fifty at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.goals import actions, permissions
from dodai.goals.checking import check_sheet
from dodai.goals.models import Goal, GoalSheet
from dodai.goals.rules import SHORTEST_REASON
from dodai.organization.http import MemberRequest
from dodai.web.capped import page_of
from dodai.web.goals.forms import VersionForm
from dodai.web.sheets.looking import find_sheet, lines_of, may, sums_of

MOST = 50
_STAGES = {"first": "submitted", "second": "first_approved"}
_SORTS = {"waiting": ("submitted_at", "pk"), "name": ("member__family_kana", "member__given_kana", "pk")}


@require_safe
def approvals(request: MemberRequest) -> HttpResponse:
    waiting = GoalSheet.objects.awaiting(request.member).for_list()
    stage, words = request.GET.get("stage", ""), request.GET.get("q", "").strip()
    shown = waiting.filter(status=_STAGES[stage]) if stage in _STAGES else waiting
    for word in words.split():
        shown = shown.filter(Q(member__search__contains=word) | Q(unit_path__contains=word))
    sort = request.GET.get("sort", "waiting")
    page = page_of(request, shown.order_by(*_SORTS.get(sort, _SORTS["waiting"])))
    rows = list(page.object_list)
    counts = dict(
        Goal.objects.filter(sheet__in=[row.pk for row in rows])
        .exclude(state=Goal.State.CANCELLED)
        .values_list("sheet")
        .annotate(count=Count("pk"))
    )
    for row in rows:
        row.goal_count = counts.get(row.pk, 0)
    context = {
        "page": page,
        "rows": rows,
        "stage": stage if stage in _STAGES else "",
        "words": words,
        "sort": sort if sort in _SORTS else "waiting",
        "is_filtered": bool(words or stage in _STAGES),
    }
    return render(request, "sheets/_approvals.html" if request.htmx else "sheets/approvals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: MemberRequest, pk: int) -> HttpResponse:
    """The sheet beside what the check says and what was set aside; 承認 or 差し戻す."""
    sheet = find_sheet(request, pk)
    if request.method == "POST":
        return _decide(request, sheet)
    if not (sheet.awaits_first or sheet.awaits_second):
        return redirect("sheets:sheet", pk=pk)
    if not permissions.can_send_back(request.member, sheet) and not permissions.can_approve(
        request.member, sheet
    ):
        return redirect("sheets:sheet", pk=pk)
    return _page(request, sheet)


@require_POST
def bulk(request: MemberRequest) -> HttpResponse:
    """承認 or 差し戻す many: first the question with names and count, then all or nothing."""
    asked = [int(value) for value in request.POST.getlist("ids") if value.isdecimal()]
    verb = request.POST.get("verb", "approve")
    if not asked:
        raise Refused(_("目標シートが選ばれていません。一つ以上選んでください。"))
    if len(asked) > MOST:
        raise Refused(_("一度に扱えるのは%(most)s件までです。選び直してください。") % {"most": MOST})
    sheets = list(
        GoalSheet.objects.awaiting(request.member)
        .for_list()
        .filter(pk__in=asked)
        .order_by("submitted_at", "pk")
    )
    if len(sheets) != len(set(asked)):
        raise NotAllowed(_("承認できない目標シートが含まれています。どれも変えていません。"))
    comment = request.POST.get("comment", "")
    faults: list[str] = []
    if request.POST.get("confirmed"):
        faults = _do_many(request, sheets, verb, comment)
        if not faults:
            return redirect("sheets:approvals")
    context = {
        "sheets": sheets,
        "verb": verb,
        "comment": comment,
        "faults": faults,
        "shortest": SHORTEST_REASON,
    }
    return render(request, "sheets/bulk.html", context, status=422 if faults else 200)


def _do_many(request: MemberRequest, sheets: list[GoalSheet], verb: str, comment: str) -> list[str]:
    versions = {sheet.pk: int(request.POST.get(f"version-{sheet.pk}", "0") or 0) for sheet in sheets}
    count = len(sheets)
    try:
        if verb == "return":
            with transaction.atomic():
                for sheet in sheets:
                    actions.send_back(sheet, by=request.member, version=versions[sheet.pk], comment=comment)
            said = ngettext("%(n)s件を差し戻しました。", "%(n)s件を差し戻しました。", count)
        else:
            actions.approve_many(versions, by=request.member, comment=comment)
            said = ngettext("%(n)s件を承認しました。", "%(n)s件を承認しました。", count)
    except NotAllowed:
        raise
    except Refused as refused:
        return [str(refused)]
    messages.success(request, said % {"n": count})
    return []


def _decide(request: MemberRequest, sheet: GoalSheet) -> HttpResponse:
    version, comment = VersionForm.read(request.POST), request.POST.get("comment", "")
    returns = request.POST.get("verb") == "return"
    asks = permissions.can_send_back if returns else permissions.can_approve
    if not asks(request.member, sheet):
        raise NotAllowed(_("この目標シートの次の承認は、あなたの番ではありません。"))
    try:
        if returns:
            actions.send_back(sheet, by=request.member, version=version, comment=comment)
            said = _("%(name)sさんの目標シートを差し戻しました。")
        else:
            actions.approve(sheet, by=request.member, version=version, comment=comment)
            said = _("%(name)sさんの目標シートを承認しました。")
    except NotAllowed:
        raise
    except Conflict as conflict:
        return _page(
            request, find_sheet(request, sheet.pk), faults=[str(conflict)], comment=comment, status=409
        )
    except Refused as refused:
        return _page(
            request, find_sheet(request, sheet.pk), faults=[str(refused)], comment=comment, status=422
        )
    messages.success(request, said % {"name": sheet.member.name})
    following = GoalSheet.objects.awaiting(request.member).order_by("submitted_at", "pk").first()
    if request.POST.get("go_on") and following is not None:
        return redirect("sheets:approval", pk=following.pk)
    return redirect("sheets:approvals")


def _page(
    request: MemberRequest,
    sheet: GoalSheet,
    *,
    faults: list[str] | None = None,
    comment: str = "",
    status: int = 200,
) -> HttpResponse:
    check = check_sheet(sheet)
    lines = lines_of(sheet, check)
    context: dict[str, Any] = {
        "sheet": sheet,
        "may": may(request, sheet),
        "lines": lines,
        "check": check,
        "faults": faults or [],
        "comment": comment,
        "shortest": SHORTEST_REASON,
        "reason": _reason(sheet),
        "back": reverse("sheets:approvals"),
        "notes": list(sheet.comments.select_related("author", "on_behalf_of").order_by("at", "pk")[:100]),
        **sums_of(lines),
    }
    return render(request, "sheets/approval.html", context, status=status)


def _reason(sheet: GoalSheet) -> str:
    """Why 本人 submits in spite of warnings."""
    last = sheet.comments.filter(kind="submitted").order_by("-at").first()
    return last.text if last else ""
