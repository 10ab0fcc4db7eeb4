"""Who may do what with sheets, goals and organisation goals.

Questions about the person only; whether it is the moment is asked of the row (``sheet.awaits_first``).
「代理」 counts: whoever acts for an evaluator today may do what the evaluator may, never on the own sheet.
"""

from __future__ import annotations

from django.db.models import Q

from dodai.goals.models import Goal, GoalDependency, GoalSheet, OrgGoal
from dodai.goals.policy import policy_of
from dodai.goals.querysets import principals_of
from dodai.organization.models import Member, OrgUnit
from dodai.organization.querysets import people_led_by, units_led_by
from dodai.work.models import Outcome

HR = frozenset({"hr", "hr_head"})


def is_hr(member: Member) -> bool:
    return bool(member.roles & HR)


def leads(member: Member, owner: Member | int) -> bool:
    """Whether the owner reports to the member today, directly or through units."""
    owner_id = owner if isinstance(owner, int) else owner.pk
    return people_led_by(member).filter(member=owner_id).exists()


def acts_for(member: Member, principal_id: int | None) -> bool:
    """Whether the member is the person, or their 代理 today."""
    if principal_id is None:
        return False
    return principal_id == member.pk or principals_of(member).filter(principal=principal_id).exists()


# ── sheets ──


def can_open_sheet(member: Member, owner: Member) -> bool:
    """本人; 上司 or 人事 as 代理. 人事 opens nobody's own sheet but theirs as 本人."""
    return member.pk == owner.pk or is_hr(member) or leads(member, owner)


def can_see_sheet(member: Member, sheet: GoalSheet) -> bool:
    return GoalSheet.objects.visible_to(member).filter(pk=sheet.pk).exists()


def can_write(member: Member, sheet: GoalSheet) -> bool:
    """Only 本人 writes goals; everyone else comments, sends back or approves."""
    return sheet.member_id == member.pk


def can_submit(member: Member, sheet: GoalSheet) -> bool:
    return sheet.member_id == member.pk


def can_withdraw(member: Member, sheet: GoalSheet) -> bool:
    return sheet.member_id == member.pk


def can_approve_first(member: Member, sheet: GoalSheet) -> bool:
    """一次評価者 or their 代理, never 本人."""
    return sheet.member_id != member.pk and acts_for(member, sheet.first_evaluator_id)


def can_approve_second(member: Member, sheet: GoalSheet) -> bool:
    """二次評価者, their 代理 or a 部門長 above; never 本人 and never the person of the first approval."""
    if sheet.member_id == member.pk or member.pk in _first_hands(sheet):
        return False
    if acts_for(member, sheet.second_evaluator_id):
        return True
    return units_led_by(member).filter(unit=sheet.unit_id).exists()


def can_approve(member: Member, sheet: GoalSheet) -> bool:
    """Whether the approval that comes next (一次 until it is given, then 二次) is this person's."""
    if sheet.awaits_second:
        return can_approve_second(member, sheet)
    return can_approve_first(member, sheet)


def can_send_back(member: Member, sheet: GoalSheet) -> bool:
    """一次 or 二次 (or a 代理, or a 部門長 above), never 本人."""
    if sheet.member_id == member.pk:
        return False
    return can_approve_first(member, sheet) or can_approve_second(member, sheet)


def can_exclude(member: Member, sheet: GoalSheet) -> bool:
    """人事; the sheet of a member of 人事 is handled by another one."""
    return is_hr(member) and sheet.member_id != member.pk


def can_name_evaluators(member: Member, sheet: GoalSheet) -> bool:
    return is_hr(member) and sheet.member_id != member.pk


def can_comment(member: Member, sheet: GoalSheet) -> bool:
    """Everyone who works with the sheet; 監査 reads only."""
    if sheet.member_id == member.pk or is_hr(member):
        return True
    return (
        acts_for(member, sheet.first_evaluator_id)
        or acts_for(member, sheet.second_evaluator_id)
        or leads(member, sheet.member_id)
    )


def principal_behind(member: Member, sheet: GoalSheet, *, second: bool) -> Member | None:
    """The evaluator the member stands in for, None when they act in their own right."""
    principal = sheet.second_evaluator if second else sheet.first_evaluator
    if principal is None or principal.pk == member.pk or not acts_for(member, principal.pk):
        return None
    return principal


# ── goals ──


def can_see_details(member: Member, goal: Goal) -> bool:
    """Everything beside title and 達成状態; not for colleagues and not for units asked for help."""
    sheet = goal.sheet
    if member.pk in {sheet.member_id, sheet.first_evaluator_id, sheet.second_evaluator_id}:
        return True
    return can_see_sheet(member, sheet)


def can_answer(member: Member, dependency: GoalDependency) -> bool:
    """The person asked, or the head (or deputy) of the unit asked; nobody agrees with themselves."""
    if dependency.goal.sheet.member_id == member.pk:
        return False
    if dependency.member_id is not None and acts_for(member, dependency.member_id):
        return True
    if dependency.unit_id is None or dependency.member_id is not None:
        return False
    return units_led_by(member).filter(unit=dependency.unit_id).exists()


# ── organisation goals ──


def can_manage_org_goals(member: Member, unit: OrgUnit | int) -> bool:
    """人事, and whoever heads the unit or one above it."""
    unit_id = unit if isinstance(unit, int) else unit.pk
    return is_hr(member) or units_led_by(member).filter(unit=unit_id).exists()


def can_edit_org_goal(member: Member, goal: OrgGoal) -> bool:
    return goal.owner_id == member.pk or can_manage_org_goals(member, goal.unit_id)


def can_contribute(member: Member, outcome: Outcome) -> bool:
    """The writer of the outcome, and whoever leads them, says which organisation goal it serves."""
    return outcome.owner_id == member.pk or leads(member, outcome.owner_id)


def manageable_units(member: Member) -> Q:
    """Condition on ``OrgUnitVersion`` rows: the units whose organisation goals the member may write."""
    return Q() if is_hr(member) else Q(unit__in=units_led_by(member))


def _first_hands(sheet: GoalSheet) -> set[int | None]:
    """Who may not give the second approval: the first evaluator and whoever gave the first one.

    With one stage only (単段階) the two fall together by design.
    """
    if policy_of(sheet.cycle).stages == 1:
        return set()
    return {sheet.first_evaluator_id, sheet.first_approved_by_id} - {None}
