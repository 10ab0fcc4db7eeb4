"""The typed numbers of one indicator of a goal, and the 水準表 they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dodai.core.numbers import plain
from dodai.goals.models import GoalIndicator
from dodai.indicators.models import Indicator
from dodai.indicators.rules.scales import (
    AT_BASELINE,
    AT_OVER,
    AT_STRETCH,
    AT_TARGET,
    AT_THRESHOLD,
    Anchor,
    AnchorTable,
    Binary,
    Method,
    Milestones,
    Overrun,
    Range,
    Ratio,
    RubricLevels,
    Scale,
    Zero,
    ZeroRate,
    improve,
)
from dodai.indicators.rules.suggestion import Direction, suggest_method
from dodai.web.goals.fields import CountField, NumberField, Words

METHOD_NAMES = {
    Method.RATIO: gettext_lazy("実績比（実績÷目標）"),
    Method.OVERRUN: gettext_lazy("超過率（上限を守る）"),
    Method.IMPROVE: gettext_lazy("改善幅（基準値からの進み）"),
    Method.ANCHORS: gettext_lazy("水準表を自分で決める"),
    Method.RANGE: gettext_lazy("範囲内"),
    Method.ZERO: gettext_lazy("ゼロ目標（件数）"),
    Method.ZERO_RATE: gettext_lazy("ゼロ目標（率）"),
    Method.MILESTONE: gettext_lazy("節目"),
    Method.BINARY: gettext_lazy("可否"),
    Method.RUBRIC: gettext_lazy("段階評価"),
}
_OF_PROJECTS = (Method.MILESTONE, Method.BINARY)
FITTING: Mapping[str, tuple[Method, ...]] = {
    "higher": (Method.RATIO, Method.IMPROVE, Method.ANCHORS, *_OF_PROJECTS),
    "lower": (Method.OVERRUN, Method.IMPROVE, Method.ANCHORS, Method.ZERO, *_OF_PROJECTS),
    "zero": (Method.ZERO, Method.ZERO_RATE, Method.IMPROVE, Method.OVERRUN, Method.ANCHORS, *_OF_PROJECTS),
    "range": (Method.RANGE, Method.ANCHORS, *_OF_PROJECTS),
    "milestone": _OF_PROJECTS,
    "binary": (Method.BINARY, Method.MILESTONE),
    "rubric": (Method.RUBRIC,),
}
ANCHOR_ROWS = (AT_STRETCH, AT_OVER, AT_TARGET, AT_THRESHOLD, AT_BASELINE)
LEVELS = (5, 4, 3, 2, 1)
PERCENT = Decimal(100)


def direction_of(measure: GoalIndicator) -> Direction:
    """The direction of the indicator; a 評価段階表 is read by its levels."""
    version = measure.indicator_version
    if version.indicator.kind == Indicator.Kind.QUALITATIVE:
        return "rubric"
    return version.direction or "higher"  # type: ignore[return-value]


def suggested_method(measure: GoalIndicator) -> Method:
    """改善 with a known baseline goes by its way; a company's own preset for the indicator comes first."""
    version = measure.indicator_version
    direction = direction_of(measure)
    improves = measure.baseline is not None and measure.baseline != measure.target
    preset = version.improve_method if improves else version.keep_method
    if preset and direction != "rubric":
        return Method(preset)
    return suggest_method(
        direction,
        is_improvement=improves,
        baseline=measure.baseline,
        target=measure.target,
        exposure=measure.exposure,
    )


