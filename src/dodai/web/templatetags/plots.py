"""Pictures of data. Each tag takes one dataclass of ``dodai.web.plots`` and writes SVG and its table twin."""

from decimal import Decimal

from django import template

from ..plots import Balance, Bar, BurnUp, Courses, LevelCurve, Matrix, Meter, Spark

register = template.Library()


@register.inclusion_tag("plots/spark.html")
def sparkline(plot: Spark | None) -> dict[str, object]:
    """``{% sparkline row.spark %}``: 112 × 28, dashed target, last point. Nothing yet says so."""
    return {"plot": plot}


@register.inclusion_tag("plots/bar.html")
def progress_bar(
    value: Decimal | float | int | None,
    whole: Decimal | float | int = 100,
    plan: Decimal | float | int | None = None,
    tone: str = "",
) -> dict[str, object]:
    """``{% progress_bar 54 120 plan=60 %}``: the number itself stands beside it, so the bar is decoration."""
    return {"plot": Bar(value or 0, whole, plan, tone)}


@register.inclusion_tag("plots/balance.html")
def balance_bar(plot: Balance) -> dict[str, object]:
    """``{% balance_bar balance %}``: 定量:定性."""
    return {"plot": plot}


@register.inclusion_tag("plots/levels.html")
def level_curve(plot: LevelCurve, *, table: bool = True) -> dict[str, object]:
    """``{% level_curve curve %}``: 水準表 with its curve; ``table=False`` leaves the table to the page."""
    return {"plot": plot, "table": table}


@register.inclusion_tag("plots/matrix.html")
def bubble_matrix(plot: Matrix, table_url: str = "") -> dict[str, object]:
    """``{% bubble_matrix matrix table_url %}``: every bubble is a link; the table twin is folded in."""
    return {"plot": plot, "table_url": table_url}


@register.inclusion_tag("plots/stones.html")
def stones(value: int | None, of: int = 5) -> dict[str, object]:
    """``{% stones work.importance %}``: 重要度 as five stones with its number."""
    return {
        "value": value,
        "stones": [(index * 9, index < (value or 0)) for index in range(of)],
        "width": of * 9 - 2,
    }


@register.inclusion_tag("plots/burnup.html")
def burn_up(plot: BurnUp) -> dict[str, object]:
    """``{% burn_up plot %}``: actual, plan, forecast and targets of one goal."""
    return {"plot": plot}


@register.inclusion_tag("plots/meter.html")
def meter(plot: Meter) -> dict[str, object]:
    """``{% meter health %}``: 健全度 on its scale."""
    return {"plot": plot}


@register.inclusion_tag("plots/courses.html")
def courses(plot: Courses) -> dict[str, object]:
    """``{% courses plot %}``: from work to goals, with what is missing."""
    return {"plot": plot}
