"""Password rules beside Django's own: an upper length, and no company or product name inside."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dodai.accounts.models import Account
from dodai.organization.models import Company

_LONGEST = 128


class LengthAndContextValidator:
    def validate(self, password: str, user: Account | None = None) -> None:
        if len(password) > _LONGEST:
            raise ValidationError(_("パスワードは128字までにしてください。"), code="password_too_long")
        company = Company.objects.values_list("name", flat=True).first() or ""
        words = ["dodai", "土台", company.lower(), user.login_name.lower() if user else ""]
        if any(len(word) >= 2 and word in password.lower() for word in words):
            raise ValidationError(
                _("パスワードに会社名、製品名、ログイン名を含めないでください。"), code="password_in_context"
            )

    def get_help_text(self) -> str:
        return _("12〜128字。会社名、製品名、ログイン名は使えません。")
