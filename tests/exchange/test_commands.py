"""The two commands say what the pages say, and end with 0 only when nothing is in the way."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from dodai.organization.models import Member
from dodai.work.models import WorkItem
from tests.exchange import papers


def run(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out, skip_checks=True)
    return out.getvalue()


@pytest.fixture
def files(company, paper):
    return {
        "people": str(paper("社員名簿.csv", papers.roster())),
        "transfers": str(paper("異動一覧.csv", papers.transfers())),
        "work": str(paper("業務棚卸表.csv", papers.inventory())),
    }


ALL = ("--accept-proposals", "--answer", "family_name:000160=𠮷村", "--as-of", "2026-04-01")


def test_a_roster_with_open_questions_writes_nothing(files):
    with pytest.raises(CommandError, match="何も書き込んでいません"):
        run("import_people", files["people"])
    with pytest.raises(CommandError, match="何も書き込んでいません"):
        run("import_people", files["people"], "--accept-proposals")

    assert Member.objects.count() == 2


def test_a_roster_goes_in_with_its_transfers_and_twice_changes_nothing(files):
    first = run("import_people", files["people"], "--transfers", files["transfers"], *ALL)
    second = run("import_people", files["people"], "--transfers", files["transfers"], *ALL)

    assert "取り込みました" in first
    assert "added=9" in first
    assert "moves=1" in first
    assert "変更はありません" in second
    assert Member.objects.count() == 11


def test_a_dry_run_says_everything_and_writes_nothing(files):
    said = run("import_people", files["people"], "--dry-run", *ALL)

    assert "確認だけで終わりました" in said
    assert "空席" in said
    assert Member.objects.count() == 2


def test_work_goes_in_with_its_hours(files):
    run("import_people", files["people"], *ALL)
    with pytest.raises(CommandError):
        run("import_work", files["work"])

    said = run("import_work", files["work"], "--accept-proposals", "--by", "900001")

    assert "added=8" in said
    assert "後で入力" in said
    assert WorkItem.objects.count() == 8


@pytest.mark.parametrize("words", [("missing.csv",), ("--by", "123456", "missing.csv")])
def test_a_missing_file_or_person_is_one_sentence(company, words):
    with pytest.raises(CommandError, match=r"開けません|実行者がいません"):
        run("import_people", *words)
