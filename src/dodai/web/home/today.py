"""What stands on the home page, read with a fixed number of queries whatever the company's size."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext

from dodai.cycles.models import Cycle, CyclePhase
from dodai.goals.models import Goal, GoalDependency, GoalIndicator, GoalSheet
from dodai.organization.models import Member
from dodai.organization.querysets import units_led_by
from dodai.web.templatetags.writing import day_of_year
from dodai.work.models import WorkItem

#: The five stones of 期の流れ and the phases each stands for.
_COURSE = (
    (_lazy("業務の整理"), ("work_review",)),
    (_lazy("目標の設定"), ("goal_setting", "goal_approval")),
    (_lazy("実行"), ()),
    (_lazy("自己評価"), ("self_evaluation",)),
    (_lazy("評価・面談"), ("first_evaluation", "second_evaluation", "calibration", "feedback")),
)
_WAITING_SHOWN = 5
_NEAR_DAYS = 7


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: ``when`` orders and colours it, ``url`` finishes it."""

    when: str
    word: str
    title: str
    note: str
    url: str
    action: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A person whose sheet waits for the viewer."""

    name: str
    url: str
    status: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Page:
    cycle: Cycle | None
    stages: list[dict[str, str]]
    tasks: list[Task]
    sheet: GoalSheet | None
    goals: list[Goal]
    weight_total: int
    waiting: list[Waiting]
    waiting_total: int
    leads: bool
    needs_setup: bool = False
    counts: dict[str, int] = field(default_factory=dict)


def read(member: Member, cycle: Cycle | None, on: date) -> Page:
    """Everything the home page of one person shows on a day."""
    phases = {phase.kind: phase for phase in cycle.phases.all()} if cycle else {}
    sheet, goals = _sheet_and_goals(member, cycle)
    awaiting = list(
        GoalSheet.objects.awaiting(member)
        .select_related("member")
        .order_by("submitted_at", "pk")[: _WAITING_SHOWN + 1]
    )
    work = _work_counts(member)
    tasks = [
        *_sheet_tasks(member, cycle, sheet, goals, phases.get("goal_setting"), on),
        *_approval_tasks(awaiting, phases.get("goal_approval"), on),
        *_dependency_tasks(member, on),
        *_work_tasks(work, phases.get("work_review"), on),
    ]
    order = {"overdue": 0, "today": 1, "soon": 2, "week": 3, "later": 4}
    tasks.sort(key=lambda task: (order[task.when], task.due or date.max))
    return Page(
        cycle=cycle,
        stages=_stages(cycle, phases, on) if cycle else [],
        tasks=tasks,
        sheet=sheet,
        goals=goals,
        weight_total=sum(goal.weight for goal in goals),
        waiting=[_waiting(sheet) for sheet in awaiting[:_WAITING_SHOWN]],
        waiting_total=len(awaiting),
        leads=bool(awaiting) or work["unconfirmed"] > 0,
        needs_setup=cycle is None and bool(member.roles & {"hr", "hr_head"}),
        counts=work,
    )


def _sheet_and_goals(member: Member, cycle: Cycle | None) -> tuple[GoalSheet | None, list[Goal]]:
    """The newest segment of the person's sheet in the cycle, with its goals and what they are seen by."""
    if cycle is None:
        return None, []
    measures = GoalIndicator.objects.filter(part=GoalIndicator.Part.MEASURE).select_related(
        "indicator_version"
    )
    goals = list(
        Goal.objects.filter(sheet__member=member, sheet__cycle=cycle)
        .open()
        .select_related("sheet", "parent_org_goal")
        .prefetch_related(Prefetch("goal_indicators", queryset=measures))
        .order_by("-sheet__segment", "number", "pk")
    )
    if not goals:
        return GoalSheet.objects.filter(member=member, cycle=cycle).order_by("-segment").first(), []
    sheet = goals[0].sheet
    return sheet, [goal for goal in goals if goal.sheet_id == sheet.pk]


def _work_counts(member: Member) -> dict[str, int]:
    """Counts of the person's own work, and of the work of their section that waits for a confirmation."""
    own = Q(owner=member)
    mine = WorkItem.objects.current().filter(own)
    counts = mine.aggregate(
        held=Count("pk", distinct=True),
        without_outcome=Count("pk", filter=Q(outcomes=None), distinct=True),
        questions=Count("pk", filter=~Q(open_questions={}), distinct=True),
    )
    unconfirmed = (
        WorkItem.objects.filter(unit__in=units_led_by(member), status__in=("draft", "review_due"))
        .exclude(owner=member)
        .exclude(owner=None)[:100]
    )
    return counts | {"unconfirmed": len(unconfirmed.values_list("pk", flat=True))}


def _sheet_tasks(
    member: Member,
    cycle: Cycle | None,
    sheet: GoalSheet | None,
    goals: list[Goal],
    phase: CyclePhase | None,
    on: date,
) -> list[Task]:
    if cycle is None or not cycle.accepts_goals or not member.is_evaluatee:
        return []
    due = phase.due_on if phase else cycle.period_to
    if sheet is None:
        return [_task(_("目標シートを作成"), _due_note(due), reverse("sheets:own"), _("作成"), due, on)]
    url = reverse("sheets:sheet", args=[sheet.pk])
    if sheet.status == GoalSheet.Status.RETURNED:
        return [_task(_("差し戻された目標シートを直して申請"), _due_note(due), url, _("開く"), due, on)]
    if sheet.status == GoalSheet.Status.DRAFTING:
        total = sum(goal.weight for goal in goals)
        note = _("目標%(count)s件・ウェイト合計%(total)s／100") % {"count": len(goals), "total": total}
        return [_task(_("目標シートを書き上げて承認申請"), note, url, _("開く"), due, on)]
    return []


