"""The verbs that belong to no floor above: claiming due times, and answering a form only once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from dodai.accounts.models import Account
from dodai.audit.models import AnsweredForm, TimedRun

#: How long the answer of a form is remembered.
_REMEMBERED = timedelta(hours=24)


def claim(name: str, due_at: datetime) -> bool:
    """True for exactly one caller per job and due time, however many schedulers run."""
    try:
        with transaction.atomic():
            TimedRun.objects.create(name=name, due_at=due_at)
    except IntegrityError:
        return False
    return True


def take_form(*, by: Account, route: str, key: str, body_digest: str) -> tuple[AnsweredForm, bool]:
    """The row of a form, and whether this press is the first.

    Inside one transaction with the effect a second press waits here until the first has ended; when
    the first failed, its row went with it and the second press is the first.
    """
    try:
        with transaction.atomic():
            taken = AnsweredForm.objects.create(account=by, route=route, key=key, body_digest=body_digest)
            return taken, True
    except IntegrityError:
        return AnsweredForm.objects.get(account=by, route=route, key=key), False


def keep_answer(form: AnsweredForm, *, status: int, location: str) -> None:
    form.status, form.location = status, location
    form.save(update_fields=["status", "location"])


def release_form(form: AnsweredForm) -> None:
    """The press had no effect worth repeating: the same page may send its form again."""
    form.delete()


def forget_forms(now: datetime | None = None) -> int:
    """Take away the answers older than a day; answers how many."""
    oldest = (now or timezone.now()) - _REMEMBERED
    return AnsweredForm.objects.filter(created_at__lt=oldest).delete()[0]
