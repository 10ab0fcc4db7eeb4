"""Work that nobody looked at for twelve months asks to be looked at again."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from dodai.audit.models import record
from dodai.work.models import WorkItem

_AT_ONCE = 200  # events take the lock of the audit chain, so other writers get their turn in between


def mark_unconfirmed(*, on: date | None = None) -> int:
    """有効 becomes 見直し要 twelve months after the confirmation. Safe to run every day."""
    limit = _a_year_before(on or timezone.localdate())
    marked = 0
    while ids := list(WorkItem.objects.unconfirmed_since(limit).values_list("pk", flat=True)[:_AT_ONCE]):
        marked += _mark(ids, limit)
    return marked


@transaction.atomic
def _mark(ids: list[int], limit: date) -> int:
    items = list(WorkItem.objects.unconfirmed_since(limit).filter(pk__in=ids).select_for_update(of=("self",)))
    for item in items:
        item.status = WorkItem.Status.REVIEW_DUE
        item.keep("status")
        record("work_item.review_due", item, by=None, changes={"status": ["active", "review_due"]})
    return len(items)


def _a_year_before(day: date) -> date:
    """29 February looks back to 28 February."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