class MeasureForm(forms.Form):
    """One indicator: from where to where, by which method, and the steps of that method.

    Every method's fields are on the page; the style sheet shows those of the chosen one, so that the
    choice works without a script. What belongs to another method is not read.
    """

    method = forms.ChoiceField(label=gettext_lazy("方式"), required=False)
    baseline = NumberField(label=gettext_lazy("基準値"), required=False)
    baseline_period = Words(label=gettext_lazy("基準値の期間"), most=60, required=False)
    baseline_n = CountField(label=gettext_lazy("基準値の件数"), required=False)
    target = NumberField(label=gettext_lazy("目標値"), required=False)
    low = NumberField(label=gettext_lazy("下限"), required=False)
    high = NumberField(label=gettext_lazy("上限"), required=False)
    tolerance_low = NumberField(label=gettext_lazy("下の許容"), required=False)
    tolerance_high = NumberField(label=gettext_lazy("上の許容"), required=False)
    step_0 = NumberField(label=gettext_lazy("0件の達成度"), places=1, required=False)
    step_1 = NumberField(label=gettext_lazy("1件の達成度"), places=1, required=False)
    step_2 = NumberField(label=gettext_lazy("2件の達成度"), places=1, required=False)
    otherwise = NumberField(label=gettext_lazy("3件以上の達成度"), places=1, required=False)
    allowance = NumberField(label=gettext_lazy("許容する率"), required=False)
    late_1_10 = NumberField(label=gettext_lazy("1〜10営業日遅れ"), places=1, required=False)
    late_11_plus = NumberField(label=gettext_lazy("11営業日以上遅れ"), places=1, required=False)
    late = NumberField(label=gettext_lazy("期限後の達成度"), places=1, required=False)
    zero_definition = Words(label=gettext_lazy("対象と違反の定義"), most=300, required=False)
    exposure = CountField(label=gettext_lazy("対象件数"), required=False)
    sub_weight = CountField(label=gettext_lazy("配分"), most=100, required=False)

    def __init__(self, measure: GoalIndicator, data: Any = None) -> None:
        self.measure = measure
        self.direction = direction_of(measure)
        super().__init__(data, prefix=prefix_of(measure), initial=_stored(measure), auto_id="%s")
        choices = FITTING[self.direction]
        method = self.fields["method"]
        assert isinstance(method, forms.ChoiceField)
        method.choices = [(each.value, METHOD_NAMES[each]) for each in choices]
        for row in range(len(ANCHOR_ROWS)):
            self.fields[f"anchor_value_{row}"] = NumberField(label=_("実績"), required=False)
            self.fields[f"anchor_degree_{row}"] = NumberField(label=_("達成度"), places=1, required=False)
        for level in LEVELS:
            self.fields[f"mark_{level}"] = NumberField(
                label=_("段階%(level)sの達成度") % {"level": level}, places=1, required=False
            )

    @property
    def chosen(self) -> Method:
        """The method as typed, else as stored, else the fitting one."""
        typed = str(self["method"].value() or "")
        return Method(typed) if typed in {each.value for each in FITTING[self.direction]} else self.fallback

    @property
    def fallback(self) -> Method:
        suggested = suggested_method(self.measure)
        return suggested if suggested in FITTING[self.direction] else FITTING[self.direction][0]

    @property
    def anchor_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [
            (self[f"anchor_value_{row}"], self[f"anchor_degree_{row}"]) for row in range(len(ANCHOR_ROWS))
        ]

    @property
    def mark_rows(self) -> list[tuple[int, str, forms.BoundField]]:
        texts = {level.level: level.text for level in self.measure.indicator_version.levels.all()}
        return [(level, texts.get(level, ""), self[f"mark_{level}"]) for level in LEVELS]

    def typed(self, name: str) -> Any:
        """What a field holds now: read when bound and readable, else what is stored."""
        if not self.is_bound:
            return self.get_initial_for_field(self.fields[name], name)
        self.errors  # noqa: B018 – reading it cleans the form
        return self.cleaned_data.get(name)

    def scale(self) -> Scale | None:
        """The 水準表 of what is typed; None while something is missing. Raises ``ScaleRefused``."""
        return _MAKERS[self.chosen](self)

    def target_value(self) -> Decimal | None:
        """The number the sentence has to name: of own anchors the one that means 100, of ゼロ目標 0."""
        method = self.chosen
        if method in (Method.ZERO, Method.ZERO_RATE):
            return Decimal(0)
        if method is Method.ANCHORS:
            return next((anchor.value for anchor in _anchors(self) if anchor.r == AT_TARGET), None)
        if method is Method.RANGE:
            return self._number("high")
        if method in (Method.MILESTONE, Method.BINARY):
            return None
        return self._number("target")

    def _number(self, name: str) -> Decimal | None:
        value: Decimal | None = self.typed(name)
        return value


def prefix_of(measure: GoalIndicator) -> str:
    """Stable through a full replacement of the rows: the indicator version names the block."""
    return f"m{measure.indicator_version_id}"


def _anchors(form: MeasureForm) -> list[Anchor]:
    pairs = [
        (form.typed(f"anchor_value_{row}"), form.typed(f"anchor_degree_{row}"))
        for row in range(len(ANCHOR_ROWS))
    ]
    return [Anchor(value, degree) for value, degree in pairs if value is not None and degree is not None]


def _ratio(form: MeasureForm) -> Scale | None:
    target = form.typed("target")
    return None if target is None else Ratio(target)


def _overrun(form: MeasureForm) -> Scale | None:
    target = form.typed("target")
    return None if target is None else Overrun(target)


def _improve(form: MeasureForm) -> Scale | None:
    baseline, target = form.typed("baseline"), form.typed("target")
    if baseline is None or target is None:
        return None
    better = {"higher": "higher", "lower": "lower", "zero": "lower"}.get(form.direction)
    return improve(baseline, target, better)  # type: ignore[arg-type]


