"""Long work of imports: takes an id, calls the action, may be repeated."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from dodai.exchange import actions

logger = logging.getLogger(__name__)

#: A job that has not been heard of for so long is given up; a look at a large file takes less.
STALLED_AFTER = timedelta(minutes=5)
#: Long enough to look at a result again, short enough for personal data.
FILES_KEPT = timedelta(days=30)


@task()
def proceed(batch_id: int) -> None:
    try:
        actions.proceed(batch_id)
    except Exception:  # the last resort of the job runner: the person reads that it stopped
        logger.exception("import stopped", extra={"batch": batch_id})
        actions.stop(batch_id)


def resume() -> None:
    """Enqueue again what was accepted but never started, or was killed."""
    for batch_id in actions.take_up_again(untouched_for=STALLED_AFTER):
        proceed.enqueue(batch_id)


def forget_files() -> None:
    actions.forget_files(finished_before=timezone.now() - FILES_KEPT)
