"""Inside the child: an xlsx becomes rows. calamine reads the values; openpyxl only the padded numbers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from dodai.files.limits import Limits
from dodai.files.refusals import UnreadableFile
from dodai.files.tables import Cell, column_letters
from dodai.files.wire import pack
from dodai.files.zip_checks import check_zip

_PADDED = re.compile(r"0{2,}")
_PADDED_STYLE = re.compile(rb'formatCode="0{2,}"')
_STYLES = "xl/styles.xml"


def xlsx_lines(source: BinaryIO, limits: Limits) -> Iterator[Any]:
    archive = check_zip(source, limits)
    names = set(archive.namelist())
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise UnreadableFile("not_a_table")
    padded = _padded_numbers(source) if _has_padded_style(archive, names) else {}
    source.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(source)
        tables = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    except PasswordError as error:
        raise UnreadableFile("old_or_locked") from error
    except Exception as error:  # the parser's own errors share no parent; here the answer is always the same
        raise UnreadableFile("broken") from error
    if not tables:
        raise UnreadableFile("no_sheet")
    yield {"encoding": "", "delimiter": ""}
    for meta in tables:
        hidden = meta.visible != SheetVisibleEnum.Visible
        yield from _sheet_lines(
            book, meta.name, hidden=hidden, padded=padded.get(meta.name, {}), limits=limits
        )


def _sheet_lines(
    book: CalamineWorkbook, name: str, *, hidden: bool, padded: dict[tuple[int, int], str], limits: Limits
) -> Iterator[Any]:
    try:
        sheet = book.get_sheet_by_name(name)
        merges = [
            [top, left, bottom, right] for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
        ]
        rows: Sequence[Sequence[Any]] = sheet.to_python(skip_empty_area=False)
    except Exception as error:
        raise UnreadableFile("broken", sheet=name) from error
    yield {"sheet": name, "hidden": hidden, "merges": merges}
    if len(rows) > limits.rows:
        raise UnreadableFile("too_many_rows", {"limit": f"{limits.rows:,}"}, sheet=name, row=limits.rows + 1)
    if rows and len(rows[0]) > limits.columns:
        raise UnreadableFile(
            "too_many_columns",
            {"limit": limits.columns},
            sheet=name,
            row=1,
            column=column_letters(limits.columns),
        )
    for number, row in enumerate(rows):
        cells = [padded.get((number, index)) or _value(value) for index, value in enumerate(row)]
        _check_lengths(cells, name, number + 1, limits)
        yield [pack(cell) for cell in cells]


def _value(value: Any) -> Cell:
    """A spreadsheet stores floats; the shortest decimal that means the same float is what was typed."""
    if value == "" and isinstance(value, str):
        return None
    if isinstance(value, float):
        exact = Decimal(repr(value)) if value == value and abs(value) != float("inf") else None
        return int(exact) if exact is not None and exact == exact.to_integral_value() else exact
    return value  # type: ignore[no-any-return]


def _check_lengths(cells: Sequence[Cell], sheet: str, row: int, limits: Limits) -> None:
    for index, cell in enumerate(cells):
        if isinstance(cell, str) and len(cell) > limits.cell_characters:
            raise UnreadableFile(
                "cell_too_long",
                {"limit": f"{limits.cell_characters:,}"},
                sheet=sheet,
                row=row,
                column=column_letters(index),
            )


def _has_padded_style(archive: zipfile.ZipFile, names: set[str]) -> bool:
    return _STYLES in names and _PADDED_STYLE.search(archive.read(_STYLES)) is not None


def _padded_numbers(source: BinaryIO) -> dict[str, dict[tuple[int, int], str]]:
    """Numbers that a cell format such as 000000 shows with leading zeros: codes, kept as they are seen."""
    from dodai.files.spreadsheets import openpyxl  # rarely needed, and slow to import

    source.seek(0)
    try:
        book = openpyxl.load_workbook(source, read_only=True, data_only=True)
        return {sheet.title: dict(_padded_cells(sheet)) for sheet in book.worksheets}
    except Exception as error:
        raise UnreadableFile("broken") from error


def _padded_cells(sheet: Any) -> Iterator[tuple[tuple[int, int], str]]:
    for row in sheet.iter_rows():
        for cell in row:
            value = cell.value
            if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value) >= 0:
                pattern = cell.number_format
                if pattern and _PADDED.fullmatch(pattern):
                    yield (cell.row - 1, cell.column - 1), str(int(value)).zfill(len(pattern))
