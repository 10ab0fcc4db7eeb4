"""SudachiPy as a veto: it may set a hit of a wording list aside, it never adds one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

QUOTED = re.compile("「[^」]*」|『[^』]*』")


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    noun: bool
    proper: bool


@cache
def _tokenizer() -> Any:
    """The dictionary takes a moment to open, so it is opened once and only when a word needs it."""
    from sudachipy import Dictionary, SplitMode

    return Dictionary(dict="small").tokenizer(mode=SplitMode.A)


def tokens(text: str) -> list[Token]:
    found = []
    for morpheme in _tokenizer().tokenize(text):
        kind = morpheme.part_of_speech()
        found.append(Token(morpheme.begin(), morpheme.end(), kind[0] == "名詞", kind[1] == "固有名詞"))
    return found


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
