"""Holidays are named in the language of the page."""

from __future__ import annotations

from datetime import date

from django.utils import translation

from dodai.organization.rules.holidays import national_holidays
from dodai.web.settings.holiday_names import NAMES, holiday_name


def test_every_holiday_of_the_coming_years_is_listed():
    named = {
        part
        for year in range(2020, 2041)
        for holiday in national_holidays(year, on=date(2026, 4, 1))
        for part in holiday.name.split()
    }
    assert named - set(NAMES) == set()


def test_a_substitute_holiday_keeps_both_names():
    assert holiday_name("憲法記念日 振替休日") == "憲法記念日 振替休日"
    with translation.override("en"):
        assert holiday_name("憲法記念日 振替休日") == "Constitution Memorial Day (substitute holiday)"


def test_a_name_nobody_listed_stays_as_it_is():
    with translation.override("en"):
        assert holiday_name("即位の日") == "即位の日"
