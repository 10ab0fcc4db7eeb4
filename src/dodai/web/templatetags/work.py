"""How the board of 業務 writes hours and links."""

from __future__ import annotations

from decimal import Decimal

from django import template

from dodai.core.numbers import format_number, round_half_up
from dodai.web.work.asked import Asked
from dodai.work.models import WorkItem

register = template.Library()

_SHORT = 10  # hours below this are shown with a decimal


@register.filter
def whole(value: Decimal | None) -> str:
    """412: rounded to the unit, thousands separated."""
    return "" if value is None else format_number(round_half_up(value, 0))


@register.filter
def tenth(value: Decimal | None) -> str:
    """37.5: one decimal, none when it is zero."""
    return "" if value is None else format_number(round_half_up(value, 1))


@register.filter
def hours(value: Decimal | None) -> str:
    """58, but 1.4: little work would vanish without its decimal."""
    if value is None:
        return ""
    return tenth(value) if value < _SHORT else whole(value)


@register.filter
def frequency_word(code: str) -> str:
    return str(dict(WorkItem.Frequency.choices).get(code, code))


@register.filter
def as_query(query: str) -> str:
    """The query of the board with its question mark, or nothing."""
    return f"?{query}" if query else ""


@register.simple_tag
def board_url(asked: Asked, **changes: object) -> str:
    """``{% board_url asked item=3 %}``: the board with something changed; a person is named by an id."""
    if "member" in changes:
        changes["member"] = str(changes["member"])
    return asked.url(**changes)
