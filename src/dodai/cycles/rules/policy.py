"""評価制度: what a company decides once for a period. The JSON form is what a policy version stores.

Defaults are those of the scoring rules; a stored version names what it changes and inherits the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal, Self

from dodai.core.errors import Refused
from dodai.core.numbers import plain
from dodai.core.text import gettext_noop

Need = Literal["required", "recommended", "optional"]

WORDING = {
    "key_unknown": gettext_noop("「%(name)s」は評価制度の項目にありません。項目名を直してください。"),
    "element_weights": gettext_noop("業績・プロセス・行動の割合の合計を100にしてください。"),
    "weight_limits": gettext_noop("ウェイトの範囲が合いません。下限を上限より小さくしてください。"),
    "goal_counts": gettext_noop("目標の数の範囲が合いません。最少を最多より小さくしてください。"),
    "bounds": gettext_noop("評点や評語の境界が合いません。大きい順に並べてください。"),
}


class PolicyRefused(Refused):
    def __init__(self, reason: str, **params: object) -> None:
        self.reason = reason
        super().__init__(WORDING[reason] % params)


def _decimals(*values: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, values))


@dataclass(frozen=True)
class Policy:
    """Field names are the keys of the stored settings."""

    # Goals
    stages: int = 2  # 2: 一次 and 二次; 1: 単段階
    fewest_goals: int = 2
    most_goals: int = 7
    weight_min: int = 5
    weight_max: int = 60
    weight_step: int = 5
    both_kinds_required: bool = True
    manager_must_develop: bool = True
    stretch_limit: Decimal = Decimal("0.5")  # |T−B|/|B| from which A02 asks
    severities: Mapping[str, str] = field(default_factory=dict)  # of SMART rules
    interviews: Mapping[str, Need] = field(
        default_factory=lambda: {
            "goal_setting": "required",
            "interim": "required",
            "feedback": "required",
            "quarterly": "recommended",
            "period_end": "optional",
            "one_on_one": "optional",
        }
    )
    # Scoring
    cap: Decimal = Decimal(150)
    points_rule: Literal["bands", "line"] = "bands"
    band_bounds: tuple[Decimal, ...] = _decimals("120", "105", "95", "80")  # r for 5, 4, 3, 2 points
    rubric_marks: tuple[Decimal, ...] = _decimals("60", "85", "100", "110", "120")  # r of levels 1 to 5
    difficulty_mode: Literal["none", "coefficient", "matrix"] = "coefficient"
    element_weights: Mapping[str, tuple[int, int, int]] = field(  # 業績, プロセス, 行動 in percent
        default_factory=lambda: {"staff": (50, 30, 20), "lead": (60, 25, 15), "manager": (70, 15, 15)}
    )
    behaviour_used: bool = True
    grade_bounds: tuple[Decimal, ...] = _decimals("4.50", "3.60", "2.60", "1.60")  # S, A, B, C
    borderline: Decimal = Decimal("0.05")
    minimum_service: Decimal = Decimal("0.5")  # share of business days

    def __post_init__(self) -> None:
        for name, need in (
            ("element_weights", all(sum(weights) == 100 for weights in self.element_weights.values())),
            ("weight_limits", 0 < self.weight_min < self.weight_max <= 100 and self.weight_step > 0),
            ("goal_counts", 1 <= self.fewest_goals < self.most_goals),
            ("bounds", all(_falls(bounds) for bounds in (self.band_bounds, self.grade_bounds))),
            ("bounds", _falls(self.rubric_marks[::-1])),
        ):
            if not need:
                raise PolicyRefused(name)

    def elements_for(self, band: str) -> tuple[Decimal, ...]:
        """業績・プロセス・行動 in percent for a 等級帯; without 行動 the other two fill up to 100."""
        weights = self.element_weights[band]
        if self.behaviour_used:
            return tuple(map(Decimal, weights))
        kept = sum(weights[:2])
        return (*(Decimal(weight) * 100 / kept for weight in weights[:2]), Decimal(0))

    def to_json(self) -> dict[str, Any]:
        """Every setting, so that a frozen version says all it means."""
        return {one.name: _stored(getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def from_json(cls, settings: Mapping[str, Any]) -> Self:
        """A key that is left out keeps its default; one that does not exist is refused."""
        default = cls()
        known = {one.name for one in fields(cls)}
        for name in settings:
            if name not in known:
                raise PolicyRefused("key_unknown", name=name)
        read = {name: _read(getattr(default, name), value) for name, value in settings.items()}
        return replace(default, **read)


def _falls(bounds: tuple[Decimal, ...]) -> bool:
    return all(before > after for before, after in pairwise(bounds))


def _stored(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return {name: _stored(one) for name, one in value.items()}
    return [_stored(one) for one in value] if isinstance(value, tuple) else value


def _read(default: Any, value: Any) -> Any:
    """A stored value in the type of its default."""
    if isinstance(default, Decimal):
        return Decimal(str(value))
    if isinstance(default, tuple):
        return tuple(_read(default[0], one) for one in value)
    if isinstance(default, Mapping):
        return {name: tuple(one) if isinstance(one, list) else one for name, one in value.items()}
    return value
