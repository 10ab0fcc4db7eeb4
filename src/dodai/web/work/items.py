"""One piece of work: its page, its form, its verbs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dodai.core.errors import Conflict, Refused
from dodai.goals.models import Goal
from dodai.organization.http import MemberRequest
from dodai.organization.models import Assignment, Member, OrgUnit
from dodai.organization.querysets import people_led_by
from dodai.organization.reporting import unit_paths
from dodai.web.work import board, looking, matrix
from dodai.web.work.asked import Asked
from dodai.web.work.forms import CellForm, VersionForm, WorkForm
from dodai.web.work.history import Shown, history_of
from dodai.web.work.wording import QUADRANTS, label_of
from dodai.work import actions, permissions, rules
from dodai.work.changes import as_json
from dodai.work.models import WorkItem, WorkItemBackup

_MOST_PEOPLE = 200
_OFFERED = timedelta(minutes=10)  # how long a page offers to take the last change back


@require_safe
def item(request: MemberRequest, pk: int) -> HttpResponse:
    template = "work/_drawer.html" if request.htmx and "panel" in request.GET else "work/item.html"
    return render(request, template, item_context(request, looking.find_item(request, pk)))


def item_context(request: MemberRequest, found: WorkItem) -> dict[str, Any]:
    rights = permissions.rights_of(request.member, [found])
    place = rules.column([found.frequency, *found.more_frequencies])
    quadrant = rules.quadrant(found.importance, place)
    outcomes = matrix.outcomes_of(found)
    goals = list(goals_of(request.member, found)[:5])
    backups = list(WorkItemBackup.objects.filter(work_item=found).select_related("member").order_by("pk"))
    return {
        "item": found,
        "unit_path": unit_paths([found.unit_id], timezone.localdate()).get(found.unit_id, ""),
        "backups": [backup.member for backup in backups],
        "outcomes": outcomes,
        "goals": goals,
        "links": _chain(found, outcomes, goals),
        "quadrant": QUADRANTS[quadrant] if quadrant else "",
        "history": history_of(found),
        "questions": [(name, text, label_of(name)) for name, text in found.open_questions.items()],
        "can_edit": rights.can_edit(found) and found.is_editable,
        "can_restore": rights.can_edit(found) and not found.is_editable,
        "can_confirm": rights.can_confirm(found) and found.is_editable,
        "can_assign": rights.can_assign(found) and found.is_editable,
        "can_take": rights.can_take(found) and found.is_editable,
        "undo": looking.last_change(found, request.member, within=_OFFERED),
    }


def goals_of(member: Member, found: WorkItem) -> QuerySet[Goal]:
    return Goal.objects.visible_to(member).filter(work_items=found).order_by("-pk")


def _chain(found: WorkItem, outcomes: list[Any], goals: list[Goal]) -> list[dict[str, str]]:
    """業務 → 成果 → 指標 → 目標; what is missing is an outlined stone."""
    indicator = next((outcome.indicator_name for outcome in outcomes if outcome.indicator_name), "")
    return [
        {"name": _("業務"), "text": found.name, "url": ""},
        {"name": _("成果"), "text": outcomes[0].sentence if outcomes else "", "url": ""},
        {"name": _("指標"), "text": indicator, "url": ""},
        {"name": _("目標"), "text": str(goals[0]) if goals else "", "url": ""},
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    units = own_units(request.member)
    unit_id = request.POST.get("unit") or request.GET.get("unit") or ""
    unit = next((pk for pk, _name in units if str(pk) == unit_id), units[0][0] if units else None)
    form = WorkForm(request.POST or None)
    context = {"form": form, "units": units, "unit_id": unit}
    if request.method == "POST" and form.is_valid():
        if unit is None:
            raise Refused(
                _("所属する部門がないため、業務を追加できません。人事に所属の登録を依頼してください。")
            )
        owner = None if request.POST.get("owner") == "none" else request.member
        place = get_object_or_404(OrgUnit, pk=unit)
        try:
            made = actions.add(place, by=request.member, owner=owner, values=form.given())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("work:outcomes", pk=made.pk)
    return render(request, "work/new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    found = looking.find_editable(request, pk)
    form = WorkForm(request.POST or None, item=found)
    context: dict[str, Any] = {
        "item": found,
        "form": form,
        "version": found.version,
        "people": people_for(request.member, {found.unit_id}),
        "backup_ids": set(WorkItemBackup.objects.filter(work_item=found).values_list("member", flat=True)),
    }
    if request.method == "POST" and form.is_valid():
        version = VersionForm.read(request.POST)
        try:
            kept = actions.edit(found, by=request.member, version=version, values=form.given())
            _set_backups(request, kept)
        except Conflict as refusal:
            return _compared(request, refusal, context)
        except Refused as refusal:
            if type(refusal) is not Refused:
                raise
            form.add_error(None, str(refusal))
        else:
            return redirect("work:item", pk=pk)
    status = 422 if form.is_bound else 200
    return render(request, "work/edit.html", context, status=status)


def _set_backups(request: MemberRequest, kept: WorkItem) -> None:
    if "backups_shown" not in request.POST:
        return
    ids = {int(each) for each in request.POST.getlist("backups") if each.isdigit()}
    allowed = {pk for pk, _name in people_for(request.member, {kept.unit_id})}
    backups = Member.objects.filter(pk__in=ids & allowed)
    actions.set_backups(kept, by=request.member, version=kept.version, backups=backups)


def _compared(request: MemberRequest, refusal: Conflict, context: dict[str, Any]) -> HttpResponse:
    """What was typed stays in the form; beside it stands what somebody else saved meanwhile."""
    theirs = refusal.theirs
    assert isinstance(theirs, WorkItem)
    typed: dict[str, object] = context["form"].given()
    both = {
        name: [as_json(getattr(theirs, name)), as_json(value)]
        for name, value in typed.items()
        if as_json(getattr(theirs, name)) != as_json(value)
    }
    last = history_of(theirs)[:1]
    context |= {
        "conflict": Shown([both]).differences(both),
        "version": theirs.version,
        "said": last[0] if last else None,
        "message": str(refusal),
    }
    return render(request, "work/edit.html", context, status=409)


@require_POST
def cells(request: MemberRequest, pk: int) -> HttpResponse:
    """One cell of the grid. Without JavaScript the grid links to the form instead."""
    found = looking.find_editable(request, pk)
    form = CellForm(request.POST, item=found)
    if not form.is_valid():
        faults = [str(fault) for faults in form.errors.values() for fault in faults]
        raise Refused(faults[0])
    asked = Asked.read(request.GET)
    version = VersionForm.read(request.POST)
    actions.edit(found, by=request.member, version=version, values=form.cleaned_data["values"])
    if not request.htmx:
        return redirect(asked.url())
    return row_answer(request, pk, asked)


def row_answer(request: MemberRequest, pk: int, asked: Asked) -> HttpResponse:
    undo = looking.last_change(looking.find_item(request, pk), request.member)
    row = board.row_of(request, pk, asked, undo)
    return render(request, "work/_row.html", {"row": row, "asked": asked, "query": request.GET.urlencode()})


@require_POST
def reversal(request: MemberRequest, pk: int) -> HttpResponse:
    """元に戻す: the event is the token, so pressing it late or twice is refused instead of guessed."""
    found = looking.find_editable(request, pk)
    event = request.POST.get("event", "")
    if not event.isdigit():
        raise Refused(_("元に戻す変更がありません。画面を開き直してください。"))
    actions.undo(found, by=request.member, event_id=int(event))
    asked = Asked.read(request.GET)
    if not request.htmx:
        return redirect(asked.url(item=pk) if asked.view == "matrix" else asked.url())
    return (
        matrix.moved(request, pk, fields=True) if asked.view == "matrix" else row_answer(request, pk, asked)
    )


@require_POST
def confirmation(request: MemberRequest, pk: int) -> HttpResponse:
    found = looking.find_item(request, pk)
    actions.confirm(found, by=request.member, version=VersionForm.read(request.POST))
    return _standing(request, pk)


@require_POST
def retirement(request: MemberRequest, pk: int) -> HttpResponse:
    found = looking.find_item(request, pk)
    verb = actions.restore if request.POST.get("back") else actions.retire
    verb(found, by=request.member, version=VersionForm.read(request.POST))
    return _standing(request, pk)


@require_POST
def owner(request: MemberRequest, pk: int) -> HttpResponse:
    """Decide who holds it, or take what nobody holds."""
    found = looking.find_item(request, pk)
    version = VersionForm.read(request.POST)
    if request.POST.get("owner") == "me":
        actions.take(found, by=request.member, version=version)
    else:
        actions.assign(found, by=request.member, version=version, owner=chosen_person(request))
    return _standing(request, pk)


@require_POST
def answers(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer what an import could not read."""
    found = looking.find_editable(request, pk)
    form = CellForm(request.POST, item=found)
    if not form.is_valid():
        raise Refused(next(str(fault) for faults in form.errors.values() for fault in faults))
    version = VersionForm.read(request.POST)
    actions.answer(found, by=request.member, version=version, values=form.cleaned_data["values"])
    return _standing(request, pk)


