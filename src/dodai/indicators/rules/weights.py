"""Several results as one: indicators of a goal, stretches of time, and weighted means in general."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dodai.core.numbers import round_half_up
from dodai.indicators.rules.refusals import ScaleRefused


@dataclass(frozen=True)
class Weighted:
    """A value and its weight (配分, ウェイト, days); None is 対象なし and gives its weight away."""

    weight: Decimal
    value: Decimal | None


@dataclass(frozen=True)
class Combined:
    value: Decimal
    used_weight: Decimal  # the weight of what counted, before it was spread to the whole


def goal_achievement(indicators: Sequence[Weighted], *, all_required: bool = False) -> Combined | None:
    """r of a goal: Σ配分·r ÷ Σ配分, or the lowest r where all are required (全て必達). None: 対象なし."""
    if not all_required:
        return weighted_mean(indicators, places=1)
    counted = [one.value for one in indicators if one.value is not None]
    used = sum((one.weight for one in indicators if one.value is not None), Decimal())
    return Combined(round_half_up(min(counted), 1), used) if counted else None


def weighted_mean(parts: Iterable[Weighted], *, places: int) -> Combined | None:
    """Σ weight·value ÷ Σ weight over what has a value; None when nothing has."""
    counted = [(part.weight, part.value) for part in parts if part.value is not None]
    if not counted:
        return None
    used = sum((weight for weight, _ in counted), Decimal())
    if used <= 0:
        raise ScaleRefused("weights_missing")
    total = sum((Fraction(weight) * Fraction(value) for weight, value in counted), Fraction())
    return Combined(round_half_up(total / Fraction(used), places), used)


def settled_weight(weight: Decimal, elapsed_days: int, period_days: int) -> Decimal:
    """按分: the whole percent a cancelled goal keeps for the days it ran; the rest is given to others."""
    return round_half_up(Fraction(weight) * elapsed_days / period_days, 0)
