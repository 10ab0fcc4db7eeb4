"""Nothing that leaves the house calculates, and everything comes back as it was."""

import csv
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dodai.files.csv_writing import CP932, csv_bytes
from dodai.files.reading import read_table
from dodai.files.refusals import UnwritableText
from dodai.files.safe_text import DANGEROUS, guarded, unguarded
from dodai.files.xlsx_writing import Column, Table, template_bytes, with_faults, workbook_bytes

NASTY = [
    "=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", "'=1",
    "''=1", "'", "=HYPERLINK(\"http://example.com\")",
    "=cmd|' /C calc'!A0", "_x0041_", "a\x0bb", "普通の文", "",
]  # fmt: skip
TEXTS = st.text(st.characters(exclude_categories=()), max_size=40) | st.sampled_from(NASTY)
COLUMNS = [Column("社員番号", kind="text"), Column("備考")]


def first_sheet(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


@given(st.lists(TEXTS, min_size=1, max_size=30))
def test_no_cell_of_a_workbook_is_a_formula(texts):
    sheet = first_sheet(workbook_bytes([Table("表", [Column("備考")], [[text] for text in texts])]))

    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@given(st.lists(TEXTS, min_size=1, max_size=30))
def test_no_cell_of_a_csv_starts_like_a_formula(texts):
    content = csv_bytes([[text] for text in texts]).decode("utf-8-sig")

    for row in csv.reader(io.StringIO(content, newline="")):
        for cell in row:
            assert not cell.startswith(tuple(DANGEROUS)) or float(cell) < 0


@given(TEXTS)
def test_the_guard_can_be_taken_off_exactly(text):
    assert unguarded(guarded(text)) == text


def test_negative_numbers_stay_numbers():
    assert csv_bytes([[-5, Decimal("-1.50"), "-7"]]).decode("utf-8-sig") == "-5,-1.5,-7\r\n"
    sheet = first_sheet(workbook_bytes([Table("表", [Column("値")], [[-5], [Decimal("-1.5")]])]))
    assert [(cell.value, cell.data_type) for cell in sheet["A"][1:]] == [(-5, "n"), (-1.5, "n")]


def test_a_workbook_comes_back_through_the_reader(tmp_path):
    rows = [[f"00{n}", text] for n, text in enumerate(NASTY) if text]
    path = tmp_path / "out.xlsx"
    path.write_bytes(workbook_bytes([Table("表", COLUMNS, rows)]))

    read = read_table(path).sheets[0].rows[1:]

    assert [row[0] for row in read] == [row[0] for row in rows]
    assert [str(row[1]).replace("\r", "\n") for row in read] == [row[1].replace("\r", "\n") for row in rows]


def test_a_csv_comes_back_through_the_reader(tmp_path):
    rows = [[f"00{n}", text] for n, text in enumerate(NASTY) if text and "\x0b" not in text]
    path = tmp_path / "out.csv"
    path.write_bytes(csv_bytes(rows))

    read = read_table(path).sheets[0].rows

    assert [list(row) for row in read] == rows


def test_cp932_keeps_the_vendor_characters_and_folds_the_waves(tmp_path):
    path = tmp_path / "out.csv"
    path.write_bytes(csv_bytes([["髙﨑①㈱", "4月〜9月", "−5度"]], encoding=CP932))

    assert read_table(path).sheets[0].rows == (("髙﨑①㈱", "4月～9月", "－5度"),)


def test_a_character_cp932_lacks_is_listed_and_never_replaced():
    with pytest.raises(UnwritableText) as refused:
        csv_bytes([["氏名"], ["𠮷田 学"], ["é—"]], encoding=CP932)

    assert [(item.row, item.column, item.character) for item in refused.value.found] == [
        (2, 0, "𠮷"),
        (3, 0, "é"),
        (3, 0, "—"),
    ]
    assert "𠮷é—" in str(refused.value)


def test_a_template_has_its_four_sheets_and_drop_downs_over_a_range():
    columns = [
        Column("社員番号", kind="text", required=True, note="先頭の0も入れます。", example=("001234",)),
        Column("雇用区分", choices=tuple(f"区分{n}" for n in range(100)), example=("区分1",)),
    ]
    book = openpyxl.load_workbook(io.BytesIO(template_bytes(columns, [["001111", "区分2"]])))

    assert [(sheet.title, sheet.sheet_state) for sheet in book.worksheets] == [
        ("入力", "visible"), ("記入例", "visible"), ("選択肢", "hidden"), ("説明", "visible"),
    ]  # fmt: skip
    sheet = book["入力"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A2"].value == "001111"
    assert sheet["A500"].number_format == "@"
    [rule] = sheet.data_validations.dataValidation
    assert rule.formula1 == "'選択肢'!$B$2:$B$101"
    assert book["選択肢"]["B101"].value == "区分99"
    assert book["記入例"]["A2"].value == "001234"


def test_dates_are_real_dates():
    sheet = first_sheet(workbook_bytes([Table("表", [Column("日", kind="date")], [[dt.date(2026, 4, 1)]])]))

    assert sheet["A2"].value.date() == dt.date(2026, 4, 1)
    assert sheet["A2"].number_format == "yyyy/mm/dd"


def test_faults_come_back_in_the_first_column():
    sheet = first_sheet(with_faults(COLUMNS, [["1", "a"], ["2", "b"]], ["", "社員番号がありません。"]))

    assert [cell.value for cell in sheet[1]] == ["エラー", "社員番号", "備考"]
    assert [cell.value for cell in sheet["A"]][1:] == [None, "社員番号がありません。"]
