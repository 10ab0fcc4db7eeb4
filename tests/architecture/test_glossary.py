"""One idea, one word: every noun of the database stands in docs/glossary.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
FLOORS = {"accounts", "audit", "organization", "cycles", "work", "indicators", "goals", "exchange"}
MODELS = sorted(
    (
        model
        for model in apps.get_models()
        if model._meta.app_label in FLOORS and not model._meta.auto_created
    ),
    key=lambda model: model._meta.label,
)

#: Rows nobody talks about: they hold a part, a span or a link of a noun that the glossary has.
INTERNAL = {
    "AnsweredForm",  # a double press of a form
    "GoalIndicator",  # how one goal is measured
    "ImportRow",  # one row of a preview
    "OrgUnitLine",  # which units stand above a unit, derived
    "OrgUnitVersion",  # what a unit is called from a day on
    "OutcomeIndicator",  # link
    "OutcomeLink",  # link
    "RemovedGoal",  # what 「元に戻す」 needs
    "TimedRun",  # one due time of a timed job
}


def _glossary() -> set[str]:
    return set(re.findall(r"\b[A-Z][A-Za-z]+\b", (ROOT / "docs" / "glossary.md").read_text()))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_the_noun_stands_in_the_glossary(model):
    assert model.__name__ in _glossary() | INTERNAL


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_the_noun_says_what_it_is(model):
    """A docstring of its own; Django writes ``Name(field, …)`` where there is none."""
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


def test_internal_rows_exist_and_are_not_in_the_glossary():
    assert {model.__name__ for model in MODELS} >= INTERNAL
    assert not INTERNAL & _glossary()
