"""STEP 4 目標: organisation goals, sheets, goals and what surrounds them."""

from dodai.goals.models.goals import (
    FindingDismissal,
    Goal,
    GoalDependency,
    GoalIndicator,
    Milestone,
    RemovedGoal,
)
from dodai.goals.models.org_goals import OrgGoal, OutcomeContribution
from dodai.goals.models.sheets import GoalSheet, SheetComment, SheetVersion

__all__ = [
    "FindingDismissal",
    "Goal",
    "GoalDependency",
    "GoalIndicator",
    "GoalSheet",
    "Milestone",
    "OrgGoal",
    "OutcomeContribution",
    "RemovedGoal",
    "SheetComment",
    "SheetVersion",
]
