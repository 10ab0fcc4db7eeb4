"""M: can two people agree afterwards whether it was reached?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dodai.smart.reading import Reading
from dodai.smart.rules.mark import Mark, at

ARRIVAL = ("以下", "以内", "以上", "未満", "とする", "にする")


def marks(reading: Reading) -> Iterator[Mark]:
    yield from _missing(reading)
    yield from _relative(reading)
    yield from _subject(reading)
    yield from _number(reading)
    yield from _indicators(reading)


def _missing(reading: Reading) -> Iterator[Mark]:
    if reading.hollow:
        yield Mark("M13", reading.numbers[0].start, reading.numbers[0].end)
    if reading.shareless:
        yield Mark("M14", reading.numbers[0].start, reading.numbers[0].end)
    if reading.measured:
        return
    yield Mark("M01")
    if found := reading.search("M_DIR"):
        yield at("M02", found)


def _relative(reading: Reading) -> Iterator[Mark]:
    """A change is a measure only beside the value it starts from."""
    if reading.has("M_BASE"):
        return
    found = reading.search("M_REL")
    if found and reading.context.baseline is None and not _says_where_to(reading, found):
        yield at("M03", found)
    if "ポイント" not in reading.text and (found := reading.search("M_RATE_PCT")):
        yield at("M04", found)


def _says_where_to(reading: Reading, change: re.Match[str]) -> bool:
    """前年より5営業日早い11月20日に終える, 5日短縮し20日とする: the place to arrive at is named as well."""
    begin, end = change.span()
    return reading.milestone or any(
        number.level and not begin <= number.start < end and reading.text[number.end :].startswith(ARRIVAL)
        for number in reading.numbers
    )


def _subject(reading: Reading) -> Iterator[Mark]:
    if not reading.measured_by_form and not reading.has("M_SUBJ_OK") and (found := reading.search("M_SUBJ")):
        yield at("M05", found)
    if found := reading.search("M_DEMAND"):
        yield at("M06", found)
    defined = reading.context.zero_definition or reading.has("M_ZERO_DEF") or reading.has("P_SUPPRESS")
    if not defined and (found := reading.search("M_ZERO")):
        yield at("M07", found)
    if not reading.has("ACTIVITY_RESULT") and (found := reading.search("M_ACTIVITY")):
        yield at("M12", found)


def _number(reading: Reading) -> Iterator[Mark]:
    if found := reading.word("M_ABS"):
        yield at("M10", found)
    if reading.numbers and not (reading.hollow or reading.zero or reading.has("M_CMP")):
        yield Mark("M11", reading.numbers[0].start, reading.numbers[0].end)


def _indicators(reading: Reading) -> Iterator[Mark]:
    indicators = reading.context.indicators
    if any(not (indicator.source and indicator.frequency) for indicator in indicators):
        yield Mark("M08")
    targets = {indicator.target for indicator in indicators if indicator.target is not None}
    written = {_value(reading.text[number.start : number.end]) for number in reading.numbers}
    if reading.zero:
        written.add(Decimal(0))
    if reading.numbers and targets and not targets & written:
        yield Mark("M09", reading.numbers[0].start, reading.numbers[0].end)


def _value(word: str) -> Decimal:
    """3,200万円 → 3200: the digits as written, without their unit."""
    digits = "".join(letter for letter in word if letter in "0123456789.")
    return Decimal(digits.strip(".") or 0)
