"""Long work of 業務: may be repeated."""

from __future__ import annotations

from django_tasks import task

from dodai.work import actions


@task()
def mark_review_due() -> int:
    """見直し要 for what nobody confirmed in twelve months; answers how many."""
    return actions.mark_unconfirmed()
