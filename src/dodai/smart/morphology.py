"""SudachiPy as a veto: it may set a hit of a wording list aside, it never adds one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

QUOTED = re.compile("「[^」]*」|『[^』]*』")

INFLECTED = {"動詞", "形容詞"}
LONGEST = 10_000  # characters; SudachiPy refuses more than 49,149 bytes


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    noun: bool
    proper: bool
    plain: str  # the form of the dictionary: 努め → 努める


@cache
def _tokenizer() -> Any:
    """The dictionary takes a moment to open, so it is opened once and only when a word needs it."""
    from sudachipy import Dictionary, SplitMode

    return Dictionary(dict="small").tokenizer(mode=SplitMode.A)


def tokens(text: str) -> list[Token]:
    """The words of a sentence; none for a text no sentence is as long as, or that no encoding can hold."""
    if len(text) > LONGEST:
        return []
    try:
        morphemes = _tokenizer().tokenize(text)
    except UnicodeEncodeError:
        return []
    return [_token(morpheme) for morpheme in morphemes]


def _token(morpheme: Any) -> Token:
    kind = morpheme.part_of_speech()
    plain = morpheme.dictionary_form() if kind[0] in INFLECTED else morpheme.surface()
    return Token(morpheme.begin(), morpheme.end(), kind[0] == "名詞", kind[1] == "固有名詞", plain)


def quoted(text: str) -> list[tuple[int, int]]:
    """The insides of 「」 and 『』: a name, not the writer's own words."""
    if "「" not in text and "『" not in text:
        return []
    return [found.span() for found in QUOTED.finditer(text)]


def stands_alone(found: list[Token], start: int) -> bool:
    """Whether a word that begins here is a word of its own, not the middle of a noun or part of a name."""
    for token in found:
        if token.start <= start < token.end:
            return not token.proper and not (token.noun and token.start < start)
    return True


def whole_word(found: list[Token], text: str, start: int, end: int) -> tuple[int, str]:
    """Where the word that a hit ends in ends, and how a person would name it: 努め|ます → 努める."""
    for token in found:
        if token.start < end <= token.end:
            return token.end, text[start : token.start] + token.plain if token.start >= start else text[
                start : token.end
            ]
    return end, text[start:end]
