"""A job that breaks, is killed or never came: nothing is half-written, and it goes on by itself."""

from datetime import timedelta

from django.utils import timezone

from dodai.exchange import actions, jobs
from dodai.exchange.models import ImportBatch, ImportRow
from dodai.organization.models import Member, OrgUnit
from tests.exchange import papers
from tests.exchange.papers import ANSWERS, fresh


def confirmed(company) -> ImportBatch:
    batch = company.answer(company.receive("社員名簿.csv", papers.roster()), ANSWERS)
    return actions.confirm(batch, by=company.hr, version=batch.version)


def test_our_own_mistake_leaves_nothing_behind_and_is_told(company, monkeypatch):
    batch = confirmed(company)

    def break_down(*args, **kwargs):
        raise RuntimeError("our mistake")

    with monkeypatch.context() as patch:
        patch.setattr("dodai.organization.actions.name_head", break_down)
        jobs.proceed.enqueue(batch.pk)

    assert (Member.objects.count(), OrgUnit.objects.count()) == (2, 1)
    assert fresh(batch).state == ImportBatch.State.FAILED
    assert "何も書き込んでいません" in fresh(batch).failure


def test_a_killed_job_is_taken_up_again_and_counts_once(company):
    batch = confirmed(company)
    long_ago = timezone.now() - timedelta(hours=1)
    ImportBatch.objects.filter(pk=batch.pk).update(state="running", touched_at=long_ago)

    jobs.resume()
    jobs.resume()
    jobs.proceed.enqueue(batch.pk)

    assert fresh(batch).state == ImportBatch.State.COMPLETED
    assert Member.objects.count() == 11


def test_a_job_at_work_is_left_alone(company):
    batch = confirmed(company)
    ImportBatch.objects.filter(pk=batch.pk).update(state="running")

    jobs.resume()

    assert fresh(batch).state == ImportBatch.State.RUNNING


def test_files_and_rows_are_forgotten_when_the_import_is_old(company, storage):
    batch = company.import_people()
    assert len(list((storage / "imports").iterdir())) == 2

    actions.forget_files(finished_before=timezone.now() - timedelta(days=1))
    assert ImportRow.objects.filter(batch=batch).exists()

    actions.forget_files(finished_before=timezone.now() + timedelta(days=1))

    assert not ImportRow.objects.filter(batch=batch).exists()
    assert fresh(batch).counts["add"] > 0


def test_columns_chosen_by_hand_are_remembered_for_the_same_header(company):
    company.import_people()
    strange = papers.inventory().replace("大分類".encode(), "大グループ".encode())
    batch = company.receive("a.csv", strange, kind="work")
    columns = {"name": 4, "category_l": 1, "unit": 0, "owner": 9, "frequency": 5, "runs_per_year": 7}
    actions.answer(batch, by=company.hr, version=batch.version, mapping={"": columns}, accepts_proposals=True)
    actions.proceed(batch.pk)
    company.carry_out(fresh(batch))

    again = company.receive("b.csv", strange, kind="work")

    assert again.mapping == {"": columns}
    assert (again.counts["error"], again.counts["add"]) == (0, 0)
