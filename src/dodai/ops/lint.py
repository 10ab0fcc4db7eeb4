"""`dodai lint`: the SMART check on the command line, without Django.

    dodai lint "請求書処理を頑張る"          one sentence
    dodai lint goals.xlsx notes.txt         files: txt (a sentence per line), csv, xlsx, jsonl
    dodai lint --format jsonl - < in.jsonl   one JSON object per line in and out

Exit code: 0 when nothing stops 承認申請, 1 when something does (text output only), 2 when the input, or a
line of it, could not be read.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dodai.files.reading import read_table
from dodai.files.refusals import UnreadableFile
from dodai.files.tables import Row, Sheet
from dodai.smart import Finding, Severity, check, context_of, field_of
from dodai.smart.wording import LANGUAGES, wording

FILE_KINDS = (".txt", ".csv", ".tsv", ".xlsx", ".jsonl", ".ndjson")
TABLE_KINDS = (".csv", ".tsv", ".xlsx")
HEADER_WITHIN = 20  # rows in which the heading of a table is looked for
OK, BLOCKED, UNREADABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence to check and where it came from; `problem` says why it could not be read."""

    id: Any
    text: str = ""
    record: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None
    problem: str = ""


def main(words: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(words)
    entries = (entry for source in options.sources for entry in _entries(source, options))
    write = _write_jsonl if options.format == "jsonl" else _write_text
    try:
        return write(entries, options.lang)
    except BrokenPipeError:  # the reader, such as head, had enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for the flush at exit
        return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dodai lint", description="目標の文をSMARTの規則で確かめます。")
    parser.add_argument(
        "sources", nargs="+", metavar="文かファイル", help="文、ファイル、または - （標準入力）"
    )
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="出力の形（既定はtext）")
    parser.add_argument("--lang", choices=LANGUAGES, default="ja", help="文面の言語（既定はja）")
    return parser


# ── in ──


def _entries(source: str, options: argparse.Namespace) -> Iterator[Entry]:
    said = wording(options.lang).cli
    if source == "-":
        lines = sys.stdin.buffer
        yield from _json_lines(lines, said) if options.format == "jsonl" else _lines("-", lines, said)
        return
    path, kind = Path(source), Path(source).suffix.lower()
    if not _is_file(path):
        missing = kind in FILE_KINDS and len(source.splitlines()) == 1
        yield Entry(source, problem=said["no_file"].format(path=source)) if missing else Entry(None, source)
    elif kind in TABLE_KINDS:
        yield from _table(path, said)
    else:
        with path.open("rb") as lines:
            yield from _json_lines(lines, said) if "json" in kind else _lines(source, lines, said)


