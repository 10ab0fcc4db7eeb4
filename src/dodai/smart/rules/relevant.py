"""R: what is it for? Asked of the form where the form knows, of the sentence where only the sentence does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dodai.smart.reading import Reading
from dodai.smart.rules.mark import Mark, at

CONTENT = re.compile("[一-龠々ァ-ヶーA-Za-z]{2,}")
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
    if context.parent_text and not _shares_words(reading.text, context.parent_text):
        yield Mark("R07")
    if not context.answers_relevance:
        yield from _questions(reading)


def _questions(reading: Reading) -> Iterator[Mark]:
    """What a supervisor would ask about the sentence alone: whose work is this, and what comes of it?"""
    private = None if reading.has("R_OTHERS") else reading.search("R_PRIVATE")
    foreign = None if reading.has("CLEANUP") else reading.search("R_FOREIGN")
    if found := private or foreign:
        yield at("R06", found)
    elif not reading.has("R_PURPOSE"):
        if found := reading.search("R_ACTIVITY"):
            yield at("R06", found)
        elif reading.context.has_deadline:
            yield from _for_what(reading)


def _for_what(reading: Reading) -> Iterator[Mark]:
    """On a sheet, where the deadline has its own field, an amount of work alone leaves the purpose open."""
    if found := reading.search("R_VOLUME"):
        yield at("R05", found)
    elif reading.numbers and not reading.marked and not reading.has("R_RESULT"):
        yield Mark("R05", reading.numbers[0].start, reading.numbers[0].end)


def _shares_words(text: str, other: str) -> bool:
    """Two characters of kanji, katakana or Latin in a row that stand in both."""
    return any(pair in other for pair in _pairs(text))


def _pairs(text: str) -> set[str]:
    return {word[i : i + 2] for word in CONTENT.findall(text) for i in range(len(word) - 1)}
