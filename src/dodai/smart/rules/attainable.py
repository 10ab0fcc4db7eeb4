"""A: can this person get there? People judge that, so every rule here is a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dodai.smart.context import Context
from dodai.smart.finding import Severity
from dodai.smart.lexicon import Thresholds
from dodai.smart.reading import Reading
from dodai.smart.rules.mark import Mark, at

SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "億": 10**8}
SECONDS = {"秒": 1, "分": 60, "時間": 3600, "営業日": 8 * 3600, "日": 24 * 3600}
WIDE_POINTS = 50  # of a rate
AMBITIOUS = {"改善", "提案"}


def marks(reading: Reading) -> Iterator[Mark]:
    context = reading.context
    yield from _distance(context, reading.lexicon.thresholds.stretch_limit)
    if context.band == "担当" and (found := reading.word("A_UNCTRL")):
        yield at("A03", found)
    heavy = context.weight is not None and context.weight >= reading.lexicon.thresholds.heavy_weight
    if heavy and context.milestones == 0:
        yield Mark("A05")
    if found := reading.word("A_GRAND"):
        yield at("A06", found)
    if context.indicators and context.baseline is None and context.history in (0, ()):
        yield Mark("A07")
    yield from _questions(reading)


def _questions(reading: Reading) -> Iterator[Mark]:
    """What a supervisor would ask about the sentence alone."""
    if reading.context.target is None:
        yield from _leap(reading)
    for rule, words in (("A09", "A_TOTAL"), ("A10", "A_OUTSIDE"), ("A11", "A_RUSH")):
        if found := reading.search(words):
            yield at(rule, found)


def _leap(reading: Reading) -> Iterator[Mark]:
    """From 600 to 5: possible when something is abolished, automated or cleared up, else worth a question."""
    found, severity = next(_leaps(reading), (None, None))
    if found is None:
        return
    if not (reading.has("MEANS") or reading.has("CLEANUP")):
        yield at("A08", found, severity)
    elif severity is Severity.WARN:
        yield at("A08", found, Severity.INFO)


def _leaps(reading: Reading) -> Iterator[tuple[re.Match[str], Severity]]:
    """Every large change in the sentence; the very large ones are worth more than a tip."""
    limits, patterns = reading.lexicon.thresholds, reading.patterns
    for found in patterns["CUT"].finditer(reading.text):
        cut = Decimal(found[1]) / 100 if found[1] else Decimal(found[2]) / 10
        if cut > limits.stretch_limit:
            yield found, Severity.WARN if cut >= limits.leap_limit else Severity.INFO
    for name in ("TIMES", "FRACTION"):
        for found in patterns[name].finditer(reading.text):
            times = Decimal(found[1] or found[2])
            if times >= limits.rise_limit:
                yield found, Severity.WARN if times >= limits.wild_rise else Severity.INFO
    for found in patterns["FROM_TO"].finditer(reading.timeless):
        if severity := _size(found, limits):
            yield found, severity


def _size(found: re.Match[str], limits: Thresholds) -> Severity | None:
    """How far a 「NからMへ」 goes. To zero is a goal of its own kind, and unlike units are not compared."""
    unit, other = found[3], found[6]
    baseline, target = _scaled(found[1], found[2]), _scaled(found[4], found[5] or ("" if other else found[2]))
    if unit and other and unit[0] != other[0]:
        seconds, into = (
            SECONDS.get(unit),
            next((s for name, s in SECONDS.items() if other.startswith(name)), None),
        )
        if not seconds or not into or found.string[: found.start()].endswith(tuple(SECONDS)):
            return None
        baseline, target = baseline * seconds, target * into
    if not baseline or not target:
        return None
    if target > baseline:
        times = target / baseline
        if unit.startswith("%") or other.startswith("%"):
            return Severity.INFO if target - baseline >= WIDE_POINTS else None
        return (
            None
            if times < limits.rise_limit
            else Severity.WARN
            if times >= limits.wild_rise
            else Severity.INFO
        )
    cut = 1 - target / baseline
    return None if cut < limits.leap_limit else Severity.WARN if cut >= limits.wild_leap else Severity.INFO


def _scaled(digits: str, scale: str | None) -> Decimal:
    return Decimal(digits.replace(",", "")) * SCALES[scale or ""]


def _distance(context: Context, stretch_limit: Decimal) -> Iterator[Mark]:
    baseline, target = context.baseline, context.target
    if target is None or context.direction not in ("higher", "lower"):
        return
    higher = context.direction == "higher"
    if baseline is not None and not (target > baseline if higher else target < baseline):
        yield Mark("A01", severity=Severity.WARN if context.goal_type in AMBITIOUS else Severity.INFO)
        return
    limit = stretch_limit if context.stretch_limit is None else context.stretch_limit
    leaps = bool(baseline) and baseline is not None and abs(target - baseline) / abs(baseline) > limit
    if leaps or _beyond_history(context, target, higher=higher):
        yield Mark("A02")


def _beyond_history(context: Context, target: Decimal, *, higher: bool) -> bool:
    if not isinstance(context.history, tuple) or not context.history:
        return False
    return target > max(context.history) if higher else target < min(context.history)
