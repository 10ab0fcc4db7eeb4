"""Questions about the indicator library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from dodai.core.rows import RowQuerySet
from dodai.core.text import normalise_for_search

if TYPE_CHECKING:
    from dodai.indicators.models import Indicator
    from dodai.organization.models import Member


class IndicatorQuerySet(RowQuerySet["Indicator"]):
    def visible_to(self, member: Member) -> Self:
        """Published definitions are common property; a proposal is seen by its writer and 人事.
        Restricted ones (通報) are seen by 人事責任者 and their keepers alone."""
        if member.roles & {"hr_head"}:
            return self.all()
        shown = Q(status__in=("published", "approved")) | Q(proposed_by=member)
        if member.roles & {"hr"}:
            shown = Q()
        return self.filter(shown).filter(Q(restricted=False) | Q(proposed_by=member))

    def usable(self) -> Self:
        return self.exclude(status="retired")

    def matching(self, words: str) -> Self:
        found = self
        for word in normalise_for_search(words).split():
            found = found.filter(search__contains=word)
        return found
