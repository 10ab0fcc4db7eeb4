"""The sentence in one spelling, with the way back to what was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

VOICED = "\u3099\u309a\uff9e\uff9f"  # marks that join the character before them
SPACE = re.compile(r"\s")
KANJI_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Typed:
    """`text` is normalised; `starts[i]` and `ends[i]` are the typed place of its i-th character."""

    raw: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The span of the typed text that a span of the normalised text came from."""
        if start >= end:
            return 0, 0
        return self.starts[start], self.ends[end - 1]


class _Letter(NamedTuple):
    letter: str
    start: int
    end: int


def normalise(raw: str, replacements: Sequence[tuple[str, str]], kanji_number: re.Pattern[str]) -> Typed:
    """NFKC, no spaces, one spelling for words with several, digits for 漢数字 before a counter."""
    composed = not SPACE.search(raw) and unicodedata.is_normalized("NFKC", raw)
    needed = [pair for pair in replacements if pair[0] in raw] if composed else replacements
    if composed and not needed and not kanji_number.search(raw):
        return Typed(raw, raw, range(len(raw)), range(1, len(raw) + 1))
    letters = _compose(raw)
    for old, new in needed:
        if old in _text(letters):
            letters = _replace(letters, re.compile(re.escape(old)), lambda _, word=new: word)  # type: ignore[misc]
    if kanji_number.search(_text(letters)):
        letters = _replace(letters, kanji_number, lambda found: _digits(found.group(1)))
    return Typed(
        raw, _text(letters), [letter.start for letter in letters], [letter.end for letter in letters]
    )


def _compose(raw: str) -> list[_Letter]:
    letters: list[_Letter] = []
    at = 0
    while at < len(raw):
        end = at + 1
        while end < len(raw) and (raw[end] in VOICED or unicodedata.combining(raw[end])):
            end += 1
        plain = unicodedata.normalize("NFKC", raw[at:end])
        letters += [_Letter(letter, at, end) for letter in plain if not letter.isspace()]
        at = end
    return letters


def _text(letters: list[_Letter]) -> str:
    return "".join([letter.letter for letter in letters])


def _replace(
    letters: list[_Letter], pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]
) -> list[_Letter]:
    kept: list[_Letter] = []
    last = 0
    for found in pattern.finditer(_text(letters)):
        begin, end = letters[found.start()].start, letters[found.end() - 1].end
        kept += letters[last : found.start()]
        kept += [_Letter(letter, begin, end) for letter in new(found)]
        last = found.end()
    return kept + letters[last:]


def _digits(word: str) -> str:
    """三 → 3, 十二 → 12; what is no number below 100 stays as it is."""
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return "".join(str(KANJI_DIGITS.index(letter)) for letter in word)
    if len(tens) > 1 or len(ones) > 1 or "十" in tens or "十" in ones:
        return word
    return str(10 * (KANJI_DIGITS.index(tens) if tens else 1) + (KANJI_DIGITS.index(ones) if ones else 0))
