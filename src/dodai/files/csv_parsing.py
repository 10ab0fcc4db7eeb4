"""Inside the child: text in an unknown encoding becomes rows.

The order of strict decoding is BOM, UTF-8, CP932. A statistical detector is not used: it reads short CP932
as Korean. ``cp932`` and not ``shift_jis``: only the former knows 髙 and ①.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from dodai.files.limits import Limits
from dodai.files.refusals import UnreadableFile
from dodai.files.safe_text import unguarded
from dodai.files.tables import column_letters

ENCODINGS = ("utf-8", "cp932", "utf-16")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS = ",\t;"
_SNIFF_LINES = 30
_NOT_CP932 = frozenset("\x80\xa0\uf8f0\uf8f1\uf8f2\uf8f3")  # decoded, never written
_CONTROL = frozenset(chr(code) for code in range(32)) - frozenset("\t\n\r\x0b\x0c") | {"\x7f"}


def csv_lines(content: bytes, limits: Limits, encoding: str) -> Iterator[Any]:
    text, found = decode(content, encoding)
    _refuse_control_characters(text)
    delimiter = _delimiter(text)
    yield {"encoding": found, "delimiter": delimiter}
    yield {"sheet": "", "hidden": False, "merges": []}
    csv.field_size_limit(len(text) + 1)
    for number, fields in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
        _check(fields, number, limits)
        yield [unguarded(field) or None for field in fields]


def decode(content: bytes, encoding: str = "") -> tuple[str, str]:
    """The text and the name of its encoding; a named encoding is the only one tried."""
    marked = next((name for mark, name in _BOMS if content.startswith(mark)), "")
    candidates = (encoding,) if encoding else (marked,) if marked else ("utf-8", "cp932")
    for candidate in candidates:
        try:
            text = content.decode(candidate)
        except UnicodeDecodeError:
            continue
        if candidate == "cp932" and _NOT_CP932 & set(text):
            continue
        return text.removeprefix("\ufeff"), candidate
    raise UnreadableFile("encoding", row=_first_bad_row(content, candidates[-1]))


def _first_bad_row(content: bytes, encoding: str) -> int | None:
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        return content[: error.start].count(b"\n") + 1
    return None


def _refuse_control_characters(text: str) -> None:
    if not _CONTROL & set(text):
        return
    place = next(index for index, character in enumerate(text) if character in _CONTROL)
    raise UnreadableFile("control_character", row=text[:place].count("\n") + 1)


def _delimiter(text: str) -> str:
    """The sign that separates most often in the first lines, outside quotes."""
    head = "\n".join(text.split("\n", _SNIFF_LINES)[:_SNIFF_LINES])
    outside = "".join(head.split('"')[::2])
    best = max(_DELIMITERS, key=outside.count)
    return best if best in outside else ","


def _check(fields: list[str], number: int, limits: Limits) -> None:
    if number > limits.rows:
        raise UnreadableFile("too_many_rows", {"limit": f"{limits.rows:,}"}, row=number)
    if len(fields) > limits.columns and any(fields[limits.columns :]):
        raise UnreadableFile(
            "too_many_columns", {"limit": limits.columns}, row=number, column=column_letters(limits.columns)
        )
    for index, field in enumerate(fields):
        if len(field) > limits.cell_characters:
            raise UnreadableFile(
                "cell_too_long",
                {"limit": f"{limits.cell_characters:,}"},
                row=number,
                column=column_letters(index),
            )
