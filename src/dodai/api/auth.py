"""Who calls: the same signed-in session as the pages, with the same end of idle sessions.

The session is a cookie, so unsafe methods are checked for CSRF first: a stranger's POST is answered with
403 before anybody asks who they are.
"""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie

from dodai.core.errors import NotAllowed
from dodai.organization.http import MemberRequest, session_is_over
from dodai.organization.models import Company, Member


class SessionAuth(APIKeyCookie):
    """Puts ``request.member`` there, as ``MemberMiddleware`` does for pages."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Member | None:
        if not request.user.is_authenticated:
            return None
        if session_is_over(request):
            logout(request)
            return None
        member = Member.objects.filter(account=request.user).first()
        if member is None or not member.is_employed(timezone.localdate()):
            raise NotAllowed(_("このアカウントには社員が登録されていません。人事に登録を依頼してください。"))
        mine = cast(MemberRequest, request)
        mine.member, mine.company = member, Company.objects.get()
        member.account = mine.user
        return member
