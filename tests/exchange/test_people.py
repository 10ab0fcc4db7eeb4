"""A roster and its transfers: what is read, what is asked, what is written, and that twice is once."""

from collections import Counter
from datetime import date

import pytest

from dodai.audit.models import AuditEvent, first_break_in_chain
from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.exchange import actions
from dodai.exchange.company_today import company_today
from dodai.exchange.models import ImportBatch, ImportRow
from dodai.organization.models import Assignment, Member, OrgUnit
from tests.exchange import papers
from tests.exchange.papers import ANSWERS, DAY, fresh


def questions(batch):
    return {question["id"]: question for question in batch.questions}


def findings(batch, row, sheet=""):
    return " ".join(f["sentence"] for f in batch.rows.get(row=row, sheet=sheet).findings)


def test_a_look_writes_nothing(company):
    before = AuditEvent.objects.count(), Member.objects.count()

    batch = company.receive("社員名簿.csv", papers.roster(), second=papers.transfers())

    assert batch.state == ImportBatch.State.REVIEWING
    assert (AuditEvent.objects.count(), Member.objects.count()) == (before[0] + 1, before[1])
    assert OrgUnit.objects.count() == 1


def test_what_is_likely_is_proposed_and_what_is_not_is_asked(company):
    asked = questions(company.receive("社員名簿.csv", papers.roster()))

    assert {id_: question["proposal"] for id_, question in asked.items()} == {
        "band:役": "manager",
        "band:M": "manager",
        "band:S": "staff",
        "band:L": "lead",
        "employment_type:役員": "director",
        "employment_type:派遣": "dispatched",
        "number:130": "000130",
        "percent:8": "20",
        "family_name:000160": None,
    }


def test_an_unreadable_name_is_never_imported_without_an_answer(company):
    batch = company.answer(company.receive("社員名簿.csv", papers.roster()))

    assert not batch.is_ready
    assert [question["id"] for question in batch.open_questions] == ["family_name:000160"]
    with pytest.raises(Refused):
        actions.confirm(batch, by=company.hr, version=batch.version)


def test_everybody_arrives_as_written(company):
    company.import_people()
    people = company_today(DAY).people

    hara, takagi, sora = people["000130"], people["000140"], people["000160"]
    assert (hara.family_kana, hara.given_kana, hara.email) == ("ハラ", "ミツキ", "hara@example.com")
    assert (hara.unit_path, hara.post, hara.supervisor_no) == ("本社/経理部/経理課", "課長", "000120")
    assert (takagi.family_name, takagi.supervisor_no) == ("髙木", "000130")
    assert takagi.employment_type == Member.EmploymentType.REEMPLOYED
    assert (sora.family_name, sora.name) == ("𠮷村", "𠮷村 空")
    assert people["000120"].hired_on == date(2002, 4, 1)
    assert people["000150"].note == "自己都合\n後任は未定"
    assert len(people) == 11  # nine people of the file, and the two who founded the company


def test_units_heads_and_a_vacant_post_come_from_the_paths(company):
    company.import_people()
    today = company_today(DAY)
    ids = {unit.path: unit.id for unit in today.units}

    assert set(ids) == {
        "テスト工業",
        "経営",
        "本社",
        "本社/経理部",
        "本社/経理部/経理課",
        "本社/総務部",
        "本社/情報システム部",
    }
    assert today.heads[ids["本社/経理部"]].member_no == "000120"
    assert today.heads[ids["経営"]].member_no == today.heads[ids["テスト工業"]].member_no == "000110"
    assert (today.heads[ids["本社/総務部"]].member_no, today.heads[ids["本社/総務部"]].deputy_no) == (
        "",
        "000110",
    )


def test_shares_leave_and_leavers(company):
    company.import_people()
    people = company_today(DAY).people

    assert [(post.unit_path, post.percent) for post in people["000130"].concurrent] == [("本社/総務部", 40)]
    assert Assignment.objects.on(DAY).primary().get(member__member_no="000170").allocation_percent == 80
    [leave] = people["000170"].leaves
    assert (leave.kind, leave.first, leave.last) == ("childcare", date(2026, 2, 10), date(2027, 3, 31))
    gone = Member.objects.get(member_no="000180")
    assert gone.left_on == date(2026, 3, 31)
    assert not gone.assignments.exists()
    assert Assignment.objects.get(member__member_no="000150").valid_to == date(2026, 7, 1)


def test_the_same_record_twice_counts_once_and_is_told(company):
    batch = company.receive("社員名簿.csv", papers.roster())

    # The note of row 6 has a line break: it is one record, and the row after it is the seventh.
    assert "3行目と同じ内容です" in findings(batch, 12)
    assert batch.rows.get(row=12, sheet="").status == ImportRow.Status.SKIPPED