def _approval_tasks(awaiting: list[GoalSheet], phase: CyclePhase | None, on: date) -> list[Task]:
    tasks = []
    for sheet in awaiting[:_WAITING_SHOWN]:
        due = phase.due_on if phase else None
        title = _("%(name)sさんの目標シートを承認") % {"name": sheet.member.name}
        tasks.append(
            _task(title, sheet.unit_path, reverse("sheets:approval", args=[sheet.pk]), _("開く"), due, on)
        )
    if len(awaiting) > _WAITING_SHOWN:
        tasks.append(
            _task(_("ほかの承認待ちの目標シートを確認"), "", reverse("sheets:approvals"), _("開く"), None, on)
        )
    return tasks


def _dependency_tasks(member: Member, on: date) -> list[Task]:
    asked = (
        GoalDependency.objects.filter(agreement=GoalDependency.Agreement.PENDING)
        .filter(Q(member=member) | Q(unit__in=units_led_by(member)))
        .exclude(goal__sheet__member=member)
        .select_related("goal__sheet__member")
        .order_by("due_on", "pk")[:3]
    )
    return [
        _task(
            _("%(name)sさんからの依頼に回答") % {"name": row.goal.sheet.member.name},
            row.request,
            reverse("goals:goal", args=[row.goal_id]),
            _("回答"),
            row.due_on,
            on,
        )
        for row in asked
    ]


def _work_tasks(counts: dict[str, int], phase: CyclePhase | None, on: date) -> list[Task]:
    due = phase.due_on if phase and phase.due_on >= on else None
    board = reverse("work:board")
    tasks = []
    if counts["held"] == 0:
        tasks.append(
            _task(_("担当している業務を書き出す"), _("まだ登録がありません。"), board, _("始める"), due, on)
        )
    if counts["questions"]:
        note = pgettext("業務", "%(n)s件") % {"n": counts["questions"]}
        tasks.append(
            _task(_("業務の読み取れなかった値を確認"), note, f"{board}?status=questions", _("開く"), due, on)
        )
    if counts["without_outcome"]:
        note = pgettext("業務", "%(n)s件") % {"n": counts["without_outcome"]}
        tasks.append(_task(_("業務の「成果」を書く"), note, f"{board}?status=no_outcome", _("開く"), due, on))
    if counts["unconfirmed"]:
        shown = (
            _("100件以上")
            if counts["unconfirmed"] >= 100
            else pgettext("業務", "%(n)s件") % {"n": counts["unconfirmed"]}
        )
        tasks.append(
            _task(_("部下の業務を確認"), shown, f"{board}?scope=unit&status=unconfirmed", _("開く"), due, on)
        )
    return tasks


def _task(title: str, note: str, url: str, action: str, due: date | None, on: date) -> Task:
    """Place a task on the scale 期限切れ → 今日 → あとn日 → 今週 → いつでも."""
    if due is None:
        return Task("later", _("いつでも"), title, note, url, action)
    days = (due - on).days
    if days < 0:
        return Task("overdue", _("期限切れ"), title, note or _due_note(due), url, action, due)
    if days == 0:
        return Task("today", _("今日"), title, note, url, action, due)
    if days <= 3:
        return Task(
            "soon", _("あと%(days)s日") % {"days": days}, title, note or _due_note(due), url, action, due
        )
    if days <= _NEAR_DAYS:
        return Task("week", _("今週"), title, note or _due_note(due), url, action, due)
    return Task("later", f"{due:%m/%d}", title, note or _due_note(due), url, action, due)


def _due_note(due: date) -> str:
    return _("%(day)sまで") % {"day": day_of_year(due)}


def _waiting(sheet: GoalSheet) -> Waiting:
    return Waiting(
        sheet.member.name,
        reverse("sheets:approval", args=[sheet.pk]),
        sheet.status,
        timezone.localdate(sheet.submitted_at) if sheet.submitted_at else None,
    )


def _stages(cycle: Cycle, phases: dict[str, CyclePhase], on: date) -> list[dict[str, str]]:
    """期の流れ: each stone with its window; 実行 is what lies between setting and self evaluation."""
    windows: list[tuple[str, date, date]] = []
    for label, kinds in _COURSE:
        rows = [phases[kind] for kind in kinds if kind in phases]
        if rows:
            windows.append((str(label), min(row.opens_on for row in rows), max(row.due_on for row in rows)))
        elif not kinds:
            windows.append((str(label), cycle.period_from, cycle.period_to))
    stages = []
    current = _current_stage(windows, on)
    for index, (name, opens, due) in enumerate(windows):
        state = "now" if index == current else "done" if due < on or index < current else "next"
        stages.append({"name": name, "dates": f"{opens:%m/%d}〜{due:%m/%d}", "state": state})
    return stages


def _current_stage(windows: list[tuple[str, date, date]], on: date) -> int:
    """The stage whose window is open today. 実行 spans the period, so any narrower open window comes first;
    before the first window the first, after the last none."""
    open_now = [index for index, (_name, opens, due) in enumerate(windows) if opens <= on <= due]
    if open_now:
        return min(open_now, key=lambda index: windows[index][2] - windows[index][1])
    upcoming = [index for index, (_name, opens, _due) in enumerate(windows) if opens > on]
    return upcoming[0] if upcoming else len(windows)
