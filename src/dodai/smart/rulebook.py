"""The rules as data: id, letter, severity, whether a finding stops 承認申請 (rules.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dodai.smart.finding import Severity
from dodai.smart.lexicon import read_table


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    letter: str
    severity: Severity
    scope: str  # text / struct / text+struct / sheet
    lexicon: tuple[str, ...]
    blocks_submission: bool
    policy_adjustable: bool
    fires_when: str


@cache
def rulebook() -> dict[str, Rule]:
    """Every rule by id, in the order of the file."""
    return {
        id_: Rule(
            id_,
            entry["letter"],
            Severity(entry["severity"]),
            entry["scope"],
            tuple(entry.get("lexicon", "").split()),
            entry["blocks_submission"],
            entry["policy_adjustable"],
            entry["fires_when"],
        )
        for id_, entry in read_table("rules.toml")["rules"].items()
    }
