"""Inside the child: what a zip says about itself, and what it really unpacks to, before a parser sees it."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from dodai.files.limits import Limits
from dodai.files.refusals import UnreadableFile
from dodai.files.tables import column_index, column_letters

_CHUNK = 256 * 1024
_LOCAL_HEADER = struct.Struct("<4s22xHH")  # signature, then the lengths of name and extra field
_ENCRYPTED = 0x1
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_CELL = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]{1,7})([0-9]{1,10})["'](?:[^>]*[^/>])?>"""
)
_OVERLAP = 512  # a cell's tag is never longer; the end of one chunk is looked at again with the next


def check_zip(source: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """Refuse what lies, what is too big and what wants to leave its folder."""
    try:
        archive = zipfile.ZipFile(source)
    except (
        zipfile.BadZipFile,
        struct.error,
        ValueError,
        OverflowError,
        NotImplementedError,
        OSError,
    ) as error:
        raise UnreadableFile("broken") from error
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise UnreadableFile("too_many_entries", {"limit": f"{limits.entries:,}"})
    for entry in entries:
        _check_entry(entry)
    _refuse_overlaps(entries)
    _check_size(sum(entry.file_size for entry in entries), entries, limits)
    _count(source, entries, limits)
    return archive


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    parts = name.replace("\\", "/").split("/")
    link = stat.S_ISLNK(entry.external_attr >> 16)
    if ".." in parts or name.startswith(("/", "\\")) or ":" in name or "\x00" in name or link:
        raise UnreadableFile("unsafe_entry")
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableFile("encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableFile("broken")


def _refuse_overlaps(entries: list[zipfile.ZipInfo]) -> None:
    """Entries that share their bytes are how a small zip promises endless content."""
    spans = sorted((entry.header_offset, entry.header_offset + entry.compress_size) for entry in entries)
    if any(start < end for (_, end), (start, _) in pairwise(spans)):
        raise UnreadableFile("broken")


def _check_size(unpacked: int, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if unpacked > limits.unpacked_bytes:
        raise UnreadableFile("unpacked_too_big", {"limit": limits.unpacked_bytes // 1024 // 1024})
    packed = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > limits.ratio_from_bytes and unpacked > limits.ratio * packed:
        raise UnreadableFile("ratio")


def _count(source: BinaryIO, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Unpack everything once without keeping it: headers may lie about sizes, and cells about places."""
    unpacked = 0
    for entry in entries:
        watch = _CellWatch(limits) if _SHEET.fullmatch(entry.filename) else None
        for chunk in _inflated(source, entry):
            unpacked += len(chunk)
            _check_size(unpacked, entries, limits)
            if watch is not None:
                watch.look(chunk)


def _inflated(source: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The real bytes of an entry, read past what its header declares, and what they add up to."""
    if entry.header_offset < 0:
        raise UnreadableFile("broken")
    source.seek(entry.header_offset)
    header = source.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
        raise UnreadableFile("broken")
    _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    source.seek(name_length + extra_length, 1)
    checksum = 0
    for chunk in _chunks(source, entry):
        checksum = zlib.crc32(chunk, checksum)
        yield chunk
    if checksum != entry.CRC:
        raise UnreadableFile("broken")


def _chunks(source: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    remaining = entry.compress_size
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    while remaining > 0 and (packed := source.read(min(_CHUNK, remaining))):
        remaining -= len(packed)
        if entry.compress_type == zipfile.ZIP_STORED:
            yield packed
            continue
        try:
            yield inflater.decompress(packed, _CHUNK)
            while inflater.unconsumed_tail:
                yield inflater.decompress(inflater.unconsumed_tail, _CHUNK)
        except zlib.error as error:
            raise UnreadableFile("broken") from error


class _CellWatch:
    """Refuses a cell far outside: one value in XFD1048576 makes a reader ask for 512 GB and abort."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.tail = b""

    def look(self, chunk: bytes) -> None:
        text = self.tail + chunk
        for found in _CELL.finditer(text):
            letters, row = found[1].decode("ascii"), int(found[2])
            if column_index(letters) >= self.limits.columns:
                raise UnreadableFile(
                    "too_many_columns", {"limit": self.limits.columns}, row=row, column=letters.upper()
                )
            if row > self.limits.rows:
                raise UnreadableFile(
                    "too_many_rows",
                    {"limit": f"{self.limits.rows:,}"},
                    row=row,
                    column=column_letters(column_index(letters)),
                )
        self.tail = text[-_OVERLAP:]
