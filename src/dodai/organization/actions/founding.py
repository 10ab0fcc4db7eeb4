"""The first minutes of an installation: a company, its top unit and two people who can let the others in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from dodai.accounts.models import Account
from dodai.audit.models import record
from dodai.core.errors import Refused
from dodai.organization.actions.accounts import random_password
from dodai.organization.actions.lines import relocate
from dodai.organization.models import (
    Assignment,
    Company,
    Member,
    OrgUnit,
    OrgUnitVersion,
    Role,
    RoleAssignment,
)


@dataclass(frozen=True)
class Founder:
    """A first login. The password is shown once, at the terminal."""

    member: Member
    password: str


@transaction.atomic
def found_company(
    name: str,
    *,
    on: date,
    hr_head: tuple[str, str, str],
    system_admin: tuple[str, str, str],
    is_demo: bool = False,
) -> tuple[Company, list[Founder]]:
    """Create the company with its first 人事責任者 and システム管理者, each as (社員番号, 姓, 名).

    The actor is the system itself: nobody can be signed in yet.
    """
    if Company.objects.exists():
        raise Refused(_("会社はすでに登録されています。"))
    if hr_head[0] == system_admin[0]:
        raise Refused(_("人事責任者とシステム管理者の社員番号が同じです。別の番号にしてください。"))
    company = Company.objects.create(pk=1, name=name, weekly_off=[5, 6], is_demo=is_demo)
    unit = OrgUnit.objects.create(code="000")
    OrgUnitVersion.objects.create(unit=unit, name=name, kind=OrgUnitVersion.Kind.COMPANY, valid_from=on)
    relocate([unit.pk])
    founders = [
        _admit(unit, on, hr_head, Role.HR_HEAD),
        _admit(unit, on, system_admin, Role.SYSTEM_ADMIN),
    ]
    record("company.founded", company, by=None)
    return company, founders


def _admit(unit: OrgUnit, on: date, person: tuple[str, str, str], role: str) -> Founder:
    number, family, given = person
    password = random_password()
    account = Account.objects.create_user(number, password)
    member = Member(account=account, member_no=number, family_name=family, given_name=given, hired_on=None)
    member.index()
    member.save(force_insert=True)
    Assignment.objects.create(member=member, unit=unit, valid_from=on)
    RoleAssignment.objects.create(member=member, role=role, valid_from=on)
    return Founder(member, password)
