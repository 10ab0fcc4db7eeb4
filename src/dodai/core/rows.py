"""The version that every editable row shares, and the two ways an action touches it."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from dodai.core.errors import Conflict

R = TypeVar("R", bound="Row")


class RowQuerySet(models.QuerySet[R]):
    def hold(self, pk: object, *, version: int) -> R:
        """Lock the row until the transaction ends, unless somebody was faster.

        SQLite has no row locks: there the transaction already holds the write lock, and ``keep``
        writes only where the version still fits, so the answer is the same on both databases.
        """
        row = self.select_for_update(of=("self",)).get(pk=pk)
        if row.version != version:
            raise _conflict(row)
        return row


class Row(models.Model):
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def keep(self, *fields: str) -> Self:
        """Write the named fields and count one version up. Only actions call this."""
        mine = type(self)._base_manager.filter(pk=self.pk, version=self.version)
        values = {name: getattr(self, name) for name in fields}
        if mine.update(version=self.version + 1, **values) != 1:
            raise _conflict(type(self)._base_manager.filter(pk=self.pk).first())
        self.version += 1
        return self


def _conflict(theirs: object | None) -> Conflict:
    return Conflict(
        _(
            "ほかの人が先に更新しました。違いを確認してから、もう一度保存してください。入力はこの画面に残っています。"
        ),
        theirs=theirs,
    )
