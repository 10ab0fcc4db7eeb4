"""A: can this person get there? People judge that, so every rule here is a question."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dodai.smart.context import Context
from dodai.smart.finding import Severity
from dodai.smart.reading import Reading
from dodai.smart.rules.mark import Mark, at

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
