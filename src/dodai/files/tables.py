"""What was read from a file: sheets of rows of plain values, with nothing about how they were stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

Cell = str | int | Decimal | bool | date | datetime | time | timedelta | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """One merged range; rows and columns are counted from 0 and both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows[0]`` is row 1 of the sheet; an empty cell is None, and every row is as long as the longest."""

    name: str  # empty for a csv
    rows: tuple[Row, ...]
    hidden: bool = False
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole file. ``encoding`` is empty for xlsx."""

    sheets: tuple[Sheet, ...]
    encoding: str = ""
    delimiter: str = field(default="", repr=False)

    @property
    def visible_sheets(self) -> tuple[Sheet, ...]:
        return tuple(sheet for sheet in self.sheets if not sheet.hidden)


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA: the name people see above a column."""
    letters = ""
    index += 1
    while index:
        index, remainder = divmod(index - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


def column_index(letters: str) -> int:
    """A → 0, AA → 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