def test_a_transfer_opens_a_second_segment_and_known_facts_have_no_second_effect(company):
    batch = company.import_people()

    segments = Assignment.objects.filter(member__member_no="000140").order_by("valid_from")
    assert [(each.valid_from, each.valid_to) for each in segments] == [
        (DAY, date(2026, 7, 1)),
        (date(2026, 7, 1), None),
    ]
    assert company_today(date(2026, 7, 1)).people["000140"].grade == "S3"
    assert batch.result["moves"] == 1
    statuses = Counter(
        ImportRow.objects.filter(batch=batch, sheet="異動一覧").values_list("status", flat=True)
    )
    assert statuses == {"same": 2, "update": 1}


def test_the_same_files_a_second_time_change_nothing(company):
    company.import_people()
    events = AuditEvent.objects.filter(name__startswith="member.").count()

    batch = company.answer(
        company.receive("社員名簿.csv", papers.roster(), second=papers.transfers()), ANSWERS
    )

    assert batch.is_ready
    assert batch.changes == 0
    with pytest.raises(Refused):
        actions.confirm(batch, by=company.hr, version=batch.version)
    assert AuditEvent.objects.filter(name__startswith="member.").count() == events


def test_a_name_known_from_before_is_proposed_for_an_unreadable_one(company):
    company.import_people()

    asked = questions(company.receive("社員名簿.csv", papers.roster()))

    assert asked["family_name:000160"]["proposal"] == "𠮷村"


def test_only_the_difference_is_shown_and_written(company):
    company.import_people()
    content = papers.changed_roster("takagi@example.com", "tsubasa@example.com")

    batch = company.answer(company.receive("社員名簿.csv", content, second=papers.transfers()), ANSWERS)
    [row] = batch.rows.filter(status="update")
    company.carry_out(batch)

    assert row.differences == [
        {"key": "email", "label": "メール", "before": "takagi@example.com", "after": "tsubasa@example.com"}
    ]
    assert Member.objects.get(member_no="000140").email == "tsubasa@example.com"


def test_somebody_who_moved_gets_a_new_segment_on_the_day_of_the_file(company):
    company.import_people()
    later = papers.changed_roster(
        "takagi2@example.com,本社/情報システム部", "takagi2@example.com,本社/総務部"
    )

    batch = company.receive("社員名簿.csv", later)
    actions.answer(
        batch,
        by=company.hr,
        version=batch.version,
        answers=ANSWERS,
        accepts_proposals=True,
        as_of=date(2026, 5, 1),
    )
    actions.proceed(batch.pk)
    batch = fresh(batch)
    assert [row.label for row in batch.rows.filter(status="update")] == ["000170 高木 翼"]
    company.carry_out(batch)

    segments = Assignment.objects.filter(member__member_no="000170", kind="primary").order_by("valid_from")
    assert [each.valid_from for each in segments] == [DAY, date(2026, 5, 1)]


@pytest.mark.parametrize(
    ("before", "after", "row", "sentence"),
    [
        ("000190,谷", ",谷", 11, "社員番号がありません"),
        ("shima@example.com", "takagi@example.com", 6, "5行目にもあります"),
        ("shima@example.com", "shima.example.com", 6, "メールアドレスの形ではありません"),
        ("2021/04/01,2026/06/30", "2021/02/30,2026/06/30", 6, "2021年2月30日はありません"),
        ("2021/04/01,2026/06/30", "2021/04/01,2020/06/30", 6, "退職日が入社日より前です"),
        ("2026/06/30,000130", "2026/06/30,000999", 6, "上司「000999」が名簿にいません"),
        (",,000110,,,,,,\r\n０", ",,000140,,,,,,\r\n０", 3, "本人に戻ります"),
        ("４０％", "140", 4, "1〜99の整数ではありません"),
        ("2026/02/10,2027/03/31", ",2027/03/31", 8, "休業開始がありません"),
        (
            "谷,あおい,タニ,アオイ,tani@example.com,本社/総務部",
            "谷,あおい,タニ,アオイ,tani@example.com,",
            11,
            "部門がありません",
        ),
    ],
)
def test_every_fault_names_its_row_and_reason_and_nothing_is_written(company, before, after, row, sentence):
    batch = company.answer(company.receive("社員名簿.csv", papers.changed_roster(before, after)), ANSWERS)

    assert sentence in findings(batch, row)
    assert batch.rows.get(row=row, sheet="").status == ImportRow.Status.ERROR
    assert not batch.is_ready
    assert Member.objects.count() == 2


