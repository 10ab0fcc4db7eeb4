"""The TOML files of the package as typed rows. A file that does not fit is refused with its row."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, get_args, get_type_hints

from dodai.catalogue.entries import (
    Department,
    GoalTemplate,
    IndicatorTemplate,
    RubricTemplate,
    TaskTemplate,
    ValueRange,
)

SCHEMA = "dodai.catalogue/1"
FILES = ("ga", "hr", "fa", "lg", "it")  # the order in which departments are offered

T = TypeVar("T", TaskTemplate, IndicatorTemplate, RubricTemplate, GoalTemplate)
_RENAMED = {"frequency_label": "frequency_text"}


class CatalogueBroken(ValueError):
    """A template file of the package is not what the reader expects."""


@cache
def load() -> tuple[Department, ...]:
    """All departments, read once."""
    folder = files(__package__)
    return tuple(parse((folder / f"{name}.toml").read_text(encoding="utf-8")) for name in FILES)


def parse(text: str) -> Department:
    """One department from the text of its file."""
    data = tomllib.loads(text)
    if data.get("schema") != SCHEMA:
        raise CatalogueBroken(f"schema is not {SCHEMA}")
    return Department(
        code=data["code"],
        name=data["name"],
        tasks=tuple(_row(TaskTemplate, row) for row in data.get("tasks", ())),
        indicators=tuple(_row(IndicatorTemplate, row) for row in data.get("indicators", ())),
        rubrics=tuple(_row(RubricTemplate, row) for row in data.get("rubrics", ())),
        goal_examples=tuple(_row(GoalTemplate, row) for row in data.get("goal_examples", ())),
    )


def _row(kind: type[T], row: Mapping[str, Any]) -> T:
    values = {_RENAMED.get(name, name): _value(name, value) for name, value in row.items()}
    known = {one.name: one for one in fields(kind)}
    required = {
        name for name, one in known.items() if one.default is MISSING and one.default_factory is MISSING
    }
    strange = sorted((values.keys() - known.keys()) | (required - values.keys()))
    if strange:
        raise CatalogueBroken(f"{row.get('id', 'a row')}: {', '.join(strange)}")
    _check_codes(kind, values)
    return kind(**values)


def _value(name: str, value: Any) -> Any:
    if name == "range":
        limits = {key: Decimal(limit) for key, limit in value.items() if key != "note"}
        return ValueRange(note=value.get("note", ""), **limits)
    return tuple(value) if isinstance(value, list) else value


def _check_codes(kind: type[T], values: Mapping[str, Any]) -> None:
    """Codes are Literal types: what they do not list is refused."""
    for name, hint in get_type_hints(kind).items():
        choices, given = _choices(hint), values.get(name)
        if not choices or given is None:
            continue
        for code in given if isinstance(given, tuple) else (given,):
            if code not in choices:
                raise CatalogueBroken(f"{values['id']}: {name} {code}")


def _choices(hint: Any) -> set[str]:
    """The strings a Literal allows, also inside a tuple or beside None."""
    found: set[str] = set()
    for part in get_args(hint):
        found |= {part} if isinstance(part, str) else _choices(part)
    return found
