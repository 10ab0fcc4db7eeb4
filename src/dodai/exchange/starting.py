"""What an import starts from before anybody decided anything."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from dodai.organization.models import Company, OrgUnitVersion
from dodai.organization.reporting import fiscal_calendar


def default_day() -> date:
    """The first day of the current 年度, or of the company's records where they begin later."""
    today = timezone.localdate()
    company = Company.objects.first()
    if company is None:
        return today
    calendar = fiscal_calendar(company)
    start = calendar.year_range(calendar.fiscal_year_of(today)).first
    first = (
        OrgUnitVersion.objects.filter(parent=None).order_by("valid_from").values_list("valid_from", flat=True)
    )
    return max(start, first[0]) if first else start
