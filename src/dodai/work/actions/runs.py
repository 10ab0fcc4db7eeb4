"""年間回数 from the company's own calendar, where nobody has said it."""

from __future__ import annotations

from django.utils import timezone

from dodai.organization.models import Company
from dodai.organization.reporting import company_calendar, fiscal_calendar
from dodai.work import rules
from dodai.work.models import WorkItem


class UsualRuns:
    """The calendar is read once for many items."""

    def __init__(self) -> None:
        today = timezone.localdate()
        fiscal = fiscal_calendar(Company.objects.get())
        self.calendar = company_calendar(on=today)
        self.year = fiscal.year_range(fiscal.fiscal_year_of(today))

    def fill(self, item: WorkItem) -> None:
        """Only an empty number is filled, and 随時 stays empty: only people know how often that is."""
        if item.runs_per_year is None and item.frequency:
            frequencies = [item.frequency, *item.more_frequencies]
            item.runs_per_year = rules.default_runs(frequencies, self.calendar, self.year)
