"""達成度: from what was achieved to r, rounded to one decimal as it is shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from dodai.core.numbers import round_half_up
from dodai.indicators.rules.anchors import interpolate
from dodai.indicators.rules.refusals import ScaleRefused
from dodai.indicators.rules.scales import (
    AT_TARGET,
    CAP,
    FLOOR,
    AnchorTable,
    Binary,
    BinaryState,
    Improve,
    Milestones,
    MilestoneState,
    Overrun,
    Range,
    Ratio,
    RubricLevels,
    Scale,
    Zero,
    ZeroRate,
)
from dodai.organization.rules.calendar import BusinessCalendar

SEVERITY_WEIGHTS: Mapping[str, int] = {"重大": 3, "中": 2, "軽微": 1}
_SLIGHTLY_LATE = 10  # business days


@dataclass(frozen=True)
class Share:
    """Violations out of the cases there were (対象件数)."""

    violations: Decimal
    exposure: Decimal


@dataclass(frozen=True)
class MilestoneResult:
    weight: Decimal
    state: MilestoneState


# What each method is given: a value for a quantity or a count, else the facts it weighs.
Actual = Decimal | Share | BinaryState | Sequence[MilestoneResult] | Sequence[int]


@dataclass(frozen=True)
class Achievement:
    """r counts; r_raw is what it was before the cut at 0 and the cap; both in percent, one decimal."""

    r: Decimal
    r_raw: Decimal
    improve: Decimal | None = None  # 改善幅 alone: the share of the way from baseline to target, percent
    level: int | None = None  # 段階評価 alone: the level that counts


def achievement(scale: Scale, actual: Actual, *, cap: Decimal = CAP) -> Achievement | None:
    """The achievement of one indicator; None is 対象なし, which is neither 0 nor 100."""
    match scale:
        case Ratio() | Overrun() | Improve() | AnchorTable() | Range() | Zero():
            if not isinstance(actual, Decimal):
                raise ScaleRefused("actual_missing")
            return _of_value(scale, actual, cap)
        case ZeroRate(allowance):
            if not isinstance(actual, Share):
                raise ScaleRefused("actual_missing")
            return _of_share(allowance, actual, cap)
        case Milestones():
            results = [one for one in _each(actual) if isinstance(one, MilestoneResult)]
            return _of_milestones(scale, results, cap)
        case Binary(late):
            if not isinstance(actual, BinaryState):
                raise ScaleRefused("actual_missing")
            marks = {BinaryState.ON_TIME: AT_TARGET, BinaryState.LATE_IN_PERIOD: late}
            return _rounded(Fraction(marks.get(actual, FLOOR)), cap)
        case RubricLevels():
            return _of_levels(scale, [one for one in _each(actual) if isinstance(one, int)], cap)
        case _:
            assert_never(scale)


def weighted_count(severities: Sequence[str], weights: Mapping[str, int] = SEVERITY_WEIGHTS) -> Decimal:
    """Violations counted by how bad they were; this count then takes the place of the plain one."""
    return Decimal(sum(weights[severity] for severity in severities))


def milestone_state(due: date, done: date | None, calendar: BusinessCalendar) -> MilestoneState:
    """How late a milestone was, in business days."""
    if done is None:
        return MilestoneState.NOT_DONE
    late = calendar.business_days_between(due, done)
    if late <= 0:
        return MilestoneState.ON_TIME
    return MilestoneState.LATE_1_10 if late <= _SLIGHTLY_LATE else MilestoneState.LATE_11_PLUS


def median_level(levels: Sequence[int]) -> int:
    """The middle of several judges; the lower of the two middle levels for an even number."""
    if not levels:
        raise ScaleRefused("actual_missing")
    return sorted(levels)[(len(levels) - 1) // 2]


def _of_value(
    scale: Ratio | Overrun | Improve | AnchorTable | Range | Zero, actual: Decimal, cap: Decimal
) -> Achievement:
    value = Fraction(actual)
    match scale:
        case Ratio(target):
            return _rounded(value / Fraction(target) * 100, cap)
        case Overrun(target):
            return _rounded((2 - value / Fraction(target)) * 100, cap)
        case Improve(baseline, target):
            improve = (value - Fraction(baseline)) / (Fraction(target) - Fraction(baseline)) * 100
            return _rounded(60 + improve * Fraction(4, 10), cap, improve=round_half_up(improve, 1))
        case AnchorTable(anchors):
            return _rounded(interpolate([(anchor.value, anchor.r) for anchor in anchors], actual), cap)
        case Range():
            edges = (scale.tolerance_low, scale.low, scale.high, scale.tolerance_high)
            marks = (FLOOR, AT_TARGET, AT_TARGET, FLOOR)
            return _rounded(interpolate(list(dict(zip(edges, marks, strict=True)).items()), actual), cap)
        case Zero(steps, otherwise):
            if actual < 0:
                raise ScaleRefused("count_negative")
            count = math.ceil(actual)
            return _rounded(Fraction(steps[count] if count < len(steps) else otherwise), cap)


def _of_share(allowance: Decimal, share: Share, cap: Decimal) -> Achievement | None:
    if min(share.violations, share.exposure) < 0:
        raise ScaleRefused("count_negative")
    if share.violations > share.exposure:
        raise ScaleRefused("count_above_exposure")
    if not share.exposure:
        return None
    rate = Fraction(share.violations) / Fraction(share.exposure)
    return _rounded((1 - rate / Fraction(allowance)) * 100, cap)


def _of_milestones(scale: Milestones, results: Sequence[MilestoneResult], cap: Decimal) -> Achievement:
    if sum(result.weight for result in results) != 100:
        raise ScaleRefused("milestone_weights_not_100")
    return _rounded(
        sum(
            (Fraction(result.weight) * Fraction(scale.factor(result.state)) for result in results), Fraction()
        ),
        cap,
    )


def _of_levels(scale: RubricLevels, levels: Sequence[int], cap: Decimal) -> Achievement:
    level = median_level(levels)
    if not all(1 <= one <= len(scale.marks) for one in levels):
        raise ScaleRefused("level_unknown")
    return _rounded(Fraction(scale.marks[level - 1]), cap, level=level)


def _each(actual: Actual) -> Sequence[MilestoneResult | int]:
    if isinstance(actual, Decimal | Share | BinaryState):
        raise ScaleRefused("actual_missing")
    return actual


def _rounded(
    raw: Fraction, cap: Decimal, *, improve: Decimal | None = None, level: int | None = None
) -> Achievement:
    kept = min(max(raw, Fraction(FLOOR)), Fraction(cap))
    return Achievement(round_half_up(kept, 1), round_half_up(raw, 1), improve, level)
