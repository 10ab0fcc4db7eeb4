"""The lists of words and forms the rules look for: lexicon.toml, read and compiled once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class WordList:
    """One list; `alternatives` are regular expressions as written in the file."""

    name: str
    about: str
    used_by: tuple[str, ...]
    alternatives: tuple[str, ...]
    vetoed: bool  # a hit may be set aside by the morphology


@dataclass(frozen=True, slots=True)
class Thresholds:
    stretch_limit: Decimal
    leap_limit: Decimal
    wild_leap: Decimal
    rise_limit: int  # times
    wild_rise: int
    similarity_previous: float
    similarity_peer: float
    similarity_parent: float
    heavy_weight: int
    short_text: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    replacements: tuple[tuple[str, str], ...]
    kanji_number: re.Pattern[str]
    lists: dict[str, WordList]
    patterns: dict[str, re.Pattern[str]]  # the lists and the single forms, compiled, by name
    thresholds: Thresholds

    def search(self, name: str, text: str) -> re.Match[str] | None:
        return self.patterns[name].search(text)


def read_table(name: str) -> dict[str, Any]:
    """A data file of this package."""
    return tomllib.loads(resources.files("dodai.smart").joinpath(name).read_text("utf-8"))


@cache
def lexicon() -> Lexicon:
    table = read_table("lexicon.toml")
    lists = {
        name: WordList(
            name,
            entry["about"],
            tuple(entry["used_by"]),
            tuple(entry["alternatives"]),
            entry.get("vetoed", False),
        )
        for name, entry in table["lists"].items()
    }
    patterns = {name: re.compile("|".join(entry.alternatives)) for name, entry in lists.items()}
    forms = table["forms"] | {"NUMBER_UNIT": _number_with_unit(table, lists)}
    thresholds = table["thresholds"]
    return Lexicon(
        tuple((old, new) for old, new in table["normalise"]["replace"]),
        re.compile(table["normalise"]["kanji_number"]),
        lists,
        patterns | {name: re.compile(source) for name, source in forms.items()},
        Thresholds(
            stretch_limit=Decimal(thresholds["stretch_limit"]),
            leap_limit=Decimal(thresholds["leap_limit"]),
            wild_leap=Decimal(thresholds["wild_leap"]),
            rise_limit=thresholds["rise_limit"],
            wild_rise=thresholds["wild_rise"],
            similarity_previous=float(thresholds["similarity_previous"]),
            similarity_peer=float(thresholds["similarity_peer"]),
            similarity_parent=float(thresholds["similarity_parent"]),
            heavy_weight=thresholds["heavy_weight"],
            short_text=thresholds["short_text"],
        ),
    )


def _number_with_unit(table: dict[str, Any], lists: dict[str, WordList]) -> str:
    forms = table["forms"]
    return f"({forms['NUMBER']})(?:{forms['SCALE']})?({'|'.join(lists['UNIT'].alternatives)})"
