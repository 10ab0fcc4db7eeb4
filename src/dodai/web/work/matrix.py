"""重要度×頻度: the picture, the panel beside it, and moving a piece of work in it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dodai.core.numbers import format_number, round_half_up
from dodai.organization.http import MemberRequest
from dodai.web.plots import Matrix
from dodai.web.plots.matrix import Bubble
from dodai.web.work import looking
from dodai.web.work.asked import Asked
from dodai.web.work.forms import PanelForm, VersionForm
from dodai.web.work.looking import Entry, Index
from dodai.web.work.wording import MATRIX_COLUMNS
from dodai.work import actions, permissions, rules
from dodai.work.models import Outcome, WorkItem, WorkItemBackup

_ROWS = (5, 4, 3, 2, 1)


def context(request: MemberRequest, asked: Asked, index: Index) -> dict[str, object]:
    plot = picture(asked, index)
    return {
        "plot": plot,
        "table_url": asked.url(view="table"),
        "versions": " ".join(f"{entry.pk}:{entry.version}" for entry in index.entries if entry.is_placed),
        "unplaced": index.unplaced,
    } | panel_context(request, asked)


def panel_context(request: MemberRequest, asked: Asked, undo: int | None = None) -> dict[str, object]:
    """The chosen piece of work; a stranger's id opens nothing."""
    if asked.item is None:
        return {"chosen": None}
    item = looking.visible_items(request).filter(pk=asked.item).first()
    if item is None:
        return {"chosen": None}
    rights = permissions.rights_of(request.member, [item])
    can_edit = item.is_editable and rights.can_edit(item)
    return {
        "chosen": item,
        "can_edit": can_edit,
        "can_confirm": rights.can_confirm(item) and item.is_editable,
        "panel_form": PanelForm(item=item) if can_edit else None,
        "outcomes": outcomes_of(item),
        "capable": _capable(item),
        "hours": None if item.monthly_hours is None else round_half_up(item.monthly_hours, 1),
        "undo": undo,
        "saved_at": timezone.now() if undo else None,
    }


def outcomes_of(item: WorkItem) -> list[Any]:
    """The outcomes of the work with how each is seen, one query."""
    return list(looking.with_indicators(Outcome.objects.current().filter(work_items=item).order_by("pk")))


def picture(asked: Asked, index: Index) -> Matrix:
    placed = [entry for entry in index.entries if entry.is_placed]
    bubbles = tuple(_bubble(entry, asked) for entry in placed)
    return Matrix(
        bubbles=bubbles,
        columns=tuple(str(MATRIX_COLUMNS[column]) for column in rules.Column),
        summary=_summary(placed),
        cell_url=asked.url(view="table") + _separator(asked) + "column={column}&importance={row}",
    )


@require_POST
def position(request: MemberRequest, pk: int) -> HttpResponse:
    """One address for the panel's selects, the arrow keys and dragging."""
    item = looking.find_editable(request, pk)
    form = PanelForm(request.POST, item=item)
    version = VersionForm.read(request.POST)
    asked = Asked.read(request.GET)
    if not form.is_valid():
        return _panel_with_faults(request, asked, form, pk)
    moves = {"importance", "frequency"}
    values = form.given()
    event = "work_item.placed" if set(values) <= moves else "work_item.edited"
    actions.edit(item, by=request.member, version=version, values=values, event=event)
    here = asked.url(view="matrix", item=pk)
    if not request.htmx:
        return redirect(here)
    return moved(request, pk)


def moved(request: MemberRequest, pk: int, *, fields: bool = False) -> HttpResponse:
    """The picture, and out of band what stands beside it. The fields stay as they are unless asked for:
    one of them may have the focus."""
    asked = replace(Asked.read(request.GET), view="matrix", item=pk)
    index = looking.index_of(request.member, asked)
    undo = looking.last_change(looking.find_item(request, pk), request.member)
    parts = context(request, asked, index) | panel_context(request, asked, undo)
    return render(
        request,
        "work/_moved.html",
        {"asked": asked, "index": index, "with_fields": fields, "query": request.GET.urlencode()} | parts,
    )


def _panel_with_faults(request: MemberRequest, asked: Asked, form: PanelForm, pk: int) -> HttpResponse:
    asked = replace(Asked.read(request.GET), view="matrix", item=pk)
    parts = panel_context(request, asked) | {
        "panel_form": form,
        "asked": asked,
        "query": request.GET.urlencode(),
    }
    return render(
        request, "work/_panel_faults.html" if request.htmx else "work/faults.html", parts, status=422
    )


def _bubble(entry: Entry, asked: Asked) -> Bubble:
    hours = round_half_up(entry.monthly_hours or Decimal(0), 0 if (entry.monthly_hours or 0) >= 10 else 1)
    return Bubble(
        name=entry.name,
        url=asked.url(view="matrix", item=entry.pk),
        column=entry.place or 0,
        row=entry.importance or 1,
        hours=hours,
        spoken=_spoken(entry, hours),
        ring=entry.has_number,
        star=entry.is_to_go,
        warn=entry.rests_on_one,
        selected=entry.pk == asked.item,
    )


def _spoken(entry: Entry, hours: Decimal) -> str:
    said = [
        entry.name,
        _("重要度%(importance)s") % {"importance": entry.importance},
        str(MATRIX_COLUMNS[entry.column]) if entry.column else "",
        _("月%(hours)s時間") % {"hours": format_number(hours)} if entry.annual_hours is not None else "",
        str(WorkItem.Outlook(entry.outlook).label) if entry.is_to_go else "",
        _("担当できる人が1名") if entry.rests_on_one else "",
    ]
    return "、".join(part for part in said if part)


def _summary(placed: list[Entry]) -> str:
    candidates = [entry for entry in placed if entry.quadrant == rules.Quadrant.GOAL]
    hours = sum((entry.monthly_hours or Decimal(0) for entry in candidates), Decimal(0))
    return _(
        "重要度×頻度。%(count)s件のうち、重要度4以上かつ月次以上の業務は%(candidates)s件、月%(hours)s時間"
    ) % {
        "count": len(placed),
        "candidates": len(candidates),
        "hours": format_number(round_half_up(hours, 0)),
    }


def _capable(item: WorkItem) -> list[str]:
    """主担当 and 副担当 by name."""
    backups = WorkItemBackup.objects.filter(work_item=item).select_related("member").order_by("pk")
    return ([item.owner.name] if item.owner else []) + [backup.member.name for backup in backups]


def _separator(asked: Asked) -> str:
    return "&" if "?" in asked.url(view="table") else "?"
