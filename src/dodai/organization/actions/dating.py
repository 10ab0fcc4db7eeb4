"""Dated rows are never rewritten: a change ends one row and opens the next."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from dodai.core.dates import prose_date
from dodai.core.errors import Refused
from dodai.core.spans import DatedQuerySet, DatedRow, valid_on

S = TypeVar("S", bound=DatedRow)


def row_from(rows: DatedQuerySet[S], day: date) -> S | None:
    """The row to write a change from ``day`` on into, or None when no row covers the day.

    A row that began earlier is ended there and its continuation comes back, not yet stored. A row that
    begins on the very day comes back itself: the change corrects it.
    """
    row = rows.filter(valid_on(day)).order_by("-valid_from").first()
    if row is None or row.valid_from == day:
        return row
    until = row.valid_to
    row.valid_to = day
    row.keep("valid_to")
    row.pk = None
    row._state.adding = True
    row.version = 1
    row.valid_from, row.valid_to = day, until
    return row


def store(row: S, *fields: str) -> S:
    """Insert a new row or keep the named fields of an old one."""
    if row._state.adding:
        row.save(force_insert=True)
        return row
    return row.keep(*fields)


def end(row: DatedRow, day: date) -> None:
    """The row no longer holds from ``day`` on; a row that would never have held is removed."""
    if row.valid_from >= day:
        row.delete()
    elif row.valid_to is None or row.valid_to > day:
        row.valid_to = day
        row.keep("valid_to")


def end_all(rows: DatedQuerySet[S], day: date) -> None:
    for row in rows.exclude(valid_to__lte=day):
        end(row, day)


def refuse_rewriting(rows: DatedQuerySet[S], day: date, *, today: date) -> None:
    """What has been the truth since a later day stays: changes are entered in the order of their dates."""
    later = rows.filter(valid_from__gt=day, valid_from__lte=today).order_by("valid_from").first()
    if later is not None:
        raise Refused(
            _(
                "%(day)sから有効な変更がすでに入っています。過去は書き換えられません。"
                "それより後の日付を入れてください。"
            )
            % {"day": prose_date(later.valid_from)}
        )
