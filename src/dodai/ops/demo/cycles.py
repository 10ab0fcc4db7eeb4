"""The demo's periods: the half-year of today, which people are in the middle of, and the one before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dodai.core.dates import DateRange
from dodai.cycles import actions
from dodai.cycles.models import Cycle, EvaluationPolicy
from dodai.cycles.rules import Period, PhaseWindow, period_of, propose_phases
from dodai.ops.demo.people import Cast
from dodai.organization.models import Company
from dodai.organization.reporting import company_calendar, fiscal_calendar

_ANNOUNCEMENT = (
    "目標シートの承認申請は、目標の設定の期限までにお願いします。"
    "迷ったら、まず業務を一つ選ぶところから始めてください。"
)


def half_of(today: date) -> tuple[date, date]:
    """The half-year of a company whose year begins in April."""
    if 4 <= today.month <= 9:
        return date(today.year, 4, 1), date(today.year, 9, 30)
    year = today.year if today.month >= 10 else today.year - 1
    return date(year, 10, 1), date(year + 1, 3, 31)


def build(cast: Cast, today: date) -> tuple[Cycle, Cycle]:
    """The former and the present period. Goal setting of the present one is going on whatever the day."""
    policy = actions.add_policy("標準の評価制度", by=cast.hr_head)
    fiscal = fiscal_calendar(Company.objects.get())
    present = period_of("half", today, fiscal)
    former = period_of("half", present.range_in(fiscal).first - timedelta(days=1), fiscal)
    before = _run(cast, policy, former, former.range_in(fiscal))
    now = _run(cast, policy, present, present.range_in(fiscal), around=today, announcement=_ANNOUNCEMENT)
    return before, now


def _around(today: date, phases: tuple[PhaseWindow, ...]) -> tuple[PhaseWindow, ...]:
    """人事 moved the windows of goal setting so that they lie around today."""
    windows = {
        "work_review": (today - timedelta(days=30), today - timedelta(days=9)),
        "goal_setting": (today - timedelta(days=14), today + timedelta(days=3)),
        "goal_approval": (today - timedelta(days=7), today + timedelta(days=10)),
    }
    return tuple(
        replace(phase, opens_on=windows[phase.kind][0], due_on=windows[phase.kind][1])
        if phase.kind in windows
        else phase
        for phase in phases
    )


def _run(
    cast: Cast,
    policy: EvaluationPolicy,
    period: Period,
    days: DateRange,
    *,
    around: date | None = None,
    announcement: str = "",
) -> Cycle:
    phases = propose_phases(period.kind, days, company_calendar())
    cycle = actions.create_cycle(
        by=cast.hr,
        name=period.name,
        kind=period.kind,
        period_from=days.first,
        period_to=days.last,
        policy=policy,
        phases=_around(around, phases) if around else phases,
        announcement=announcement,
    )
    cycle = actions.publish(cycle, by=cast.hr, version=cycle.version)
    return actions.start(cycle, by=cast.hr, version=cycle.version)
