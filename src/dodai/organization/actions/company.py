"""会社 and its holidays."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.errors import NotAllowed, Refused
from dodai.organization import permissions
from dodai.organization.actions.differences import assign
from dodai.organization.models import Company, Holiday, Member

_SETTINGS = frozenset(
    {
        "name",
        "name_kana",
        "corporate_no",
        "fiscal_year_start_month",
        "closing_day",
        "era_display",
        "weekly_off",
        "business_from",
        "business_to",
        "break_from",
        "break_to",
    }
)


@transaction.atomic
def change_company(company: Company, *, by: Member, version: int, **settings: Any) -> Company:
    """Change settings of the company; periods that exist keep their dates."""
    company = Company.objects.hold(company.pk, version=version)
    _require_editor(by)
    if unknown := settings.keys() - _SETTINGS:
        raise TypeError(f"not a setting of the company: {sorted(unknown)}")
    changes = assign(company, settings)
    if set(company.weekly_off) >= set(range(7)):
        raise Refused(_("毎週の休日が7日あります。営業日を1日以上残してください。"))
    if not company.business_from < company.business_to:
        raise Refused(_("終業が始業より前です。時刻を直してください。"))
    if not company.business_from <= company.break_from <= company.break_to <= company.business_to:
        raise Refused(_("休憩が始業から終業までの間にありません。時刻を直してください。"))
    if changes:
        company.keep(*changes)
        record("company.changed", company, by=by.user, changes=changes)
    return company


@transaction.atomic
def add_holiday(day: date, *, by: Member, name: str, kind: str = Holiday.Kind.COMPANY) -> Holiday:
    """A day off of the company, or a day worked although it would be off."""
    _require_editor(by)
    if Holiday.objects.filter(day=day).exists():
        raise Refused(_("この日はすでに登録されています。先に登録を消してください。"))
    holiday = Holiday.objects.create(day=day, name=name, kind=kind)
    record(
        "holiday.added", holiday, by=by.user, changes={"day": [None, day.isoformat()], "kind": [None, kind]}
    )
    return holiday


@transaction.atomic
def remove_holiday(holiday: Holiday, *, by: Member, version: int) -> None:
    holiday = Holiday.objects.hold(holiday.pk, version=version)
    _require_editor(by)
    record("holiday.removed", holiday, by=by.user, changes={"day": [holiday.day.isoformat(), None]})
    holiday.delete()


def _require_editor(by: Member) -> None:
    if not permissions.can_edit_company(by):
        raise NotAllowed(_("会社の設定を変えられるのは、人事とシステム管理者だけです。"))
