"""Tables as csv: UTF-8 with BOM, or CP932 when every character exists there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from dodai.core.dates import table_date
from dodai.core.numbers import plain
from dodai.files.refusals import Unwritable, UnwritableText
from dodai.files.safe_text import guarded
from dodai.files.tables import Cell

UTF8, CP932 = "utf-8-sig", "cp932"
_FOLDED = str.maketrans({"〜": "～", "−": "－", "‖": "∥", "¢": "￠", "£": "￡", "¬": "￢"})


def csv_bytes(rows: Sequence[Sequence[Cell]], *, encoding: str = UTF8) -> bytes:
    """Raises ``UnwritableText`` with every character that the encoding lacks; nothing becomes ``?``."""
    if encoding == CP932:
        rows = [[cell.translate(_FOLDED) if isinstance(cell, str) else cell for cell in row] for row in rows]
    texts = [[cell_text(cell) for cell in row] for row in rows]
    if encoding == CP932 and (found := list(unwritable(texts))):
        raise UnwritableText(found)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(texts)
    return out.getvalue().encode(encoding)


def cell_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(_without_halves(cell))
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | Decimal):
        return plain(cell)
    if isinstance(cell, datetime):
        return f"{table_date(cell.date())} {cell:%H:%M}"
    if isinstance(cell, date):
        return table_date(cell)
    return str(cell)


def unwritable(rows: Sequence[Sequence[str]]) -> Iterator[Unwritable]:
    """Every character of the rows that CP932 cannot hold."""
    for number, row in enumerate(rows, start=1):
        for index, text in enumerate(row):
            for character in dict.fromkeys(text):
                if not _exists_in_cp932(character):
                    yield Unwritable(number, index, character, text)


def _exists_in_cp932(character: str) -> bool:
    try:
        return character.encode(CP932).decode(CP932) == character
    except UnicodeError:
        return False


def _without_halves(text: str) -> str:
    """Half of a surrogate pair has no bytes in any encoding; it is shown as the replacement character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
