"""P: goals that would do harm if they were reached."""

from __future__ import annotations

from collections.abc import Iterator

from dodai.smart.reading import Reading
from dodai.smart.rules.mark import Mark, at


def marks(reading: Reading) -> Iterator[Mark]:
    for rule, words in (("P01", "P_SUPPRESS"), ("P02", "P_LABOR"), ("P03", "P_SENSITIVE")):
        if found := reading.search(words):
            yield at(rule, found)
