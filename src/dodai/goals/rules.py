"""The rules of a goal sheet that need no database: weights, dates in a sentence, what stops 承認申請."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dodai.core.dates import month_end
from dodai.cycles.rules import Policy

SHORTEST_REASON = 10  # characters of a reason or of the comment that sends a sheet back
LONGEST_STATEMENT = 300
MOST_INDICATORS = 5


def weights_left(weights: Iterable[int]) -> int:
    """What is missing to 100; negative when there is too much."""
    return 100 - sum(weights)


def is_on_step(weight: int, policy: Policy) -> bool:
    return weight % policy.weight_step == 0


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """What 承認申請 asks of one goal."""

    number: int
    title: str
    weight: int
    has_statement: bool
    kinds: frozenset[str]  # "quantitative", "qualitative" of the indicators used for evaluation
    lacks_plan: bool = False  # a 学習目標 without 進め方 or 節目
    unscaled: int = 0  # indicators used for evaluation without a 水準表
    share: int = 100  # Σ 配分 of those indicators


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a sheet cannot be submitted yet: a key of ``wording.OBSTACLES`` and what fills it.

    ``goal`` is the number of the goal it is about, None for the sheet.
    """

    key: str
    goal: int | None = None
    fills: Mapping[str, object] = field(default_factory=dict)


def obstacles(goals: Sequence[GoalFacts], policy: Policy) -> list[Obstacle]:
    """The guards of 承認申請 beside the findings of the SMART check."""
    found: list[Obstacle] = []
    for goal in goals:
        if not goal.title.strip():
            found.append(Obstacle("title_missing", goal.number))
        if not goal.has_statement:
            found.append(Obstacle("statement_missing", goal.number))
        if not goal.kinds:
            found.append(Obstacle("indicator_missing", goal.number))
        elif goal.unscaled:
            found.append(Obstacle("scale_missing", goal.number))
        elif goal.share != 100:
            found.append(Obstacle("share_not_100", goal.number, {"share": goal.share}))
        if goal.lacks_plan:
            found.append(Obstacle("plan_missing", goal.number))
        if not is_on_step(goal.weight, policy):
            found.append(Obstacle("weight_off_step", goal.number, {"step": policy.weight_step}))
    if policy.both_kinds_required and goals:
        kinds = frozenset[str]().union(*(goal.kinds for goal in goals))
        if "quantitative" not in kinds:
            found.append(Obstacle("no_quantitative"))
        if "qualitative" not in kinds:
            found.append(Obstacle("no_qualitative"))
    return found


# ── dates inside a sentence ──

_FULL_DATE = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日|末)")
_MONTH_DATE = re.compile(r"(?<![\d年])(\d{1,2})月(?:(\d{1,2})日|末)(?=まで|に|時点)")


def date_in(text: str, period: tuple[date, date]) -> date | None:
    """The day a sentence names (2026年9月30日, 9月30日まで, 9月末まで); months without a year are those of
    the period. None when it names no day, or more than one."""
    plain = unicodedata.normalize("NFKC", text)
    days = {_day(int(year), month, day) for year, month, day in _FULL_DATE.findall(plain)}
    for month, day in _MONTH_DATE.findall(_FULL_DATE.sub("", plain)):
        days |= {
            found
            for year in range(period[0].year, period[1].year + 1)
            if (found := _day(year, month, day)) and period[0] <= found <= period[1]
        }
    return days.pop() if len(days) == 1 else None


def _day(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day)) if day else month_end(year, int(month))
    except ValueError:
        return None
