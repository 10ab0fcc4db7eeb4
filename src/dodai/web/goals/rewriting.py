"""The rewrite offered beside the sentence: a template filled from the form, its empty slots kept visible."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from dodai import smart
from dodai.core.numbers import plain
from dodai.goals.models import Goal, GoalIndicator
from dodai.indicators.models import Indicator

PREFIX = "slot-"
#: Slots with a field of their own on the page: they fill when that field does.
_ANSWERED_BY_FIELDS = frozenset(
    {
        "指標",
        "基準値",
        "目標値",
        "単位",
        "期限",
        "違反の定義",
        "以下/以上",
        "短縮/引き上げ",
        "N",
        "0",
        "アンカー要約",
    }
)
_EMPTY = re.compile(r"［([^［］]+)］")
_TYPES = {
    "operation": "業務",
    "improvement": "改善",
    "proposal": "提案",
    "development": "育成",
    "collaboration": "連携",
}
_TIME_UNITS = frozenset({"営業日", "日", "時間", "分", "営業時間", "週", "か月"})


@dataclass(frozen=True)
class Slot:
    name: str
    value: str
    field: str


@dataclass(frozen=True)
class Rewrite:
    """The filled template, cut into text and slots that still wait, and the inputs for them."""

    kind: str
    text: str
    parts: tuple[tuple[str, bool], ...]
    slots: tuple[Slot, ...]

    @property
    def waiting(self) -> int:
        return sum(is_slot for _text, is_slot in self.parts)


def rewrite_of(goal: Goal, data: QueryDict | None = None) -> Rewrite:
    """The template that fits the form, filled from the goal as it stands in memory and the typed slots."""
    context = _context(goal)
    kind = smart.kind_for(context)
    known = _known(goal, context)
    typed = {name: str(data.get(f"{PREFIX}{name}", "")).strip() for name in _names(kind)} if data else {}
    fields = smart.slots_of(context) | known
    filled = smart.rewrite(kind, {name: value for name, value in typed.items() if value} | fields)
    open_slots = [name for name in _names(kind) if name not in _ANSWERED_BY_FIELDS and name not in fields]
    return Rewrite(
        kind,
        filled,
        tuple(_cut(filled)),
        tuple(Slot(_shown(name), typed.get(name, ""), f"{PREFIX}{name}") for name in open_slots),
    )


def _context(goal: Goal) -> smart.Context:
    """The fields the templates are filled from."""
    measures = [row for row in goal.goal_indicators.all() if row.part == GoalIndicator.Part.MEASURE]
    main = measures[0] if measures else None
    version = main.indicator_version if main else None
    is_rubric = version is not None and version.indicator.kind == Indicator.Kind.QUALITATIVE
    direction = None if version is None or is_rubric else version.direction
    if main is not None and direction == "zero" and main.target:
        direction = "lower"  # fewer, not none
    return smart.Context(
        indicators=tuple(
            smart.IndicatorFact(
                row.indicator_version.name,
                "rubric"
                if row.indicator_version.indicator.kind == Indicator.Kind.QUALITATIVE
                else "quantitative",
            )
            for row in measures[:1]
        ),
        baseline=main.baseline if main else None,
        target=None if main is None or is_rubric else main.target,
        direction=direction,
        unit=version.unit if version else "",
        zero_definition=main.zero_definition if main else "",
        goal_type=_TYPES.get(goal.goal_type),
        milestones=len(goal.milestones.all()),
        deadline=goal.deadline,
    )


def _names(kind: str) -> list[str]:
    """The slots of a template in their order, each once."""
    template = smart.wording("ja").templates[kind]
    return list(dict.fromkeys(re.findall(r"\{([^{}]+)\}", template)))


def _shown(name: str) -> str:
    return smart.wording("ja").slots.get(name, name)


def _known(goal: Goal, context: smart.Context) -> dict[str, str]:
    """What the form knows beyond the library's own slots: words for the direction, counts, levels."""
    known: dict[str, str] = {}
    if context.direction == "lower" and context.unit not in _TIME_UNITS:
        known["短縮/引き上げ"] = "引き下げ"
    measure = next(iter(goal.goal_indicators.all()), None)
    if measure is None:
        return known
    if measure.exposure:
        known["N"] = str(measure.exposure)
    if smart.kind_for(context) == "維持":
        known["0"] = plain(measure.target) if measure.target is not None else "0"
    version = measure.indicator_version
    if version.indicator.kind == Indicator.Kind.QUALITATIVE and measure.target is not None:
        level = int(measure.target)
        known["n"] = str(level)
        texts: Mapping[int, str] = {one.level: one.text for one in version.levels.all()}
        if texts.get(level):
            known["アンカー要約"] = texts[level]
    return known


def _cut(text: str) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    last = 0
    for found in _EMPTY.finditer(text):
        parts += [(text[last : found.start()], False), (found[0], True)]
        last = found.end()
    parts.append((text[last:], False))
    return [part for part in parts if part[0]]
