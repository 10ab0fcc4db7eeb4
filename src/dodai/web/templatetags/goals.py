"""Numbers of a goal's indicator as people write them: 12.4 → 8.0%, with the same decimals on both sides."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from dodai.goals.models import GoalIndicator

from .writing import figure

register = template.Library()


def _decimals(*values: Decimal | None) -> int:
    """As many decimals as the finest of the values needs."""
    exponents = [-int(value.normalize().as_tuple().exponent) for value in values if value is not None]
    return max([0, *exponents])


def _written(value: Decimal | None, places: int) -> str:
    return "" if value is None else f"{value:,.{places}f}" if places else figure(value)


@register.filter
def baseline_text(row: GoalIndicator) -> str:
    return _written(row.baseline, _decimals(row.baseline, row.target))


@register.filter
def target_text(row: GoalIndicator) -> str:
    return _written(row.target, _decimals(row.baseline, row.target))


@register.filter
def method_text(row: GoalIndicator) -> str:
    """What stands where there is no number: 節目 and 可否 are their own measure."""
    words = {"milestone": _("節目"), "binary": _("可否")}
    return words.get(row.method, "")
