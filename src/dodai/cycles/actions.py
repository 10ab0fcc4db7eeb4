"""The verbs of 期間 and 評価制度."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.dates import prose_date
from dodai.core.errors import NotAllowed, Refused
from dodai.cycles import permissions
from dodai.cycles.models import Cycle, CyclePhase, EvaluationPolicy
from dodai.cycles.rules import PhaseWindow, Policy
from dodai.organization.models import Member

_OVER = frozenset({Cycle.Status.COMPLETED, Cycle.Status.ARCHIVED})


@transaction.atomic
def create_cycle(
    *,
    by: Member,
    name: str,
    kind: str,
    period_from: date,
    period_to: date,
    policy: EvaluationPolicy,
    phases: Sequence[PhaseWindow],
    announcement: str = "",
) -> Cycle:
    """A period in preparation: only 人事 sees it until it is published."""
    _require_runner(by)
    if period_to <= period_from:
        raise Refused(_("終了日が開始日より前です。日付を直してください。"))
    if Cycle.objects.filter(name=name).exists():
        raise Refused(_("「%(name)s」はすでにあります。別の名称を入れてください。") % {"name": name})
    other = Cycle.objects.filter(kind=kind, period_from__lte=period_to, period_to__gte=period_from).first()
    if other is not None:
        raise Refused(_("期間が「%(name)s」と重なります。日付を直してください。") % {"name": other.name})
    cycle = Cycle.objects.create(
        name=name,
        kind=kind,
        period_from=period_from,
        period_to=period_to,
        policy=policy,
        announcement=announcement,
    )
    _lay_phases(cycle, phases)
    record("cycle.created", cycle, by=by.user, changes={"name": [None, name], "policy": [None, policy.pk]})
    return cycle


@transaction.atomic
def change_cycle(
    cycle: Cycle, *, by: Member, version: int, phases: Sequence[PhaseWindow], announcement: str
) -> Cycle:
    """The windows and the announcement; they are no locks, so they may move while the period runs."""
    cycle = Cycle.objects.hold(cycle.pk, version=version)
    _require_runner(by)
    if cycle.status in _OVER:
        raise Refused(_("この期間は終わっているので、日程を変えられません。"))
    before = _windows(cycle)
    _lay_phases(cycle, phases)
    changes: dict[str, list[Any]] = {
        kind: [before.get(kind), after]
        for kind, after in _windows(cycle).items()
        if before.get(kind) != after
    }
    changes |= {kind: [window, None] for kind, window in before.items() if kind not in _windows(cycle)}
    if announcement != cycle.announcement:
        changes["announcement"] = [cycle.announcement, announcement]
        cycle.announcement = announcement
    cycle.keep("announcement")
    record("cycle.changed", cycle, by=by.user, changes=changes)
    return cycle


@transaction.atomic
def publish(cycle: Cycle, *, by: Member, version: int) -> Cycle:
    """準備中 → 公開: people see the period and write goals; its 評価制度 can no longer change."""
    cycle = Cycle.objects.select_related("policy").hold(cycle.pk, version=version)
    _require_runner(by)
    if not cycle.phases.filter(kind=CyclePhase.Kind.GOAL_SETTING).exists():
        raise Refused(_("「目標の設定」の日程がありません。日程を入れてから公開してください。"))
    cycle.move_to(Cycle.Status.PUBLISHED)
    _freeze(cycle.policy)
    cycle.keep("status")
    record("cycle.published", cycle, by=by.user, changes={"policy_version": [None, str(cycle.policy)]})
    return cycle


@transaction.atomic
def start(cycle: Cycle, *, by: Member, version: int) -> Cycle:
    """公開 → 運用中."""
    cycle = Cycle.objects.hold(cycle.pk, version=version)
    _require_runner(by)
    cycle.move_to(Cycle.Status.RUNNING)
    cycle.keep("status")
    record("cycle.started", cycle, by=by.user)
    return cycle


@transaction.atomic
def start_due_cycles(*, on: date) -> list[Cycle]:
    """What the calendar does by itself: a published period runs from its first day on."""
    due = list(Cycle.objects.filter(status=Cycle.Status.PUBLISHED, period_from__lte=on, period_to__gte=on))
    for cycle in due:
        cycle.move_to(Cycle.Status.RUNNING)
        cycle.keep("status")
        record("cycle.started", cycle, by=None)
    return due


@transaction.atomic
def add_policy(
    name: str, *, by: Member, settings: Mapping[str, Any] | None = None, like: EvaluationPolicy | None = None
) -> EvaluationPolicy:
    """A draft of a 評価制度: the next version of its name, beginning as a copy of ``like``."""
    _require_policy_editor(by)
    rules = Policy.from_json(settings if settings is not None else like.settings if like else {})
    numbers = EvaluationPolicy.objects.filter(name=name).order_by("-number").values_list("number", flat=True)
    policy = EvaluationPolicy.objects.create(
        name=name, number=(numbers.first() or 0) + 1, settings=rules.to_json()
    )
    record(
        "policy.added", policy, by=by.user, changes={"version": [str(like) if like else None, str(policy)]}
    )
    return policy


@transaction.atomic
def change_policy(
    policy: EvaluationPolicy, *, by: Member, version: int, settings: Mapping[str, Any]
) -> EvaluationPolicy:
    """Change a draft; a version a period has been opened with never changes."""
    policy = EvaluationPolicy.objects.hold(policy.pk, version=version)
    _require_policy_editor(by)
    if policy.is_frozen:
        raise Refused(_("公開した期間が使っている版は変えられません。新しい版を作ってください。"))
    before = Policy.from_json(policy.settings).to_json()
    policy.settings = Policy.from_json(settings).to_json()
    changes = {key: [before[key], value] for key, value in policy.settings.items() if before[key] != value}
    policy.keep("settings")
    record("policy.changed", policy, by=by.user, changes=changes)
    return policy


def _lay_phases(cycle: Cycle, phases: Sequence[PhaseWindow]) -> None:
    for window in phases:
        if window.due_on < window.opens_on:
            raise Refused(
                _("「%(phase)s」の期限が開始日より前です（%(day)s）。日付を直してください。")
                % {"phase": CyclePhase.Kind(window.kind).label, "day": prose_date(window.due_on)}
            )
    wanted = {window.kind: window for window in phases}
    if len(wanted) != len(phases):
        raise Refused(_("同じ段階が2回入っています。どちらかを消してください。"))
    stored = {phase.kind: phase for phase in CyclePhase.objects.filter(cycle=cycle)}
    CyclePhase.objects.filter(pk__in=[row.pk for kind, row in stored.items() if kind not in wanted]).delete()
    for kind, window in wanted.items():
        phase = stored.get(kind)
        if phase is None:
            CyclePhase.objects.create(cycle=cycle, kind=kind, opens_on=window.opens_on, due_on=window.due_on)
        elif (phase.opens_on, phase.due_on) != (window.opens_on, window.due_on):
            phase.opens_on, phase.due_on = window.opens_on, window.due_on
            phase.keep("opens_on", "due_on")


def _windows(cycle: Cycle) -> dict[str, list[str]]:
    return {
        phase.kind: [phase.opens_on.isoformat(), phase.due_on.isoformat()]
        for phase in CyclePhase.objects.filter(cycle=cycle)
    }


def _freeze(policy: EvaluationPolicy) -> None:
    """Write every setting out, so that later defaults of the product cannot change this version."""
    if not policy.is_frozen:
        policy.settings = Policy.from_json(policy.settings).to_json()
        policy.frozen_at = timezone.now()
        policy.keep("settings", "frozen_at")


def _require_runner(by: Member) -> None:
    if not permissions.can_run_cycles(by):
        raise NotAllowed(_("期間を扱えるのは人事だけです。"))


def _require_policy_editor(by: Member) -> None:
    if not permissions.can_edit_policies(by):
        raise NotAllowed(_("評価制度を変えられるのは人事だけです。"))
