"""Who a request is: shared by the pages and the API."""

from __future__ import annotations

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
