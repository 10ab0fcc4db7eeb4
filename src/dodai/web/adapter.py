"""How the login library behaves here: who may sign in, what attempts count against, and in which words."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dodai.accounts.models import Account
from dodai.web.middleware import client_ip

_LONGEST_COUNTED = 100  # characters; a longer text is nobody's login name, and the table has 255
_MISMATCH = _("ログイン名かパスワードが正しくありません。もう一度入力してください。")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    #: The same words for a login name that exists and one that does not.
    error_messages: ClassVar[dict[str, str | Promise]] = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _MISMATCH,
        "email_password_mismatch": _MISMATCH,
        "too_many_login_attempts": _(
            "この接続元からのログインの失敗が続いています。1分ほど待ってから、もう一度入力してください。"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def pre_login(self, request, user, **kwargs):  # type: ignore[no-untyped-def]
        request.session["dodai_signed_in_at"] = int(timezone.now().timestamp())
        return super().pre_login(request, user, **kwargs)


def counted_login(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account that a wrong password counts against, however its login name or address was spelt."""
    given = credentials or {}
    typed = given.get("username") or given.get("email") or given.get("login") or request.POST.get("login", "")
    typed = str(typed).strip()[:_LONGEST_COUNTED]
    account = Account.objects.filter(Q(login_name__iexact=typed) | Q(email__iexact=typed)).first()
    return account.login_name if account and typed else typed.casefold()
