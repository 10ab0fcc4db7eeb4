"""What changed in a piece of work, in the JSON form of the audit log: field → [before, after].

The same form is kept to take a change back, so both directions are here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

Changes = dict[str, list[Any]]


def as_json(value: object) -> Any:
    """Decimals as their shortest exact text, dates as ISO, people and units as their id."""
    match value:
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
        case models.Model():
            return value.pk
        case tuple() | set() | frozenset():
            return list(value)
        case _:
            return value


def snapshot(thing: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: as_json(_stored(thing, name)) for name in names}


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    return {name: [old, after[name]] for name, old in before.items() if after[name] != old}


def from_json(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """The other way round: values that can be set on the object, people and units as ``…_id``."""
    read: dict[str, Any] = {}
    for name, value in values.items():
        field = model._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            read[field.attname] = value
        elif isinstance(field, models.Field):
            read[name] = field.to_python(value)
    return read


def _stored(thing: models.Model, name: str) -> Any:
    field = thing._meta.get_field(name)
    return getattr(thing, field.attname if isinstance(field, models.ForeignKey) else name)
