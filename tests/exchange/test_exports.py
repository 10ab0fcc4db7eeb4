"""What leaves the house comes back unchanged, holds no formula, and leaves a trace when it is personal."""

import csv
import io

import openpyxl
import pytest

from dodai.audit.models import AuditEvent
from dodai.core.errors import NotAllowed, Refused
from dodai.exchange import actions, exports
from dodai.organization.models import Member
from tests.exchange import papers
from tests.exchange.papers import DAY


@pytest.fixture
def office(company):
    company.import_people()
    company.import_work()
    return company


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_importing_ones_own_export_of_work_changes_nothing(office, kind):
    content = exports.file_bytes("work", exports.work_table(office.hr), kind)

    batch = office.receive(f"out.{kind}", content, kind="work")

    assert batch.is_ready
    assert (batch.counts["same"], batch.changes, batch.counts["error"]) == (8, 0, 0)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_importing_ones_own_export_of_people_changes_nothing(office, kind):
    content = exports.file_bytes("people", exports.export_people(by=office.hr, purpose="確認", on=DAY), kind)

    batch = office.receive(f"out.{kind}", content)

    assert batch.is_ready
    assert (batch.counts["same"], batch.changes, batch.counts["error"]) == (11, 0, 0)


def test_a_text_that_looks_like_a_formula_stays_a_text(office):
    table = exports.work_table(office.hr)
    notes = [row[-1] for row in table]
    assert "=1+1" in notes

    sheet = openpyxl.load_workbook(io.BytesIO(exports.file_bytes("work", table, "xlsx"))).worksheets[0]
    text = exports.file_bytes("work", table, "csv").decode("utf-8-sig")

    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert "'=1+1" in {row[-1] for row in csv.reader(io.StringIO(text))}


def test_an_open_question_leaves_with_its_own_words(office):
    table = exports.work_table(office.hr)

    assert {"高", "－", "不明"} <= {cell for row in table for cell in row if isinstance(cell, str)}


def test_people_leave_only_with_a_purpose_and_a_trace(office):
    with pytest.raises(Refused):
        exports.export_people(by=office.hr, purpose="　", on=DAY)

    exports.export_people(by=office.hr, purpose="評価者の確認", on=DAY)

    event = AuditEvent.objects.get(name="people.exported")
    assert (event.reason, event.changes) == ("評価者の確認", {"count": [None, 11]})


def test_only_human_resources_takes_people_out(office):
    with pytest.raises(NotAllowed):
        exports.export_people(by=Member.objects.get(member_no="000130"), purpose="確認", on=DAY)


def test_somebody_takes_out_only_the_work_they_may_see(office):
    seen = exports.work_table(Member.objects.get(member_no="000170"))

    names = {row[4] for row in seen}
    assert {"端末の貸出", "受付の当番"} <= names
    assert "月次決算" not in names


@pytest.mark.parametrize("kind", ["people", "transfers", "work"])
def test_a_template_imports_its_own_columns(kind):
    book = openpyxl.load_workbook(io.BytesIO(exports.template(kind)))

    assert [cell.value for cell in book["入力"][1]] == [field.label for field in exports.FIELDS[kind]]


def test_faults_come_back_beside_the_rows_they_belong_to(office):
    content = papers.changed_roster("shima@example.com", "shima.example.com")
    batch = office.receive("名簿.csv", content)

    sheet = openpyxl.load_workbook(
        io.BytesIO(exports.fault_bytes(batch, actions.faults_of(batch)))
    ).worksheets[0]

    assert [cell.value for cell in sheet[1]][:3] == ["エラー", "社員番号", "姓"]
    faulty = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]]
    assert ("000150", "島") in {(row[1], row[2]) for row in faulty}
    assert any("メールアドレスの形ではありません" in row[0] for row in faulty)