def _own_anchors(form: MeasureForm) -> Scale | None:
    anchors = _anchors(form)
    return AnchorTable(tuple(anchors)) if len(anchors) > 1 else None


def _range(form: MeasureForm) -> Scale | None:
    values = [form.typed(name) for name in ("low", "high", "tolerance_low", "tolerance_high")]
    return None if None in values else Range(*values)


def _zero(form: MeasureForm) -> Scale:
    plainly = Zero()
    typed = [form.typed(f"step_{count}") for count in range(len(plainly.steps))]
    steps = tuple(own if value is None else value for value, own in zip(typed, plainly.steps, strict=True))
    otherwise = form.typed("otherwise")
    return Zero(steps, plainly.otherwise if otherwise is None else otherwise)


def _zero_rate(form: MeasureForm) -> Scale | None:
    allowance = form.typed("allowance")
    return None if allowance is None else ZeroRate(allowance / PERCENT)


def _milestones(form: MeasureForm) -> Scale:
    plainly = Milestones()
    soon, later = form.typed("late_1_10"), form.typed("late_11_plus")
    return Milestones(
        plainly.late_1_10 if soon is None else soon / PERCENT,
        plainly.late_11_plus if later is None else later / PERCENT,
    )


def _binary(form: MeasureForm) -> Scale:
    late = form.typed("late")
    return Binary() if late is None else Binary(late)


def _rubric(form: MeasureForm) -> Scale:
    plainly = RubricLevels()
    typed = [form.typed(f"mark_{level}") for level in sorted(LEVELS)]
    marks = (own if value is None else value for value, own in zip(typed, plainly.marks, strict=True))
    return RubricLevels(tuple(marks))


_MAKERS = {
    Method.RATIO: _ratio,
    Method.OVERRUN: _overrun,
    Method.IMPROVE: _improve,
    Method.ANCHORS: _own_anchors,
    Method.RANGE: _range,
    Method.ZERO: _zero,
    Method.ZERO_RATE: _zero_rate,
    Method.MILESTONE: _milestones,
    Method.BINARY: _binary,
    Method.RUBRIC: _rubric,
}


def _stored(measure: GoalIndicator) -> dict[str, Any]:
    """The fields as they stand in the row, with the customary steps where nothing was chosen."""
    scale = measure.scale or {}
    names = (
        "baseline",
        "baseline_period",
        "baseline_n",
        "target",
        "zero_definition",
        "exposure",
        "sub_weight",
    )
    values: dict[str, Any] = {name: getattr(measure, name) for name in names}
    values["method"] = measure.method or suggested_method(measure).value
    for name in ("low", "high", "tolerance_low", "tolerance_high", "otherwise", "late"):
        if name in scale:
            values[name] = Decimal(str(scale[name]))
    for name in ("allowance", "late_1_10", "late_11_plus"):
        if name in scale:
            values[name] = Decimal(plain(Decimal(str(scale[name])) * PERCENT))
    for count, step in enumerate(scale.get("steps", ())):
        values[f"step_{count}"] = Decimal(step)
    for level, mark in enumerate(scale.get("marks", ()), start=1):
        values[f"mark_{level}"] = Decimal(mark)
    return _customary(measure) | values | _stored_anchors(measure)


def _customary(measure: GoalIndicator) -> dict[str, Any]:
    zero, milestones = Zero(), Milestones()
    version = measure.indicator_version
    return {
        **{f"step_{count}": step for count, step in enumerate(zero.steps)},
        "otherwise": zero.otherwise,
        "late_1_10": milestones.late_1_10 * PERCENT,
        "late_11_plus": milestones.late_11_plus * PERCENT,
        "late": Binary().late,
        "allowance": Decimal(2),
        "low": version.range_low,
        "high": version.range_high,
        **{f"mark_{level}": mark for level, mark in enumerate(RubricLevels().marks, start=1)},
    }


def _stored_anchors(measure: GoalIndicator) -> dict[str, Any]:
    """Own anchors as stored, or the five customary degrees beside the values the row knows."""
    stored = [(Decimal(value), Decimal(degree)) for value, degree in (measure.scale or {}).get("anchors", ())]
    if not stored:
        known = {AT_BASELINE: measure.baseline, AT_TARGET: measure.target}
        known |= {AT_THRESHOLD: measure.threshold, AT_STRETCH: measure.stretch}
        rows: list[tuple[Decimal | None, Decimal]] = [(known.get(degree), degree) for degree in ANCHOR_ROWS]
    else:
        rows = sorted(stored, key=lambda pair: -pair[1])
    values: dict[str, Any] = {}
    for row, (value, degree) in enumerate(rows[: len(ANCHOR_ROWS)]):
        values[f"anchor_value_{row}"], values[f"anchor_degree_{row}"] = value, degree
    return values
