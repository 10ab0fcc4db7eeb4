"""Questions about what was done. Who may ask which is decided above, where people and roles are known."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from dodai.accounts.models import Account
    from dodai.audit.models import AuditEvent  # noqa: F401 (names the row type below)

#: What running the system is about: settings, people's places, logins, files. No goals, no evaluations.
OPERATIONS = frozenset(
    {
        "account",
        "assignment",
        "company",
        "cycle",
        "delegation",
        "grade",
        "holiday",
        "import",
        "leave",
        "member",
        "people",
        "policy",
        "profile",
        "role",
        "session",
        "unit",
    }
)


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def operations(self) -> Self:
        """The operation log: events whose noun is one of ``OPERATIONS``."""
        named = Q()
        for noun in sorted(OPERATIONS):
            named |= Q(name__startswith=f"{noun}.")
        return self.filter(named)

    def done_by(self, account: Account) -> Self:
        return self.filter(account=account)

    def between(self, first: datetime, until: datetime) -> Self:
        return self.filter(at__gte=first, at__lt=until)

    def latest_first(self) -> Self:
        return self.order_by("-sequence")
