"""A stored indicator row of a goal as the action takes it, and how several share 100."""

from __future__ import annotations

from dodai.goals.measuring import GoalIndicatorInput
from dodai.goals.models import GoalIndicator


def as_input(row: GoalIndicator, *, sub_weight: int | None = None) -> GoalIndicatorInput:
    """A stored row as the action takes it, unchanged."""
    return GoalIndicatorInput(
        version_id=row.indicator_version_id,
        part=row.part,
        baseline=row.baseline,
        baseline_period=row.baseline_period,
        baseline_n=row.baseline_n,
        target=row.target,
        threshold=row.threshold,
        stretch=row.stretch,
        method=row.method,
        scale=row.scale or None,
        zero_definition=row.zero_definition,
        exposure=row.exposure,
        sub_weight=row.sub_weight if sub_weight is None else sub_weight,
    )


def even_shares(count: int) -> list[int]:
    """Whole shares that add up to 100: 34, 33, 33."""
    if not count:
        return []
    share, left = divmod(100, count)
    return [share + (place < left) for place in range(count)]
