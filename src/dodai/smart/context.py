"""The structured fields beside the sentence. The rules of a field that was not supplied (None) are silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class IndicatorFact:
    """An indicator attached to the goal, as far as the check needs it."""

    name: str = ""
    kind: str = "quantitative"  # or "rubric" (評価段階表)
    target: Decimal | None = None
    source: str = ""
    frequency: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the form knows about one goal.

    Empty is not the same as absent: `outcome=""` says that the person left 成果 open (R02), `outcome=None`
    that nobody asked. The same holds for `links`.
    """

    indicators: tuple[IndicatorFact, ...] = ()
    criteria: str = ""  # 達成基準: a level written in its own column counts as a measure
    baseline: Decimal | None = None
    target: Decimal | None = None
    direction: str | None = None  # higher / lower
    unit: str = ""
    stretch_limit: Decimal | None = None
    history: tuple[Decimal, ...] | int | None = None  # earlier values, or only how many there are
    zero_definition: str = ""
    goal_type: str | None = None  # 業務 / 改善 / 提案 / 育成 / 連携
    band: str = "担当"  # 担当 / 主任・リーダー / 管理職
    weight: int | None = None
    milestones: int | None = None
    deadline: date | str | None = None  # a string when the column holds words such as 9月末
    period: tuple[date, date] | None = None
    text_deadline: date | None = None
    links: tuple[str, ...] | None = None  # 業務, 成果 or 上位目標 the goal is tied to
    outcome: str | None = None
    parent_status: str | None = None
    dependency: bool | None = None
    prev_text: str = ""
    peer_text: str = ""
    parent_text: str = ""

    @property
    def has_deadline(self) -> bool:
        return bool(self.deadline)

    @property
    def due_on(self) -> date | None:
        return self.deadline if isinstance(self.deadline, date) else None

    @property
    def answers_relevance(self) -> bool:
        """Somebody already said what the goal is for."""
        return bool(self.links) or bool(self.outcome)


@dataclass(frozen=True, slots=True)
class SheetGoal:
    """One line of a goal sheet."""

    weight: int
    goal_type: str = ""
    kinds: frozenset[str] = frozenset()  # "quantitative", "rubric"
    deadline: date | None = None
    difficulty: str = ""  # 高 / 標準 / 低
    text: str = ""
    counter: str = ""  # 対になる指標


@dataclass(frozen=True, slots=True)
class SheetContext:
    """A goal sheet as a whole."""

    goals: tuple[SheetGoal, ...] = ()
    period_to: date | None = None
    band: str = "担当"
    capacity_hours: Decimal | None = None
    planned_hours: Decimal | None = None  # goals plus routine work
    manager_must_develop: bool = True  # policy: 管理職 needs a goal of type 育成
