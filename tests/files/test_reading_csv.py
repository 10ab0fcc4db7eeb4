"""Text in any of the encodings a Japanese office writes becomes the same rows."""

import pytest

from dodai.files.limits import Limits
from dodai.files.reading import read_table
from dodai.files.refusals import UnreadableFile

ROWS = (("社員番号", "氏名"), ("001161", "髙橋 誠"), ("001196", "山﨑 健①"))
TEXT = "社員番号,氏名\r\n001161,髙橋 誠\r\n001196,山﨑 健①\r\n"


@pytest.fixture
def file(tmp_path):
    def write(content: bytes):
        path = tmp_path / "table"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("utf-8-sig", b"\xef\xbb\xbf" + TEXT.encode()),
        ("utf-8", TEXT.encode()),
        ("cp932", TEXT.encode("cp932")),
        ("utf-16", TEXT.encode("utf-16")),
        ("utf-16", b"\xfe\xff" + TEXT.encode("utf-16-be")),
    ],
)
def test_the_encoding_is_found_and_named(file, encoding, content):
    book = read_table(file(content))

    assert book.encoding == encoding
    assert book.sheets[0].rows == ROWS


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_separating_sign_is_found_outside_quotes(file, delimiter):
    text = TEXT.replace(",", delimiter) + f'001112{delimiter}"a,b;c\td,e,f,g"\r\n'

    book = read_table(file(text.encode()))

    assert book.delimiter == delimiter
    assert book.sheets[0].rows[3] == ("001112", "a,b;c\td,e,f,g")


def test_a_line_break_inside_quotes_stays_in_its_cell(file):
    book = read_table(file('a,b\r\n"退職予定\r\n後任は未定",x\r\n'.encode("cp932")))

    assert book.sheets[0].rows == (("a", "b"), ("退職予定\r\n後任は未定", "x"))


def test_short_rows_are_filled_and_empty_cells_are_none(file):
    assert read_table(file(b"a,b,c\r\n1\r\n,,3\r\n")).sheets[0].rows == (
        ("a", "b", "c"),
        ("1", None, None),
        (None, None, "3"),
    )


def test_a_chosen_encoding_is_the_only_one_tried(file):
    path = file(TEXT.encode("cp932"))

    assert read_table(path, encoding="cp932").encoding == "cp932"
    with pytest.raises(UnreadableFile) as refused:
        read_table(path, encoding="utf-8")
    assert (refused.value.reason, refused.value.row) == ("encoding", 1)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\r\n,,\r\n", "empty"),
        (b"a,b\r\n1,\x002\r\n", "control_character"),
        (b"\xef\xbb\xbfa\r\n\x81", "encoding"),
        ("日本\n".encode("euc-jp") + b"\xff\xfe\xfa\n", "encoding"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n....", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old_or_locked"),
        (b"PK\x03\x04 broken", "broken"),
    ],
)
def test_what_is_not_a_table_is_refused_with_a_reason(file, content, reason):
    with pytest.raises(UnreadableFile) as refused:
        read_table(file(content))

    assert refused.value.reason == reason
    assert str(refused.value).endswith("。")


@pytest.mark.parametrize(
    ("content", "reason", "row", "column"),
    [
        (b"a\r\n" * 12, "too_many_rows", 11, ""),
        (b"a\r\n" + b"1," * 5 + b"6", "too_many_columns", 2, "F"),
        (b"a,b\r\n1," + b"x" * 51, "cell_too_long", 2, "B"),
        (b"x" * 2000, "too_big", None, ""),
    ],
)
def test_every_limit_names_the_place(file, content, reason, row, column):
    limits = Limits(upload_bytes=1000, rows=10, columns=5, cell_characters=50)

    with pytest.raises(UnreadableFile) as refused:
        read_table(file(content), limits=limits)

    assert (refused.value.reason, refused.value.row, refused.value.column) == (reason, row, column)


def test_a_child_without_an_answer_is_stopped_by_the_clock(file):
    with pytest.raises(UnreadableFile) as refused:
        read_table(file(TEXT.encode()), limits=Limits(wall_seconds=0))

    assert refused.value.reason == "took_too_long"


def test_a_child_that_says_too_much_is_stopped(file):
    with pytest.raises(UnreadableFile) as refused:
        read_table(file(TEXT.encode() * 100), limits=Limits(output_bytes=500))

    assert refused.value.reason == "too_much_output"


def test_a_child_without_enough_memory_becomes_a_refusal(file):
    with pytest.raises(UnreadableFile) as refused:
        read_table(file(TEXT.encode()), limits=Limits(memory_bytes=16 * 1024 * 1024))

    assert refused.value.reason == "not_readable_here"
