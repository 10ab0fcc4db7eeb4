"""Where the table is on a sheet people made: its header found by labels, rows that are no data named.

Titles above, headers of two rows under merged group names, the header repeated for a second printed page,
notes, totals and blank rows are recognised. What is skipped is listed, with its row.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from dodai.core.dates import table_date
from dodai.exchange.rules.fields import IGNORED, Field, fold_label
from dodai.files.tables import Cell, Merge, Sheet, Workbook

HEADER_SEARCH_ROWS = 60
LEAST_LABELS = 3
TOTALS = frozenset(("合計", "小計", "総計", "計", "総合計", "累計", "部門計", "全社計"))
NOTE_MARKS = ("※", "注)", "(注)", "注:", "*")
DITTO = frozenset(("〃", "々", "同上", "″", "”", '"', "〃〃", "ヾ"))
NOT_TABLES = ("記入例", "記入要領", "説明", "選択肢", "リスト", "凡例", "例", "マスタ", "使い方")


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns of one sheet hold which field, counted from 0."""

    sheet: str
    top: int  # the header's first row
    bottom: int  # and its last
    columns: Mapping[str, int]
    labels: tuple[str, ...]  # of every column, as written

    @property
    def unmapped(self) -> tuple[tuple[int, str], ...]:
        """Columns with a label that hold none of our fields; shown, because they are not imported."""
        used = set(self.columns.values())
        return tuple(
            (index, label)
            for index, label in enumerate(self.labels)
            if label and index not in used and fold_label(label) not in IGNORED
        )


