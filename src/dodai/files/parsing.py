"""Inside the child: which kind of file it is, and its rows as JSON lines."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from dodai.files.csv_parsing import csv_lines
from dodai.files.limits import Limits
from dodai.files.refusals import UnreadableFile
from dodai.files.xlsx_parsing import xlsx_lines

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHER = tuple(
    map(
        bytes.fromhex,
        ["25504446", "89504e47", "ffd8ff", "47494638", "1f8b", "377abcaf", "52617221", "7f454c46"],
    )
)  # PDF, PNG, JPEG, GIF, gzip, 7z, RAR, ELF


def answer(source: BinaryIO, out: BinaryIO, asked: dict[str, Any]) -> None:
    """Write every line of the answer; the last one says whether all of it was said."""
    limits = Limits(**asked["limits"])
    try:
        for line in lines(source, limits, asked["encoding"]):
            out.write(_encoded(line))
        out.write(_encoded({"end": True}))
    except UnreadableFile as refusal:
        out.write(_encoded(_refusal(refusal)))
    except MemoryError:
        out.write(_encoded({"refused": "not_readable_here", "params": {}}))
    except Exception:  # the last resort of this process: what a parser raises is no news to the person
        out.write(_encoded({"refused": "broken", "params": {}}))
    out.flush()


def lines(source: BinaryIO, limits: Limits, encoding: str) -> Iterator[Any]:
    """The content decides what a file is, never its name."""
    content = source.read(limits.upload_bytes + 1)
    if len(content) > limits.upload_bytes:
        raise UnreadableFile("too_big", {"limit": limits.upload_bytes // 1024 // 1024})
    if not content.strip(b"\x00\t\r\n ,"):
        raise UnreadableFile("empty")
    if content.startswith(ZIP):
        yield from xlsx_lines(io.BytesIO(content), limits)
        return
    if content.startswith(OLE):
        raise UnreadableFile("old_or_locked")
    if content.startswith(_OTHER):
        raise UnreadableFile("not_a_table")
    yield from csv_lines(content, limits, encoding)


def _refusal(refusal: UnreadableFile) -> dict[str, object]:
    return {
        "refused": refusal.reason,
        "params": refusal.params,
        "sheet": refusal.sheet,
        "row": refusal.row,
        "column": refusal.column,
    }


def _encoded(line: Any) -> bytes:
    return json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
