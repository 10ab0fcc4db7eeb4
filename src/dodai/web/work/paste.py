"""Pasting a block of cells: looked through first, written only when confirmed, taken back in one step."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dodai.core.errors import Refused
from dodai.organization.http import MemberRequest
from dodai.web.work import looking
from dodai.web.work.asked import Asked
from dodai.web.work.clipboard import FIELDS, Block, Desk, Read, block_of, read
from dodai.web.work.forms import GRID_FIELDS
from dodai.web.work.history import Shown
from dodai.web.work.items import own_units
from dodai.work import actions
from dodai.work.comparison import Kind, RowPlan, compare
from dodai.work.sheet_rows import RowsRefused, WorkRow


@dataclass
class Line:
    """One row of the preview."""

    number: int
    name: str
    kind: str
    changes: list[dict[str, str]] = field(default_factory=list)
    fault: str = ""
    column: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass
class Preview:
    rows: list[WorkRow]
    lines: list[Line]
    digest: str

    @property
    def counts(self) -> Counter[str]:
        return Counter(line.kind for line in self.lines)

    @property
    def faults(self) -> int:
        return self.counts[Kind.FAULT]

    @property
    def writes(self) -> int:
        return self.counts[Kind.ADD] + self.counts[Kind.CHANGE]


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: MemberRequest) -> HttpResponse:
    """Writes nothing. GET shows the box to paste into."""
    if request.method != "POST":
        return render(request, "work/paste.html", {"asked": Asked.read(request.GET), "fields": FIELDS})
    try:
        seen = _look(request, request.POST)
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        parts = _parts(request) | {"error": str(refusal)}
        return render(request, "work/paste.html", parts, status=422)
    return render(request, "work/preview.html", _parts(request) | {"preview": seen})


@require_POST
def imported(request: MemberRequest) -> HttpResponse:
    """Writes what the preview showed; when something changed since, it is shown again instead."""
    seen = _look(request, request.POST)
    parts = _parts(request) | {"preview": seen}
    if seen.faults:
        return render(request, "work/preview.html", parts, status=422)
    if seen.digest != request.POST.get("digest"):
        return render(request, "work/preview.html", parts | {"has_changed": True}, status=409)
    try:
        done = actions.import_rows(seen.rows, by=request.member)
    except RowsRefused:
        return render(
            request,
            "work/preview.html",
            _parts(request) | {"preview": _look(request, request.POST)},
            status=422,
        )
    if done.events:
        request.session["work_undo"] = {
            "token": "-".join(map(str, done.events)),
            "text": _("追加%(added)s件、更新%(changed)s件を取り込みました。")
            % {"added": len(done.added), "changed": len(done.changed)},
        }
    return redirect(Asked.read(request.GET).url())


@require_POST
def import_reversal(request: MemberRequest, token: str) -> HttpResponse:
    """元に戻す for a whole paste or a taken template."""
    events = [int(part) for part in token.split("-") if part.isdigit()]
    count = actions.undo_import(by=request.member, event_ids=events)
    if request.htmx:
        return render(request, "work/_import_undone.html", {"count": count})
    return redirect("work:board")


def _look(request: MemberRequest, data: QueryDict) -> Preview:
    asked = Asked.read(request.GET)
    columns = [name for name in data.get("columns", "").split(",") if name in GRID_FIELDS]
    items = [int(part) for part in data.get("items", "").split(",") if part.isdigit()]
    block = block_of(data.get("text", ""), columns=columns, items=items)
    found = read(block, _desk(request, asked, block))
    plans = compare(found.rows, by=request.member)
    return Preview(found.rows, _lines(found, plans), _digest(plans, found))


def _desk(request: MemberRequest, asked: Asked, block: Block) -> Desk:
    mine = own_units(request.member)
    units = dict(looking.choices_for(request.member, asked).units) | dict(mine)
    unit = asked.unit if asked.unit in units else (mine[0][0] if mine else None)
    if unit is None:
        raise Refused(_("所属する部門がないため、取り込めません。人事に所属の登録を依頼してください。"))
    place = block.columns.get("item")
    named = [row[place] for row in block.rows if place is not None and place < len(row)]
    ids = {*block.items, *(int(text) for text in named if text.strip().isdigit())}
    visible = looking.visible_items(request).filter(pk__in=ids).values_list("pk", flat=True)
    owner = request.member.pk if asked.whose == "me" else None
    return Desk.for_(units, unit=unit, owner=owner, items=list(visible))


def _lines(found: Read, plans: Sequence[RowPlan]) -> list[Line]:
    shown = Shown([plan.changes for plan in plans])
    lines = [
        Line(fault.line, found.names.get(fault.line, ""), Kind.FAULT, fault=fault.message, column=fault.field)
        for fault in found.faults
    ]
    for plan in plans:
        changes = shown.differences(plan.changes) if plan.kind is Kind.CHANGE else []
        lines.append(
            Line(
                plan.row.line,
                plan.row.name,
                plan.kind,
                changes,
                fault=plan.fault.message if plan.fault else "",
                notes=found.notes.get(plan.row.line, []),
            )
        )
    return sorted(lines, key=lambda line: line.number)


def _digest(plans: Sequence[RowPlan], found: Read) -> str:
    """What was shown, so that nothing else is written: kinds, differences and versions."""
    said = [
        (plan.row.line, plan.kind, plan.changes, plan.item.version if plan.item and plan.item.pk else 0)
        for plan in plans
    ]
    return hashlib.sha256(json.dumps([said, len(found.faults)], default=str).encode()).hexdigest()


def _parts(request: MemberRequest) -> dict[str, object]:
    return {
        "asked": Asked.read(request.GET),
        "fields": FIELDS,
        "text": request.POST.get("text", ""),
        "columns": request.POST.get("columns", ""),
        "items": request.POST.get("items", ""),
        "query": request.GET.urlencode(),
    }
