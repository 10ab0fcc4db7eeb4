"""Which method fits, and how differently the methods read the same result."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from dodai.indicators.rules.achievement import achievement
from dodai.indicators.rules.points import BANDS, PointRule, points
from dodai.indicators.rules.refusals import ScaleRefused
from dodai.indicators.rules.scales import Better, Method, Overrun, Ratio, Scale, improve

Direction = Literal["higher", "lower", "range", "zero", "milestone", "binary", "rubric"]

_MANY_CASES = 100  # from here on a share of violations says more than their number
_FIXED: dict[str, Method] = {
    "range": Method.RANGE,
    "milestone": Method.MILESTONE,
    "binary": Method.BINARY,
    "rubric": Method.RUBRIC,
}


def suggest_method(
    direction: Direction,
    *,
    is_improvement: bool,
    baseline: Decimal | None = None,
    target: Decimal | None = None,
    exposure: int | None = None,
) -> Method:
    """改善 with a known baseline is measured by its way; everything else against its target.

    A target of 0 has no ratio: violations are counted, or taken as a share where there are many cases.
    """
    if direction in _FIXED:
        return _FIXED[direction]
    if direction != "zero" and is_improvement and baseline is not None and baseline != target:
        return Method.IMPROVE
    if direction == "zero" or target == 0:
        return Method.ZERO_RATE if (exposure or 0) >= _MANY_CASES else Method.ZERO
    return Method.RATIO if direction == "higher" else Method.OVERRUN


@dataclass(frozen=True)
class Reading:
    """The same result under one formula; 改善率 alone is a reading without points."""

    key: Literal["against_target", "way_made", "improve"]
    percent: Decimal
    points: Decimal | None


def readings(
    *, baseline: Decimal, target: Decimal, actual: Decimal, better: Better, rule: PointRule = BANDS
) -> tuple[Reading, ...]:
    """The three readings a person sees before choosing; those that do not fit the numbers are left out."""
    shown = []
    try:
        against: Scale = Ratio(target) if better == "higher" else Overrun(target)
        if (result := achievement(against, actual)) is not None:
            shown.append(Reading("against_target", result.r, points(result.r, rule)))
    except ScaleRefused:
        pass
    try:
        result = achievement(improve(baseline, target, better), actual)
    except ScaleRefused:
        return tuple(shown)
    if result is not None and result.improve is not None:
        shown.append(Reading("way_made", result.improve, None))
        shown.append(Reading("improve", result.r, points(result.r, rule)))
    return tuple(shown)
