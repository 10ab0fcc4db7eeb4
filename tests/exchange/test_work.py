"""業務棚卸表: rows as pieces of work, people found the careful way, and open values that stay open."""

from datetime import date
from decimal import Decimal

import pytest

from dodai.core.errors import NotAllowed
from dodai.exchange.models import ImportBatch
from dodai.exchange.rules.directory import Directory, Person, Unit
from dodai.organization.models import Member
from dodai.work.models import WorkItem, WorkItemBackup
from tests.exchange import papers

UNITS = [Unit(1, "本社/情報システム部"), Unit(2, "本社/総務部"), Unit(3, "本社/総務部/総務課")]
PEOPLE = [
    Person("1", "高橋", "誠", ("本社/総務部/総務課",)),
    Person("2", "髙橋", "誠", ("本社/情報システム部",)),
    Person("3", "??田", "学", ("本社/情報システム部",)),
    Person("4", "菊地", "沙織", (), left_on=date(2026, 3, 31)),
    Person("5", "渡邊", "学", ("本社/情報システム部",)),
    Person("6", "渡辺", "涼", ("本社/情報システム部",)),
    Person("7", "石田", "千尋", ("本社/総務部", "本社/情報システム部")),
]
DIRECTORY = Directory.of(UNITS, PEOPLE, papers.DAY)


@pytest.mark.parametrize(
    ("written", "kind", "number"),
    [
        ("髙橋 誠", "exact", "2"),
        ("髙橋　誠", "exact", "2"),
        ("髙橋誠", "exact", "2"),
        ("2", "exact", "2"),
        ("高橋 誠", "likely", "2"),  # the exact name belongs to another department
        ("石田", "likely", "7"),
        ("𠮷田 学", "likely", "3"),
        ("高橋", "likely", "2"),
        ("渡辺", "several", None),
        ("菊地 沙織", "leaver", "4"),
        ("総務課全員", "group", None),
        ("総務課", "group", None),
        ("", "empty", None),
        ("－", "empty", None),
        ("山田 太郎", "unknown", None),
    ],
)
def test_a_person_is_looked_for_inside_the_unit_first(written, kind, number):
    match = DIRECTORY.find_person(written, "本社/情報システム部")

    assert (match.kind, match.person.member_no if match.person else None) == (kind, number)


def test_a_short_name_of_a_unit_is_likely_only_when_its_signs_stand_in_order():
    assert [unit.id for unit in DIRECTORY.units_like("情シス部")] == [1]
    assert DIRECTORY.units_like("シス情部") == []


@pytest.fixture
def office(company):
    company.import_people()
    return company


def item(name):
    return WorkItem.objects.get(name=name)


def test_rows_become_work_with_people_numbers_and_hours(office):
    batch = office.import_work()

    assert batch.state == ImportBatch.State.COMPLETED
    assert batch.result["added"] == 8
    closing, check, transfer = item("月次決算"), item("試算表の確認"), item("振込の依頼")
    assert (closing.minutes_per_run, closing.runs_per_year, closing.annual_hours) == (600, 12, Decimal(120))
    assert (closing.owner.member_no, closing.category_m, closing.frequency) == ("000130", "月次", "monthly")
    assert (check.minutes_per_run, check.category_m) == (90, "月次")
    assert (transfer.frequency, transfer.minutes_per_run, transfer.runs_per_year) == ("weekly", 1200, 50)
    assert transfer.note == "=1+1"
    assert closing.status == WorkItem.Status.DRAFT


def test_an_exact_name_in_another_department_is_not_taken(office):
    batch = office.receive("業務棚卸表.csv", papers.inventory(), kind="work")
    asked = {question["id"]: question for question in batch.questions}

    assert (
        asked["person:本社/経理部:高木 翼"]["proposal"] == "000140"
    )  # 髙木 of 経理部, not 高木 of 情報システム部
    office.carry_out(office.answer(batch))
    assert item("試算表の確認").owner.member_no == "000140"
    assert item("端末の貸出").backups.get().member_no == "000170"


def test_what_cannot_be_read_stays_open_and_out_of_the_hours(office):
    batch = office.import_work()

    assert item("試算表の確認").open_questions == {"importance": "高"}
    assert item("小口現金の出納").open_questions == {"minutes_per_run": "－"}
    assert item("端末の貸出").open_questions == {"runs_per_year": "不明"}
    assert item("小口現金の出納").annual_hours is None
    assert Decimal(batch.result["hours"]) == sum(
        (each.annual_hours or 0 for each in WorkItem.objects.all()), Decimal(0)
    ).quantize(Decimal("0.01"))


def test_an_answer_given_at_once_closes_the_question(office):
    batch = office.receive("業務棚卸表.csv", papers.inventory(), kind="work")

    office.carry_out(office.answer(batch, {"minutes_per_run::5": "20分", "importance::3": "4"}))

    assert (item("小口現金の出納").minutes_per_run, item("小口現金の出納").open_questions) == (20, {})
    assert item("試算表の確認").importance == 4


def test_groups_leavers_and_empty_cells_mean_nobody(office):
    office.import_work()

    assert item("小口現金の出納").owner is None
    assert item("小口現金の出納").note == "主担当の記載：経理課全員"
    assert item("備品の発注").owner is None
    assert item("備品の発注").note == "前の主担当：岸 直人"
    assert item("郵便の仕分け").owner is None
    assert WorkItemBackup.objects.get(work_item=item("郵便の仕分け")).member.member_no == "000190"


def test_an_owner_on_leave_is_kept_and_told(office):
    # 高木 翼 is on leave for the whole half year; as 副担当 of 受付 the name is taken as it is.
    rows = ("総務部,庶務,,,名簿の管理,月次,30,12,1,高木 翼,,有,3,",)
    batch = office.answer(office.receive("x.csv", papers.inventory(*rows), kind="work"))

    assert "休業中です" in " ".join(each["sentence"] for each in batch.rows.get(row=2).findings)
    office.carry_out(batch)
    assert item("名簿の管理").owner.member_no == "000170"


def test_a_unit_without_an_exact_name_is_proposed_once_for_all_rows(office):
    batch = office.receive("業務棚卸表.csv", papers.inventory(), kind="work")

    [question] = [each for each in batch.questions if each["id"] == "unit:情シス部"]
    assert question["proposal"] == "本社/情報システム部"


def test_a_workbook_of_one_department_names_it_in_its_title(office):
    batch = office.receive("tana.xlsx", papers.inventory_workbook(), kind="work")
    [question] = [each for each in batch.questions if each["id"].startswith("sheet_unit:")]
    assert question["proposal"] == "本社/経理部"

    office.carry_out(office.answer(batch))

    closing = item("月次決算")
    assert (closing.minutes_per_run, closing.frequency) == (600, "monthly")
    assert (closing.manual_status, closing.manual_updated_on) == ("current", date(2025, 10, 31))
    assert item("四半期決算の取りまとめ").manual_status == "old"
    assert item("四半期決算の取りまとめ").runs_per_year == 4
    assert (item("振込の依頼").minutes_per_run, item("振込の依頼").manual_status) == (90, "none")


def test_the_same_file_twice_changes_nothing(office):
    office.import_work()

    batch = office.answer(office.receive("業務棚卸表.csv", papers.inventory(), kind="work"))

    assert (batch.changes, batch.counts["same"]) == (0, 8)


def test_the_same_work_in_another_file_is_the_same_work(office):
    office.import_work()

    batch = office.answer(office.receive("tana.xlsx", papers.inventory_workbook(), kind="work"))

    assert (batch.counts["add"], batch.counts["update"], batch.counts["same"]) == (1, 2, 0)
    shown = {
        row.label: [each["label"] for each in row.differences] for row in batch.rows.filter(status="update")
    }
    assert shown["経理部 月次決算"] == ["マニュアルの更新日"]


def test_an_empty_cell_takes_nothing_away(office):
    office.import_work()
    rows = ("経理部,決算,月次,,月次決算,,,,,,,,,",)

    batch = office.answer(office.receive("x.csv", papers.inventory(*rows), kind="work"))

    assert batch.counts["same"] == 1


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("経理部,決算,,,,月次,10,12,5,原 美月,,,,", "業務名がありません"),
        ("経理部,,,,月次決算,月次,10,12,5,原 美月,,,,", "大分類がありません"),
        (f"経理部,決算,,,{'長' * 61},月次,10,12,5,原 美月,,,,", "60字を超えています"),
        (",決算,,,月次決算,月次,10,12,5,原 美月,,,,", "部門がありません"),
    ],
)
def test_a_row_that_cannot_be_work_is_a_fault_with_a_reason(office, row, sentence):
    batch = office.answer(office.receive("x.csv", papers.inventory(row), kind="work"))

    assert sentence in " ".join(each["sentence"] for each in batch.rows.get(row=2).findings)
    assert batch.counts["error"] == 1
    assert not batch.is_ready


def test_length_is_counted_in_characters(office):
    rows = (f"経理部,決算,,,{'𠮷' * 60},月次,10,12,5,原 美月,,,,",)

    assert office.import_work(papers.inventory(*rows)).result["added"] == 1


def test_the_same_work_twice_in_one_file_counts_once_or_is_a_fault(office):
    row = "経理部,決算,,,月次決算,月次,10,12,5,原 美月,,,,"
    other = row.replace("10,12", "20,12")

    same = office.answer(office.receive("x.csv", papers.inventory(row, row), kind="work"))
    differing = office.answer(office.receive("x.csv", papers.inventory(row, other), kind="work"))

    assert (same.counts["add"], same.counts["error"]) == (1, 0)
    assert differing.counts["error"] == 1


def test_somebody_brings_in_only_what_is_theirs(office):
    hara = papers.Office(Member.objects.get(member_no="000130"))
    mine = "経理課,決算,,,自分の業務,月次,10,12,5,原 美月,,,,"
    theirs = "情報システム部,運用,,,よその業務,月次,10,12,5,𠮷村 空,,,,"

    assert hara.import_work(papers.inventory(mine)).state == ImportBatch.State.COMPLETED
    batch = hara.answer(hara.receive("x.csv", papers.inventory(theirs), kind="work"))

    assert batch.counts["error"] == 1
    with pytest.raises(NotAllowed):
        hara.receive("社員名簿.csv", papers.roster())
