"""The cases of the rule table, and contexts made of their plain fields."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dodai.smart import Context, SheetContext, SheetGoal, context_of

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases.json").read_text("utf-8"))
SENTENCES: list[dict[str, Any]] = CASES["sentences"]
SHEETS: list[dict[str, Any]] = CASES["sheets"]


def context(case: dict[str, Any]) -> Context:
    return context_of(case["context"])


def sheet(case: dict[str, Any]) -> SheetContext:
    return SheetContext(
        goals=tuple(
            SheetGoal(
                weight=goal["weight"],
                goal_type=goal["type"],
                kinds=frozenset(goal["kinds"]),
                deadline=date.fromisoformat(goal["deadline"]),
                difficulty=goal["difficulty"],
                text=goal["text"],
                counter=goal.get("counter", ""),
            )
            for goal in case["goals"]
        ),
        period_to=date.fromisoformat(case["period_to"]),
        band=case.get("band", "担当"),
        capacity_hours=_decimal(case.get("capacity_hours")),
        planned_hours=_decimal(case.get("planned_hours")),
    )


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
