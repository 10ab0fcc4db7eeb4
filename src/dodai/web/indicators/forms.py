"""What a definition says, as a form: one for 定量, one for 定性 with its five levels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dodai.indicators.actions.definitions import LEVELS, REQUIRED_LEVELS
from dodai.indicators.models import Indicator, IndicatorVersion
from dodai.indicators.rules.scales import Method
from dodai.organization.models import Member, OrgUnitVersion
from dodai.web.goals.fields import CountField, NumberField, Words
from dodai.web.goals.measures import METHOD_NAMES

JUDGES = [
    ("self", gettext_lazy("本人")),
    ("supervisor", gettext_lazy("上司")),
    ("users", gettext_lazy("利用者アンケート")),
]
_NONE = ("", gettext_lazy("選んでいません"))
_METHODS = [
    _NONE,
    *((method.value, METHOD_NAMES[method]) for method in Method if method is not Method.RUBRIC),
]
_COUNTERS = 300  # offered as 対になる指標; more belongs behind a search


class QuantitativeForm(forms.Form):
    """定量指標."""

    kind = Indicator.Kind.QUANTITATIVE

    name = Words(label=gettext_lazy("指標名"), most=80, help_text=gettext_lazy("例：請求書の期限内計上率"))
    function = forms.ChoiceField(label=gettext_lazy("部門"), choices=OrgUnitVersion.Function.choices)
    definition = Words(
        label=gettext_lazy("定義"), most=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    unit = Words(label=gettext_lazy("単位"), most=20, help_text=gettext_lazy("例：%、件、営業日、点、円／件"))
    direction = forms.ChoiceField(
        label=gettext_lazy("良い方向"), choices=[_NONE, *IndicatorVersion.Direction.choices]
    )
    range_low = NumberField(label=gettext_lazy("下限"), required=False)
    range_high = NumberField(label=gettext_lazy("上限"), required=False)
    numerator = Words(label=gettext_lazy("分子"), most=120, required=False)
    denominator = Words(label=gettext_lazy("分母"), most=120, required=False)
    formula_text = Words(label=gettext_lazy("計算式"), most=200, required=False)
    aggregation = forms.ChoiceField(
        label=gettext_lazy("集計"), choices=[_NONE, *IndicatorVersion.Aggregation.choices], required=False
    )
    archetype = forms.ChoiceField(
        label=gettext_lazy("指標の型"), choices=[_NONE, *IndicatorVersion.Archetype.choices], required=False
    )
    decimals = CountField(label=gettext_lazy("小数の桁数"), most=4, required=False, initial=1)
    data_source = Words(
        label=gettext_lazy("データの出どころ"), most=120, help_text=gettext_lazy("帳票やシステムの名前")
    )
    frequency = Words(label=gettext_lazy("測る頻度"), most=40, help_text=gettext_lazy("例：月次、四半期"))
    collector = Words(label=gettext_lazy("集める人"), most=60, required=False)
    counter_indicator = forms.ModelChoiceField(
        label=gettext_lazy("対になる指標"),
        queryset=Indicator.objects.none(),
        required=False,
        empty_label=gettext_lazy("選んでいません"),
        help_text=gettext_lazy("速さの指標には、質の指標を組にします。"),
    )
    counter_note = Words(label=gettext_lazy("対になる指標の説明"), most=120, required=False)
    controllability = forms.ChoiceField(
        label=gettext_lazy("自責度"), choices=IndicatorVersion.Controllability.choices
    )
    keep_method = forms.ChoiceField(
        label=gettext_lazy("維持するときの方式"), choices=_METHODS, required=False
    )
    improve_method = forms.ChoiceField(
        label=gettext_lazy("改善するときの方式"), choices=_METHODS, required=False
    )
    demand_driven = forms.BooleanField(
        label=gettext_lazy("件数が依頼する側の都合で増減する（需要起因）"), required=False
    )

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        usable = Indicator.objects.visible_to(member).usable().select_related("current")
        field = self.fields["counter_indicator"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = usable.filter(restricted=False).order_by("function", "code")[:_COUNTERS]

    def clean_counter_indicator(self) -> Indicator | None:
        chosen: Indicator | None = self.cleaned_data["counter_indicator"]
        return chosen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        low, high = data.get("range_low"), data.get("range_high")
        if low is not None and high is not None and low >= high:
            self.add_error("range_high", _("下限より大きい数を入れてください。"))
        if data.get("decimals") is None:
            data["decimals"] = 1
        return data

    def as_fields(self) -> dict[str, Any]:
        """The arguments of ``propose`` and ``revise``."""
        return {name: value for name, value in self.cleaned_data.items() if name != "function"}

    @staticmethod
    def values_of(indicator: Indicator) -> dict[str, Any]:
        version = indicator.current
        names = [name for name in QuantitativeForm.base_fields if name != "function"]
        return {"function": indicator.function} | {name: getattr(version, name) for name in names}


class QualitativeForm(forms.Form):
    """評価段階表: levels 1, 3 and 5 have to be described, 2 and 4 may be."""

    kind = Indicator.Kind.QUALITATIVE

    name = Words(label=gettext_lazy("評価段階表の名前"), most=80)
    function = forms.ChoiceField(label=gettext_lazy("部門"), choices=OrgUnitVersion.Function.choices)
    definition = Words(
        label=gettext_lazy("何を見るか"), most=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    judges = forms.MultipleChoiceField(
        label=gettext_lazy("判定する人"),
        choices=JUDGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=["self", "supervisor"],
    )
    evidence_required = forms.BooleanField(label=gettext_lazy("証跡が必要"), required=False)

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        for level in reversed(LEVELS):
            self.fields[f"level_{level}"] = Words(
                label=_("段階%(level)sの姿") % {"level": level},
                most=300,
                required=level in REQUIRED_LEVELS,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("期待どおりの水準です。") if level == 3 else "",
            )

    def as_fields(self) -> dict[str, Any]:
        data = self.cleaned_data
        kept = {name: data[name] for name in ("name", "definition", "judges", "evidence_required")}
        return kept | {"levels": {level: data[f"level_{level}"] for level in LEVELS}}

    @staticmethod
    def values_of(indicator: Indicator) -> dict[str, Any]:
        version = indicator.current
        assert version is not None
        texts = {f"level_{row.level}": row.text for row in version.levels.all()}
        names = ("name", "definition", "judges", "evidence_required")
        return {"function": indicator.function, **{name: getattr(version, name) for name in names}, **texts}


DefinitionForm = QuantitativeForm | QualitativeForm


def form_for(kind: str) -> type[QuantitativeForm] | type[QualitativeForm]:
    return QualitativeForm if kind == Indicator.Kind.QUALITATIVE else QuantitativeForm


class RetirementForm(forms.Form):
    reason = Words(
        label=gettext_lazy("理由"), most=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
