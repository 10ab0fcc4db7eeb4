"""One row of a 業務棚卸表 as it goes into ``actions.import_rows``, and what came of it. Plain Python.

Whoever reads a file or the clipboard makes ``WorkRow``s: people and units are already resolved to ids,
numbers and choices to their codes; what could not be read is named in ``open_questions``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal

from dodai.core.errors import Refused
from dodai.core.text import normalise_for_search


def name_of_work(name: str) -> str:
    """What makes two names the same work: spaces, line breaks and widths do not count."""
    return normalise_for_search(name).replace(" ", "")


@dataclass(frozen=True)
class WorkRow:
    """Field names are those of ``WorkItem``; ``unit``, ``owner`` and ``backups`` are ids.

    ``given`` names the columns the source has: an update touches these alone. None means every field
    that differs from its empty value.
    """

    line: int
    unit: int
    name: str
    owner: int | None = None
    backups: tuple[int, ...] = ()
    category_l: str = ""
    category_m: str = ""
    category_s: str = ""
    purpose: str = ""
    frequency: str = ""
    more_frequencies: tuple[str, ...] = ()
    minutes_per_run: Decimal | None = None
    runs_per_year: int | None = None
    importance: int | None = None
    importance_reason: str = ""
    difficulty_level: int | None = None
    capable_people: int | None = None
    manual_status: str = ""
    manual_updated_on: date | None = None
    improvement_room: int | None = None
    ecrs: tuple[str, ...] = ()
    ecrs_memo: str = ""
    outlook: str = "keep"
    peak_months: tuple[int, ...] = ()
    legal_deadline: str = ""
    nature: str = ""
    system_refs: str = ""
    external_ref: str = ""
    note: str = ""
    open_questions: Mapping[str, str] = field(default_factory=dict)
    item: int | None = None  # the id column of our own export; wins over the name
    given: frozenset[str] | None = None

    def values(self) -> dict[str, object]:
        """Every field of the item this row brings, ready to be set; lists as JSON keeps them."""
        brought = VALUES if self.given is None else self.given & VALUES
        values: dict[str, object] = {}
        for name in sorted(brought):
            value = getattr(self, name)
            if self.given is None and value == _EMPTY[name]:
                continue
            values[name] = list(value) if isinstance(value, tuple) else value
        return values


_NOT_VALUES = frozenset({"line", "unit", "owner", "backups", "open_questions", "item", "given"})
VALUES = frozenset(each.name for each in fields(WorkRow)) - _NOT_VALUES
_EMPTY = {each.name: each.default for each in fields(WorkRow)}


@dataclass(frozen=True)
class RowFault:
    """Why one row cannot be taken. ``field`` is empty when the row as a whole is at fault."""

    line: int
    field: str
    message: str


class RowsRefused(Refused):
    """Nothing was written, because these rows cannot be."""

    def __init__(self, message: str, faults: tuple[RowFault, ...]) -> None:
        super().__init__(message)
        self.faults = faults


@dataclass(frozen=True)
class ImportOutcome:
    """Ids of the items, and of the audit events that ``actions.undo_import`` takes back."""

    added: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    unchanged: tuple[int, ...] = ()
    events: tuple[int, ...] = ()
