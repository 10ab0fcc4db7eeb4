"""The template files hold together: rows are complete, references exist, the counts are as promised."""

from __future__ import annotations

import re

import pytest

from dodai import catalogue
from dodai.catalogue.reading import CatalogueBroken, parse

COUNTS = {
    "GA": (14, 12, 6, 7),
    "HR": (14, 13, 6, 7),
    "FA": (13, 12, 6, 7),
    "LG": (14, 12, 6, 7),
    "IT": (14, 13, 6, 7),
}
ARCHETYPES = {
    "rate": 29,
    "lead_time": 10,
    "zero_maintain": 9,
    "deadline_adherence": 8,
    "effect": 2,
    "within_range": 2,
    "satisfaction": 1,
    "volume_converted": 1,
}
DEPARTMENTS = catalogue.departments()
TASKS = [row for place in DEPARTMENTS for row in place.tasks]
INDICATORS = [row for place in DEPARTMENTS for row in place.indicators]
RUBRICS = [row for place in DEPARTMENTS for row in place.rubrics]
GOALS = [row for place in DEPARTMENTS for row in place.goal_examples]
IDS = [row.id for rows in (TASKS, INDICATORS, RUBRICS, GOALS) for row in rows]


def test_each_department_has_its_rows():
    counted = {
        place.code: tuple(map(len, (place.tasks, place.indicators, place.rubrics, place.goal_examples)))
        for place in DEPARTMENTS
    }
    assert counted == COUNTS
    assert len(IDS) == 196
    assert [place.name for place in DEPARTMENTS] == ["総務", "人事", "経理・財務", "法務", "情報システム"]


def test_ids_are_unique_and_say_what_they_are():
    assert len(set(IDS)) == len(IDS)
    for place in DEPARTMENTS:
        kinds = (place.tasks, "T"), (place.indicators, "Q"), (place.rubrics, "L"), (place.goal_examples, "G")
        for rows, letter in kinds:
            assert all(re.fullmatch(rf"{place.code}-{letter}\d\d", row.id) for row in rows)


def test_indicators_by_archetype():
    counted = {name: sum(row.archetype == name for row in INDICATORS) for name in ARCHETYPES}
    assert counted == ARCHETYPES


@pytest.mark.parametrize("row", TASKS, ids=lambda row: row.id)
def test_a_task_can_be_loaded_as_a_draft(row):
    assert row.category
    assert row.name
    assert len(row.name) <= 60
    assert row.outcome
    assert row.frequency
    assert 1 <= row.importance <= 5
    assert "on_demand" not in row.frequency or row.frequency_label.startswith(("随時", "年次・随時"))


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row.id)
def test_an_indicator_is_defined(row):
    assert all((row.name, row.definition, row.formula, row.unit, row.data_source, row.frequency))
    assert (row.range is not None) == (row.direction == "range")
    assert (
        row.keep_method
        in {"higher": ("ratio",), "lower": ("overrun",), "zero": ("zero",), "range": ("range",)}[
            row.direction
        ]
    )
    assert (row.improve_method == "improve") == (row.direction in ("higher", "lower"))


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row.id)
def test_an_indicator_has_something_to_watch_beside_it(row):
    beside = catalogue.counterpart(row)
    assert beside
    assert isinstance(beside, str) == (row.counter_indicator is None)


@pytest.mark.parametrize("row", RUBRICS, ids=lambda row: row.id)
def test_a_rubric_has_five_different_texts(row):
    assert len(row.levels) == len(set(row.levels)) == 5
    assert all(row.levels)
    assert row.expected_level == 3


@pytest.mark.parametrize("row", GOALS, ids=lambda row: row.id)
def test_a_goal_names_its_work_and_its_measure(row):
    assert row.work_items
    assert row.indicators or row.extra_indicator
    assert {*row.work_items, *row.indicators} <= set(IDS)
    assert all("-T" in task for task in row.work_items)
    assert (row.method == "rubric") == any("-L" in measure for measure in row.indicators)


@pytest.mark.parametrize("code", COUNTS)
def test_a_balanced_sheet_can_be_built_from_one_department(code):
    goals = catalogue.goal_examples(code)
    assert sum(goal.method == "rubric" for goal in goals) == 1
    assert {"operation", "improvement", "proposal"} <= {goal.goal_type for goal in goals}


def test_two_goals_for_the_same_work_point_at_each_other():
    assert catalogue.goal_example("FA-G01").alternative_to == "FA-G03"
    assert catalogue.goal_example("FA-G03").alternative_to == "FA-G01"


HEAD = 'schema = "dodai.catalogue/1"\ncode = "XX"\nname = "試"\n'
RUBRIC = '[[rubrics]]\nid = "XX-L01"\nname = "質"\nlevels = ["1", "2", "3", "4", "5"]\n'
TASK = (
    '[[tasks]]\nid = "XX-T01"\ncategory = "大"\nname = "名"\nfrequency = ["daily"]\n'
    'importance = 3\nnature = "routine"\noutcome = "成"\n'
)


def test_another_department_fits_the_same_reader():
    place = parse(HEAD + TASK + RUBRIC + "retired = true\n")
    assert place.tasks[0].frequency_label == "日次"
    assert place.rubrics[0].retired


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('schema = "other"\n', "schema"),
        (HEAD + RUBRIC + 'colour = "red"\n', "XX-L01: colour"),
        (HEAD + RUBRIC.replace('name = "質"\n', ""), "XX-L01: name"),
        (HEAD + TASK.replace("daily", "sometimes"), "XX-T01: frequency sometimes"),
        (HEAD + TASK.replace("routine", "odd"), "XX-T01: nature odd"),
    ],
)
def test_a_broken_file_is_refused_with_its_row(text, named):
    with pytest.raises(CatalogueBroken, match=named):
        parse(text)
