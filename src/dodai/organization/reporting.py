"""Who answers for whom on a day, what a unit is called on a day, and which days the company works.

The floors above ask here instead of walking the tree themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from dodai.core.spans import valid_on
from dodai.organization.models import (
    Assignment,
    Company,
    Holiday,
    Member,
    OrgUnitLine,
    OrgUnitVersion,
    UnitHead,
)
from dodai.organization.rules.calendar import BusinessCalendar, BusinessHours
from dodai.organization.rules.fiscal import FiscalCalendar
from dodai.organization.rules.holidays import national_holidays

#: Years around today whose 国民の祝日 a calendar knows.
_YEARS_BACK, _YEARS_AHEAD = 3, 3
#: Above these a path of names begins: everyone knows the company and its 本部.
_LEFT_OUT_OF_PATHS = ("company", "headquarters")


def evaluators_of(member: Member, on: date) -> tuple[Member | None, Member | None]:
    """The first and second evaluator: the supervisor of the 本務, then the supervisor's own supervisor.

    Where no supervisor is named, the nearest head above answers, and the deputy while a post is vacant.
    Nobody evaluates themselves and nobody evaluates twice; the top person has none.
    """
    first = next(_answering_above(member, on, passing={member.pk}), None)
    if first is None:
        return None, None
    return first, next(_answering_above(first, on, passing={member.pk, first.pk}), None)


def primary_assignment(member: Member, on: date) -> Assignment | None:
    """The 本務 of a person on a day, with unit and supervisor."""
    return (
        Assignment.objects.on(on)
        .primary()
        .filter(member=member)
        .select_related("unit", "supervisor__account")
        .first()
    )


def unit_path(unit_id: int, on: date) -> str:
    """「経理部 経理課」: the names from the department down."""
    return unit_paths([unit_id], on).get(unit_id, "")


def unit_paths(unit_ids: Iterable[int], on: date) -> dict[int, str]:
    """The paths of many units with two queries."""
    wanted = set(unit_ids)
    lines = list(
        OrgUnitLine.objects.filter(valid_on(on), unit__in=wanted)
        .order_by("unit", "-depth")
        .values_list("unit_id", "ancestor_id")
    )
    versions = {
        unit: (name, kind)
        for unit, name, kind in OrgUnitVersion.objects.on(on)
        .filter(unit__in={ancestor for _, ancestor in lines} | wanted)
        .values_list("unit_id", "name", "kind")
    }
    paths: dict[int, list[str]] = {unit: [] for unit in wanted}
    for unit, ancestor in lines:
        name, kind = versions.get(ancestor, ("", ""))
        if name and (kind not in _LEFT_OUT_OF_PATHS or ancestor == unit):
            paths[unit].append(name)
    return {unit: " ".join(names) for unit, names in paths.items() if names}


def unit_names(ids: Iterable[int], on: date) -> dict[int, str]:
    """What each unit is called on the day; a unit that does not exist then is left out."""
    return dict(OrgUnitVersion.objects.on(on).filter(unit__in=set(ids)).values_list("unit_id", "name"))


def company_calendar(*, on: date | None = None) -> BusinessCalendar:
    """The days the company works: 国民の祝日, its own days off and 振替出勤日 around a day."""
    company = Company.objects.get()
    today = on or timezone.localdate()
    off: set[date] = set()
    for year in range(today.year - _YEARS_BACK, today.year + _YEARS_AHEAD + 1):
        off.update(holiday.day for holiday in national_holidays(year, on=today))
    working: set[date] = set()
    for day, kind in Holiday.objects.values_list("day", "kind"):
        (working if kind == Holiday.Kind.WORKING else off).add(day)
    return BusinessCalendar(
        weekly_off=frozenset(company.weekly_off),
        holidays=frozenset(off - working),
        working_days=frozenset(working),
        hours=BusinessHours(company.business_from, company.business_to, company.break_from, company.break_to),
        zone=ZoneInfo(company.time_zone),
    )


def fiscal_calendar(company: Company) -> FiscalCalendar:
    """年度・半期・四半期 of the company."""
    return FiscalCalendar(company.fiscal_year_start_month, company.closing_day or None)


def _answering_above(member: Member, on: date, *, passing: set[int]) -> Iterator[Member]:
    """Who answers for a person, nearest first; the people in ``passing`` are stepped over."""
    assignment = primary_assignment(member, on)
    if assignment is None:
        return
    named = assignment.supervisor
    if named is not None and named.pk not in passing and named.is_employed(on):
        yield named
    for head in _heads_above(assignment.unit_id, on):
        acting = head.acting
        if acting is not None and acting.pk not in passing and acting.is_employed(on):
            yield acting


def _heads_above(unit_id: int, on: date) -> list[UnitHead]:
    """The heads of the unit and of everything above it, nearest first."""
    depth = dict(OrgUnitLine.objects.filter(valid_on(on), unit=unit_id).values_list("ancestor_id", "depth"))
    heads = (
        UnitHead.objects.on(on)
        .filter(Q(member__isnull=False) | Q(deputy__isnull=False), unit__in=depth)
        .select_related("member__account", "deputy__account")
    )
    return sorted(heads, key=lambda head: depth[head.unit_id])
