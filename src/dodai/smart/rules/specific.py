"""S: is it clear what will be different?"""

from __future__ import annotations

from collections.abc import Iterator

from dodai.smart.finding import Severity
from dodai.smart.reading import Reading
from dodai.smart.rules.mark import Mark, at

# Words that already speak about the same gap.
WORDED = ("S_EFFORT", "S_ADV", "S_STATE", "S_OTHER", "S_SLOGAN", "S_STATUSQUO")
AMOUNTS = ("M_DIR", "M_SUBJ", "M_DEMAND", "M_ACTIVITY")


def marks(reading: Reading) -> Iterator[Mark]:
    yield from _attitude(reading)
    yield from _vague_without_measure(reading)
    yield from _form(reading)


def _attitude(reading: Reading) -> Iterator[Mark]:
    """Words of attitude and degree matter less once something measurable stands beside them."""
    severity = Severity.INFO if reading.settled else Severity.WARN
    for rule, words in (("S01", "S_EFFORT"), ("S02", "S_ADV")):
        if found := reading.word(words):
            yield at(rule, found, severity)


def _vague_without_measure(reading: Reading) -> Iterator[Mark]:
    if reading.settled:
        return
    for rule, words in (("S03", "S_STATE"), ("S07", "S_OTHER"), ("S09", "S_SLOGAN"), ("S10", "S_STATUSQUO")):
        if found := reading.word(words):
            yield at(rule, found)
    said = WORDED if reading.hollow else WORDED + AMOUNTS
    if reading.done or any(reading.has(words) for words in said):
        return
    if found := reading.search("VERB_END"):
        yield at("S11", found)


def _form(reading: Reading) -> Iterator[Mark]:
    if found := reading.word("S_SCOPE"):
        yield at("S04", found)
    yield from _short(reading)
    if (found := reading.search("JOINER")) and _measures(reading) > 1:
        yield at("S06", found)
    if not reading.context.outcome and not reading.has("S_EFFECT") and (found := reading.search("S_MEANS")):
        yield at("S08", found)


def _short(reading: Reading) -> Iterator[Mark]:
    """Short is no fault of a line that says how far and by when: 差戻し率8%→4%（9月末）."""
    if len(reading.patterns["PUNCTUATION"].sub("", reading.text)) >= reading.lexicon.thresholds.short_text:
        return
    by_form = bool(reading.context.criteria) and reading.measured_by_form
    complete = reading.timed and (reading.reached or by_form)
    yield Mark("S05", severity=Severity.INFO if complete else Severity.WARN)


def _measures(reading: Reading) -> int:
    return len(reading.numbers) + reading.zero + reading.bizday + reading.milestone
