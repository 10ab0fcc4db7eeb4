"""Frozen versions of a sheet as people read them, and what differs from today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from dodai.goals.freezing import sheet_body
from dodai.goals.models import Goal, GoalSheet
from dodai.indicators.rules.scales import Method
from dodai.web.goals.history import figure_of
from dodai.web.goals.measures import METHOD_NAMES

_SHOWN = ("title", "statement", "criteria", "weight", "deadline", "goal_type", "difficulty_planned")


def goals_of(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The goals of a frozen body with labels instead of codes."""
    return [
        {
            **{name: _text(name, goal[name]) for name in _SHOWN},
            "number": goal["number"],
            "work_items": "、".join(one["name"] for one in goal["work_items"]),
            "outcomes": "、".join(one["sentence"] for one in goal["outcomes"]),
            "indicators": [_indicator(one) for one in goal["indicators"]],
            "milestones": goal["milestones"],
        }
        for goal in body["goals"]
    ]


def differences(body: Mapping[str, Any], sheet: GoalSheet) -> list[dict[str, Any]]:
    """Per goal what the sheet says differently now; nothing while it still stands as agreed."""
    now = {goal["id"]: goal for goal in sheet_body(sheet)["goals"]}
    then = {goal["id"]: goal for goal in body["goals"]}
    found = []
    for pk, old in then.items():
        new = now.get(pk)
        if new is None:
            found.append(
                {"title": old["title"], "changes": [{"field": _("目標"), "old": old["title"], "new": ""}]}
            )
            continue
        changes = [
            {"field": _label(name), "old": _text(name, old[name]), "new": _text(name, new[name])}
            for name in _SHOWN
            if old[name] != new[name]
        ]
        if old["indicators"] != new["indicators"]:
            changes.append(
                {
                    "field": _("指標"),
                    "old": "、".join(_indicator(one) for one in old["indicators"]),
                    "new": "、".join(_indicator(one) for one in new["indicators"]),
                }
            )
        if changes:
            found.append({"title": old["title"], "changes": changes})
    for pk, new in now.items():
        if pk not in then:
            found.append(
                {"title": new["title"], "changes": [{"field": _("目標"), "old": "", "new": new["title"]}]}
            )
    return found


def _indicator(row: Mapping[str, Any]) -> str:
    numbers = [figure_of(row[name]) for name in ("baseline", "target") if row[name] is not None]
    method = str(METHOD_NAMES[Method(row["method"])]) if row["method"] else ""
    unit = row["unit"] if row["kind"] == "quantitative" else ""
    parts = [row["name"], (" → ".join(numbers) + unit) if numbers else "", f"（{method}）" if method else ""]
    return " ".join(part for part in parts if part)


def _label(name: str) -> str:
    return str(Goal._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _text(name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if name == "goal_type":
        return str(Goal.Type(value).label)
    if name == "difficulty_planned":
        return str(Goal.Difficulty(value).label)
    if name == "weight":
        return f"{value}%"
    return str(value).replace("-", "/") if name == "deadline" else str(value)
