"""Who may do what with the company, its units, its people and their accounts.

These are questions about the person; whether the thing is ready is the business of the actions.
"""

from __future__ import annotations

from django.utils import timezone

from dodai.organization.models import Member, Role
from dodai.organization.querysets import people_led_by

_HR = frozenset({Role.HR.value, Role.HR_HEAD.value})


def is_hr(member: Member) -> bool:
    return bool(member.roles & _HR)


def can_edit_organization(member: Member) -> bool:
    """Units, heads, people, 所属, grades and 休業."""
    return is_hr(member)


def can_edit_company(member: Member) -> bool:
    """Company settings and holidays."""
    return is_hr(member) or Role.SYSTEM_ADMIN in member.roles


def can_see_leavers(member: Member) -> bool:
    return is_hr(member) or bool(member.roles & {Role.SYSTEM_ADMIN, Role.AUDITOR})


def can_see_leave_kind(member: Member) -> bool:
    """Everyone else reads 「休業中」, also the supervisor."""
    return is_hr(member)


def can_see_personal(member: Member, about: Member) -> bool:
    """Grade, entry date and the history of 所属: the person, the line above, and 人事."""
    if member.pk == about.pk or is_hr(member):
        return True
    return people_led_by(member, on=timezone.localdate()).filter(member=about).exists()


def can_see_roles(member: Member, about: Member) -> bool:
    return member.pk == about.pk or is_hr(member) or bool(member.roles & {Role.SYSTEM_ADMIN, Role.AUDITOR})


def can_open_roles(member: Member) -> bool:
    """The list of all assigned roles."""
    return is_hr(member) or bool(member.roles & {Role.SYSTEM_ADMIN, Role.AUDITOR})


def can_grant_roles(member: Member) -> bool:
    return Role.HR_HEAD in member.roles


def can_grant_role_to(member: Member, to: Member) -> bool:
    """Nobody widens their own rights."""
    return can_grant_roles(member) and member.pk != to.pk


def can_delegate(member: Member, *, to: Member) -> bool:
    """人事 names the deputy of an evaluator, but never themselves."""
    return is_hr(member) and member.pk != to.pk


def can_open_delegations(member: Member) -> bool:
    return is_hr(member) or Role.AUDITOR in member.roles


def can_manage_accounts(member: Member) -> bool:
    return Role.SYSTEM_ADMIN in member.roles


def can_manage_account_of(member: Member, of: Member) -> bool:
    """Nobody suspends themselves or hands themselves a password past the old one."""
    return can_manage_accounts(member) and member.pk != of.pk


def can_read_all_events(member: Member) -> bool:
    """監査 and 人事; what is about 人事 themselves is left out for them."""
    return is_hr(member) or Role.AUDITOR in member.roles


def can_read_operations(member: Member) -> bool:
    """The operation log without goals and evaluations."""
    return can_read_all_events(member) or Role.SYSTEM_ADMIN in member.roles


def can_open_audit(member: Member) -> bool:
    """Beyond one's own history, which everyone may read."""
    return can_read_operations(member)
