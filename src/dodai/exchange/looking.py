"""A look at a file: what each row would do today, what has to be asked, and what is wrong."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dodai.core.errors import Refused
from dodai.exchange.rules.desk import Desk, Finding, Level, Place
from dodai.exchange.rules.layouts import Layout, Reading, Skipped, cell_text
from dodai.exchange.rules.roster_changes import Difference
from dodai.files.tables import Cell


@dataclass(frozen=True)
class Source:
    """Everything a person decided about one import; two looks at the same source say the same."""

    path: Path
    name: str
    as_of: date
    second_path: Path | None = None
    encoding: str = ""
    mapping: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    accepts_proposals: bool = False


@dataclass(frozen=True)
class LookRow:
    """``status`` is one of ``ImportRow.Status``."""

    sheet: str
    row: int
    label: str
    status: str
    differences: tuple[Difference, ...] = ()
    findings: tuple[Finding, ...] = ()
    original: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Look:
    rows: tuple[LookRow, ...]
    desk: Desk
    layouts: tuple[Layout, ...]
    encoding: str
    skipped: tuple[Skipped, ...]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.status for row in self.rows)
        return {status: found[status] for status in ("add", "update", "same", "error", "question", "skipped")}

    @property
    def is_ready(self) -> bool:
        return self.desk.is_ready and not any(row.status in ("error", "question") for row in self.rows)

    @property
    def fingerprint(self) -> str:
        """Of everything that would be written: what was confirmed is what is carried out."""
        body = [
            [
                row.sheet,
                row.row,
                row.status,
                [[each.key, each.before, each.after] for each in row.differences],
            ]
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()


class NoTable(Refused):
    """The file has no header that names our columns."""


def findings_by_row(desk: Desk) -> Mapping[tuple[str, int], tuple[Finding, ...]]:
    found: dict[tuple[str, int], list[Finding]] = defaultdict(list)
    for finding in desk.findings:
        found[finding.place.sheet, finding.place.row].append(finding)
    return {place: tuple(items) for place, items in found.items()}


def status_of(findings: Sequence[Finding], desk: Desk, status: str) -> str:
    """A fault or an unanswered question comes before what the row would otherwise do."""
    if any(finding.level == Level.ERROR for finding in findings):
        return "error"
    open_ids = {each.id for each in desk.open_questions if each.required and not each.quiet}
    return "question" if any(finding.question in open_ids for finding in findings) else status


def skipped_rows(reading: Reading) -> Iterable[LookRow]:
    """Rows that are no data, so that none disappears without a word; blank ones are only counted."""
    for item in reading.skipped:
        if item.kind not in ("blank", "sheet"):
            finding = Finding(Level.NOTICE, f"skipped_{item.kind}", Place(item.sheet, item.row))
            yield LookRow(item.sheet, item.row, item.text[:200], "skipped", (), (finding,), (item.text,))


def original_texts(cells: Sequence[Cell]) -> list[str]:
    return [cell_text(cell) for cell in cells]