def _is_file(path: Path) -> bool:
    """A sentence may be longer than any file name, or hold characters no file name has."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _lines(name: str, lines: Iterable[bytes], said: Mapping[str, str]) -> Iterator[Entry]:
    for number, raw in enumerate(lines, start=1):
        text = _decoded(raw, "cp932")
        if text is None:
            yield Entry(f"{name}:{number}", line=number, problem=said["not_utf8"])
        elif text.strip():
            yield Entry(f"{name}:{number}", text.strip("\r\n"), line=number)


def _json_lines(lines: Iterable[bytes], said: Mapping[str, str]) -> Iterator[Entry]:
    for number, raw in enumerate(lines, start=1):
        if raw.strip():
            yield _json_entry(number, _decoded(raw), said)


def _json_entry(number: int, line: str | None, said: Mapping[str, str]) -> Entry:
    def unreadable(problem: str, id_: Any = None) -> Entry:
        return Entry(id_, line=number, problem=said[problem].format(line=number))

    try:
        record = json.loads(line) if line is not None else None
    except (ValueError, RecursionError):
        return unreadable("bad_json")
    if line is None:
        return unreadable("bad_json")
    if not isinstance(record, dict):
        return unreadable("not_an_object")
    if not isinstance(record.get("text"), str):
        return unreadable("no_text", record.get("id"))
    return Entry(record.get("id"), record["text"], record, number)


def _decoded(raw: bytes, *others: str) -> str | None:
    for encoding in ("utf-8-sig", *others):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _table(path: Path, said: Mapping[str, str]) -> Iterator[Entry]:
    try:
        workbook = read_table(path)
    except UnreadableFile as refusal:
        yield Entry(str(path), problem=said["unreadable"].format(path=path, reason=refusal))
        return
    sheets = workbook.visible_sheets
    entries = [entry for sheet in sheets for entry in _rows(path, sheet, alone=len(sheets) == 1)]
    yield from entries or [Entry(str(path), problem=said["no_goal_column"].format(path=path))]


def _rows(path: Path, sheet: Sheet, *, alone: bool) -> Iterator[Entry]:
    """The goals of a sheet; a file of one column needs no heading."""
    header = _header(sheet.rows)
    if header is None and alone and all(len(row) == 1 for row in sheet.rows):
        header = -1, {"text": 0}
    if header is None:
        return
    top, columns = header
    for number, row in enumerate(sheet.rows[top + 1 :], start=top + 2):
        text = row[columns["text"]]
        if isinstance(text, str) and text.strip():
            record = {name: row[index] for name, index in columns.items() if row[index] is not None}
            name = ":".join(part for part in (str(path), sheet.name, str(number)) if part)
            yield Entry(name, text, record, number)


def _header(rows: tuple[Row, ...]) -> tuple[int, dict[str, int]] | None:
    """The first row with a heading for the goal, and which column holds which field."""
    for top, row in enumerate(rows[:HEADER_WITHIN]):
        columns: dict[str, int] = {}
        for index, cell in enumerate(row):
            if isinstance(cell, str) and (name := field_of(cell)):
                columns.setdefault(name, index)
        if "text" in columns and len(columns) >= min(2, len(row)):
            return top, columns
    return None


# ── out ──


def _write_jsonl(entries: Iterable[Entry], lang: str) -> int:
    code = OK
    for entry in entries:
        if entry.problem:
            code = UNREADABLE
            answer: dict[str, Any] = {"id": entry.id, "line": entry.line, "error": entry.problem}
        else:
            findings = check(entry.text, context_of(entry.record), lang=lang)
            answer = {"id": entry.id, "findings": [finding.as_record() for finding in findings]}
        print(json.dumps(answer, ensure_ascii=False))
    return code


def _write_text(entries: Iterable[Entry], lang: str) -> int:
    said = wording(lang)
    seen: Counter[str] = Counter()
    for entry in entries:
        if entry.problem:
            seen["unreadable"] += 1
            print(entry.problem, file=sys.stderr)
            continue
        findings = check(entry.text, context_of(entry.record), lang=lang)
        seen.update(str(finding.severity) for finding in findings)
        seen["texts"] += 1
        print("\n".join(_shown(entry, findings, lang)), end="\n\n")
    counted = {name: seen[name] for name in ("texts", *map(str, Severity))}
    if seen["texts"] > 1:
        print(said.cli["summary"].format(**counted))
    return UNREADABLE if seen["unreadable"] else BLOCKED if seen["error"] else OK


def _shown(entry: Entry, findings: list[Finding], lang: str) -> Iterator[str]:
    """The sentence, its words underlined, and under it what is said about them."""
    said = wording(lang)
    text = " ".join(entry.text.splitlines()) if "\n" in entry.text else entry.text
    yield f"{entry.id}  {text}" if entry.id is not None else text
    if marked := [finding for finding in findings if finding.end]:
        margin = f"{entry.id}  " if entry.id is not None else ""
        yield _underline(margin, text, marked)
    if not findings:
        yield f"  {said.cli['nothing']}"
    for finding in findings:
        yield f"  {said.names[finding.severity]} {finding.rule} {finding.message}"
        yield f"    {said.cli['suggestion']}{'：' if lang == 'ja' else ': '}{finding.suggestion}"


def _underline(margin: str, text: str, findings: list[Finding]) -> str:
    line = [" " * _columns(letter) for letter in margin + text]
    for finding in findings:
        for index in range(len(margin) + finding.start, min(len(margin) + finding.end, len(line))):
            line[index] = "^" * len(line[index])
    return "".join(line).rstrip()


def _columns(letter: str) -> int:
    """How many columns of a terminal a character takes."""
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WFA" else 1