def _standing(request: MemberRequest, pk: int) -> HttpResponse:
    if request.htmx:
        return render(request, "work/_item.html", item_context(request, looking.find_item(request, pk)))
    return redirect("work:item", pk=pk)


def own_units(member: Member) -> list[tuple[int, str]]:
    """Where the person may write work down: 本務 first, then 兼務."""
    today = timezone.localdate()
    ids = list(
        Assignment.objects.on(today)
        .filter(member=member)
        .order_by("-kind", "pk")
        .values_list("unit", flat=True)
    )
    paths = unit_paths(ids, today)
    return [(pk, paths.get(pk, "")) for pk in dict.fromkeys(ids)]


def people_for(member: Member, units: set[int]) -> list[tuple[int, str]]:
    """Who can hold or stand in for the work of these units: its people and those the person leads."""
    today = timezone.localdate()
    there = Assignment.objects.on(today).filter(unit__in=units).values("member")
    people = Member.objects.employed(today).filter(pk__in=there)
    led = Member.objects.employed(today).filter(pk__in=people_led_by(member, on=today))
    return [(person.pk, person.name) for person in (people | led).distinct()[:_MOST_PEOPLE]]


def chosen_person(request: MemberRequest) -> Member | None:
    """The person picked in a select; empty is 担当者なし."""
    pk = request.POST.get("owner", "")
    if not pk:
        return None
    return get_object_or_404(Member, pk=int(pk) if pk.isdigit() else 0)
