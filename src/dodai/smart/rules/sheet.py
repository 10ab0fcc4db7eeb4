"""W: the goals of one sheet together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dodai.smart.context import SheetContext
from dodai.smart.finding import Severity
from dodai.smart.rules.mark import Mark

USUAL_COUNT = range(3, 6)
ALLOWED_COUNT = range(2, 8)
ALLOWED_WEIGHT = range(5, 61)
OVERLOAD = Decimal("1.1")
SPEED = re.compile("短縮|迅速|早期化|スピード")
QUALITY = re.compile("誤り|ミス|満足度|差戻し|訂正|修正|手戻り|正答|精度|品質|再発|往復")


def marks(sheet: SheetContext) -> Iterator[Mark]:
    yield from _weights(sheet)
    yield from _count(sheet)
    if sheet.goals:
        yield from _balance(sheet)
        yield from _dates_and_hours(sheet)


def _weights(sheet: SheetContext) -> Iterator[Mark]:
    left = 100 - sum(goal.weight for goal in sheet.goals)
    if left:
        yield Mark("W01", fills={"n": str(left)})
    if any(goal.weight not in ALLOWED_WEIGHT for goal in sheet.goals):
        yield Mark("W07")


def _count(sheet: SheetContext) -> Iterator[Mark]:
    count = len(sheet.goals)
    if count not in USUAL_COUNT:
        yield Mark("W02", severity=Severity.INFO if count in ALLOWED_COUNT else Severity.ERROR)


def _balance(sheet: SheetContext) -> Iterator[Mark]:
    kinds = frozenset[str]().union(*(goal.kinds for goal in sheet.goals))
    types = {goal.goal_type for goal in sheet.goals}
    if not {"quantitative", "rubric"} <= kinds:
        yield Mark("W03")
    if not {"改善", "提案"} & types:
        yield Mark("W04")
    if sheet.band == "管理職" and sheet.manager_must_develop and "育成" not in types:
        yield Mark("W09")
    if any(_fast_only(goal.text, goal.counter) for goal in sheet.goals):
        yield Mark("W10")
    difficulties = {goal.difficulty for goal in sheet.goals}
    if difficulties in ({"高"}, {"低"}):
        yield Mark("W06")


def _fast_only(text: str, counter: str) -> bool:
    return bool(SPEED.search(text)) and not counter.strip() and not QUALITY.search(text)


def _dates_and_hours(sheet: SheetContext) -> Iterator[Mark]:
    if sheet.period_to and all(goal.deadline == sheet.period_to for goal in sheet.goals):
        yield Mark("W05")
    if sheet.capacity_hours is None or sheet.planned_hours is None:
        return
    if sheet.planned_hours > sheet.capacity_hours * OVERLOAD:
        yield Mark("W08")
