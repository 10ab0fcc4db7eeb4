"""Workbooks become rows, and no workbook breaks the house."""

import datetime as dt
import io
import random
import struct
import zipfile
import zlib
from decimal import Decimal

import openpyxl
import pytest

from dodai.files.limits import Limits
from dodai.files.reading import read_table
from dodai.files.refusals import UnreadableFile
from dodai.files.tables import Merge

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook_bytes(fill) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def replaced(content: bytes, entries: dict[str, bytes]) -> bytes:
    """The same workbook with some of its parts exchanged or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, entries.get(name, old.read(name)))
        for name in entries.keys() - set(old.namelist()):
            new.writestr(name, entries[name])
    return out.getvalue()


@pytest.fixture
def small():
    def fill(book):
        book.active.append(["業務名", "分"])
        book.active.append(["仕訳の起票", 40])

    return workbook_bytes(fill)


@pytest.fixture
def read(tmp_path):
    def run(content: bytes, **limits):
        path = tmp_path / "book.xlsx"
        path.write_bytes(content)
        return read_table(path, limits=Limits(**limits))

    return run


@pytest.fixture
def refusal(read):
    def run(content: bytes, **limits) -> UnreadableFile:
        with pytest.raises(UnreadableFile) as refused:
            read(content, **limits)
        return refused.value

    return run


def test_values_keep_what_was_typed(read):
    def fill(book):
        sheet = book.active
        for value in (1, 0.2, "001161", dt.date(2026, 4, 1), dt.time(1, 0), True, "=1+1", None):
            sheet.append([value, "."])
        sheet["A7"].data_type = "s"
        sheet["A9"], sheet["A9"].number_format = 1161, "000000"
        sheet["A10"], sheet["A10"].number_format = dt.timedelta(hours=30), "[h]:mm"

    values = [row[0] for row in read(workbook_bytes(fill)).sheets[0].rows]

    assert values == [
        1, Decimal("0.2"), "001161", dt.date(2026, 4, 1), dt.time(1, 0), True, "=1+1", None, "001161",
        dt.timedelta(hours=30),
    ]  # fmt: skip


def test_a_formula_without_a_stored_value_is_empty(read):
    def fill(book):
        book.active.append(["合計", "=SUM(C1:C9)", "."])

    assert read(workbook_bytes(fill)).sheets[0].rows == (("合計", None, "."),)


def test_merged_ranges_and_hidden_sheets_are_told(read):
    def fill(book):
        book.active.title = "業務棚卸"
        book.active.append(["分類", None, "業務名"])
        book.active.merge_cells("A1:B1")
        hidden = book.create_sheet("リスト")
        hidden.append(["日次"])
        hidden.sheet_state = "hidden"

    book = read(workbook_bytes(fill))

    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("業務棚卸", False), ("リスト", True)]
    assert book.sheets[0].merges == (Merge(0, 0, 0, 1),)
    assert book.visible_sheets == (book.sheets[0],)


def test_a_cell_at_the_far_end_is_refused_with_its_place(refusal):
    def fill(book):
        book.active["A1"] = 1
        book.active["XFD1048576"] = 1

    refused = refusal(workbook_bytes(fill))

    assert (refused.reason, refused.row, refused.column) == ("too_many_columns", 1048576, "XFD")


def test_a_cell_far_below_is_refused_with_its_row(refusal):
    def fill(book):
        book.active["A1"] = 1
        book.active["B200001"] = 1

    refused = refusal(workbook_bytes(fill))

    assert (refused.reason, refused.row, refused.column) == ("too_many_rows", 200_001, "B")


def test_a_parser_that_aborts_takes_only_the_child_with_it(refusal, small):
    """Rows whose cells carry no address slip past the count; the reader then asks for too much memory."""
    rows = (
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">' + b"<c><v>1</v></c>" * 16_000 + b"</row>"
    )
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode() + rows + b"</sheetData></worksheet>"

    refused = refusal(replaced(small, {"xl/worksheets/sheet1.xml": sheet}))

    assert refused.reason in ("not_readable_here", "too_many_rows", "too_many_columns", "broken")


def test_a_bomb_is_refused_by_what_it_declares(refusal, small):
    assert refusal(replaced(small, {"xl/big.bin": bytes(5_000_000)})).reason == "ratio"
    assert refusal(replaced(small, {"xl/big.bin": bytes(5_000_000)}), unpacked_bytes=4_000_000).reason == (
        "unpacked_too_big"
    )


def test_a_bomb_that_lies_about_its_size_is_counted(refusal, small):
    content = bytearray(replaced(small, {"xl/big.bin": bytes(5_000_000)}))
    real = struct.pack("<I", 5_000_000)
    assert content.count(real) == 2  # the local header and the directory

    lying = refusal(bytes(content.replace(real, struct.pack("<I", 100))))

    assert lying.reason == "ratio"


def test_too_many_parts_are_refused(refusal, small):
    assert refusal(replaced(small, {f"xl/{n}.bin": b"x" for n in range(50)}), entries=40).reason == (
        "too_many_entries"
    )


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil", "xl\\..\\..\\evil", "C:evil", "xl/../../x"])
def test_a_part_that_wants_to_leave_its_folder_is_refused(refusal, small, name):
    assert refusal(replaced(small, {name: b"x"})).reason == "unsafe_entry"


def test_a_link_is_refused(refusal, small):
    out = io.BytesIO(small)
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("xl/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    assert refusal(out.getvalue()).reason == "unsafe_entry"


def test_parts_that_share_their_bytes_are_refused(refusal):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/a.xml", b"a" * 100)
        archive.writestr("xl/b.xml", b"a" * 100)
    content = out.getvalue()
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    overlapping = content[: second + 42] + struct.pack("<I", 0) + content[second + 46 :]

    assert refusal(overlapping).reason == "broken"


def test_an_encrypted_part_is_refused(refusal, small):
    content = bytearray(small)
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1

    assert refusal(bytes(content)).reason == "encrypted"


def test_a_zip_that_is_no_workbook_is_refused(refusal):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("inner.zip", zlib.compress(b"x"))

    assert refusal(out.getvalue()).reason == "not_a_table"


@pytest.mark.parametrize(
    "entity",
    [
        "<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'><!ENTITY x '&b;&b;&b;&b;'>",
        "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    ],
)
def test_entities_are_neither_expanded_nor_fetched(read, small, entity):
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE worksheet [{entity}]><worksheet xmlns="{MAIN}"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>'
    ).encode()
    content = replaced(small, {"xl/worksheets/sheet1.xml": sheet})

    try:
        shown = repr(read(content).sheets[0].rows)
    except UnreadableFile as refused:
        shown = refused.reason

    assert "aaaaaaaaaa" not in shown
    assert "root:" not in shown


def test_flipped_bytes_give_rows_or_a_refusal(read, small):
    noise = random.Random(2026)
    answers = set()
    for _ in range(120):
        content = bytearray(small)
        for _ in range(noise.randint(1, 12)):
            content[noise.randrange(len(content))] = noise.randrange(256)
        try:
            read(bytes(content))
            answers.add("rows")
        except UnreadableFile as refused:
            answers.add(refused.reason)

    assert "broken" in answers
    assert "not_readable_here" not in answers


def test_flipped_bytes_inside_the_xml_give_rows_or_a_refusal(read, small):
    noise = random.Random(2027)
    with zipfile.ZipFile(io.BytesIO(small)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(parts)
    refused = 0
    for _ in range(80):
        name = noise.choice(names)
        part = bytearray(parts[name])
        for _ in range(noise.randint(1, 8)):
            part[noise.randrange(len(part))] = noise.randrange(256)
        try:
            read(replaced(small, {name: bytes(part)}))
        except UnreadableFile:
            refused += 1

    assert refused > 10


def test_a_shortened_file_is_refused(refusal, small):
    for length in range(100, len(small), 400):
        assert refusal(small[:length]).reason == "broken"
