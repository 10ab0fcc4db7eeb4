"""Questions to the catalogue. Withdrawn rows stay readable by id and are offered to nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from dodai.catalogue.entries import (
    Department,
    Entry,
    GoalTemplate,
    IndicatorTemplate,
    RubricTemplate,
    TaskTemplate,
)
from dodai.catalogue.reading import load
from dodai.core.text import contains_all, search_words

E = TypeVar("E", TaskTemplate, IndicatorTemplate, RubricTemplate, GoalTemplate)


@dataclass(frozen=True)
class Conversion:
    """A count of work that others cause, and the indicator that says the same about one's own work."""

    count: str
    indicator: IndicatorTemplate


def departments() -> tuple[Department, ...]:
    return load()


def department(code: str) -> Department:
    """By its code (GA, HR, FA, LG, IT). Raises LookupError for a department without templates."""
    for one in load():
        if one.code == code:
            return one
    raise LookupError(code)


def tasks(code: str) -> tuple[TaskTemplate, ...]:
    return _offered(department(code).tasks)


def indicators(code: str, *, with_restricted: bool = False) -> tuple[IndicatorTemplate, ...]:
    """What a department may measure; restricted ones only for the people who run the procedure."""
    offered = _offered(department(code).indicators)
    return tuple(one for one in offered if with_restricted or not one.restricted)


def rubrics(code: str) -> tuple[RubricTemplate, ...]:
    return _offered(department(code).rubrics)


def goal_examples(code: str) -> tuple[GoalTemplate, ...]:
    return _offered(department(code).goal_examples)


def task(row_id: str) -> TaskTemplate:
    return _find(TaskTemplate, row_id)


def indicator(row_id: str) -> IndicatorTemplate:
    return _find(IndicatorTemplate, row_id)


def rubric(row_id: str) -> RubricTemplate:
    return _find(RubricTemplate, row_id)


def goal_example(row_id: str) -> GoalTemplate:
    return _find(GoalTemplate, row_id)


def counterpart(one: IndicatorTemplate) -> IndicatorTemplate | RubricTemplate | str:
    """The 対になる指標: a row of the catalogue, or in words what to watch; empty where there is none."""
    if one.counter_indicator is None:
        return one.counter_note
    row = _by_id()[one.counter_indicator]
    return row if isinstance(row, IndicatorTemplate | RubricTemplate) else one.counter_note


def used_with(task_id: str, *, with_restricted: bool = False) -> tuple[IndicatorTemplate, ...]:
    """The indicators of the department for a 業務, those that an example of a goal uses with it first."""
    code = task_id.split("-")[0]
    examples = (one for one in goal_examples(code) if task_id in one.work_items)
    named = [row_id for example in examples for row_id in example.indicators]
    offered = indicators(code, with_restricted=with_restricted)
    return tuple(sorted(offered, key=lambda one: one.id not in named))


def conversions() -> tuple[Conversion, ...]:
    """The counts that are exposure, not goals, each with its replacement."""
    return tuple(
        Conversion(one.converts_from, one)
        for place in load()
        for one in indicators(place.code)
        if one.converts_from
    )


def replacements_for(count: str) -> tuple[IndicatorTemplate, ...]:
    """What to measure instead of a count such as 請求書処理件数."""
    return tuple(one.indicator for one in conversions() if one.count == count)


def search(query: str, department: str | None = None, *, with_restricted: bool = False) -> tuple[Entry, ...]:
    """Rows that contain every word, however it is spelled; those with the words in their name first."""
    words = search_words(query)
    if not words:
        return ()
    found = [
        row
        for place in load()
        if department in (None, place.code)
        for row in _rows(place)
        if not row.retired and (with_restricted or not getattr(row, "restricted", False))
        if contains_all(_texts(row), words)
    ]
    return tuple(sorted(found, key=lambda row: not contains_all([_title(row)], words)))


def _texts(row: Entry) -> tuple[str, ...]:
    match row:
        case TaskTemplate():
            return row.id, row.name, row.category, row.outcome
        case IndicatorTemplate():
            return row.id, row.name, row.definition, row.formula, row.data_source, row.converts_from
        case RubricTemplate():
            return row.id, row.name, *row.levels
        case GoalTemplate():
            return row.id, row.text, row.extra_indicator


def _title(row: Entry) -> str:
    return row.text if isinstance(row, GoalTemplate) else row.name


def _rows(place: Department) -> tuple[Entry, ...]:
    return (*place.tasks, *place.indicators, *place.rubrics, *place.goal_examples)


def _offered(rows: Iterable[E]) -> tuple[E, ...]:
    return tuple(row for row in rows if not row.retired)


@cache
def _by_id() -> dict[str, Entry]:
    return {row.id: row for place in load() for row in _rows(place)}


def _find(kind: type[E], row_id: str) -> E:
    row = _by_id().get(row_id)
    if not isinstance(row, kind):
        raise LookupError(row_id)
    return row
