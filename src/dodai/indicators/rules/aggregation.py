"""One value from many measurements, durations with their spread, and the pace of a running period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from dodai.core.numbers import round_half_up

FEW = 5  # below it a rate or a duration is marked 「少件数」

_ON_TRACK, _AT_RISK = Decimal(95), Decimal(80)


class Aggregation(StrEnum):
    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    LAST = "last"
    MAX = "max"
    MIN = "min"
    RATIO = "ratio"
    VIOLATIONS = "violations"


@dataclass(frozen=True)
class Counted:
    """分子 and 分母 of one period."""

    numerator: Decimal
    denominator: Decimal


@dataclass(frozen=True)
class Spread:
    """What is always shown together for durations."""

    n: int
    mean: Decimal
    median: Decimal
    p90: Decimal

    @property
    def is_few(self) -> bool:
        return self.n < FEW


class PaceStatus(StrEnum):
    """A suggestion only; codes of 進捗."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    LATE = "late"


@dataclass(frozen=True)
class Pace:
    expected: Decimal
    percent: Decimal
    status: PaceStatus


def aggregate(how: Aggregation, values: Sequence[Decimal], *, places: int) -> Decimal | None:
    """The values of a period as one, in the order they were measured; None without any."""
    if how is Aggregation.RATIO:
        raise ValueError("a rate needs its numerators and denominators: use rate()")
    if not values:
        return None
    exact = [Fraction(value) for value in values]
    match how:
        case Aggregation.SUM | Aggregation.VIOLATIONS:
            result = sum(exact, Fraction())
        case Aggregation.MEAN:
            result = sum(exact, Fraction()) / len(exact)
        case Aggregation.MEDIAN:
            result = _rank(exact, Fraction(1, 2))
        case Aggregation.LAST:
            result = exact[-1]
        case Aggregation.MAX:
            result = max(exact)
        case Aggregation.MIN:
            result = min(exact)
    return round_half_up(result, places)


def rate(parts: Sequence[Counted], *, places: int = 1) -> Decimal | None:
    """Σ分子 ÷ Σ分母 in percent, never the mean of rates; None (対象なし) when the denominators are 0."""
    denominator = sum((Fraction(part.denominator) for part in parts), Fraction())
    if not denominator:
        return None
    numerator = sum((Fraction(part.numerator) for part in parts), Fraction())
    return round_half_up(numerator / denominator * 100, places)


def spread(values: Sequence[Decimal], *, places: int = 1) -> Spread | None:
    exact = [Fraction(value) for value in values]
    if not exact:
        return None
    return Spread(
        len(exact),
        round_half_up(sum(exact, Fraction()) / len(exact), places),
        round_half_up(_rank(exact, Fraction(1, 2)), places),
        round_half_up(_rank(exact, Fraction(9, 10)), places),
    )


def pace(target: Decimal, actual: Decimal, elapsed: int, total: int, *, places: int = 1) -> Pace | None:
    """Where a cumulative indicator should be after so many business days; None before the first."""
    if not elapsed or not target:
        return None
    expected = Fraction(target) * elapsed / total
    percent = round_half_up(Fraction(actual) / expected * 100, 1)
    return Pace(round_half_up(expected, places), percent, pace_status(percent))


def pace_status(percent: Decimal) -> PaceStatus:
    if percent >= _ON_TRACK:
        return PaceStatus.ON_TRACK
    return PaceStatus.AT_RISK if percent >= _AT_RISK else PaceStatus.LATE


def prorated_target(
    target: Decimal, how: Aggregation, days: int, period_days: int, *, places: int
) -> Decimal:
    """T′ of somebody who was there for part of a period: only sums shrink; rates and times do not."""
    if how is not Aggregation.SUM:
        return target
    return round_half_up(Fraction(target) * days / period_days, places)


def _rank(values: Sequence[Fraction], share: Fraction) -> Fraction:
    """Linear interpolation between ranks, as the spreadsheet function PERCENTILE.INC."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = place.numerator // place.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