@dataclass(frozen=True, slots=True)
class Record:
    """One row of data; ``row`` counts from 1 as people see it."""

    sheet: str
    row: int
    cells: Mapping[str, Cell]
    original: tuple[Cell, ...] = ()

    def text(self, key: str) -> str:
        return cell_text(self.cells.get(key))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row or sheet that is not data. ``kind``: blank, note, total, header, title, sheet."""

    sheet: str
    row: int
    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    layouts: tuple[Layout, ...]
    records: tuple[Record, ...]
    skipped: tuple[Skipped, ...]
    titles: Mapping[str, tuple[str, ...]]  # what stands above the header of each sheet


def read_workbook(
    book: Workbook,
    fields: Sequence[Field],
    *,
    mapping: Mapping[str, Mapping[str, int]] | None = None,
    sheets: Sequence[str] | None = None,
) -> Reading:
    """Every data row of the tables in the file. ``mapping`` is what a person chose per sheet, if they did;
    ``sheets`` names the sheets to read, otherwise visible ones that are not examples or lists."""
    layouts: list[Layout] = []
    records: list[Record] = []
    skipped: list[Skipped] = []
    titles: dict[str, tuple[str, ...]] = {}
    for sheet in book.sheets:
        chosen = (
            sheet.name in sheets if sheets is not None else not sheet.hidden and is_table_name(sheet.name)
        )
        layout = find_layout(sheet, fields) if chosen else None
        if layout is None:
            skipped.append(Skipped(sheet.name, 0, "sheet", sheet.name))
            continue
        if mapping and sheet.name in mapping:
            layout = Layout(layout.sheet, layout.top, layout.bottom, dict(mapping[sheet.name]), layout.labels)
        layouts.append(layout)
        titles[sheet.name] = tuple(
            cell_text(cell) for row in sheet.rows[: layout.top] for cell in row if cell_text(cell)
        )
        for item in _rows(sheet, layout, fields):
            (records if isinstance(item, Record) else skipped).append(item)  # type: ignore[arg-type]
    return Reading(tuple(layouts), tuple(records), tuple(skipped), titles)


def is_table_name(name: str) -> bool:
    return fold_label(name) not in map(fold_label, NOT_TABLES)


def find_layout(sheet: Sheet, fields: Sequence[Field]) -> Layout | None:
    """The row or pair of rows that names the most fields; None when nothing looks like a header."""
    merges = _covered(sheet.merges)
    best: Layout | None = None
    for top in range(min(len(sheet.rows), HEADER_SEARCH_ROWS)):
        for bottom in (top, top + 1):
            if bottom >= len(sheet.rows):
                continue
            labels = _labels(sheet, merges, top, bottom)
            columns = match_columns(labels, fields)
            if len(columns) >= LEAST_LABELS and (best is None or len(columns) > len(best.columns)):
                best = Layout(sheet.name, top, bottom, columns, labels)
    return best


def match_columns(labels: Sequence[str], fields: Sequence[Field]) -> dict[str, int]:
    """Field → column; an exact label wins over an alias, and the first column over a later one."""
    folded = [fold_label(label) for label in labels]
    found: dict[str, int] = {}
    taken: set[int] = set()
    for exact in (True, False):
        for field in fields:
            wanted = {fold_label(field.label)} if exact else field.spellings
            index = next((n for n, label in enumerate(folded) if label in wanted and n not in taken), None)
            if field.key not in found and index is not None:
                found[field.key] = index
                taken.add(index)
    return found


def _labels(sheet: Sheet, merges: Mapping[tuple[int, int], Merge], top: int, bottom: int) -> tuple[str, ...]:
    """The lowest text of each column; a group name above stands in where the cell below is merged into it."""
    return tuple(
        next(
            (text for row in range(bottom, top - 1, -1) if (text := _shown(sheet, merges, row, column))),
            "",
        )
        for column in range(len(sheet.rows[top]))
    )


def _shown(sheet: Sheet, merges: Mapping[tuple[int, int], Merge], row: int, column: int) -> str:
    merge = merges.get((row, column))
    if merge is not None:
        row, column = merge.top, merge.left
    return cell_text(sheet.rows[row][column]) if row < len(sheet.rows) else ""


def _rows(sheet: Sheet, layout: Layout, fields: Sequence[Field]) -> Iterator[Record | Skipped]:
    merges = _covered(sheet.merges)
    header = {label for label in map(fold_label, layout.labels) if label}
    above = {
        fold_label(cell_text(cell)) for cell in sheet.rows[layout.top] if cell_text(cell)
    } | header  # the group names of the first header row come back with a repeated header
    keys = {field.key for field in fields if field.required}
    before: dict[str, Cell] = {}
    for number in range(layout.bottom + 1, len(sheet.rows)):
        row = sheet.rows[number]
        kind = _not_data(row, layout, above, keys)
        if kind:
            yield Skipped(
                sheet.name, number + 1, kind, " ".join(cell_text(cell) for cell in row if cell_text(cell))
            )
            continue
        cells = {key: _filled(sheet, merges, number, column) for key, column in layout.columns.items()}
        for key, cell in cells.items():
            if cell_text(cell) in DITTO:
                cells[key] = before.get(key)
        before = cells
        yield Record(sheet.name, number + 1, cells, row)


def _filled(sheet: Sheet, merges: Mapping[tuple[int, int], Merge], row: int, column: int) -> Cell:
    """A merged cell counts for every row it covers; an empty one that is not merged stays empty."""
    if column >= len(sheet.rows[row]):
        return None
    merge = merges.get((row, column))
    return sheet.rows[merge.top][merge.left] if merge is not None else sheet.rows[row][column]


def _not_data(row: Sequence[Cell], layout: Layout, header: set[str], keys: set[str]) -> str:
    """Why a row is no data, or an empty text when it is."""
    texts = [cell_text(cell) for cell in row]
    filled = [text for text in texts if text]
    if not filled:
        return "blank"
    if len(filled) > 1 and sum(fold_label(text) in header for text in filled) * 3 >= len(filled) * 2:
        return "header"
    holds_key = [
        bool(texts[layout.columns[key]]) for key in keys if layout.columns.get(key, len(row)) < len(row)
    ]
    if all(holds_key) and holds_key:
        return ""
    first = unicodedata.normalize("NFKC", filled[0])
    if first.startswith(NOTE_MARKS) and len(filled) <= 2:
        return "note"
    if fold_label(first) in TOTALS:
        return "total"
    return "note" if len(filled) == 1 and not any(holds_key) else ""


def _covered(merges: Sequence[Merge]) -> dict[tuple[int, int], Merge]:
    return {
        (row, column): merge
        for merge in merges
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
    }


def cell_text(cell: Cell) -> str:
    """A value as a person would have typed it; the ends trimmed."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, date):
        return table_date(cell)
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return str(cell)
