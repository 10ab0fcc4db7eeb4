"""Department templates: 業務, 指標, 評価段階表 and examples of 目標, ready to be edited by each company.

from dodai import catalogue
catalogue.departments()
catalogue.indicators("FA")
catalogue.search("請求 期限", department="FA")
"""

from dodai.catalogue.entries import (
    Department,
    GoalTemplate,
    IndicatorTemplate,
    RubricTemplate,
    TaskTemplate,
    ValueRange,
)
from dodai.catalogue.lookup import (
    Conversion,
    conversions,
    counterpart,
    department,
    departments,
    goal_example,
    goal_examples,
    indicator,
    indicators,
    replacements_for,
    rubric,
    rubrics,
    search,
    task,
    tasks,
    used_with,
)
from dodai.catalogue.slots import empty_slots, fill_slots, with_empty_slots

__all__ = [
    "Conversion",
    "Department",
    "GoalTemplate",
    "IndicatorTemplate",
    "RubricTemplate",
    "TaskTemplate",
    "ValueRange",
    "conversions",
    "counterpart",
    "department",
    "departments",
    "empty_slots",
    "fill_slots",
    "goal_example",
    "goal_examples",
    "indicator",
    "indicators",
    "replacements_for",
    "rubric",
    "rubrics",
    "search",
    "task",
    "tasks",
    "used_with",
    "with_empty_slots",
]
