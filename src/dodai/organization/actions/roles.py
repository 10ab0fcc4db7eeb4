"""役割 and 代理: what is granted is dated, recorded, and never granted to oneself."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.errors import NotAllowed, Refused
from dodai.organization import permissions
from dodai.organization.actions import dating
from dodai.organization.models import Delegation, Member, Role, RoleAssignment


@transaction.atomic
def grant_role(
    member: Member,
    *,
    by: Member,
    role: str,
    valid_from: date,
    last_day: date | None = None,
    case_number: str = "",
) -> RoleAssignment:
    """人事責任者 grants a role; 監査 always has an end and names the case it looks into."""
    if not permissions.can_grant_role_to(by, member):
        raise NotAllowed(_("役割を割り当てられるのは人事責任者だけです。自分には割り当てられません。"))
    if not member.is_employed(valid_from):
        raise Refused(_("開始日に在籍していない社員です。日付か社員を直してください。"))
    if last_day is not None and last_day < valid_from:
        raise Refused(_("終了日が開始日より前です。日付を直してください。"))
    if role == Role.AUDITOR and (last_day is None or not case_number):
        raise Refused(_("監査には終了日と案件番号が要ります。両方を入れてください。"))
    until = last_day + timedelta(days=1) if last_day else None
    held = RoleAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=valid_from), member=member, role=role
    )
    if (held.filter(valid_from__lt=until) if until else held).exists():
        raise Refused(_("この役割はすでに割り当てられています。"))
    granted = RoleAssignment.objects.create(
        member=member, role=role, valid_from=valid_from, valid_to=until, case_number=case_number
    )
    record(
        "role.granted",
        member,
        by=by.user,
        changes={
            "role": [None, role],
            "days": [valid_from.isoformat(), last_day.isoformat() if last_day else None],
            "case_number": [None, case_number],
        },
    )
    return granted


@transaction.atomic
def revoke_role(granted: RoleAssignment, *, by: Member, version: int) -> None:
    """The role ends now: the person's next request is already without it."""
    granted = RoleAssignment.objects.hold(granted.pk, version=version)
    if not permissions.can_grant_roles(by):
        raise NotAllowed(_("役割を外せるのは人事責任者だけです。"))
    today = timezone.localdate()
    if granted.role == Role.HR_HEAD:
        refuse_losing_the_last_head(granted.member, today)
    dating.end(granted, today)
    record("role.revoked", granted.member, by=by.user, changes={"role": [granted.role, None]})


def refuse_losing_the_last_head(member: Member, day: date) -> None:
    """Without a 人事責任者 nobody could ever grant a role again."""
    heads = RoleAssignment.objects.on(day).filter(role=Role.HR_HEAD)
    if heads.filter(member=member).exists() and not heads.exclude(member=member).exists():
        raise Refused(_("人事責任者が1人もいなくなります。先に、ほかの人へ割り当ててください。"))


@transaction.atomic
def set_delegation(
    principal: Member, *, by: Member, delegate: Member, valid_from: date, last_day: date, reason: str
) -> Delegation:
    """The delegate acts for the principal on these days; the acts are marked 「X（Y代行）」."""
    if not permissions.can_delegate(by, to=delegate):
        raise NotAllowed(_("代理を設定できるのは人事だけです。自分を代理にはできません。"))
    if principal.pk == delegate.pk:
        raise Refused(_("本人を代理にはできません。別の社員を選んでください。"))
    if last_day < valid_from:
        raise Refused(_("終了日が開始日より前です。日付を直してください。"))
    if not delegate.is_employed(valid_from) or not delegate.is_employed(last_day):
        raise Refused(_("代理になる社員が在籍していない日が含まれています。日付か社員を直してください。"))
    delegation = Delegation.objects.create(
        principal=principal,
        delegate=delegate,
        valid_from=valid_from,
        valid_to=last_day + timedelta(days=1),
        reason=reason,
    )
    record(
        "delegation.set",
        delegation,
        by=by.user,
        reason=reason,
        changes={
            "principal": [None, principal.pk],
            "delegate": [None, delegate.pk],
            "days": [valid_from.isoformat(), last_day.isoformat()],
        },
    )
    return delegation


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: Member, version: int) -> None:
    """The delegation ends now."""
    delegation = Delegation.objects.hold(delegation.pk, version=version)
    if not permissions.is_hr(by):
        raise NotAllowed(_("代理を終えられるのは人事だけです。"))
    record(
        "delegation.ended",
        delegation,
        by=by.user,
        changes={"principal": [delegation.principal_id, None], "delegate": [delegation.delegate_id, None]},
    )
    dating.end(delegation, timezone.localdate())
