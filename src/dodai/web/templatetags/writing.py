"""How dates, times and figures are written on screen."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django import template
from django.utils import timezone
from django.utils.translation import get_language

register = template.Library()

DAYS: Final = "月火水木金土日"


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


@register.filter
def long_date(value: date | datetime | None) -> str:
    """2026年4月1日（水）, for prose, deadlines and headings. English pages write 1 April 2026 (Wed)."""
    if not value:
        return ""
    day = _day(value)
    if (get_language() or "ja").startswith("ja"):
        return f"{day.year}年{day.month}月{day.day}日（{DAYS[day.weekday()]}）"
    return f"{day.day} {day:%B %Y} ({day:%a})"


@register.filter
def day_of_year(value: date | datetime | None) -> str:
    """4月1日（水）, where the year is plain from the page."""
    if not value:
        return ""
    day = _day(value)
    if (get_language() or "ja").startswith("ja"):
        return f"{day.month}月{day.day}日（{DAYS[day.weekday()]}）"
    return f"{day.day} {day:%b} ({day:%a})"


@register.filter
def short_date(value: date | datetime | None) -> str:
    """2026/04/01, for tables."""
    return f"{_day(value):%Y/%m/%d}" if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """14:00 in the person's time zone."""
    if not value:
        return ""
    return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%H:%M}"


@register.filter
def stamp(value: datetime | None) -> str:
    """7月15日（水） 10:20, for logs."""
    return f"{day_of_year(value)} {clock(value)}" if value else ""


@register.filter
def figure(value: Decimal | float | int | None) -> str:
    """1,234.5: thousands separated, an exact decimal without trailing zeros; empty stays empty."""
    if value is None or value == "":
        return ""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if number == number.to_integral_value():
        return f"{int(number):,}"
    return f"{number.normalize():,f}"


@register.filter
def share(value: Decimal | float | None) -> str:
    """0.985 → 98.5%: a proportion as percent with at most one decimal."""
    if value is None:
        return ""
    percent = (Decimal(str(value)) * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{figure(percent)}%"
