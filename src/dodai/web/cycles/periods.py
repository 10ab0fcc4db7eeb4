"""Which periods can be made: those of the fiscal years around today, by a code such as half-2026-1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dodai.core.dates import DateRange, date_range
from dodai.cycles.models import Cycle
from dodai.cycles.rules import Period, period_of
from dodai.cycles.rules.phases import MONTHS, Kind
from dodai.organization.rules.fiscal import FiscalCalendar

_KINDS: tuple[Kind, ...] = ("half", "quarter", "year")


@dataclass(frozen=True)
class Offer:
    """One period that may be made, with the days it covers."""

    period: Period
    span: DateRange

    @property
    def code(self) -> str:
        return f"{self.period.kind}-{self.period.year}-{self.period.number}"

    @property
    def label(self) -> str:
        return _("%(name)s（%(days)s）") % {
            "name": self.period.name,
            "days": date_range(self.span.first, self.span.last),
        }


def offers(fiscal: FiscalCalendar, on: date) -> list[tuple[str, list[Offer]]]:
    """All periods of last, this and next 年度 by kind, without those that overlap an existing one."""
    taken: dict[str, list[DateRange]] = {kind: [] for kind in _KINDS}
    for kind, first, last in Cycle.objects.values_list("kind", "period_from", "period_to"):
        taken[kind].append(DateRange(first, last))
    groups = []
    for kind, name in zip(_KINDS, (_("半期"), _("四半期"), _("年次")), strict=True):
        free = [
            offer
            for offer in _all(kind, fiscal, on)
            if not any(offer.span.overlap(other) for other in taken[kind])
        ]
        groups.append((name, free))
    return groups


def preferred(groups: list[tuple[str, list[Offer]]], fiscal: FiscalCalendar, on: date) -> str:
    """The half-year that is to be prepared now: this one, or the next when it exists already."""
    now = period_of("half", on, fiscal)
    halves = [offer for offer in groups[0][1] if offer.span.last >= now.range_in(fiscal).first]
    return halves[0].code if halves else ""


def offer_of(code: str, fiscal: FiscalCalendar) -> Offer | None:
    parts = code.split("-")
    kind = next((kind for kind in _KINDS if kind == parts[0]), None)
    if kind is None or len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts[1:]):
        return None
    year, number = int(parts[1]), int(parts[2])
    if not 1900 <= year <= 2100 or not 1 <= number <= 12 // MONTHS[kind]:
        return None
    period = Period(kind, year, number)
    return Offer(period, period.range_in(fiscal))


def _all(kind: Kind, fiscal: FiscalCalendar, on: date) -> Iterator[Offer]:
    year = fiscal.fiscal_year_of(on)
    for each in (year - 1, year, year + 1):
        for number in range(1, 12 // MONTHS[kind] + 1):
            period = Period(kind, each, number)
            yield Offer(period, period.range_in(fiscal))
