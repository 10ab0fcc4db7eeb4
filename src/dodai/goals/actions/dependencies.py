"""他部署への依頼: asking for help, and the answer 合意, 不可 or another date."""

from __future__ import annotations

from datetime import date

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dodai.audit.models import record
from dodai.core.errors import NotAllowed, Refused
from dodai.goals import permissions
from dodai.goals.actions.holding import check_fields, hold_own_goal, hold_sheet
from dodai.goals.models import Goal, GoalDependency
from dodai.organization.models import Member, OrgUnit


class Answer(models.TextChoices):
    """What the provider says; 再提案 keeps the request open with another date."""

    AGREED = "agreed", gettext_lazy("合意")
    REFUSED = "refused", gettext_lazy("不可")
    PROPOSED = "proposed", gettext_lazy("期日の再提案")


@transaction.atomic
def add_dependency(
    goal: Goal,
    *,
    by: Member,
    version: int,
    request: str,
    unit: OrgUnit | None = None,
    member: Member | None = None,
    due_on: date | None = None,
) -> GoalDependency:
    """Ask a unit or a person for something the goal needs; ``version`` is the goal's."""
    goal = hold_own_goal(goal, by=by, version=version)
    if (unit is None) == (member is None):
        raise Refused(_("依頼先を一つ選んでください。組織か人のどちらかです。"))
    if member is not None and member.pk == goal.sheet.member_id:
        raise Refused(_("自分には依頼できません。別の人を選んでください。"))
    if not request.strip():
        raise Refused(_("依頼内容がありません。何をお願いするかを書いてください。"))
    row = GoalDependency(goal=goal, unit=unit, member=member, request=request.strip(), due_on=due_on)
    check_fields(row, ("request",))
    row.save(force_insert=True)
    goal.keep()
    record("dependency.requested", row, by=by.user)
    return row


@transaction.atomic
def answer_dependency(
    dependency: GoalDependency,
    *,
    by: Member,
    version: int,
    answer: str,
    text: str = "",
    due_on: date | None = None,
) -> GoalDependency:
    """合意 (``agreed``), 不可 (``refused``, needs words) or 期日の再提案 (``proposed``, needs a date).

    By the person asked, or the head of the unit asked. A later answer replaces the one before.
    """
    row = GoalDependency.objects.hold(dependency.pk, version=version)
    if not permissions.can_answer(by, row):
        raise NotAllowed(_("回答できるのは依頼先の人か、依頼先の組織の長だけです。"))
    if answer not in Answer.values:
        raise Refused(_("回答は合意・不可・期日の再提案から選んでください。"))
    if answer == Answer.REFUSED and not text.strip():
        raise Refused(_("不可の理由がありません。理由を書いてください。"))
    if answer == Answer.PROPOSED and due_on is None:
        raise Refused(_("再提案の期日がありません。期日を入れてください。"))
    before = row.agreement
    row.agreement = GoalDependency.Agreement.PENDING if answer == Answer.PROPOSED else answer
    row.proposed_due_on = due_on if answer == Answer.PROPOSED else None
    row.answer, row.answered_by, row.answered_at = text.strip(), by, timezone.now()
    check_fields(row, ("answer",))
    row.keep("agreement", "proposed_due_on", "answer", "answered_by", "answered_at")
    record(
        "dependency.answered",
        row,
        by=by.user,
        changes={"agreement": [before, str(answer)]},
        reason=row.answer,
    )
    return row


@transaction.atomic
def accept_proposal(dependency: GoalDependency, *, by: Member, version: int) -> GoalDependency:
    """本人 takes the date the provider proposed; both sides then agree."""
    row = GoalDependency.objects.hold(dependency.pk, version=version)
    _require_owner(row, by)
    if row.proposed_due_on is None:
        raise Refused(_("期日の再提案はありません。"))
    before = row.due_on.isoformat() if row.due_on else None
    row.due_on, row.proposed_due_on = row.proposed_due_on, None
    row.agreement = GoalDependency.Agreement.AGREED
    row.keep("due_on", "proposed_due_on", "agreement")
    changes = {"due_on": [before, row.due_on.isoformat()]}
    record("dependency.proposal_accepted", row, by=by.user, changes=changes)
    return row


@transaction.atomic
def remove_dependency(dependency: GoalDependency, *, by: Member, version: int) -> Goal:
    """本人 takes a request back while the goal is a draft."""
    row = GoalDependency.objects.hold(dependency.pk, version=version)
    _require_owner(row, by)
    sheet = hold_sheet(row.goal.sheet_id)
    if not sheet.is_editable:
        raise Refused(_("承認申請した目標の依頼は取り消せません。"))
    record("dependency.removed", row, by=by.user, changes={"request": [row.request, None]})
    row.delete()
    row.goal.keep()
    return row.goal


def _require_owner(row: GoalDependency, by: Member) -> None:
    if not permissions.can_write(by, row.goal.sheet):
        raise NotAllowed(_("依頼を変えられるのは目標の本人だけです。"))
