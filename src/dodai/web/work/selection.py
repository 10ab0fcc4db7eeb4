"""What is done to several selected rows at once: all of them, or none."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dodai.core.errors import Refused
from dodai.organization.http import MemberRequest
from dodai.web.work import looking
from dodai.web.work.asked import Asked
from dodai.web.work.items import chosen_person, people_for
from dodai.work import actions

_MOST = 200


@require_POST
def selection(request: MemberRequest) -> HttpResponse:
    """One address for the buttons of the bar. 担当を変更 first asks for the person."""
    selected = _selected(request)
    asked = Asked.read(request.GET)
    match request.POST.get("verb"):
        case "assign":
            if "owner" not in request.POST:
                return _ask_for_person(request, selected)
            actions.assign_together(selected, by=request.member, owner=chosen_person(request))
        case "confirm":
            actions.confirm_together(selected, by=request.member)
        case "reduce" | "stop" | "keep" as outlook:
            actions.set_outlook_together(selected, by=request.member, outlook=outlook)
        case _:
            raise Refused(_("操作が選ばれていません。ボタンを選び直してください。"))
    return redirect(asked.url(page=asked.page))


def _ask_for_person(request: MemberRequest, selected: dict[int, int]) -> HttpResponse:
    items = list(looking.visible_items(request).filter(pk__in=selected).order_by("name"))
    people = people_for(request.member, {item.unit_id for item in items})
    context = {
        "items": items,
        "ids": request.POST.getlist("ids"),
        "people": people,
        "query": request.GET.urlencode(),
        "asked": Asked.read(request.GET),
    }
    return render(request, "work/assign.html", context)


def _selected(request: MemberRequest) -> dict[int, int]:
    """``ids`` carry id and version as 12:3."""
    pairs = [value.partition(":") for value in request.POST.getlist("ids")[:_MOST]]
    return {int(pk): int(version) for pk, _sign, version in pairs if pk.isdigit() and version.isdigit()}
