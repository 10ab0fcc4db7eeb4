"""From the numbers of a goal's indicator to its 水準表, and the preview 「実績がこうなら達成度は…」."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from dodai.cycles.rules.policy import Policy
from dodai.goals.models import Goal, GoalIndicator
from dodai.indicators.models import Indicator, IndicatorVersion
from dodai.indicators.rules.preview import PreviewRow, preview
from dodai.indicators.rules.refusals import ScaleRefused
from dodai.indicators.rules.scales import (
    AnchorTable,
    Better,
    Binary,
    Improve,
    Method,
    Milestones,
    Overrun,
    Range,
    Ratio,
    RubricLevels,
    Scale,
    Zero,
    ZeroRate,
    improve,
    level_table,
)
from dodai.indicators.rules.storage import scale_from_json, scale_to_json
from dodai.indicators.rules.suggestion import Direction, suggest_method

#: Types whose progress is the way from the baseline; the others keep a level.
IMPROVING = frozenset({Goal.Type.IMPROVEMENT, Goal.Type.PROPOSAL})
EXPECTED_LEVEL = Decimal(3)  # 期待どおり of a 評価段階表
_OF_TARGET = frozenset({Method.RATIO, Method.OVERRUN, Method.IMPROVE, Method.ANCHORS})
_ALLOWANCE = Decimal("0.02")  # ゼロ目標（率） until another is chosen


@dataclass(frozen=True, slots=True)
class GoalIndicatorInput:
    """One indicator as the form gives it; numbers are exact, empty is None.

    ``method`` empty means the product's suggestion. ``scale`` is a stored scale (JSON of
    ``indicators.rules.storage``) where the person wrote the anchors or steps themselves.
    """

    version_id: int
    part: str = GoalIndicator.Part.MEASURE
    baseline: Decimal | None = None
    baseline_period: str = ""
    baseline_n: int | None = None
    target: Decimal | None = None
    threshold: Decimal | None = None
    stretch: Decimal | None = None
    method: str = ""
    scale: Mapping[str, Any] | None = None
    zero_definition: str = ""
    exposure: int | None = None
    sub_weight: int = 100


def method_for(given: GoalIndicatorInput, version: IndicatorVersion, goal_type: str) -> Method:
    """The chosen method; else the catalogue's for this goal type; else what fits the numbers."""
    if given.method:
        try:
            return Method(given.method)
        except ValueError as error:
            raise ScaleRefused("level_unknown") from error
    if given.threshold is not None or given.stretch is not None:
        return Method.ANCHORS
    return suggest_method(
        direction_of(version),
        is_improvement=goal_type in IMPROVING,
        baseline=given.baseline,
        target=given.target,
        exposure=given.exposure,
    )


def direction_of(version: IndicatorVersion) -> Direction:
    if version.indicator.kind == Indicator.Kind.QUALITATIVE:
        return "rubric"
    return cast(Direction, version.direction or "higher")


def scale_for(
    given: GoalIndicatorInput, version: IndicatorVersion, goal_type: str, policy: Policy
) -> Scale | None:
    """The checked scale; None while the numbers it needs are not there yet.

    Raises ``ScaleRefused`` with the way out when the numbers do not fit the method.
    """
    if given.scale:
        try:
            return _in_direction(scale_from_json(given.scale), version)
        except ValueError as error:
            raise ScaleRefused("anchors_too_few") from error
    method = method_for(given, version, goal_type)
    if method is Method.RANGE:
        return _range(given, version)
    if method in _OF_TARGET:
        return None if given.target is None else _of_target(method, given, given.target, version)
    fixed: dict[Method, Scale] = {
        Method.RUBRIC: RubricLevels(policy.rubric_marks),
        Method.BINARY: Binary(),
        Method.MILESTONE: Milestones(),
        Method.ZERO: Zero(),
        Method.ZERO_RATE: ZeroRate(_ALLOWANCE),
    }
    return fixed[method]


def preview_rows(row: GoalIndicator) -> tuple[PreviewRow, ...]:
    """Five sample results of an indicator on a goal; nothing while it has no 水準表."""
    if not row.scale:
        return ()
    return preview_of(scale_from_json(row.scale), row.indicator_version)


def preview_of(scale: Scale, version: IndicatorVersion) -> tuple[PreviewRow, ...]:
    highest = Decimal(100) if version.unit in ("%", "％") else None
    return preview(scale, places=version.decimals, highest=highest)


def stored(scale: Scale | None) -> dict[str, Any]:
    return dict(scale_to_json(scale)) if scale is not None else {}


def _of_target(
    method: Method, given: GoalIndicatorInput, target: Decimal, version: IndicatorVersion
) -> Scale | None:
    match method:
        case Method.RATIO:
            return Ratio(target)
        case Method.OVERRUN:
            return Overrun(target)
        case Method.IMPROVE:
            return None if given.baseline is None else improve(given.baseline, target, _better(version))
        case _:
            table = level_table(
                baseline=given.baseline, threshold=given.threshold, target=target, stretch=given.stretch
            )
            return _in_direction(table, version)


def _in_direction(scale: Scale, version: IndicatorVersion) -> Scale:
    """A table of one's own rises the way the indicator is good."""
    better = _better(version)
    if better is None:
        return scale
    if isinstance(scale, Improve):
        return improve(scale.baseline, scale.target, better)
    if isinstance(scale, AnchorTable) and (scale.anchors[0].r < scale.anchors[-1].r) != (better == "higher"):
        raise ScaleRefused("anchors_not_monotone")
    return scale


def _better(version: IndicatorVersion) -> Better | None:
    return cast(Better, version.direction) if version.direction in ("higher", "lower") else None


def _range(given: GoalIndicatorInput, version: IndicatorVersion) -> Scale | None:
    """Full marks inside the limits of the definition; 0 one width of the range outside them."""
    low = given.threshold if given.threshold is not None else version.range_low
    high = given.stretch if given.stretch is not None else version.range_high
    if low is None or high is None:
        return None
    width = max(high - low, Decimal(1))
    return Range(low, high, low - width, high + width)
