"""The table is found wherever it stands, and every row that is no data is named."""

from collections import Counter

from dodai.exchange.rules.fields import PEOPLE, WORK
from dodai.exchange.rules.layouts import read_workbook
from dodai.files.reading import read_table
from dodai.files.tables import Sheet, Workbook
from tests.exchange import papers


def read(paper, content, fields=WORK, **options):
    return read_workbook(read_table(paper("file", content)), fields, **options)


def test_a_header_of_two_rows_under_group_names_is_found(paper):
    [layout] = read(paper, papers.inventory_workbook()).layouts

    assert (layout.sheet, layout.top + 1, layout.bottom + 1) == ("業務棚卸", 4, 5)
    assert layout.columns == {
        "category_l": 1,
        "category_m": 2,
        "name": 3,
        "frequency": 4,
        "minutes_per_run": 5,
        "runs_per_year": 6,
        "owner": 7,
        "backups": 8,
        "manual": 9,
    }


def test_every_row_that_is_no_data_is_listed_with_its_kind(paper):
    reading = read(paper, papers.inventory_workbook())

    assert [record.row for record in reading.records] == [6, 7, 12]
    assert Counter(item.kind for item in reading.skipped) == {
        "blank": 1,
        "note": 2,
        "header": 2,
        "total": 1,
        "sheet": 2,
    }


def test_a_merged_cell_fills_down_within_its_range_only(paper):
    records = read(paper, papers.inventory_workbook()).records

    assert [record.text("category_l") for record in records] == ["決算", "決算", "支払"]
    assert records[2].text("category_m") == ""


def test_a_ditto_mark_repeats_the_row_above(paper):
    records = read(paper, papers.inventory()).records

    assert records[1].text("category_m") == "月次"


def test_examples_lists_and_hidden_sheets_are_left_out_unless_chosen(paper):
    content = papers.inventory_workbook()

    assert [item.text for item in read(paper, content).skipped if item.kind == "sheet"] == [
        "記入例",
        "リスト",
    ]
    assert [layout.sheet for layout in read(paper, content, sheets=["記入例"]).layouts] == ["記入例"]


def test_a_chosen_mapping_wins(paper):
    mapping = {"": {"name": 2, "category_l": 1}}

    [record, *_] = read(paper, papers.inventory(), mapping=mapping).records

    assert (record.text("category_l"), record.text("name"), record.text("owner")) == ("決算", "月次", "")


def test_a_row_without_its_name_is_never_skipped_silently(paper):
    reading = read(paper, papers.inventory("経理部,決算,,,,月次,10,12,5,原 美月,,,,"))

    assert len(reading.records) == 1


def test_a_table_without_known_labels_has_no_layout():
    book = Workbook((Sheet("", (("a", "b", "c"), ("1", "2", "3"))),))

    assert read_workbook(book, PEOPLE).layouts == ()


def test_columns_nobody_knows_are_named(paper):
    reading = read(
        paper, papers.roster().replace("備考".encode("cp932"), "血液型".encode("cp932"), 1), PEOPLE
    )

    assert reading.layouts[0].unmapped == ((18, "血液型"),)
