"""What a rule leaves behind: where it fired, not yet what is said about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dodai.smart.finding import Severity


@dataclass(frozen=True, slots=True)
class Mark:
    """`start` and `end` point into the normalised text; (0, 0) means the sentence as a whole."""

    rule: str
    start: int = 0
    end: int = 0
    severity: Severity | None = None  # None: the rule's own
    fills: Mapping[str, str] = field(default_factory=dict)


def at(rule: str, found: re.Match[str] | None, severity: Severity | None = None) -> Mark:
    """A mark on the words found, or on the whole sentence."""
    return Mark(rule, *found.span(), severity) if found else Mark(rule, severity=severity)
