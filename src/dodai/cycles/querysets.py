"""Questions about periods."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from dodai.core.rows import RowQuerySet

if TYPE_CHECKING:
    from dodai.cycles.models import Cycle  # noqa: F401 (names the row type below)
    from dodai.organization.models import Member


class CycleQuerySet(RowQuerySet["Cycle"]):
    def visible_to(self, member: Member) -> Self:
        """人事 also sees periods in preparation; everyone else from 公開 on."""
        if member.roles & {"hr", "hr_head"}:
            return self.all()
        return self.exclude(status="preparing")

    def covering(self, day: date) -> Self:
        return self.filter(period_from__lte=day, period_to__gte=day)

    def newest_first(self) -> Self:
        return self.order_by("-period_from", "-pk")
