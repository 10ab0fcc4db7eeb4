"""``dodai doctor`` and ``dodai setup``: the first and the worst day of an installation."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dodai.audit import append_only
from dodai.audit.heads import note_head
from dodai.audit.models import AuditEvent, record
from dodai.cycles.models import Cycle
from dodai.ops import scheduler
from dodai.ops.doctor import audit_heads_file, examine
from dodai.organization import actions
from dodai.organization.models import Company, Member


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA = tmp_path
    tmp_path.chmod(0o700)


def said(state):
    return [verdict.sentence for verdict in examine() if verdict.state == state]


def test_a_sound_installation_has_nothing_to_repair(world):
    assert said("bad") == []
    assert any("監査ログ" in sentence for sentence in said("good"))


def test_a_changed_event_is_named_and_the_command_ends_with_1(world):
    with transaction.atomic():
        record("unit.changed", world.company, by=None)
        record("unit.changed", world.company, by=None)
    append_only.remove(connection)
    AuditEvent.objects.filter(sequence=1).update(reason="x")
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)
    assert ended.value.code == 1
    assert "× 監査ログの1番が" in out.getvalue()
    assert "トリガーがありません" in out.getvalue()


def test_a_tail_that_was_cut_off_is_found_with_the_noted_head(world):
    with transaction.atomic():
        record("unit.changed", world.company, by=None)
    note_head(audit_heads_file())
    append_only.remove(connection)
    AuditEvent.objects.all().delete()
    append_only.install(connection)
    assert any("控えた記録と違う" in sentence for sentence in said("bad"))


def test_work_that_nobody_takes_up_is_named(world):
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="dodai.work.jobs.mark_review_due",
        backend_name="default",
        run_after=timezone.now() - timedelta(hours=1),
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - timedelta(hours=1))
    assert any("10分以上待っている処理が1件" in sentence for sentence in said("bad"))


def test_a_folder_that_others_can_read_is_a_warning(world, tmp_path):
    tmp_path.chmod(0o755)
    assert any("chmod 700" in sentence for sentence in said("warn"))


def test_people_with_a_role_and_without_a_second_factor_are_counted(world):
    assert any("5名が2段階認証" in sentence for sentence in said("warn"))


@pytest.mark.django_db
def test_setup_makes_the_company_and_prints_each_password_once():
    out = StringIO()
    call_command(
        "setup",
        company="港商事",
        hr_head=["0001", "新井 洋"],
        system_admin=["0002", "伊藤 圭"],
        since="令和8年4月1日",
        stdout=out,
    )
    head = Member.objects.get(member_no="0001")
    assert (head.name, head.roles) == ("新井 洋", {"hr_head"})
    password = out.getvalue().split("初期パスワード：")[1].split()[0]
    assert head.account.check_password(password)
    with pytest.raises(CommandError, match="すでに"):
        call_command("setup", company="二社目", hr_head=["1", "a"], system_admin=["2", "b"])


@pytest.mark.django_db
def test_setup_asks_for_what_is_not_given(monkeypatch):
    answers = iter(["港商事", "0001", "新井 洋", "0002", "伊藤 圭"])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    call_command("setup", stdout=StringIO())
    assert Company.objects.get().name == "港商事"


@pytest.mark.django_db
def test_setup_says_what_is_missing(monkeypatch):
    monkeypatch.setattr("builtins.input", lambda question: "")
    with pytest.raises(CommandError, match="会社名"):
        call_command("setup", stdout=StringIO())
    assert not Company.objects.exists()


def run(name):
    next(job for job in scheduler.JOBS if job.name == name).run()


def test_the_night_after_the_last_day_shuts_the_login(world):
    today = timezone.localdate()
    actions.leave_company(world.ren, by=world.mei, version=1, left_on=today)
    run("accounts.close_leavers")
    world.ren.account.refresh_from_db()
    assert world.ren.account.is_active
    assert actions.close_leavers(on=today + timedelta(days=1)) == 1
    world.ren.account.refresh_from_db()
    assert not world.ren.account.is_active


def test_a_published_period_runs_from_its_first_day(world):
    today = timezone.localdate()
    Cycle.objects.update(status="published", period_from=today, period_to=today + timedelta(days=180))
    run("cycles.start")
    assert Cycle.objects.get().status == "running"


def test_the_end_of_the_chain_is_noted_every_hour(world, tmp_path):
    with transaction.atomic():
        record("unit.changed", world.company, by=None)
    run("audit.head")
    run("audit.head")
    assert len((tmp_path / "audit-heads.jsonl").read_text().splitlines()) == 1
