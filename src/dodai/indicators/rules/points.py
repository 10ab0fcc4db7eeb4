"""評点: from 達成度 to points 1–5, by bands or along a line, and what 難易度 makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dodai.core.numbers import round_half_up
from dodai.indicators.rules.anchors import interpolate
from dodai.indicators.rules.scales import AT_BASELINE, AT_OVER, AT_STRETCH, AT_TARGET, AT_THRESHOLD

LOWEST, HIGHEST = Decimal(1), Decimal(5)


@dataclass(frozen=True)
class Bands:
    """Whole points: the first band whose bound is reached, from the highest bound down."""

    bounds: tuple[tuple[Decimal, Decimal], ...] = tuple(
        (Decimal(bound), Decimal(points)) for bound, points in ((120, 5), (105, 4), (95, 3), (80, 2))
    )

    def points(self, r: Decimal) -> Decimal:
        rounded = round_half_up(r, 1)
        return next((points for bound, points in sorted(self.bounds)[::-1] if rounded >= bound), LOWEST)


@dataclass(frozen=True)
class LinePoints:
    """LINEAR: points with two decimals on a line through (r, points), without the cliff of a band."""

    anchors: tuple[tuple[Decimal, Decimal], ...] = tuple(
        (r, Decimal(points))
        for points, r in enumerate((AT_BASELINE, AT_THRESHOLD, AT_TARGET, AT_OVER, AT_STRETCH), start=1)
    )

    def points(self, r: Decimal) -> Decimal:
        return round_half_up(interpolate(list(self.anchors), round_half_up(r, 1)), 2)


PointRule = Bands | LinePoints
BANDS = Bands()
LINE = LinePoints()


def points(r: Decimal, rule: PointRule = BANDS) -> Decimal:
    """評点 p of an r; one cycle uses one rule only."""
    return rule.points(r)


class Difficulty(StrEnum):
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class DifficultyMode(StrEnum):
    NONE = "none"
    COEFFICIENT = "coefficient"
    MATRIX = "matrix"


class Column(StrEnum):
    """Columns of the matrix: 超える達成, 達成, やや未達, 未達."""

    OVER = "over"
    MET = "met"
    SLIGHTLY_UNDER = "slightly_under"
    UNDER = "under"


COEFFICIENTS = {
    Difficulty.HIGH: Decimal("1.1"),
    Difficulty.NORMAL: Decimal("1.0"),
    Difficulty.LOW: Decimal("0.9"),
}
_GRADE_POINTS = {grade: Decimal(5 - place) for place, grade in enumerate("SABCD")}
_MATRIX = {Difficulty.HIGH: "SABC", Difficulty.NORMAL: "ABCD", Difficulty.LOW: "BCDD"}


@dataclass(frozen=True)
class Adjusted:
    """p′, and under the matrix the grade and column it was read from."""

    points: Decimal
    grade: str | None = None
    column: Column | None = None


def adjust(p: Decimal, difficulty: Difficulty, mode: DifficultyMode = DifficultyMode.COEFFICIENT) -> Adjusted:
    """p′ by difficulty. The matrix reads whole points: give it the points of the bands."""
    match mode:
        case DifficultyMode.NONE:
            return Adjusted(round_half_up(p, 2))
        case DifficultyMode.COEFFICIENT:
            scaled = round_half_up(p * COEFFICIENTS[difficulty], 2)
            return Adjusted(round_half_up(min(max(scaled, LOWEST), HIGHEST), 2))
        case DifficultyMode.MATRIX:
            column = matrix_column(p)
            grade = _MATRIX[difficulty][list(Column).index(column)]
            return Adjusted(_GRADE_POINTS[grade], grade, column)


def matrix_column(p: Decimal) -> Column:
    if p >= 4:
        return Column.OVER
    if p >= 3:
        return Column.MET
    return Column.SLIGHTLY_UNDER if p >= 2 else Column.UNDER
