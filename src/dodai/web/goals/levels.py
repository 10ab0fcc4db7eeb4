"""「実績がこうなら達成度は…」: five sample results, the curve, and the three readings of one result."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dodai.core.numbers import round_half_up
from dodai.goals.models import GoalIndicator
from dodai.indicators.rules.preview import PreviewRow, preview
from dodai.indicators.rules.refusals import ScaleRefused
from dodai.indicators.rules.scales import AnchorTable, Improve, Milestones, Overrun, Ratio, Scale
from dodai.indicators.rules.storage import scale_from_json
from dodai.indicators.rules.suggestion import Reading, readings
from dodai.web.goals.measures import METHOD_NAMES, MeasureForm, direction_of
from dodai.web.plots import Level, LevelCurve
from dodai.web.templatetags.writing import figure

_LINEAR = (Ratio, Overrun, Improve, AnchorTable)
_GOALS = ("target", "inside", "violations_0", "allowance_0", "on_time", "all_on_time")


@dataclass(frozen=True)
class Row:
    """One sample: what it is called, the result, what it means."""

    name: str
    actual: Decimal | None
    degree: Decimal
    points: Decimal
    is_goal: bool = False


@dataclass(frozen=True)
class Levels:
    """The 水準表 of one indicator as it is shown. ``refusal`` says why there is none."""

    method: str
    unit: str
    rows: tuple[Row, ...] = ()
    curve: LevelCurve | None = None
    readings: tuple[tuple[str, Reading], ...] = ()
    sample: Decimal | None = None
    refusal: str = ""


def levels_of(form: MeasureForm, milestones: tuple[Decimal, ...] = ()) -> Levels:
    """The levels of what is typed now."""
    version = form.measure.indicator_version
    try:
        scale = form.scale()
    except ScaleRefused as refused:
        return Levels(str(METHOD_NAMES[form.chosen]), version.unit, refusal=_(str(refused)))
    if scale is None:
        return Levels(str(METHOD_NAMES[form.chosen]), version.unit)
    baseline, target = form.typed("baseline"), form.typed("target")
    return _drawn(scale, form.measure, baseline, target, milestones)


def stored_levels(measure: GoalIndicator, milestones: tuple[Decimal, ...] = ()) -> Levels | None:
    """The levels as they are stored, for pages that only read; None where none were set."""
    if not measure.scale:
        return None
    scale = scale_from_json(measure.scale)
    return _drawn(scale, measure, measure.baseline, measure.target, milestones)


def _drawn(
    scale: Scale,
    measure: GoalIndicator,
    baseline: Decimal | None,
    target: Decimal | None,
    milestones: tuple[Decimal, ...],
) -> Levels:
    version = measure.indicator_version
    unit = "" if direction_of(measure) == "rubric" else version.unit
    highest = Decimal(100) if unit in ("%", "％") and isinstance(scale, Ratio | Improve) else None
    weights = milestones if isinstance(scale, Milestones) and sum(milestones) == 100 else None
    shown = (
        preview(scale, places=version.decimals, highest=highest, milestones=weights)
        if weights
        else preview(scale, places=version.decimals, highest=highest)
    )
    rows = tuple(_row(each, target) for each in shown)
    curve = _curve(rows, measure, baseline) if isinstance(scale, _LINEAR) else None
    sample, read = _readings(measure, baseline, target)
    return Levels(str(METHOD_NAMES[scale.method]), unit, rows, curve, read, sample)


def _row(row: PreviewRow, target: Decimal | None) -> Row:
    is_goal = row.r == 100 and row.meaning in _GOALS
    if row.meaning.startswith("level_") and target is not None:
        is_goal = row.actual == target
    return Row(_meaning(row.meaning), row.actual, row.r, row.points, is_goal)


def _curve(rows: tuple[Row, ...], measure: GoalIndicator, baseline: Decimal | None) -> LevelCurve | None:
    version = measure.indicator_version
    known = [row for row in rows if row.actual is not None]
    if len(known) < 2:
        return None
    first, last = known[-1], known[0]
    direction = "lower" if (last.actual or 0) < (first.actual or 0) else "higher"
    summary = "、".join(
        _("%(value)s%(unit)sで%(degree)s")
        % {"value": figure(row.actual), "unit": version.unit, "degree": figure(row.degree)}
        for row in reversed(known)
    )
    now = (
        next((row.degree for row in known if row.actual == baseline), None) if baseline is not None else None
    )
    axis = f"{version.name}（{version.unit}）" if version.unit else version.name
    return LevelCurve(
        tuple(
            Level(row.name, row.actual or Decimal(0), row.degree, figure(row.points), goal=row.is_goal)
            for row in known
        ),
        axis=axis,
        summary=_("%(name)sから達成度への換算。%(levels)s") % {"name": version.name, "levels": summary},
        unit=version.unit,
        direction=direction,
        now=None if now is None else baseline,
        now_degree=now,
    )


def _readings(
    measure: GoalIndicator, baseline: Decimal | None, target: Decimal | None
) -> tuple[Decimal | None, tuple[tuple[str, Reading], ...]]:
    """The same result, halfway to the target, under the formulas a person can choose from."""
    direction = direction_of(measure)
    better = {"higher": "higher", "lower": "lower", "zero": "lower"}.get(direction)
    if better is None or baseline is None or target is None or baseline == target:
        return None, ()
    sample = round_half_up((baseline + target) / 2, measure.indicator_version.decimals)
    found = readings(baseline=baseline, target=target, actual=sample, better=better)  # type: ignore[arg-type]
    names = {
        "against_target": _("実績比") if better == "higher" else _("超過率"),
        "way_made": _("改善の進み（評点なし）"),
        "improve": _("改善幅"),
    }
    return sample, tuple((names[each.key], each) for each in found)


def _meaning(key: str) -> str:
    known = {
        "stretch": _("挑戦水準"),
        "over": _("上振れ"),
        "target": pgettext("水準", "目標"),
        "threshold": _("最低水準"),
        "baseline": _("基準"),
        "between": _("途中"),
        "inside": _("範囲内"),
        "slightly_low": _("少し下"),
        "slightly_high": _("少し上"),
        "too_low": _("下の許容まで"),
        "too_high": _("上の許容まで"),
        "on_time": _("期限内に達成"),
        "late_in_period": _("期限後に達成（期間内）"),
        "not_done": _("未達"),
        "all_on_time": _("すべて期限内"),
        "last_late_1_10": _("最後の節目が1〜10営業日遅れ"),
        "last_late_11_plus": _("最後の節目が11営業日以上遅れ"),
        "last_not_done": _("最後の節目が未完"),
        "none_done": _("すべて未完"),
    }
    if key in known:
        return known[key]
    kind, _sep, number = key.rpartition("_")
    if kind == "violations":
        return _("違反%(count)s件") % {"count": number}
    if kind == "level":
        return _("段階%(level)s") % {"level": number}
    return _("許容の%(percent)s%%") % {"percent": number}
