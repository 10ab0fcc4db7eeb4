"""「当てはまらない」: setting a finding aside with a reason the approver reads."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.errors import NotAllowed, Refused
from dodai.goals import permissions
from dodai.goals.actions.holding import check_fields, hold_own_sheet, reason_of
from dodai.goals.checking import check_goal
from dodai.goals.models import FindingDismissal, Goal
from dodai.goals.rules import SHORTEST_REASON
from dodai.organization.models import Member
from dodai.smart import Severity, rulebook


@transaction.atomic
def dismiss_finding(goal: Goal, *, by: Member, rule: str, word: str = "", reason: str) -> FindingDismissal:
    """Set one finding aside: ``rule`` and the ``word`` it points at, with a reason of ten characters.

    A finding that stops 承認申請 cannot be set aside.
    """
    hold_own_sheet(goal.sheet_id, by=by)
    if rule not in rulebook():
        raise Refused(_("この点検項目はありません。"))
    said = reason_of(reason, shortest=SHORTEST_REASON)
    word = word[:80]
    blocking = [
        one
        for one in check_goal(goal).findings
        if one.rule == rule and one.word[:80] == word and one.severity is Severity.ERROR
    ]
    if blocking:
        raise Refused(_("この指摘は外せません。目標を直してください。"))
    if FindingDismissal.objects.filter(goal=goal, rule=rule, word=word).exists():
        raise Refused(_("この指摘はすでに外してあります。"))
    row = FindingDismissal(goal=goal, rule=rule, word=word, reason=said, by=by, at=timezone.now())
    check_fields(row, ("reason",))
    row.save(force_insert=True)
    record("finding.dismissed", goal, by=by.user, changes={rule: [word, None]}, reason=said)
    return row


@transaction.atomic
def reinstate_finding(goal: Goal, *, by: Member, rule: str, word: str = "") -> Goal:
    """Take a dismissed finding up again."""
    if not permissions.can_write(by, goal.sheet):
        raise NotAllowed(_("指摘を戻せるのは本人だけです。"))
    hold_own_sheet(goal.sheet_id, by=by)
    row = FindingDismissal.objects.filter(goal=goal, rule=rule, word=word[:80]).first()
    if row is None:
        raise Refused(_("この指摘は外されていません。"))
    row.delete()
    record("finding.reinstated", goal, by=by.user, changes={rule: [None, word[:80]]})
    return goal
