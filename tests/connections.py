"""Several threads on one real database, each with its own connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from django.db import connection, connections

T = TypeVar("T")


@contextmanager
def database_for_threads(folder: Path) -> Iterator[None]:
    """PostgreSQL is ready for threads; SQLite's memory is copied into a file, where its locks are real.

    Use it in a test with ``transaction=True``, after everything the threads shall find was written.
    """
    if connection.vendor != "sqlite":
        yield
        return
    path = folder / "threads.sqlite3"
    connection.ensure_connection()
    copy = sqlite3.connect(path)
    connection.connection.backup(copy)
    copy.close()
    settings = connections.settings["default"]
    memory, settings["NAME"] = settings["NAME"], str(path)
    try:
        yield
    finally:
        settings["NAME"] = memory


def at_once(*works: Callable[[], T]) -> list[T]:
    """Run each in a thread of its own at the same time; answers in order."""

    def with_own_connection(work: Callable[[], T]) -> T:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(with_own_connection, works))
