"""組織目標: set by whoever heads the unit or by 人事, hung below one another, served by outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.errors import NotAllowed, Refused
from dodai.cycles.models import Cycle
from dodai.goals import permissions
from dodai.goals.actions.holding import assign
from dodai.goals.models import OrgGoal, OutcomeContribution
from dodai.goals.models.org_goals import Contribution
from dodai.organization.models import Member, OrgUnit
from dodai.work.models import Outcome

WRITABLE = frozenset(
    {
        "title", "statement", "parent", "contribution", "owner", "indicator_version", "baseline", "target",
        "deadline",
    }
)  # fmt: skip


@transaction.atomic
def create_org_goal(cycle: Cycle, unit: OrgUnit, *, by: Member, **fields: Any) -> OrgGoal:
    """A goal of the unit for the cycle (``WRITABLE``; title and deadline are needed)."""
    if not permissions.can_manage_org_goals(by, unit):
        raise NotAllowed(_("組織目標を作れるのは、その組織の長か人事だけです。"))
    _require_open(cycle)
    goal = OrgGoal(cycle=cycle, unit=unit, owner=by)
    changes = _write(goal, {"owner": by, **fields})
    for name, refusal in (
        ("title", _("組織目標がありません。60字以内で入れてください。")),
        ("deadline", _("期限がありません。期間の中の日付を入れてください。")),
    ):
        if not getattr(goal, name):
            raise Refused(refusal)
    goal.save(force_insert=True)
    record("org_goal.created", goal, by=by.user, changes=changes)
    return goal


@transaction.atomic
def edit_org_goal(goal: OrgGoal, *, by: Member, version: int, **fields: Any) -> OrgGoal:
    """Change an organisation goal; what is the same leaves no trace."""
    goal = _hold(goal, by, version)
    if not goal.is_active:
        raise Refused(_("中止した組織目標は直せません。"))
    changes = _write(goal, fields)
    if changes:
        goal.keep(*changes)
        record("org_goal.edited", goal, by=by.user, changes=changes)
    return goal


@transaction.atomic
def cancel_org_goal(goal: OrgGoal, *, by: Member, version: int, reason: str = "") -> OrgGoal:
    """Stop pursuing it. Goals below stay and are told by the check (R03)."""
    goal = _hold(goal, by, version)
    goal.cancel()
    goal.keep("status")
    record("org_goal.cancelled", goal, by=by.user, reason=reason.strip())
    return goal


@transaction.atomic
def contribute(
    outcome: Outcome, *, by: Member, org_goal: OrgGoal, how: str = Contribution.DIRECT
) -> OutcomeContribution:
    """Say which organisation goal an outcome serves, and how (直接 / 間接 / 前提)."""
    if not permissions.can_contribute(by, outcome):
        raise NotAllowed(_("成果のつながりを決められるのは、成果を書いた人と上司だけです。"))
    if how not in Contribution.values:
        raise Refused(_("貢献方法は直接・間接・前提から選んでください。"))
    org_goal.refresh_from_db()
    if not org_goal.is_active:
        raise Refused(_("中止した組織目標にはつなげられません。有効な組織目標を選んでください。"))
    row = OutcomeContribution.objects.select_for_update().filter(outcome=outcome, org_goal=org_goal).first()
    if row is not None and row.how == how:
        return row
    before = row.how if row else None
    if row is None:
        row = OutcomeContribution.objects.create(outcome=outcome, org_goal=org_goal, how=how)
    else:
        row.how = how
        row.keep("how")
    changes = {"org_goal": [None if before is None else org_goal.pk, org_goal.pk], "how": [before, str(how)]}
    record("outcome.contributed", outcome, by=by.user, changes=changes)
    return row


@transaction.atomic
def withdraw_contribution(outcome: Outcome, *, by: Member, org_goal: OrgGoal) -> Outcome:
    """The outcome no longer serves the organisation goal."""
    if not permissions.can_contribute(by, outcome):
        raise NotAllowed(_("成果のつながりを決められるのは、成果を書いた人と上司だけです。"))
    row = OutcomeContribution.objects.filter(outcome=outcome, org_goal=org_goal).first()
    if row is None:
        raise Refused(_("この成果は、その組織目標につながっていません。"))
    row.delete()
    record("outcome.contribution_withdrawn", outcome, by=by.user, changes={"org_goal": [org_goal.pk, None]})
    return outcome


def _hold(goal: OrgGoal, by: Member, version: int) -> OrgGoal:
    held: OrgGoal = OrgGoal.objects.hold(goal.pk, version=version)
    if not permissions.can_edit_org_goal(by, held):
        raise NotAllowed(_("組織目標を変えられるのは、責任者・その組織の長・人事だけです。"))
    _require_open(held.cycle)
    return held


def _write(goal: OrgGoal, fields: Mapping[str, Any]) -> dict[str, list[Any]]:
    changes = assign(goal, fields, WRITABLE)
    cycle = goal.cycle
    if goal.deadline and goal.deadline > cycle.period_to:
        raise Refused(_("期限が期間の終わりより後です。期間の中の日付にしてください。"))
    if "parent" in changes and goal.parent is not None:
        _check_parent(goal, goal.parent)
    return changes


def _check_parent(goal: OrgGoal, parent: OrgGoal) -> None:
    """Same cycle, active, and never below itself."""
    if parent.cycle_id != goal.cycle_id or not parent.is_active:
        raise Refused(_("上位目標は、同じ期間の有効な組織目標から選んでください。"))
    above: OrgGoal | None = parent
    while above is not None:
        if goal.pk is not None and above.pk == goal.pk:
            raise Refused(_("上位目標のつながりが輪になります。別の組織目標を選んでください。"))
        above = above.parent


def _require_open(cycle: Cycle) -> None:
    """Organisation goals are set while the cycle is prepared, and until it is evaluated."""
    if not (cycle.accepts_goals or cycle.status == Cycle.Status.PREPARING):
        raise Refused(_("この期間は締められているので、組織目標を変えられません。"))
