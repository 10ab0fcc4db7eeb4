"""A company of any size, written straight into the database: people, lines, work, sheets, five goals each.

Only for measuring. Every person is named by a number; one section head and one person of that section are
returned for signing in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import models
from django.utils import timezone

from dodai.accounts.models import Account
from dodai.cycles.models import Cycle, CyclePhase, EvaluationPolicy
from dodai.goals.models import Goal, GoalIndicator, GoalSheet
from dodai.indicators.models import Indicator, IndicatorVersion
from dodai.organization.models import (
    Assignment,
    Company,
    Grade,
    Member,
    OrgUnit,
    OrgUnitLine,
    OrgUnitVersion,
    RoleAssignment,
    UnitHead,
)
from dodai.work.models import Outcome, OutcomeLink, WorkItem

SECTION_SIZE, SECTIONS_PER_DEPARTMENT = 10, 5
GOALS_EACH = WORK_EACH = 5
SINCE = date(2020, 4, 1)
_FREQUENCIES = ("daily", "weekly", "monthly", "quarterly", "yearly")


@dataclass(frozen=True)
class Seeded:
    """Primary keys of those who sign in, and of the things they open."""

    head: int
    person: int
    hr: int
    goal: int
    sheet: int


def seed(people: int) -> Seeded:
    """Create a company of ``people`` (at least 100) and return whom to sign in."""
    today = timezone.localdate()
    Company.objects.create(pk=1, name="計測用", weekly_off=[5, 6], is_demo=True)
    cycle = _cycle(today)
    sections = _units(people)
    _members(people)
    members = list(Member.objects.order_by("pk").values_list("pk", flat=True))
    heads = _lines(members, sections)
    _work(members, sections)
    _goals(members, heads, sections, cycle)
    chosen = members[SECTION_SIZE * 2]
    person = members[SECTION_SIZE * 2 + 1]
    hr = members[-1]
    RoleAssignment.objects.create(member_id=hr, role="hr", valid_from=SINCE)
    sheet = GoalSheet.objects.get(member_id=person)
    own = sheet.goals.earliest("pk")
    return Seeded(chosen, person, hr, own.pk, sheet.pk)


def _cycle(today: date) -> Cycle:
    policy = EvaluationPolicy.objects.create(name="標準")
    first = date(today.year, 4 if 4 <= today.month <= 9 else 10, 1)
    if today.month < 4:
        first = date(today.year - 1, 10, 1)
    last = date(first.year, 9, 30) if first.month == 4 else date(first.year + 1, 3, 31)
    cycle = Cycle.objects.create(
        name="計測の期", period_from=first, period_to=last, policy=policy, status=Cycle.Status.RUNNING
    )
    CyclePhase.objects.create(cycle=cycle, kind="goal_setting", opens_on=first, due_on=last)
    return cycle


def _units(people: int) -> list[OrgUnit]:
    """One company, departments, sections of ten; returns the sections."""
    count = -(-people // SECTION_SIZE)
    top = OrgUnit.objects.create(code="TOP")
    departments = [OrgUnit(code=f"D{n:05d}") for n in range(-(-count // SECTIONS_PER_DEPARTMENT))]
    _keep(OrgUnit, departments)
    sections = [OrgUnit(code=f"S{n:05d}") for n in range(count)]
    _keep(OrgUnit, sections)
    departments = list(OrgUnit.objects.filter(code__startswith="D").order_by("pk"))
    sections = list(OrgUnit.objects.filter(code__startswith="S").order_by("pk"))
    above = {section.pk: departments[n // SECTIONS_PER_DEPARTMENT] for n, section in enumerate(sections)}
    versions = [OrgUnitVersion(unit=top, name="計測用", kind="company", valid_from=SINCE)]
    lines = [OrgUnitLine(unit=top, ancestor=top, depth=0, valid_from=SINCE)]
    for n, unit in enumerate(departments):
        name = f"第{n}部"
        versions.append(OrgUnitVersion(unit=unit, name=name, kind="department", parent=top, valid_from=SINCE))
        lines += [_line(unit, unit, 0), _line(unit, top, 1)]
    for n, unit in enumerate(sections):
        parent = above[unit.pk]
        versions.append(OrgUnitVersion(unit=unit, name=f"第{n}課", parent=parent, valid_from=SINCE))
        lines += [_line(unit, unit, 0), _line(unit, parent, 1), _line(unit, top, 2)]
    _keep(OrgUnitVersion, versions)
    _keep(OrgUnitLine, lines)
    return sections


def _line(unit: OrgUnit, ancestor: OrgUnit, depth: int) -> OrgUnitLine:
    return OrgUnitLine(unit=unit, ancestor=ancestor, depth=depth, valid_from=SINCE)


def _members(people: int) -> None:
    _keep(Account, (Account(login_name=f"{n:06d}", password="!") for n in range(people)))
    accounts = Account.objects.order_by("login_name").values_list("pk", flat=True)
    _keep(Member, (_member(n, account) for n, account in enumerate(accounts.iterator(chunk_size=5000))))


def _member(n: int, account: int) -> Member:
    member = Member(
        account_id=account,
        member_no=f"{n:06d}",
        family_name=f"計測{n % 997}",
        given_name=f"{n}",
        family_kana="ケイソク",
        given_kana=f"{n:06d}",
        hired_on=SINCE,
    )
    member.index()
    return member


def _lines(members: list[int], sections: list[OrgUnit]) -> list[int]:
    """Assignments: the first of each section leads it, the first of each department leads the heads."""
    heads = [members[n * SECTION_SIZE] for n in range(len(sections))]
    chiefs = [heads[n - n % SECTIONS_PER_DEPARTMENT] for n in range(len(sections))]

    def boss(n: int) -> int | None:
        section = n // SECTION_SIZE
        if n % SECTION_SIZE:
            return heads[section]
        if section % SECTIONS_PER_DEPARTMENT:
            return chiefs[section]
        return heads[0] if section else None

    _keep(
        Assignment,
        (
            Assignment(
                member_id=pk, unit=sections[n // SECTION_SIZE], supervisor_id=boss(n), valid_from=SINCE
            )
            for n, pk in enumerate(members)
        ),
    )
    _keep(Grade, (Grade(member_id=pk, grade_code="S2", valid_from=SINCE) for pk in members))
    _keep(
        UnitHead,
        (
            UnitHead(unit=unit, member_id=head, valid_from=SINCE)
            for unit, head in zip(sections, heads, strict=True)
        ),
    )
    return heads


def _work(members: list[int], sections: list[OrgUnit]) -> None:
    _keep(
        WorkItem,
        (
            WorkItem(
                unit=sections[n // SECTION_SIZE],
                owner_id=pk,
                category_l="計測",
                name=f"業務{k}",
                frequency=_FREQUENCIES[k],
                minutes_per_run=Decimal(30),
                runs_per_year=50,
                importance=1 + (n + k) % 5,
                capable_people=1 + k % 3,
                status="active",
                search=f"業務{k}",
            )
            for n, pk in enumerate(members)
            for k in range(WORK_EACH)
        ),
    )
    _keep(
        Outcome,
        (Outcome(owner_id=pk, beneficiary="社員", thing="書類", state="期日に届いている") for pk in members),
    )
    first_work = _first_of_each(WorkItem, WORK_EACH)
    outcomes = Outcome.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)
    _keep(
        OutcomeLink,
        (
            OutcomeLink(work_item_id=work, outcome_id=outcome)
            for work, outcome in zip(first_work, outcomes, strict=True)
        ),
    )


def _first_of_each(model: type[models.Model], each: int) -> Iterator[int]:
    pks = model._default_manager.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)
    return islice(pks, 0, None, each)


def _goals(members: list[int], heads: list[int], sections: list[OrgUnit], cycle: Cycle) -> None:
    indicator = Indicator.objects.create(code="BENCH", kind="quantitative", status="published")
    version = IndicatorVersion.objects.create(
        indicator=indicator, name="期限内率", unit="%", direction="higher"
    )
    Indicator.objects.filter(pk=indicator.pk).update(current=version)
    statuses = ("running", "submitted", "running", "drafting", "running", "first_approved")

    def sheet(n: int, pk: int) -> GoalSheet:
        section = n // SECTION_SIZE
        first = heads[section] if n % SECTION_SIZE else None
        second = heads[section - section % SECTIONS_PER_DEPARTMENT]
        return GoalSheet(
            member_id=pk,
            cycle=cycle,
            segment_from=cycle.period_from,
            segment_to=cycle.period_to,
            unit=sections[section],
            unit_path="計測の部 計測の課",
            grade_code="S2",
            first_evaluator_id=first,
            second_evaluator_id=second if second not in {pk, first} else None,
            status="drafting" if n % SECTION_SIZE == 1 else statuses[n % len(statuses)],
            submitted_at=timezone.now(),
        )

    _keep(GoalSheet, (sheet(n, pk) for n, pk in enumerate(members)))
    sheets = GoalSheet.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)
    _keep(
        Goal,
        (
            Goal(
                sheet_id=pk,
                number=k + 1,
                title=f"期限内率を{90 + k}%以上にする",
                statement=f"書類を{3 + k}営業日以内に処理した割合を、期末までに80%から{90 + k}%以上にする。",
                criteria="期限内の件数÷全件数",
                weight=20,
                deadline=cycle.period_to,
                search=f"期限内率を{90 + k}%以上にする",
            )
            for pk in sheets
            for k in range(GOALS_EACH)
        ),
    )
    goals = Goal.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)
    _keep(
        GoalIndicator,
        (
            GoalIndicator(
                goal_id=pk,
                indicator_version=version,
                baseline=Decimal(80),
                target=Decimal(95),
                method="improve",
                scale={"method": "improve", "baseline": "80", "target": "95"},
            )
            for pk in goals
        ),
    )


def _keep(model: type[models.Model], rows: Iterable[Any]) -> None:
    """Bulk-insert in slices, so that memory does not grow with the company."""
    stream = iter(rows)
    while batch := list(islice(stream, 5000)):
        model._default_manager.bulk_create(batch, batch_size=2000)
