"""R: what is it for? Asked of the form where the form knows, of the sentence where only the sentence does."""

from __future__ import annotations

from collections.abc import Iterator

from dodai.smart.reading import Reading
from dodai.smart.rules.mark import Mark, at

DEAD_PARENT = {"中止", "前期", "cancelled", "past"}


def marks(reading: Reading) -> Iterator[Mark]:
    context = reading.context
    if context.links == ():
        yield Mark("R01")
    if context.outcome is not None and not context.outcome.strip():
        yield Mark("R02")
    if context.parent_status in DEAD_PARENT:
        yield Mark("R03")
    if context.dependency is None and (found := reading.search("R_DEP")):
        yield at("R04", found)
