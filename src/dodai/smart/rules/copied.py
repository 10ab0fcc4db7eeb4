"""C: is it the person's own sentence, of this period?"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from dodai.smart.reading import Reading
from dodai.smart.rules.mark import Mark
from dodai.smart.typed import normalise


def marks(reading: Reading) -> Iterator[Mark]:
    context, limits = reading.context, reading.lexicon.thresholds
    for rule, other, limit in (
        ("C01", context.prev_text, limits.similarity_previous),
        ("C02", context.peer_text, limits.similarity_peer),
        ("C03", context.parent_text, limits.similarity_parent),
    ):
        if other and _similarity(reading, other) >= limit:
            yield Mark(rule)


def _similarity(reading: Reading, other: str) -> float:
    """2·M/T over the normalised texts, numbers and dates as they are."""
    text = normalise(other, reading.lexicon.replacements, reading.lexicon.kanji_number).text
    return SequenceMatcher(None, reading.text, text, autojunk=False).ratio()
