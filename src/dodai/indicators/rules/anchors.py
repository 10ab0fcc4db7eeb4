"""The canonical engine: piecewise-linear 達成度 between anchors, flat outside their ends."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from dodai.core.numbers import round_half_up
from dodai.indicators.rules.scales import (
    AT_BASELINE,
    AT_TARGET,
    CAP,
    FLOOR,
    Anchor,
    AnchorTable,
    Improve,
    Linear,
    Overrun,
    Ratio,
)

_PLACES = 6  # of generated anchor values, where a third has to end somewhere


def anchors_of(scale: Linear) -> tuple[Anchor, ...]:
    """The anchors a scale stands for, in the order of values; the outer ends are where r is cut off."""
    if isinstance(scale, AnchorTable):
        return scale.anchors
    marks = (FLOOR, AT_BASELINE, AT_TARGET, CAP) if isinstance(scale, Improve) else (FLOOR, AT_TARGET, CAP)
    return tuple(sorted(Anchor(_shortest(value_at(scale, mark)), mark) for mark in marks))


def value_at(scale: Linear, r: Decimal) -> Fraction:
    """The value of the indicator that means ``r``; for an anchor table not beyond its ends."""
    share = Fraction(r) / 100
    match scale:
        case Ratio(target):
            return share * Fraction(target)
        case Overrun(target):
            return (2 - share) * Fraction(target)
        case Improve(baseline, target):
            way = (share - Fraction(60, 100)) / Fraction(40, 100)
            return Fraction(baseline) + way * (Fraction(target) - Fraction(baseline))
        case AnchorTable(anchors):
            return interpolate([(anchor.r, anchor.value) for anchor in anchors], r)


def interpolate(points: list[tuple[Decimal, Decimal]], x: Decimal) -> Fraction:
    """y at x on the line through the points; the nearest end's y outside them."""
    points = sorted(points)
    if x <= points[0][0]:
        return Fraction(points[0][1])
    for (left, low), (right, high) in pairwise(points):
        if x <= right:
            share = (Fraction(x) - Fraction(left)) / (Fraction(right) - Fraction(left))
            return Fraction(low) + share * (Fraction(high) - Fraction(low))
    return Fraction(points[-1][1])


def _shortest(value: Fraction) -> Decimal:
    rounded = round_half_up(value, _PLACES).normalize()
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded
