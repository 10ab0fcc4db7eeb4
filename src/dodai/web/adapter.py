"""How allauth behaves here: nobody signs up by themselves, and a leaver cannot sign in."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request, user, **kwargs):  # type: ignore[no-untyped-def]
        request.session["dodai_signed_in_at"] = int(timezone.now().timestamp())
        return super().pre_login(request, user, **kwargs)