def test_a_second_record_that_differs_is_a_fault(company):
    rows = [*papers.ROSTER[:-2], papers.ROSTER[-2].replace("部長", "次長")]

    batch = company.answer(company.receive("社員名簿.csv", papers.roster(*rows)), ANSWERS)

    assert "内容が違います" in findings(batch, 12)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("9,000999,誰 か,2026/07/01,異動,本社/経理部,,本社/総務部,,,", "社員番号「000999」の人がいません"),
        (
            "9,000140,別 人,2026/07/01,異動,本社/経理部/経理課,,本社/総務部,,,",
            "社員番号の人「髙木 翼」と違います",
        ),
        (
            "9,000140,髙木 翼,2026/07/01,異動,本社/総務部,,本社/情報システム部,,,",
            "名簿の「本社/経理部/経理課」と違います",
        ),
        (
            "9,000140,髙木 翼,2026/07/01,異動,本社/経理部/経理課,,本社/無い部,,,",
            "異動後部門「本社/無い部」がありません",
        ),
        ("9,000140,髙木 翼,2026/03/01,異動,本社/経理部/経理課,,本社/総務部,,,", "名簿に反映されていません"),
        ("9,000140,髙木 翼,2026/07/01,表彰,,,,,,", "発令区分「表彰」は取り込めません"),
        ("9,000150,島 陽菜,2026/08/31,退職,,,,,,", "退職日が名簿の2026/06/30と違います"),
    ],
)
def test_a_transfer_that_contradicts_the_roster_is_a_fault(company, row, sentence):
    batch = company.receive("社員名簿.csv", papers.roster(), second=papers.transfers(row))
    batch = company.answer(batch, ANSWERS)

    assert sentence in findings(batch, 2, sheet="異動一覧")
    assert not batch.is_ready


def test_what_changed_between_the_look_and_the_switch_is_looked_at_again(company):
    batch = company.answer(company.receive("社員名簿.csv", papers.roster()), ANSWERS)
    company.import_people()
    members = Member.objects.count()

    batch = company.carry_out(batch)

    assert batch.state == ImportBatch.State.REVIEWING
    assert not batch.is_confirmed
    assert "もう一度確認してください" in batch.failure
    assert Member.objects.count() == members


def test_a_failure_in_the_middle_leaves_nothing_behind(company, monkeypatch):
    batch = company.answer(company.receive("社員名簿.csv", papers.roster()), ANSWERS)

    def refuse(*args, **kwargs):
        raise Refused("長を登録できません。")

    monkeypatch.setattr("dodai.organization.actions.name_head", refuse)
    batch = company.carry_out(batch)

    assert (batch.state, batch.failure) == (ImportBatch.State.FAILED, "長を登録できません。")
    assert (Member.objects.count(), OrgUnit.objects.count()) == (2, 1)


def test_a_file_that_is_no_roster_is_told_so(company):
    assert "見出しが見つかりません" in company.receive("x.csv", b"a,b,c\r\n1,2,3\r\n").failure
    assert "壊れていて" in company.receive("x.xlsx", b"PK\x03\x04 broken").failure


def test_only_human_resources_brings_a_roster_in(company):
    company.import_people()
    sora = Member.objects.get(member_no="000160")

    with pytest.raises(NotAllowed):
        papers.Office(sora).receive("社員名簿.csv", papers.roster())


def test_only_whoever_took_the_file_in_goes_on_with_it(company):
    batch = company.receive("社員名簿.csv", papers.roster())
    company.import_people()
    other = Member.objects.get(member_no="000160")

    for verb in (actions.answer, actions.confirm, actions.discard):
        with pytest.raises(NotAllowed):
            verb(batch, by=other, version=batch.version)


def test_the_slower_of_two_answers_is_told(company):
    batch = company.receive("社員名簿.csv", papers.roster())
    actions.answer(batch, by=company.hr, version=batch.version, answers=ANSWERS)

    with pytest.raises(Conflict):
        actions.answer(batch, by=company.hr, version=batch.version, answers={})


def test_a_batch_that_was_given_up_stays_given_up(company):
    batch = company.receive("社員名簿.csv", papers.roster())
    actions.discard(batch, by=company.hr, version=batch.version)
    actions.proceed(batch.pk)

    assert fresh(batch).state == ImportBatch.State.DISCARDED


def test_the_audit_chain_holds_after_an_import(company):
    company.import_people()

    assert first_break_in_chain() is None
    assert AuditEvent.objects.filter(name="import.completed").count() == 1
