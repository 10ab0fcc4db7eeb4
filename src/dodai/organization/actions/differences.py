"""Before and after for the audit trail. Personal values stay out of the chain: only their field is named."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, time
from typing import Any

from django.db import models

Changes = dict[str, list[Any]]

#: Stands for a value that is personal; that it changed is recorded, what it was is not.
HIDDEN = "（非表示）"


def assign(row: models.Model, values: Mapping[str, Any], *, hidden: Collection[str] = ()) -> Changes:
    """Set the fields and return those that changed as ``{field: [before, after]}``."""
    changes: Changes = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before == value:
            continue
        setattr(row, name, value)
        changes[name] = [HIDDEN, HIDDEN] if name in hidden else [plain(before), plain(value)]
    return changes


def plain(value: Any) -> Any:
    """The value as JSON can hold it; a row is its key."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date | time):
        return value.isoformat()
    return value
