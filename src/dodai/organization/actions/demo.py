"""What only a demo company may do: one password for everybody, printed when it starts."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from dodai.accounts.models import Account
from dodai.audit.models import record
from dodai.core.errors import Refused
from dodai.organization.models import Company


@transaction.atomic
def share_password(company: Company, password: str) -> int:
    """Give every login of the demo company the same password; the answer counts them."""
    if not company.is_demo:
        raise Refused(_("デモの会社ではないので、共通のパスワードは設定できません。"))
    count = Account.objects.update(password=make_password(password))
    record("company.demo_password_shared", company, by=None)
    return count
