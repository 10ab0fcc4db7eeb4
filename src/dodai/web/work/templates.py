"""ひな形から選ぶ: a department's usual work, ticked and taken as drafts."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dodai import catalogue
from dodai.audit.models import AuditEvent
from dodai.organization.http import MemberRequest
from dodai.organization.models import OrgUnit, OrgUnitVersion
from dodai.web.work import looking
from dodai.web.work.asked import Asked
from dodai.web.work.items import own_units
from dodai.work import actions
from dodai.work.models import WorkItem
from dodai.work.sheet_rows import name_of_work


@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: MemberRequest) -> HttpResponse:
    asked = Asked.read(request.GET)
    units = dict(own_units(request.member)) | dict(looking.choices_for(request.member, asked).units)
    unit = _unit(request, units)
    if request.method == "POST":
        return _take(request, unit)
    code = _department(request, unit)
    try:
        department = catalogue.department(code)
    except LookupError:
        raise Http404 from None
    current = WorkItem.objects.current().filter(unit=unit).values_list("catalogue_id", "name")
    taken = {catalogue_id for catalogue_id, _name in current if catalogue_id}
    names = {name_of_work(name) for _id, name in current}
    return render(
        request,
        "work/templates.html",
        {
            "departments": [
                {
                    "url": f"?department={each.code}&unit={unit or ''}",
                    "label": _(each.name),
                    "current": each.code == code,
                    "count": len(catalogue.tasks(each.code)),
                }
                for each in catalogue.departments()
            ],
            "department": department,
            "groups": _groups(code, taken, names),
            "units": sorted(units.items(), key=lambda each: each[1]),
            "unit": unit,
        },
    )


def _take(request: MemberRequest, unit: int | None) -> HttpResponse:
    place = get_object_or_404(OrgUnit, pk=unit or 0)
    owner = None if request.POST.get("owner") == "none" else request.member
    items = actions.take_from_template(
        place, by=request.member, owner=owner, template_ids=request.POST.getlist("templates")
    )
    if items:
        event = AuditEvent.objects.filter(
            name="work_items.taken_from_template", account=request.member.account, entity_id=str(place.pk)
        ).order_by("-sequence")[0]
        text = _("ひな形から%(count)s件を下書きに追加しました。") % {"count": len(items)}
        request.session["work_undo"] = {"token": str(event.pk), "text": text}
    asked = Asked() if owner else Asked(unit=place.pk)
    return redirect(asked.url())


def _unit(request: MemberRequest, units: dict[int, str]) -> int | None:
    text = request.POST.get("unit") or request.GET.get("unit") or ""
    if text.isdigit() and int(text) in units:
        return int(text)
    return next(iter(units), None)


def _department(request: MemberRequest, unit: int | None) -> str:
    """The chosen one, else the one whose function the unit has."""
    if code := request.GET.get("department", ""):
        return code
    functions = (
        OrgUnitVersion.objects.filter(unit=unit).order_by("-valid_from").values_list("function", flat=True)
    )
    codes = [department.code for department in catalogue.departments()]
    return next((code for code in functions[:1] if code in codes), codes[0])


def _groups(
    code: str, taken: set[str], names: set[str]
) -> list[tuple[str, list[tuple[catalogue.TaskTemplate, bool]]]]:
    """By 大分類, each 業務 with whether the unit has it already."""
    groups: dict[str, list[tuple[catalogue.TaskTemplate, bool]]] = {}
    for task in catalogue.tasks(code):
        has = task.id in taken or name_of_work(task.name) in names
        groups.setdefault(task.category, []).append((task, has))
    return list(groups.items())
