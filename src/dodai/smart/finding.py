"""What the check says: findings, their order, and the two summaries made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LETTERS = ("S", "M", "A", "R", "T", "P", "C", "W")
LAMP_LETTERS = LETTERS[:5]


class Severity(StrEnum):
    """ERROR stops 承認申請, WARN needs a fix or a reason, INFO is a tip or a question."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"


class Lamp(StrEnum):
    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about the sentence, never about its writer.

    `start` and `end` point into the text as typed; an empty span (0, 0) means that something is missing
    from the whole sentence, so there is no word to point at.
    """

    rule: str
    letter: str
    severity: Severity
    start: int
    end: int
    word: str
    message: str
    suggestion: str

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end

    @property
    def is_question(self) -> bool:
        """A and R are judged by people: the check asks, unless a fact of the form is plainly wrong."""
        return self.letter in ("A", "R") and self.severity is not Severity.ERROR

    def as_record(self) -> dict[str, object]:
        """The finding as one JSON object of `dodai lint --format jsonl`."""
        return {
            "rule": self.rule,
            "letter": self.letter,
            "severity": str(self.severity),
            "span": [self.start, self.end],
            "message": self.message,
            "suggestion": self.suggestion,
        }


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """S → M → A → R → T → P → C → W, then by position, then by id."""
    return sorted(findings, key=lambda f: (LETTERS.index(f.letter), f.start, f.end, f.rule))


def lamps(findings: Iterable[Finding]) -> dict[str, Lamp]:
    """One lamp per letter of SMART; P, C and W have their own line on the screen."""
    lit = dict.fromkeys(LAMP_LETTERS, Lamp.GREEN)
    for finding in findings:
        if finding.letter not in lit:
            continue
        if finding.severity is Severity.ERROR:
            lit[finding.letter] = Lamp.RED
        elif finding.severity is Severity.WARN and lit[finding.letter] is Lamp.GREEN:
            lit[finding.letter] = Lamp.YELLOW
    return lit


def score(findings: Iterable[Finding]) -> int:
    """100 for a sentence nothing is said about; shown to its author only, never an input to evaluation."""
    cost = {Severity.ERROR: 20, Severity.WARN: 8, Severity.INFO: 2}
    return max(0, 100 - sum(cost[finding.severity] for finding in findings))


def blocks(findings: Iterable[Finding]) -> bool:
    """Whether 承認申請 is stopped."""
    return any(finding.severity is Severity.ERROR for finding in findings)
