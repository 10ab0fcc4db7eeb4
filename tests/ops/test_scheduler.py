"""Timed jobs: each due time once, however many schedulers run and however long the machine slept."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from dodai.audit import actions
from dodai.audit.models import AnsweredForm, TimedRun
from dodai.ops import scheduler
from dodai.ops.scheduler import JOBS, TimedJob, due_times, run_due
from tests.connections import at_once, database_for_threads

TOKYO = ZoneInfo("Asia/Tokyo")
MORNING = TimedJob("morning", "30 5 * * *", lambda: None)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 4, day, hour, minute, tzinfo=TOKYO)


@pytest.fixture
def ran(monkeypatch) -> list[str]:
    """The only job is one that notes its run."""
    runs: list[str] = []
    monkeypatch.setattr(
        scheduler, "JOBS", (TimedJob("morning", "30 5 * * *", lambda: runs.append("morning")),)
    )
    return runs


def test_a_job_is_due_at_its_time_in_the_companys_zone():
    assert list(due_times(MORNING, after=at(1, 0), until=at(3, 12))) == [
        at(1, 5, 30),
        at(2, 5, 30),
        at(3, 5, 30),
    ]


def test_the_end_belongs_to_the_span_and_the_beginning_does_not():
    assert list(due_times(MORNING, after=at(1, 5, 30), until=at(2, 5, 30))) == [at(2, 5, 30)]
    assert list(due_times(MORNING, after=at(1, 5, 30), until=at(2, 5, 29))) == []


def test_a_month_of_due_times_is_a_month_of_days():
    found = list(due_times(MORNING, after=at(1, 0), until=at(1, 0) + timedelta(days=30)))
    assert [moment.day for moment in found] == list(range(1, 31))


@override_settings(TIME_ZONE="America/New_York")
def test_an_hour_that_a_clock_change_repeats_is_one_due_time():
    zone = ZoneInfo("America/New_York")
    autumn = datetime(2026, 11, 1, 0, 0, tzinfo=zone)
    job = TimedJob("night", "30 1 * * *", lambda: None)
    found = list(due_times(job, after=autumn, until=autumn + timedelta(hours=20)))
    assert len({moment.astimezone(ZoneInfo("UTC")) for moment in found}) == len(found)
    assert {moment.date() for moment in found} == {autumn.date()}


@pytest.mark.django_db
def test_a_due_job_runs_once(ran):
    assert run_due(at(1, 5, 30)) == ["morning"]
    assert run_due(at(1, 5, 31)) == []
    assert run_due(at(1, 23)) == []
    assert run_due(at(2, 5, 30)) == ["morning"]
    assert ran == ["morning", "morning"]


@pytest.mark.django_db
def test_a_machine_that_slept_runs_the_newest_missed_time_only(ran):
    run_due(at(1, 6))
    assert run_due(at(9, 4)) == ["morning"]
    assert ran == ["morning", "morning"]
    assert TimedRun.objects.latest("due_at").due_at == at(8, 5, 30)


@pytest.mark.django_db(transaction=True)
def test_many_schedulers_make_one_run(ran, tmp_path):
    with database_for_threads(tmp_path):
        told = at_once(*[lambda: run_due(at(1, 6)) for _ in range(6)])
        assert sorted(told) == [[], [], [], [], [], ["morning"]]
    assert ran == ["morning"]


@pytest.mark.django_db
def test_a_claim_is_given_once_per_job_and_time():
    assert actions.claim("a", at(1, 5)) is True
    assert actions.claim("a", at(1, 5)) is False
    assert actions.claim("b", at(1, 5)) is True
    assert actions.claim("a", at(2, 5)) is True


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_of_the_product_is_due_at_least_once_a_day(job):
    assert list(due_times(job, after=at(1, 0), until=at(2, 0)))


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_of_the_product_runs_on_a_company_twice(world, job):
    job.run()
    job.run()


def test_the_names_of_jobs_are_their_own():
    assert len({job.name for job in JOBS}) == len(JOBS)


def test_the_daily_jobs_forget_answered_forms_and_ask_for_a_look_at_old_work(world):
    item = world.work_item(confirmed_by=world.hana, confirmed_on=timezone.localdate() - timedelta(days=400))
    AnsweredForm.objects.create(account=world.ren.account, route="a:b", key="k", body_digest="d")
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        run_due(timezone.now())
    item.refresh_from_db()
    assert item.status == "review_due"
    assert not AnsweredForm.objects.exists()
