"""A: can this person get there? People judge that, so every rule here is a question."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dodai.smart.context import Context
from dodai.smart.finding import Severity
from dodai.smart.reading import Reading
from dodai.smart.rules import leaps
from dodai.smart.rules.mark import Mark, at

AMBITIOUS = {"改善", "提案"}


def marks(reading: Reading) -> Iterator[Mark]:
    yield from _form(reading)
    if reading.context.band == "担当" and (found := reading.word("A_UNCTRL")):
        yield at("A03", found)
    if found := reading.word("A_GRAND"):
        yield at("A06", found)
    if reading.context.target is None:
        yield from leaps.marks(reading)
    for rule, words in (("A09", "A_TOTAL"), ("A10", "A_OUTSIDE"), ("A11", "A_RUSH")):
        if found := reading.search(words):
            yield at(rule, found)


def _form(reading: Reading) -> Iterator[Mark]:
    """What the fields alone tell."""
    context, limits = reading.context, reading.lexicon.thresholds
    yield from _distance(context, limits.stretch_limit)
    if context.weight is not None and context.weight >= limits.heavy_weight and context.milestones == 0:
        yield Mark("A05")
    if context.indicators and context.baseline is None and context.history in (0, ()):
        yield Mark("A07")


def _distance(context: Context, stretch_limit: Decimal) -> Iterator[Mark]:
    baseline, target = context.baseline, context.target
    if target is None or context.direction not in ("higher", "lower"):
        return
    higher = context.direction == "higher"
    if baseline is not None and not (target > baseline if higher else target < baseline):
        yield Mark("A01", severity=Severity.WARN if context.goal_type in AMBITIOUS else Severity.INFO)
        return
    limit = stretch_limit if context.stretch_limit is None else context.stretch_limit
    far = bool(baseline) and baseline is not None and abs(target - baseline) / abs(baseline) > limit
    if far or _beyond_history(context, target, higher=higher):
        yield Mark("A02")


def _beyond_history(context: Context, target: Decimal, *, higher: bool) -> bool:
    if not isinstance(context.history, tuple) or not context.history:
        return False
    return target > max(context.history) if higher else target < min(context.history)
