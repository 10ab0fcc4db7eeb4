"""The board of 業務: one set of rows as a table, as a matrix, or as who holds what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from dodai.organization.http import MemberRequest
from dodai.web.work import looking, matrix, overlap
from dodai.web.work.asked import Asked
from dodai.web.work.looking import Choices, Entry, Index
from dodai.web.work.wording import QUADRANTS, columns_of
from dodai.work import permissions, rules
from dodai.work.models import WorkItem

PER_PAGE = 50


GRID_CHOICES = {
    "frequency": WorkItem.Frequency.choices,
    "outlook": WorkItem.Outlook.choices,
    "manual_status": WorkItem.Manual.choices,
}


@dataclass
class Row:
    """One row of the table. ``undo`` is the event that takes the last change of this page back."""

    item: Any  # a WorkItem with what ``looking.rows_of`` annotates
    entry: Entry
    share: Decimal | None
    priority: Decimal | None
    can_edit: bool
    undo: int | None = None

    @property
    def quadrant(self) -> str:
        return str(QUADRANTS[self.entry.quadrant]) if self.entry.quadrant else ""

    @property
    def manual(self) -> str:
        return str(WorkItem.Manual(self.entry.manual).label) if self.entry.manual else ""


@require_safe
def board(request: MemberRequest) -> HttpResponse:
    asked = Asked.read(request.GET)
    index = looking.index_of(request.member, asked)
    choices = looking.choices_for(request.member, asked)
    context = _frame(request, asked, index, choices)
    if asked.view == "matrix":
        context |= matrix.context(request, asked, index)
    elif asked.view == "overlap":
        context |= overlap.context(request, index)
    else:
        context |= table_context(request, asked, index)
    context["undo"] = request.session.pop("work_undo", None)
    return render(request, f"work/{asked.view}.html", context)


def table_context(request: MemberRequest, asked: Asked, index: Index) -> dict[str, object]:
    priorities = priorities_of(index.entries) if asked.columns == "hours" else {}
    page: Page[Entry] = Paginator(sorted_entries(index.entries, asked.sort, priorities), PER_PAGE).get_page(
        asked.page
    )
    items = looking.rows_of(request.member, [entry.pk for entry in page])
    rights = permissions.rights_of(request.member, items)
    entries = {entry.pk: entry for entry in page}
    rows = [
        Row(
            item=item,
            entry=entries[item.pk],
            share=rules.share(entries[item.pk].annual_hours, index.hours),
            priority=priorities.get(item.pk),
            can_edit=item.is_editable and rights.can_edit(item),
        )
        for item in items
    ]
    return {
        "page": page,
        "rows": rows,
        "columns": columns_of(asked),
        "page_hours": sum((row.entry.monthly_hours or Decimal(0) for row in rows), Decimal(0)),
        "page_annual_hours": sum((row.entry.annual_hours or Decimal(0) for row in rows), Decimal(0)),
        "may_confirm": any(rights.can_confirm(item) for item in items),
        "may_assign": any(rights.can_assign(item) for item in items),
        "may_edit": any(row.can_edit for row in rows),
        "grid_choices": GRID_CHOICES,
    }


def row_of(request: MemberRequest, pk: int, asked: Asked, undo: int | None) -> Row:
    """One row as the table shows it, after a cell of it was changed."""
    index = looking.index_of(request.member, asked)
    entry = next((each for each in index.entries if each.pk == pk), None) or looking.entry_of(pk)
    item = looking.rows_of(request.member, [pk])[0]
    rights = permissions.rights_of(request.member, [item])
    priorities = priorities_of([entry]) if asked.columns == "hours" else {}
    can_edit = item.is_editable and rights.can_edit(item)
    share = rules.share(entry.annual_hours, index.hours)
    return Row(item, entry, share, priorities.get(pk), can_edit, undo)


def priorities_of(entries: Sequence[Entry]) -> dict[int, Decimal | None]:
    of_units = looking.hours_of_units({entry.unit_id for entry in entries})
    return {entry.pk: looking.priority_of(entry, of_units[entry.unit_id]) for entry in entries}


def sorted_entries(entries: Sequence[Entry], sort: str, priorities: dict[int, Decimal | None]) -> list[Entry]:
    """Empty values stand last in either direction; equal ones by hours, then by name."""
    key, is_falling = sort.removeprefix("-"), sort.startswith("-")
    value_of: Callable[[Entry], Any] = _SORT_KEYS.get(key) or (lambda entry: priorities.get(entry.pk))
    tied = sorted(entries, key=lambda entry: (-(entry.annual_hours or Decimal(0)), entry.name, entry.pk))
    filled = [entry for entry in tied if value_of(entry) is not None]
    empty = [entry for entry in tied if value_of(entry) is None]
    return sorted(filled, key=value_of, reverse=is_falling) + empty


_SORT_KEYS: dict[str, Callable[[Entry], Any]] = {
    "name": lambda entry: entry.name,
    "frequency": lambda entry: entry.place,
    "importance": lambda entry: entry.importance,
    "hours": lambda entry: entry.annual_hours,
    "people": lambda entry: entry.capable,
    "owner": lambda entry: entry.owner_kana or entry.owner or None,
}


def _frame(request: MemberRequest, asked: Asked, index: Index, choices: Choices) -> dict[str, object]:
    """What the three views share: the switch, the selects, the counters."""
    views = [("table", _("表")), ("matrix", _("マトリクス")), ("overlap", _("部門の重なり"))]
    people = [("me", pgettext("担当", "自分")), ("all", _("全員")), ("none", _("担当者なし"))]
    people += [(str(pk), name) for pk, name in choices.people if pk != request.member.pk]
    return {
        "asked": asked,
        "index": index,
        "views": [
            {"url": asked.url(view=view, item=None), "label": label, "current": view == asked.view}
            for view, label in views
        ],
        "units": choices.units,
        "unit_name": choices.unit_name(asked.unit),
        "people": people,
        "statuses": WorkItem.Status.choices,
        "outlooks": WorkItem.Outlook.choices,
        "lack_outcome_url": asked.url(view="table", lack="outcome"),
        "lack_answer_url": asked.url(view="table", lack="answer"),
        "lack_owner_url": asked.url(view="overlap"),
        "all_url": asked.without_filters(),
        "query": request.GET.urlencode(),
        "column_sets": [
            {
                "url": asked.url(columns=columns, page=asked.page),
                "label": label,
                "current": columns == asked.columns,
            }
            for columns, label in (("people", _("成果と担当")), ("hours", _("時間と優先度")))
        ],
    }
