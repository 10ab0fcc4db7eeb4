"""Lists in slices. Nothing is counted: ``next`` says where to go on, or that this was all."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import QuerySet
from pydantic import Field

LIMIT, FURTHEST = 100, 10_000

Limit = Annotated[int, Field(ge=1, le=LIMIT)]
Offset = Annotated[int, Field(ge=0, le=FURTHEST)]
Words = Annotated[str, Field(max_length=100)]


def slice_of(rows: QuerySet[Any], limit: int, offset: int) -> tuple[list[Any], int | None]:
    """The rows from ``offset``, and the next offset where there are more."""
    found = list(rows[offset : offset + limit + 1])
    more = len(found) > limit and offset + limit <= FURTHEST
    return found[:limit], offset + limit if more else None
