"""Effective-dated rows: half-open spans ``[valid_from, valid_to)``; an open end is None."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dodai.core.rows import Row, RowQuerySet

S = TypeVar("S", bound="DatedRow")


def valid_on(day: date, prefix: str = "") -> Q:
    """The condition that a span covers the day; ``prefix`` is a lookup path ending in ``__``."""
    starts = Q(**{f"{prefix}valid_from__lte": day})
    open_end = Q(**{f"{prefix}valid_to__isnull": True})
    return starts & (open_end | Q(**{f"{prefix}valid_to__gt": day}))


class DatedQuerySet(RowQuerySet[S]):
    def on(self, day: date) -> Self:
        return self.filter(valid_on(day))


class DatedRow(Row):
    valid_from = models.DateField(_("開始日"))
    valid_to = models.DateField(
        _("終了日の翌日"), null=True, blank=True, help_text=_("この日から無効です。空欄は期限なし。")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_span_is_not_empty",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            )
        ]
