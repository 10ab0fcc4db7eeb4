"""Who a request is: shared by the pages and the API."""

from __future__ import annotations

import time

from django.conf import settings
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from dodai.accounts.models import Account
from dodai.organization.models import Company, Member


class MemberRequest(HttpRequest):
    """A request that has passed ``MemberMiddleware``: signed in, and a person of the company."""

    user: Account
    member: Member
    company: Company
    htmx: HtmxDetails


_SEEN_AT = "dodai_seen_at"
_SIGNED_IN_AT = "dodai_signed_in_at"


def session_is_over(request: HttpRequest) -> bool:
    """Idle for too long, or signed in for longer than a working day; polling does not count."""
    now = int(time.time())
    seen = request.session.get(_SEEN_AT)
    started = request.session.setdefault(_SIGNED_IN_AT, now)
    if now - started > settings.SESSION_COOKIE_AGE:
        return True
    if seen is not None and now - seen > settings.SESSION_IDLE_SECONDS:
        return True
    polls = request.headers.get("X-Dodai-Poll") == "1"
    # One write a minute keeps the idle clock without a session write for every page.
    if not polls and (seen is None or now - seen >= 60):
        request.session[_SEEN_AT] = now
    return False
