"""Questions about the indicator library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from dodai.core.rows import RowQuerySet
from dodai.core.spans import valid_on
from dodai.core.text import normalise_for_search
from dodai.organization.querysets import units_led_by

if TYPE_CHECKING:
    from dodai.indicators.models import Indicator  # noqa: F401
    from dodai.organization.models import Member, OrgUnitVersion


def functions_led_by(member: Member) -> QuerySet[OrgUnitVersion]:
    """Codes of the functions (部門) whose units the member heads today."""
    versions: QuerySet[OrgUnitVersion] = apps.get_model("organization", "OrgUnitVersion").objects.filter(
        valid_on(timezone.localdate()), unit__in=units_led_by(member)
    )
    return versions.values("function")  # type: ignore[return-value]


class IndicatorQuerySet(RowQuerySet["Indicator"]):
    def visible_to(self, member: Member) -> Self:
        """Published definitions are common property; a proposal is seen by its writer, 人事 and the
        部門長 who may approve it. Restricted ones (通報) only by 人事責任者 and who proposed them."""
        if member.roles & {"hr_head"}:
            return self.all()
        shown = Q(status__in=("published", "approved", "retired")) | Q(proposed_by=member)
        shown |= Q(function__in=functions_led_by(member))
        if member.roles & {"hr"}:
            shown = Q()
        return self.filter(shown).filter(Q(restricted=False) | Q(proposed_by=member))

    def usable(self) -> Self:
        """What a goal may be measured by."""
        return self.exclude(status="retired")

    def for_list(self) -> Self:
        """Everything one row of the library shows, in one query."""
        return self.select_related("current", "current__counter_indicator__current")

    def of_function(self, function: str) -> Self:
        return self.filter(function=function)

    def matching(self, words: str) -> Self:
        found = self
        for word in normalise_for_search(words).split():
            found = found.filter(search__contains=word)
        return found
