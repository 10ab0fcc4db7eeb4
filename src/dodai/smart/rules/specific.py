"""S: is it clear what will be different?"""

from __future__ import annotations

from collections.abc import Iterator

from dodai.smart.finding import Severity
from dodai.smart.reading import Reading
from dodai.smart.rules.mark import Mark, at


def marks(reading: Reading) -> Iterator[Mark]:
    yield from _attitude(reading)
    yield from _vague_without_measure(reading)
    yield from _form(reading)


def _attitude(reading: Reading) -> Iterator[Mark]:
    """Words of attitude and degree matter less once something measurable stands beside them."""
    severity = Severity.INFO if reading.measured else Severity.WARN
    for rule, words in (("S01", "S_EFFORT"), ("S02", "S_ADV")):
        if found := reading.word(words):
            yield at(rule, found, severity)


def _vague_without_measure(reading: Reading) -> Iterator[Mark]:
    if reading.measured:
        return
    for rule, words in (("S03", "S_STATE"), ("S07", "S_OTHER"), ("S09", "S_SLOGAN"), ("S10", "S_STATUSQUO")):
        if found := reading.word(words):
            yield at(rule, found)


def _form(reading: Reading) -> Iterator[Mark]:
    if found := reading.word("S_SCOPE"):
        yield at("S04", found)
    if (
        len(reading.lexicon.patterns["PUNCTUATION"].sub("", reading.text))
        < reading.lexicon.thresholds.short_text
    ):
        yield Mark("S05")
    if (found := reading.search("JOINER")) and _measures(reading) > 1:
        yield at("S06", found)
    if not reading.context.outcome and not reading.has("S_EFFECT") and (found := reading.search("S_MEANS")):
        yield at("S08", found)


def _measures(reading: Reading) -> int:
    return len(reading.numbers) + reading.zero + reading.bizday + reading.milestone
