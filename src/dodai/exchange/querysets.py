"""Questions about imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from dodai.core.rows import RowQuerySet

if TYPE_CHECKING:
    from dodai.exchange.models import ImportBatch  # noqa: F401
    from dodai.organization.models import Member


class ImportBatchQuerySet(RowQuerySet["ImportBatch"]):
    def visible_to(self, member: Member) -> Self:
        """One's own; 人事 see all, because a roster is everybody's."""
        if member.roles & {"hr", "hr_head"}:
            return self.all()
        return self.filter(created_by=member)

    def waiting(self) -> Self:
        """A job has to act on it, or is just doing so."""
        return self.filter(state__in=("accepted", "running"))
