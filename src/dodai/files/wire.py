"""One JSON line per row between the child that parses and the parent that waits."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from dodai.files.tables import Cell

_PLAIN = (str, bool, int)


def pack(cell: Cell) -> Any:
    """A value as JSON; what JSON lacks becomes a pair of kind and text."""
    if cell is None or isinstance(cell, _PLAIN):
        return cell
    if isinstance(cell, Decimal):
        return ["n", str(cell)]
    if isinstance(cell, datetime):
        return ["m", cell.isoformat()]
    if isinstance(cell, date):
        return ["d", cell.isoformat()]
    if isinstance(cell, time):
        return ["t", cell.isoformat()]
    return ["s", cell.total_seconds()]


def unpack(value: Any) -> Cell:
    if not isinstance(value, list):
        return value  # type: ignore[no-any-return]
    kind, text = value
    cell: Cell = _READERS[kind](text)
    return cell


def _seconds(text: float) -> timedelta:
    return timedelta(seconds=text)


_READERS: dict[str, Any] = {
    "n": Decimal,
    "m": datetime.fromisoformat,
    "d": date.fromisoformat,
    "t": time.fromisoformat,
    "s": _seconds,
}
