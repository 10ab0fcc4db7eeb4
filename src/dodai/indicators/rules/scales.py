"""The methods of achievement (達成方式), one frozen dataclass each, complete enough to be scored alone.

A scale is chosen while a goal is set and frozen when the goal is approved. Building one checks it:
numbers that do not fit the method raise ``ScaleRefused``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import ClassVar, Literal

from dodai.indicators.rules.refusals import ScaleRefused

FLOOR, CAP = Decimal(0), Decimal(150)  # 達成度 is kept between them
AT_BASELINE, AT_THRESHOLD, AT_TARGET, AT_OVER, AT_STRETCH = map(Decimal, (60, 80, 100, 110, 120))
FEWEST_ANCHORS, MOST_ANCHORS = 2, 5

Better = Literal["higher", "lower"]


class Method(StrEnum):
    RATIO = "ratio"
    OVERRUN = "overrun"
    IMPROVE = "improve"
    ANCHORS = "anchors"
    RANGE = "range"
    ZERO = "zero"
    ZERO_RATE = "zero_rate"
    MILESTONE = "milestone"
    BINARY = "binary"
    RUBRIC = "rubric"


class MilestoneState(StrEnum):
    ON_TIME = "on_time"
    LATE_1_10 = "late_1_10"  # 1〜10営業日遅れ
    LATE_11_PLUS = "late_11_plus"
    NOT_DONE = "not_done"


class BinaryState(StrEnum):
    ON_TIME = "on_time"
    LATE_IN_PERIOD = "late_in_period"
    NOT_DONE = "not_done"


@dataclass(frozen=True, order=True)
class Anchor:
    """A value of the indicator and the 達成度 it means."""

    value: Decimal
    r: Decimal


@dataclass(frozen=True)
class Ratio:
    """実績比: an amount or a rate that starts at 0, higher is better."""

    method: ClassVar[Method] = Method.RATIO
    target: Decimal

    def __post_init__(self) -> None:
        _require(self.target > 0, "target_must_be_positive")


@dataclass(frozen=True)
class Overrun:
    """超過率: keeping below an upper value, lower is better."""

    method: ClassVar[Method] = Method.OVERRUN
    target: Decimal

    def __post_init__(self) -> None:
        _require(self.target > 0, "target_must_be_positive")


@dataclass(frozen=True)
class Improve:
    """改善幅: from a baseline towards a target, in the direction in which the target lies."""

    method: ClassVar[Method] = Method.IMPROVE
    baseline: Decimal
    target: Decimal

    def __post_init__(self) -> None:
        _require(self.baseline != self.target, "baseline_equals_target")


@dataclass(frozen=True)
class AnchorTable:
    """水準表: two to five anchors, kept in the order of their values."""

    method: ClassVar[Method] = Method.ANCHORS
    anchors: tuple[Anchor, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "anchors", tuple(sorted(self.anchors)))
        _require(len(self.anchors) >= FEWEST_ANCHORS, "anchors_too_few")
        _require(len(self.anchors) <= MOST_ANCHORS, "anchors_too_many")
        _require(all(FLOOR <= anchor.r <= CAP for anchor in self.anchors), "anchor_out_of_range")
        _require(is_strictly_monotone(self.anchors), "anchors_not_monotone")


@dataclass(frozen=True)
class Range:
    """範囲内: full marks between the limits, falling to 0 at the tolerances outside."""

    method: ClassVar[Method] = Method.RANGE
    low: Decimal
    high: Decimal
    tolerance_low: Decimal
    tolerance_high: Decimal

    def __post_init__(self) -> None:
        _require(self.tolerance_low < self.low <= self.high < self.tolerance_high, "range_out_of_order")


@dataclass(frozen=True)
class Zero:
    """ゼロ目標（件数）: a step for each number of violations from 0, and what every higher number means."""

    method: ClassVar[Method] = Method.ZERO
    steps: tuple[Decimal, ...] = (Decimal(100), Decimal(85), Decimal(60))  # for 0, 1, 2 violations
    otherwise: Decimal = FLOOR

    def __post_init__(self) -> None:
        marks = (*self.steps, self.otherwise)
        falls = all(before >= after for before, after in pairwise(marks))
        _require(bool(self.steps) and falls, "steps_out_of_order")
        _require(all(FLOOR <= mark <= CAP for mark in marks), "anchor_out_of_range")


@dataclass(frozen=True)
class ZeroRate:
    """ゼロ目標（率）: for many cases; 0 when the share of violations reaches the allowance (0.02 is 2%)."""

    method: ClassVar[Method] = Method.ZERO_RATE
    allowance: Decimal

    def __post_init__(self) -> None:
        _require(self.allowance > 0, "allowance_must_be_positive")


@dataclass(frozen=True)
class Milestones:
    """節目: each milestone counts its weight times a factor for how late it was."""

    method: ClassVar[Method] = Method.MILESTONE
    late_1_10: Decimal = Decimal("0.8")
    late_11_plus: Decimal = Decimal("0.5")

    def __post_init__(self) -> None:
        _require(1 >= self.late_1_10 >= self.late_11_plus >= 0, "steps_out_of_order")

    def factor(self, state: MilestoneState) -> Decimal:
        return {
            MilestoneState.ON_TIME: Decimal(1),
            MilestoneState.LATE_1_10: self.late_1_10,
            MilestoneState.LATE_11_PLUS: self.late_11_plus,
            MilestoneState.NOT_DONE: Decimal(0),
        }[state]


@dataclass(frozen=True)
class Binary:
    """可否: done by its date, done later inside the period, or not."""

    method: ClassVar[Method] = Method.BINARY
    late: Decimal = AT_THRESHOLD

    def __post_init__(self) -> None:
        _require(FLOOR <= self.late <= AT_TARGET, "steps_out_of_order")


@dataclass(frozen=True)
class RubricLevels:
    """段階評価: what each level from 1 upwards means as 達成度."""

    method: ClassVar[Method] = Method.RUBRIC
    marks: tuple[Decimal, ...] = field(default=(AT_BASELINE, Decimal(85), AT_TARGET, AT_OVER, AT_STRETCH))

    def __post_init__(self) -> None:
        _require(bool(self.marks), "level_unknown")
        rises = all(before < after for before, after in pairwise(self.marks))
        _require(rises, "rubric_map_out_of_order")
        _require(all(FLOOR <= mark <= CAP for mark in self.marks), "anchor_out_of_range")


# The scales that are read off anchors, and those with an evaluator of their own.
Linear = Ratio | Overrun | Improve | AnchorTable
Scale = Linear | Range | Zero | ZeroRate | Milestones | Binary | RubricLevels


def improve(baseline: Decimal, target: Decimal, better: Better | None = None) -> Improve:
    """改善幅, checked against the direction in which the indicator is good."""
    scale = Improve(baseline, target)
    if better is not None:
        _require((target > baseline) == (better == "higher"), "target_on_wrong_side")
    return scale


def level_table(
    *,
    baseline: Decimal | None = None,
    threshold: Decimal | None = None,
    target: Decimal,
    over: Decimal | None = None,
    stretch: Decimal | None = None,
) -> AnchorTable:
    """水準表 from its named levels; those left out are interpolated between the others."""
    levels = (
        (baseline, AT_BASELINE),
        (threshold, AT_THRESHOLD),
        (target, AT_TARGET),
        (over, AT_OVER),
        (stretch, AT_STRETCH),
    )
    return AnchorTable(tuple(Anchor(value, r) for value, r in levels if value is not None))


def is_strictly_monotone(anchors: tuple[Anchor, ...]) -> bool:
    """Whether 達成度 only rises or only falls along values that all differ."""
    rises = [before.r < after.r for before, after in pairwise(anchors)]
    falls = [before.r > after.r for before, after in pairwise(anchors)]
    return all(before.value < after.value for before, after in pairwise(anchors)) and (
        all(rises) or all(falls)
    )


def _require(holds: bool, reason: str) -> None:
    if not holds:
        raise ScaleRefused(reason)
