"""「実績がこうなら達成度は…」: sample results of a scale, shown while the goal is set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dodai.core.numbers import round_half_up
from dodai.indicators.rules.achievement import (
    Actual,
    MilestoneResult,
    Share,
    achievement,
)
from dodai.indicators.rules.anchors import anchors_of, value_at
from dodai.indicators.rules.points import BANDS, PointRule, points
from dodai.indicators.rules.scales import (
    AT_BASELINE,
    AT_OVER,
    AT_STRETCH,
    AT_TARGET,
    AT_THRESHOLD,
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

ROWS = 5
_LEVELS = (
    ("stretch", AT_STRETCH),
    ("over", AT_OVER),
    ("target", AT_TARGET),
    ("threshold", AT_THRESHOLD),
    ("baseline", AT_BASELINE),
)
_SPARE_LEVELS = tuple(Decimal(r) for r in (90, 70, 40, 20, 0))  # where a level cannot be reached
_SAMPLE_MILESTONES = tuple(Decimal(weight) for weight in (20, 30, 30, 20))


@dataclass(frozen=True)
class PreviewRow:
    """A sample result. ``meaning`` is a key; ``actual`` is None where the meaning is the whole result."""

    meaning: str
    actual: Decimal | None
    r: Decimal
    points: Decimal


def preview(
    scale: Scale,
    rule: PointRule = BANDS,
    *,
    places: int = 1,
    highest: Decimal | None = None,
    milestones: tuple[Decimal, ...] = _SAMPLE_MILESTONES,
) -> tuple[PreviewRow, ...]:
    """Five sample results from the best to the worst (three for 可否).

    ``places`` are the decimals of the indicator, ``highest`` its natural end, such as 100 for a percentage.
    """
    match scale:
        case Ratio() | Overrun() | Improve() | AnchorTable():
            samples = _of_levels(scale, places, highest)
        case Range():
            samples = _of_range(scale, places)
        case Zero():
            samples = ((f"violations_{count}", Decimal(count), Decimal(count)) for count in range(ROWS))
        case ZeroRate(allowance):
            samples = _of_rates(allowance)
        case Milestones():
            samples = _of_milestones(milestones)
        case Binary():
            samples = ((state.value, None, state) for state in BinaryState)
        case RubricLevels(marks):
            samples = ((f"level_{level}", Decimal(level), [level]) for level in range(len(marks), 0, -1))
    return tuple(_row(scale, rule, *sample) for sample in samples)


_Samples = Iterator[tuple[str, Decimal | None, Actual]]


def _row(scale: Scale, rule: PointRule, meaning: str, shown: Decimal | None, actual: Actual) -> PreviewRow:
    result = achievement(scale, actual)
    if result is None:
        raise ValueError("a sample always has an exposure")
    return PreviewRow(meaning, shown, result.r, points(result.r, rule))


def _of_levels(
    scale: Ratio | Overrun | Improve | AnchorTable, places: int, highest: Decimal | None
) -> _Samples:
    """The named levels; a level out of reach leaves its place to a spare one below."""
    marks = [anchor.r for anchor in anchors_of(scale)]
    lowest = Decimal(0) if _is_never_negative(scale) else None
    rows: dict[Decimal, tuple[Decimal, str]] = {}
    for meaning, r in (*_LEVELS, *(("between", r) for r in _SPARE_LEVELS)):
        if len(rows) < ROWS and min(marks) <= r <= max(marks):
            value = round_half_up(value_at(scale, r), places)
            value = value if highest is None else min(value, highest)
            value = value if lowest is None else max(value, lowest)
            _keep(rows, value, meaning, r)
    ordered = sorted(rows.items(), key=lambda row: -row[1][0])
    return ((meaning, value, value) for value, (_, meaning) in ordered)


def _is_never_negative(scale: Ratio | Overrun | Improve | AnchorTable) -> bool:
    """Counts, times and rates end at 0; an indicator with a negative level does not."""
    return min(value_at(scale, AT_BASELINE), value_at(scale, AT_TARGET)) >= 0


def _keep(rows: dict[Decimal, tuple[Decimal, str]], value: Decimal, meaning: str, r: Decimal) -> None:
    """One row a value: rounded or cut to the same value, the target says more than what lies above it."""
    if value not in rows or meaning == "target":
        rows[value] = (r, meaning)


def _of_range(scale: Range, places: int) -> _Samples:
    middle = Fraction(1, 2)
    for meaning, low, high in (
        ("inside", scale.low, scale.high),
        ("slightly_low", scale.tolerance_low, scale.low),
        ("slightly_high", scale.high, scale.tolerance_high),
        ("too_low", scale.tolerance_low, scale.tolerance_low),
        ("too_high", scale.tolerance_high, scale.tolerance_high),
    ):
        value = round_half_up((Fraction(low) + Fraction(high)) * middle, places)
        yield meaning, value, value


def _of_rates(allowance: Decimal) -> _Samples:
    """Rates from none to the allowance, in percent."""
    for quarter in range(ROWS):
        rate = allowance * quarter / 4
        yield f"allowance_{quarter * 25}", round_half_up(rate * 100, 2), Share(rate, Decimal(1))


def _of_milestones(weights: tuple[Decimal, ...]) -> _Samples:
    def results(state: MilestoneState, late: int) -> list[MilestoneResult]:
        on_time = len(weights) - late
        return [
            MilestoneResult(weight, MilestoneState.ON_TIME if place < on_time else state)
            for place, weight in enumerate(weights)
        ]

    yield "all_on_time", None, results(MilestoneState.ON_TIME, 0)
    yield "last_late_1_10", None, results(MilestoneState.LATE_1_10, 1)
    yield "last_late_11_plus", None, results(MilestoneState.LATE_11_PLUS, 1)
    yield "last_not_done", None, results(MilestoneState.NOT_DONE, 1)
    yield "none_done", None, results(MilestoneState.NOT_DONE, len(weights))
