"""What only a demo company may do: logins for everybody with one password, printed when it starts."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from dodai.accounts.models import Account
from dodai.audit.models import record
from dodai.core.errors import Refused
from dodai.organization.models import Company, Member


@transaction.atomic
def open_demo_logins(company: Company, members: Iterable[Member], password: str) -> int:
    """A login for each of the people, all with the same password; the answer counts them.

    One hash serves all: a demo starts in seconds, and its password is printed on the screen anyway.
    """
    if not company.is_demo:
        raise Refused(_("デモの会社ではないので、共通のパスワードは設定できません。"))
    secret = make_password(password)
    for member in members:
        if member.account is None:
            account = Account(login_name=member.member_no, email=member.email, password=secret)
            account.save(force_insert=True)
            member.account = account
            member.keep("account")
    count = Account.objects.update(password=secret)
    record("company.demo_logins_opened", company, by=None)
    return count
