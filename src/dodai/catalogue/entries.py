"""The rows of the catalogue. Codes are those of the glossary; texts are what a company starts from."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Frequency = Literal[
    "daily",
    "weekly",
    "biweekly",
    "monthly",
    "quarterly",
    "half_yearly",
    "yearly",
    "on_demand",
    "per_event",
    "per_cycle",
]
Nature = Literal["routine", "judgement", "planning", "demand"]
Direction = Literal["higher", "lower", "zero", "range"]
Archetype = Literal[
    "deadline_adherence",
    "zero_maintain",
    "lead_time",
    "rate",
    "volume_converted",
    "satisfaction",
    "effect",
    "milestone",
    "within_range",
    "rubric",
]
Aggregation = Literal["sum", "mean", "median", "last", "max", "min", "ratio", "violations"]
Method = Literal["ratio", "overrun", "improve", "range", "zero", "zero_rate", "milestone", "binary", "rubric"]
GoalType = Literal["operation", "improvement", "proposal", "development", "collaboration"]

FREQUENCY_LABELS: dict[str, str] = {
    "daily": "日次",
    "weekly": "週次",
    "biweekly": "隔週",
    "monthly": "月次",
    "quarterly": "四半期",
    "half_yearly": "半期",
    "yearly": "年次",
    "on_demand": "随時",
    "per_event": "都度",
    "per_cycle": "期ごと",
}
EXPECTED_LEVEL = 3  # 期待どおり on every rubric


@dataclass(frozen=True)
class TaskTemplate:
    """A 業務 with what it is for."""

    id: str
    category: str  # 大分類
    name: str
    frequency: tuple[Frequency, ...]
    importance: int  # 1 to 5, a typical starting value
    nature: Nature
    outcome: str
    frequency_note: str = ""  # 年間件数の目安
    retired: bool = False

    @property
    def frequency_label(self) -> str:
        label = "・".join(FREQUENCY_LABELS[code] for code in self.frequency)
        return f"{label}（{self.frequency_note}）" if self.frequency_note else label


@dataclass(frozen=True)
class ValueRange:
    """The limits between which an indicator is good; a limit left open is the company's to choose."""

    low: Decimal | None = None
    high: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class IndicatorTemplate:
    """A 定量指標: what is counted, out of what, in which direction it is good."""

    id: str
    name: str
    definition: str
    formula: str
    unit: str
    direction: Direction
    archetype: Archetype
    aggregation: Aggregation
    also_show: tuple[str, ...]
    keep_method: Method  # suggested where the level is kept
    data_source: str
    frequency: tuple[Frequency, ...]
    range: ValueRange | None = None
    improve_method: Method | None = None  # suggested where the level is to change
    counter_indicator: str | None = None  # id of the 対になる指標
    counter_note: str = ""  # what to watch where the catalogue has no indicator for it
    converts_from: str = ""  # the count of work that this one replaces as a goal
    frequency_text: str = ""  # 開催ごと, where the codes say too little
    restricted: bool = False  # only for the people who run the procedure (通報)
    retired: bool = False

    @property
    def frequency_label(self) -> str:
        return self.frequency_text or "・".join(FREQUENCY_LABELS[code] for code in self.frequency)


@dataclass(frozen=True)
class RubricTemplate:
    """A 評価段階表: the texts of levels 1 to 5."""

    id: str
    name: str
    levels: tuple[str, ...]
    expected_level: int = EXPECTED_LEVEL
    retired: bool = False


@dataclass(frozen=True)
class GoalTemplate:
    """An example of a 目標. Its dates and numbers are samples: adopt it through ``with_empty_slots``."""

    id: str
    goal_type: GoalType
    text: str
    work_items: tuple[str, ...]
    archetype: Archetype
    method: Method
    indicators: tuple[str, ...] = ()
    extra_indicator: str = ""  # the name of an indicator that only this goal needs
    alternative_to: str | None = None  # the same work at another ambition: a sheet uses one of the two
    expected_lint: dict[str, str] = field(default_factory=dict, hash=False)
    retired: bool = False


@dataclass(frozen=True)
class Department:
    code: str
    name: str
    tasks: tuple[TaskTemplate, ...]
    indicators: tuple[IndicatorTemplate, ...]
    rubrics: tuple[RubricTemplate, ...]
    goal_examples: tuple[GoalTemplate, ...]


Entry = TaskTemplate | IndicatorTemplate | RubricTemplate | GoalTemplate
