"""The way in: hand a file to a child process, wait with a clock, and take its rows or its refusal.

No spreadsheet, zip or csv parser runs in the web server or the job worker. The child gets an empty
environment, its limits, and the file as its standard input.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from dodai.files.limits import DEFAULT, Limits
from dodai.files.refusals import UnreadableFile
from dodai.files.tables import Merge, Row, Sheet, Workbook
from dodai.files.wire import unpack

_COMMAND = (sys.executable, "-I", "-X", "utf8", "-m", "dodai.files.child")
_CHUNK = 1024 * 1024


def read_table(path: Path | str, *, encoding: str = "", limits: Limits = DEFAULT) -> Workbook:
    """Everything in a csv or xlsx. Raises ``UnreadableFile`` naming sheet, row, column and reason.

    ``encoding`` is what a person chose after seeing the detected one; empty means detect.
    """
    with Path(path).open("rb") as source:
        size = os.fstat(source.fileno()).st_size
        if size > limits.upload_bytes:
            raise UnreadableFile("too_big", {"limit": limits.upload_bytes // 1024 // 1024})
        if not size:
            raise UnreadableFile("empty")
        with _child(source, encoding, limits) as child:
            answer = _answer(child, limits)
            return _workbook(answer)


@contextmanager
def _child(source: IO[bytes], encoding: str, limits: Limits) -> Iterator[subprocess.Popen[bytes]]:
    """A child that is gone when the block is left, whatever happened."""
    asked = json.dumps({"limits": asdict(limits), "encoding": encoding})
    child = subprocess.Popen(  # noqa: S603 - our own module, no shell
        [*_COMMAND, asked],
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        close_fds=True,
        start_new_session=True,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def _answer(child: subprocess.Popen[bytes], limits: Limits) -> Iterator[Any]:
    """The child's lines as they come; silence, death and flooding become refusals."""
    for line in _lines(child, limits):
        try:
            said = json.loads(line)
        except ValueError:
            break
        if isinstance(said, dict) and "refused" in said:
            raise _refusal(said)
        if isinstance(said, dict) and "end" in said:
            return
        yield said
    raise UnreadableFile("not_readable_here")


def _lines(child: subprocess.Popen[bytes], limits: Limits) -> Iterator[bytes]:
    assert child.stdout is not None
    deadline = time.monotonic() + limits.wall_seconds
    received, rest = 0, b""
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise UnreadableFile("took_too_long")
            chunk = os.read(child.stdout.fileno(), _CHUNK)
            if not chunk:
                break
            received += len(chunk)
            if received > limits.output_bytes:
                raise UnreadableFile("too_much_output")
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole
    if rest:
        yield rest
    if child.wait(timeout=5) in _KILLED_BY_CLOCK:
        raise UnreadableFile("took_too_long")


_KILLED_BY_CLOCK = frozenset({-24, -9})  # SIGXCPU, and SIGKILL when the hard limit of CPU time is reached


def _refusal(said: dict[str, Any]) -> UnreadableFile:
    return UnreadableFile(
        said["refused"],
        said["params"],
        sheet=said.get("sheet", ""),
        row=said.get("row"),
        column=said.get("column", ""),
    )


def _workbook(answer: Iterator[Any]) -> Workbook:
    head = next(answer)
    sheets: list[tuple[dict[str, Any], list[Row]]] = []
    for said in answer:
        if isinstance(said, dict):
            sheets.append((said, []))
        else:
            sheets[-1][1].append(tuple(unpack(value) for value in said))
    return Workbook(tuple(_sheet(about, rows) for about, rows in sheets), head["encoding"], head["delimiter"])


def _sheet(about: dict[str, Any], rows: list[Row]) -> Sheet:
    width = max((len(row) for row in rows), default=0)
    even = tuple(row + (None,) * (width - len(row)) for row in rows)
    merges = tuple(Merge(*merge) for merge in about["merges"])
    return Sheet(about["sheet"], even, about["hidden"], merges)
