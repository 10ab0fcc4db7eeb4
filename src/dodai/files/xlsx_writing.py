"""Tables as workbooks: every text a text, frozen header, widths, drop-downs, and sheets that explain."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from dodai.files.refusals import UnreadableFile
from dodai.files.safe_text import DANGEROUS
from dodai.files.spreadsheets import openpyxl
from dodai.files.tables import Cell, column_letters

INPUT, EXAMPLES, CHOICES, GUIDE = "入力", "記入例", "選択肢", "説明"
TEMPLATE_ROWS = 1_000  # how far down drop-downs and text formats reach beyond the data
_LONGEST = 32_767
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LINE = Side(style="thin", color="B8BDC6")
_HEAD_FILL = PatternFill("solid", fgColor="E8ECF2")
_TOP = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a workbook; ``kind`` text keeps leading zeros however a person types them."""

    label: str
    width: int = 14  # characters of half width
    kind: str = "general"  # general, text, number, date
    choices: tuple[str, ...] = ()
    note: str = ""  # what to write here, for the sheet 説明
    required: bool = False
    example: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One visible sheet with a header row."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def workbook_bytes(tables: Sequence[Table]) -> bytes:
    """Plain sheets with the given rows, for exports and for files that come back with faults."""
    book = _new_book()
    for table in tables:
        _fill(book.create_sheet(_sheet_name(table.name)), table)
    return _saved(book)


def template_bytes(columns: Sequence[Column], rows: Sequence[Sequence[Cell]] = ()) -> bytes:
    """入力 with drop-downs, 記入例, hidden 選択肢 and 説明; with rows it is an export that imports again."""
    book = _new_book()
    sheet = book.create_sheet(INPUT)
    _fill(sheet, Table(INPUT, columns, rows))
    _fill(book.create_sheet(EXAMPLES), Table(EXAMPLES, columns, _example_rows(columns)))
    _add_choices(book, sheet, columns, len(rows))
    _fill(book.create_sheet(GUIDE), Table(GUIDE, _GUIDE_COLUMNS, [_guide_row(column) for column in columns]))
    return _saved(book)


_GUIDE_COLUMNS = (Column("列", 22), Column("必須", 8), Column("書き方", 60), Column("選択肢", 50))


def _guide_row(column: Column) -> list[Cell]:
    return [
        column.label,
        "必須" if column.required else None,
        column.note or None,
        "、".join(column.choices) or None,
    ]


def _example_rows(columns: Sequence[Column]) -> list[list[Cell]]:
    count = max((len(column.example) for column in columns), default=0)
    return [[_at(column.example, index) for column in columns] for index in range(count)]


def _at(values: Sequence[Cell], index: int) -> Cell:
    return values[index] if index < len(values) else None


def _new_book() -> Any:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    return book


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", "_", name)[:31] or "1"


def _fill(sheet: Any, table: Table) -> None:
    for index, column in enumerate(table.columns, start=1):
        cell = sheet.cell(1, index)
        _write(cell, column.label)
        cell.font, cell.fill = Font(bold=True), _HEAD_FILL
        cell.border = Border(bottom=_LINE)
        cell.alignment = _TOP
        sheet.column_dimensions[column_letters(index - 1)].width = column.width
    for number, row in enumerate(table.rows, start=2):
        for index, value in enumerate(row, start=1):
            cell = sheet.cell(number, index)
            _write(cell, value)
            _format(cell, _kind(table.columns, index))
    sheet.freeze_panes = "A2"


def _kind(columns: Sequence[Column], index: int) -> str:
    return columns[index - 1].kind if index <= len(columns) else "general"


def _format(cell: Any, kind: str) -> None:
    if kind == "text":
        cell.number_format = "@"
    elif kind == "date":
        cell.number_format = "yyyy/mm/dd"
    if isinstance(cell.value, str):
        cell.alignment = _TOP


def _write(cell: Any, value: Cell) -> None:
    """Set the type by hand: openpyxl alone would turn a text that begins with = into a live formula."""
    if value is None:
        return
    if isinstance(value, bool | int | Decimal | date | datetime | time | timedelta):
        cell.value = value
        return
    text = _escaped(value)
    if len(text) > _LONGEST:
        raise UnreadableFile(
            "cell_too_long", {"limit": f"{_LONGEST:,}"}, row=cell.row, column=cell.column_letter
        )
    cell.value = text
    cell.data_type = "s"
    if value[:1] and value[0] in DANGEROUS:
        cell.quotePrefix = True  # editing the cell in Excel does not start a formula either


def _escaped(text: str) -> str:
    """Characters XML cannot hold, written as the format itself writes them (_x000B_)."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", whole))


def _add_choices(book: Any, sheet: Any, columns: Sequence[Column], rows: int) -> None:
    """Drop-downs point to ranges of a hidden sheet: a literal list stops at 255 characters."""
    hidden = book.create_sheet(CHOICES)
    hidden.sheet_state = "hidden"
    last = rows + TEMPLATE_ROWS
    for index, column in enumerate(columns):
        letter = column_letters(index)
        if column.kind == "text":
            for number in range(rows + 2, last + 1):
                sheet.cell(number, index + 1).number_format = "@"
        if not column.choices:
            continue
        _write(hidden.cell(1, index + 1), column.label)
        for number, choice in enumerate(column.choices, start=2):
            _write(hidden.cell(number, index + 1), choice)
        source = f"'{CHOICES}'!${letter}$2:${letter}${len(column.choices) + 1}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{last}")


def with_faults(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], faults: Sequence[str]) -> bytes:
    """The same rows with a first column エラー, filled where something has to be corrected."""
    marked = [[fault or None, *row] for fault, row in zip(faults, rows, strict=True)]
    return workbook_bytes([Table(INPUT, [Column("エラー", 50), *columns], marked)])
