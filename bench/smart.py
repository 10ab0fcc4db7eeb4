"""How good and how fast the SMART check is: `bin/bench smart`.

Quality is measured on labelled goal sentences of our own (tests/smart/sentences.jsonl). They were split
before any rule was tuned: `tune` was looked at while tuning, `held_out` was not, and `later` was written
after the rules were frozen. An alarm is a finding of severity warn or error. A letter counts as spoken on
when any finding carries it, because A and R only ask. Beside it stands the plain rule "has a digit and a
deadline word".
"""

from __future__ import annotations

import json
import math
import re
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dodai.smart import Finding, Severity, check, context_of

SENTENCES = Path(__file__).parent.parent / "tests/smart/sentences.jsonl"
LETTERS = "SMART"
PLAIN_DEADLINE = re.compile(
    "まで|迄|末|期|年度|年内|月内|毎月|毎週|毎日|四半期|通年|年間|[0-9]月|[0-9]日|[0-9]/[0-9]|Q|以内"
)
Z = 1.959964  # 95 %


@dataclass(frozen=True)
class Sentence:
    id: str
    split: str
    dept: str
    kind: str
    text: str
    context: dict[str, Any]
    good: bool
    letters: tuple[str, ...]


@dataclass(frozen=True)
class Count:
    """Right and wrong of one yes-or-no question over many sentences."""

    hits: int
    misses: int
    false_alarms: int
    quiet: int

    @property
    def precision(self) -> float:
        return _share(self.hits, self.hits + self.false_alarms)

    @property
    def recall(self) -> float:
        return _share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float:
        return _share(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)

    @property
    def false_alarm_rate(self) -> float:
        return _share(self.false_alarms, self.false_alarms + self.quiet)


def sentences(split: str = "") -> list[Sentence]:
    rows = [json.loads(line) for line in SENTENCES.read_text("utf-8").splitlines()]
    read = [Sentence(**{**row, "letters": tuple(row["letters"])}) for row in rows]
    return [sentence for sentence in read if split in ("", sentence.split)]


def findings(sentence: Sentence) -> list[Finding]:
    return check(sentence.text, context_of(sentence.context))


def alarms(found: Iterable[Finding]) -> bool:
    return any(finding.severity is not Severity.INFO for finding in found)


def plain_rule_alarms(sentence: Sentence) -> bool:
    """The trivial baseline: bad unless there is a digit, and a word of time or a 期限 beside it."""
    text = unicodedata.normalize("NFKC", sentence.text)
    has_deadline = bool(sentence.context.get("deadline")) or PLAIN_DEADLINE.search(text) is not None
    return not (re.search("[0-9]", text) and has_deadline)


def count(said: Iterable[bool], true: Iterable[bool]) -> Count:
    pairs = list(zip(said, true, strict=True))
    return Count(
        sum(s and t for s, t in pairs),
        sum(t and not s for s, t in pairs),
        sum(s and not t for s, t in pairs),
        sum(not s and not t for s, t in pairs),
    )


def overall(rows: list[Sentence], alarm: Callable[[Sentence], bool]) -> Count:
    return count((alarm(row) for row in rows), (not row.good for row in rows))


def per_letter(rows: list[Sentence], letter: str, *, tips: bool = True) -> Count:
    """Whether a letter with a real defect is spoken on; with `tips=False` only warnings and errors count."""
    said = [
        any(f.letter == letter and (tips or f.severity is not Severity.INFO) for f in findings(row))
        for row in rows
    ]
    return count(said, (letter in row.letters for row in rows))


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share; honest for small numbers and near 0 and 1."""
    if not total:
        return 0.0, 1.0
    share, square = hits / total, Z * Z / total
    middle = (share + square / 2) / (1 + square)
    reach = Z * math.sqrt(share * (1 - share) / total + square / (4 * total)) / (1 + square)
    return min(share, max(0.0, middle - reach)), max(share, min(1.0, middle + reach))


def sentences_per_second(act: Callable[[str], object], texts: list[str], rounds: int = 7) -> float:
    """The median of several rounds, after one that warms the dictionary."""
    rates = []
    for round_ in range(rounds + 1):
        began = time.perf_counter()
        for text in texts:
            act(text)
        if round_:
            rates.append(len(texts) / (time.perf_counter() - began))
    return statistics.median(rates)


def main() -> int:
    for split in dict.fromkeys(sentence.split for sentence in sentences()):
        _report(split, sentences(split))
    _report_speed()
    return 0


def _report(split: str, rows: list[Sentence]) -> None:
    good = sum(row.good for row in rows)
    print(f"\n{split}: {len(rows)} sentences, {good} good, {len(rows) - good} bad")
    print(f"  {'':<22}{'precision':<22}{'recall':<22}{'F1':<8}false alarms on good")
    _line("dodai.smart", overall(rows, lambda row: alarms(findings(row))))
    _line("digit + deadline word", overall(rows, plain_rule_alarms))
    print("  per letter (any finding of that letter; A and R as questions)")
    for letter in LETTERS:
        _line(letter, per_letter(rows, letter))
    print("  per letter (warnings and errors only)")
    for letter in LETTERS:
        _line(letter, per_letter(rows, letter, tips=False))


def _line(name: str, made: Count) -> None:
    columns = [
        _with_interval(made.hits, made.hits + made.false_alarms),
        _with_interval(made.hits, made.hits + made.misses),
    ]
    false_alarms = _with_interval(made.false_alarms, made.false_alarms + made.quiet)
    print(f"  {name:<22}{columns[0]:<22}{columns[1]:<22}{made.f1:<8.3f}{false_alarms}")


def _with_interval(hits: int, total: int) -> str:
    low, high = wilson(hits, total)
    return f"{_share(hits, total):.3f} [{low:.3f}–{high:.3f}]"


def _report_speed() -> None:
    from sudachipy import Dictionary, SplitMode

    rows = sentences()
    contexts = {row.text: context_of(row.context) for row in rows}
    texts = [row.text for row in rows]
    tokenizer = Dictionary(dict="small").tokenizer(mode=SplitMode.A)
    bare = sentences_per_second(lambda text: list(tokenizer.tokenize(text)), texts)
    ours = sentences_per_second(lambda text: check(text, contexts[text]), texts)
    print(f"\nspeed over the same {len(texts)} sentences, one core")
    print(f"  bare SudachiPy tokenisation  {bare:>10,.0f} sentences/s")
    print(f"  dodai.smart, every rule      {ours:>10,.0f} sentences/s   ratio {ours / bare:.2f}")


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


if __name__ == "__main__":
    sys.exit(main())
