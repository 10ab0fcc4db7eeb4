"""The sentence in one spelling, with the way back to what was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

VOICED = "\u3099\u309a\uff9e\uff9f"  # marks that join the character before them
KANJI_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Typed:
    """`text` is normalised; `starts[i]` and `ends[i]` are the typed place of its i-th character."""

    raw: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The span of the typed text that a span of the normalised text came from."""
        if start >= end:
            return 0, 0
        return self.starts[start], self.ends[end - 1]


Letter = tuple[str, int, int]


def normalise(raw: str, replacements: list[tuple[str, str]], kanji_number: re.Pattern[str]) -> Typed:
    """NFKC, no spaces, one spelling for words with several, digits for 漢数字 before a counter."""
    letters = _compose(raw)
    text = "".join(letter for letter, _, _ in letters)
    for old, new in replacements:
        if old in text:
            letters, text = _replace(letters, text, re.compile(re.escape(old)), lambda _, new=new: new)
    if kanji_number.search(text):
        letters, text = _replace(letters, text, kanji_number, lambda found: _digits(found.group(1)))
    return Typed(raw, text, tuple(start for _, start, _ in letters), tuple(end for _, _, end in letters))


def _compose(raw: str) -> list[Letter]:
    letters: list[Letter] = []
    at = 0
    while at < len(raw):
        end = at + 1
        while end < len(raw) and (raw[end] in VOICED or unicodedata.combining(raw[end])):
            end += 1
        for letter in unicodedata.normalize("NFKC", raw[at:end]):
            if not letter.isspace():
                letters.append((letter, at, end))
        at = end
    return letters


def _replace(
    letters: list[Letter], text: str, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]
) -> tuple[list[Letter], str]:
    kept: list[Letter] = []
    last = 0
    for found in pattern.finditer(text):
        kept += letters[last : found.start()]
        begin, end = letters[found.start()][1], letters[found.end() - 1][2]
        kept += [(letter, begin, end) for letter in new(found)]
        last = found.end()
    kept += letters[last:]
    return kept, "".join(letter for letter, _, _ in kept)


def _digits(word: str) -> str:
    """三 → 3, 十二 → 12; what is no number below 100 stays as it is."""
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return "".join(str(KANJI_DIGITS.index(letter)) for letter in word)
    if len(tens) > 1 or len(ones) > 1 or "十" in tens or "十" in ones:
        return word
    return str(10 * (KANJI_DIGITS.index(tens) if tens else 1) + (KANJI_DIGITS.index(ones) if ones else 0))
