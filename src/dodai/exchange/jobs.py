"""Long work of imports: takes an id, calls the action, may be repeated."""

from __future__ import annotations

import logging

from django_tasks import task

from dodai.exchange import actions

logger = logging.getLogger(__name__)


@task()
def proceed(batch_id: int) -> None:
    try:
        actions.proceed(batch_id)
    except Exception:  # the last resort of the job runner: the person reads that it stopped
        logger.exception("import stopped", extra={"batch": batch_id})
        actions.stop(batch_id)
