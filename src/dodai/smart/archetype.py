"""Which kind of indicator a phrase asks for, and the way from a count to something one can control."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dodai.smart.finding import Finding
from dodai.smart.lexicon import lexicon, read_table
from dodai.smart.typed import normalise
from dodai.smart.wording import wording

COACHED_RULES = {"M06", "M12"}


@dataclass(frozen=True, slots=True)
class Archetype:
    """A proposal; `code` and `converts_to` are the codes of the glossary (lead_time, rate …)."""

    code: str
    converts_to: str | None = None  # for 量→転換: what to measure instead of the count


@dataclass(frozen=True, slots=True)
class CoachQuestion:
    """One question about a count; a yes (or a number) proposes an indicator beside it."""

    key: str
    question: str
    proposes: str


@dataclass(frozen=True, slots=True)
class _Table:
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    otherwise: str
    conversions: tuple[tuple[re.Pattern[str], str], ...]


@cache
def _table() -> _Table:
    table = read_table("archetypes.toml")
    return _Table(
        tuple((code, re.compile(table["patterns"][code])) for code in table["order"]),
        table["otherwise"],
        tuple((re.compile(entry["pattern"]), entry["archetype"]) for entry in table["conversions"]),
    )


def propose_archetype(text: str) -> Archetype:
    """The kind of indicator a phrase asks for; a person may always choose another."""
    words, table = lexicon(), _table()
    plain = normalise(text, words.replacements, words.kanji_number).text
    code = next((code for code, pattern in table.patterns if pattern.search(plain)), table.otherwise)
    if code != "volume_converted":
        return Archetype(code)
    return Archetype(code, next(to for pattern, to in table.conversions if pattern.search(plain)))


def opens_coach(findings: Iterable[Finding]) -> bool:
    """A count set by others, or an activity only counted, opens the 量→転換 questions."""
    return any(finding.rule in COACHED_RULES for finding in findings)


def coach_questions(lang: str = "ja") -> tuple[CoachQuestion, ...]:
    """The four questions; the count itself stays as 対象件数."""
    entries = wording(lang).coach
    return tuple(CoachQuestion(key, entry["question"], entry["proposes"]) for key, entry in entries.items())
