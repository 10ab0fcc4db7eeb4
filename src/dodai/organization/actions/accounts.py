"""アカウント: provision, suspend, restore. A password is shown once and never stored readable."""

from __future__ import annotations

import secrets
from datetime import date
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.accounts.models import Account
from dodai.audit.models import record
from dodai.core.errors import NotAllowed, Refused
from dodai.organization import permissions
from dodai.organization.models import Member

#: Letters and digits nobody mistakes for one another when reading from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def provision(member: Member, *, by: Member, version: int, login_name: str = "") -> str:
    """A login for a person; the answer is the initial password, shown this once."""
    member = _held(member, by, version)
    if member.account_id is not None:
        raise Refused(_("この社員にはすでにアカウントがあります。"))
    if not member.is_employed(timezone.localdate()):
        raise Refused(_("在籍していない社員にはアカウントを作れません。"))
    name = login_name or member.member_no
    if Account.objects.filter(login_name=name).exists():
        raise Refused(
            _("ログイン名「%(name)s」は使われています。別の名前を入れてください。") % {"name": name}
        )
    password = random_password()
    member.account = Account.objects.create_user(name, password, email=member.email)
    member.keep("account")
    record("account.provisioned", member, by=by.user, changes={"login_name": [None, name]})
    return password


@transaction.atomic
def issue_password(member: Member, *, by: Member, version: int) -> str:
    """A new initial password for somebody who cannot get in; every session of theirs ends."""
    member = _held(member, by, version)
    account = _account_of(member)
    password = random_password()
    account.set_password(password)
    account.save(update_fields=["password"])
    end_sessions(account)
    member.keep()
    record("account.password_issued", member, by=by.user)
    return password


@transaction.atomic
def suspend(member: Member, *, by: Member, version: int, reason: str) -> None:
    """Shut the login: every session of the person is out on its next request."""
    member = _held(member, by, version)
    account = _account_of(member)
    if not account.is_active:
        raise Refused(_("このアカウントはすでに停止しています。"))
    close_account(member)
    member.keep()
    record("account.suspended", member, by=by.user, reason=reason)


@transaction.atomic
def restore(member: Member, *, by: Member, version: int) -> None:
    member = _held(member, by, version)
    account = _account_of(member)
    if account.is_active:
        raise Refused(_("このアカウントは停止していません。"))
    if not member.is_employed(timezone.localdate()):
        raise Refused(_("在籍していない社員のアカウントは再開できません。"))
    account.is_active = True
    account.save(update_fields=["is_active"])
    member.keep()
    record("account.restored", member, by=by.user)


@transaction.atomic
def change_profile(member: Member, *, by: Member, language: str, shortcuts_enabled: bool) -> Account:
    """個人設定: only for oneself."""
    if member.pk != by.pk:
        raise NotAllowed(_("個人設定を変えられるのは本人だけです。"))
    account = _account_of(member)
    changes: dict[str, list[object]] = {}
    for field, value in (("language", language), ("shortcuts_enabled", shortcuts_enabled)):
        if getattr(account, field) != value:
            changes[field] = [getattr(account, field), value]
            setattr(account, field, value)
    if changes:
        account.save(update_fields=list(changes))
        record("profile.changed", member, by=account, changes=changes)
    return account


@transaction.atomic
def end_own_session(session: UserSession, *, by: Member) -> None:
    """Sign out another browser of one's own."""
    if by.account is None or session.user_id != by.account.pk:
        raise NotAllowed(_("終えられるのは自分のログインだけです。"))
    _forget(session)
    record("session.ended", by, by=by.account)


@transaction.atomic
def close_leavers(*, on: date) -> int:
    """What the calendar does by itself: past the last day of employment the login is shut."""
    leavers = Member.objects.filter(left_on__lt=on, account__is_active=True).select_related("account")
    for member in leavers:
        close_account(member)
        record("account.closed", member, by=None)
    return len(leavers)


def close_account(member: Member) -> None:
    """Deactivate the login of a person, if there is one, and end its sessions."""
    account = member.account
    if account is not None:
        account.is_active = False
        account.save(update_fields=["is_active"])
        end_sessions(account)


def end_sessions(account: Account) -> None:
    for session in UserSession.objects.filter(user=account):
        _forget(session)


def random_password() -> str:
    """About 99 bits, in groups that can be read aloud."""
    return "-".join("".join(secrets.choice(_LETTERS) for _letter in range(5)) for _group in range(4))


def _forget(session: UserSession) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore().delete(session.session_key)
    session.delete()


def _held(member: Member, by: Member, version: int) -> Member:
    member = Member.objects.hold(member.pk, version=version)
    if not permissions.can_manage_account_of(by, member):
        raise NotAllowed(
            _("アカウントを扱えるのはシステム管理者だけです。自分のアカウントは個人設定で変えてください。")
        )
    return member


def _account_of(member: Member) -> Account:
    if member.account is None:
        raise Refused(_("この社員にはアカウントがありません。先にアカウントを作ってください。"))
    return member.account
