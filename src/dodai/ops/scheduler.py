"""Timed jobs: a table of what is due when, a loop that claims due times, nothing else."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger
from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone

from dodai.audit import actions
from dodai.audit.heads import note_head
from dodai.cycles.actions import start_due_cycles
from dodai.exchange import jobs as imports
from dodai.ops.doctor import audit_heads_file
from dodai.organization.actions import close_leavers
from dodai.work.jobs import mark_review_due

logger = logging.getLogger(__name__)

_PAUSE_SECONDS = 20
#: A machine that slept catches up on due times of the last day, each once.
_CATCH_UP = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimedJob:
    name: str
    crontab: str
    run: Callable[[], object]


JOBS = (
    TimedJob("work.review_due", "30 5 * * *", lambda: mark_review_due.enqueue()),
    TimedJob("imports.resume", "* * * * *", imports.resume),
    TimedJob("imports.forget_files", "50 4 * * *", imports.forget_files),
    TimedJob("forms.forget", "20 * * * *", lambda: actions.forget_forms()),
    TimedJob("sessions.clear", "10 4 * * *", lambda: call_command("clearsessions")),
    TimedJob("audit.head", "5 * * * *", lambda: note_head(audit_heads_file())),
    TimedJob("accounts.close_leavers", "5 0 * * *", lambda: close_leavers(on=timezone.localdate())),
    TimedJob("cycles.start", "10 0 * * *", lambda: start_due_cycles(on=timezone.localdate())),
)


def due_times(job: TimedJob, *, after: datetime, until: datetime) -> Iterator[datetime]:
    """The due times of the job in ``(after, until]``, oldest first."""
    trigger = CronTrigger.from_crontab(job.crontab, timezone=ZoneInfo(settings.TIME_ZONE))
    last: datetime | None = None
    moment = trigger.get_next_fire_time(None, after + timedelta(microseconds=1))
    while moment is not None and moment <= until and moment != last:
        yield moment
        last = moment
        moment = trigger.get_next_fire_time(last, last + timedelta(microseconds=1))


def run_due(now: datetime) -> list[str]:
    """Run what is due and not yet claimed by another scheduler; only the newest missed time runs."""
    ran = []
    for job in JOBS:
        missed = list(due_times(job, after=now - _CATCH_UP, until=now))
        if missed and actions.claim(job.name, missed[-1]):
            job.run()
            ran.append(job.name)
    return ran


def serve_forever() -> None:
    zone = ZoneInfo(settings.TIME_ZONE)
    while True:
        close_old_connections()
        try:
            run_due(datetime.now(zone))
        except Exception:
            logger.exception("timed job failed")
        time.sleep(_PAUSE_SECONDS)
