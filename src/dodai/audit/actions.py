"""The verbs that belong to no floor above: claiming the due time of a timed job."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from dodai.audit.models import TimedRun


def claim(name: str, due_at: datetime) -> bool:
    """True for exactly one caller per job and due time, however many schedulers run."""
    try:
        with transaction.atomic():
            TimedRun.objects.create(name=name, due_at=due_at)
    except IntegrityError:
        return False
    return True
