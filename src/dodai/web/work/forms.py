"""What a person types about work and its outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dodai.core.numbers import plain, round_half_up
from dodai.exchange.rules import values as readings
from dodai.web.goals.fields import CountField, DayField, NumberField, Words
from dodai.work.models import LONGEST_NAME, Outcome, WorkItem

#: Cells of the grid that can be typed into.
GRID_FIELDS = (
    "name",
    "frequency",
    "importance",
    "monthly_hours",
    "capable_people",
    "outlook",
    "minutes_per_run",
    "runs_per_year",
    "improvement_room",
    "manual_status",
)
_SCALE = [(str(number), str(number)) for number in range(1, 6)]
_MONTHS = [(str(number), name) for number, name in MONTHS.items()]
_LONGEST = {"purpose": 500, "importance_reason": 300, "note": 1000, "ecrs_memo": 300}


class VersionForm(forms.Form):
    """The version the page was drawn with; without one nothing is written."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> int:
        form = cls(data)
        return int(form.cleaned_data["version"]) if form.is_valid() else 0


class MinutesField(forms.Field):
    """40, 35分, 1時間30分, 3h: kept as minutes."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "data-kind": "number"})

    def to_python(self, value: object) -> Decimal | None:
        text = str(value or "").strip()
        if not text:
            return None
        minutes = readings.minutes(text) or readings.clock_minutes(text)
        if minutes is None:
            raise ValidationError(
                _("「%(text)s」を時間として読めません。「40」「1時間30分」のように入れてください。")
                % {"text": text[:40]}
            )
        return round_half_up(minutes, 2)

    def prepare_value(self, value: object) -> object:
        return plain(value) if isinstance(value, Decimal) else value


class RunsField(forms.Field):
    """240, 年50回."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-kind": "number"})

    def to_python(self, value: object) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        runs = readings.runs(text)
        if runs is None:
            raise ValidationError(
                _("「%(text)s」を回数として読めません。「240」のように数字で入れてください。")
                % {"text": text[:40]}
            )
        return runs


class ScaleField(forms.TypedChoiceField):
    """1 to 5 as stones to choose from; empty while nobody has decided."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=_SCALE, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect, **options
        )


class WorkForm(forms.Form):
    """業務 on a page of its own."""

    name = Words(label=gettext_lazy("業務名"), most=LONGEST_NAME)
    category_l = Words(label=gettext_lazy("大分類"), most=60)
    category_m = Words(label=gettext_lazy("中分類"), most=60, required=False)
    category_s = Words(label=gettext_lazy("小分類"), most=60, required=False)
    purpose = Words(label=gettext_lazy("目的（何のため）"), most=500, required=False, widget=forms.Textarea)
    frequency = forms.ChoiceField(
        label=gettext_lazy("頻度"),
        choices=[("", gettext_lazy("選んでください")), *WorkItem.Frequency.choices],
        required=False,
    )
    minutes_per_run = MinutesField(
        label=gettext_lazy("1回の所要時間"),
        required=False,
        help_text=gettext_lazy("「40」は40分です。「1時間30分」とも書けます。"),
    )
    runs_per_year = RunsField(
        label=gettext_lazy("年間回数"),
        required=False,
        help_text=gettext_lazy("空欄のときは、頻度と会社の営業日から入ります。随時の業務には必要です。"),
    )
    importance = ScaleField(
        label=gettext_lazy("重要度"),
        help_text=gettext_lazy(
            "5は止まると法令違反・支払不能・全社停止、3は部門に支障、1は影響が小さい業務です。"
        ),
    )
    importance_reason = Words(
        label=gettext_lazy("なぜ重要か"), most=300, required=False, widget=forms.Textarea
    )
    difficulty_level = ScaleField(label=gettext_lazy("難しさ"))
    capable_people = CountField(label=gettext_lazy("担当できる人"), most=9999, required=False)
    manual_status = forms.ChoiceField(
        label=gettext_lazy("マニュアル"),
        choices=[("", gettext_lazy("選んでください")), *WorkItem.Manual.choices],
        required=False,
    )
    manual_updated_on = DayField(
        label=gettext_lazy("マニュアルの更新日"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("例：2026/04/01、令和8年4月1日"),
    )
    improvement_room = ScaleField(label=gettext_lazy("改善余地"))
    ecrs = forms.MultipleChoiceField(
        label=gettext_lazy("改善の考え方（ECRS）"),
        choices=[
            ("E", gettext_lazy("なくす")),
            ("C", gettext_lazy("まとめる")),
            ("R", gettext_lazy("入れ替える")),
            ("S", gettext_lazy("簡単にする")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ecrs_memo = Words(label=gettext_lazy("改善のメモ"), most=300, required=False, widget=forms.Textarea)
    outlook = forms.ChoiceField(
        label=gettext_lazy("これから"),
        choices=WorkItem.Outlook.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    peak_months = forms.TypedMultipleChoiceField(
        label=gettext_lazy("繁忙月"),
        choices=_MONTHS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    legal_deadline = Words(label=gettext_lazy("法定期限"), most=120, required=False)
    nature = forms.ChoiceField(
        label=gettext_lazy("業務の性質"),
        choices=[("", gettext_lazy("選んでください")), *WorkItem.Nature.choices],
        required=False,
    )
    system_refs = Words(label=gettext_lazy("使用システム"), most=200, required=False)
    external_ref = Words(label=gettext_lazy("外部参照"), most=200, required=False)
    note = Words(label=gettext_lazy("備考"), most=1000, required=False, widget=forms.Textarea)

    def __init__(self, data: Any = None, *, item: WorkItem | None = None, **options: Any) -> None:
        stored = {name: getattr(item, name) for name in self.base_fields} if item else {"outlook": "keep"}
        super().__init__(data, initial=stored | options.pop("initial", {}), **options)

    def given(self) -> dict[str, object]:
        """What can be written; an empty 年間回数 is left to the calendar."""
        values: dict[str, object] = dict(self.cleaned_data)
        values["outlook"] = values["outlook"] or WorkItem.Outlook.KEEP
        return values


class PanelForm(forms.Form):
    """The few things one decides in the matrix. What was not sent stays as it is."""

    importance = ScaleField(label=gettext_lazy("重要度"))
    frequency = forms.ChoiceField(
        label=gettext_lazy("頻度"),
        choices=[("", gettext_lazy("未定")), *WorkItem.Frequency.choices],
        required=False,
    )
    monthly_hours = NumberField(label=gettext_lazy("月の時間"), places=1, required=False)
    importance_reason = Words(
        label=gettext_lazy("なぜ重要か"), most=300, required=False, widget=forms.Textarea
    )
    outlook = forms.ChoiceField(
        label=gettext_lazy("これから"),
        choices=WorkItem.Outlook.choices,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, data: Any = None, *, item: WorkItem) -> None:
        self.item = item
        names = ("importance", "frequency", "importance_reason", "outlook")
        stored = {name: getattr(item, name) for name in names}
        super().__init__(data, initial=stored | {"monthly_hours": shown_hours(item)}, prefix=None)

    def clean_monthly_hours(self) -> Decimal | None:
        return usable_hours(self.item, self.cleaned_data["monthly_hours"])

    def given(self) -> dict[str, object]:
        values = {name: value for name, value in self.cleaned_data.items() if name in self.data}
        if "monthly_hours" in values:
            values |= minutes_for(self.item, values.pop("monthly_hours"))
        if "outlook" in values:
            values["outlook"] = values["outlook"] or WorkItem.Outlook.KEEP
        return values


class CellForm(forms.Form):
    """One cell of the grid, typed as people type: full-width digits, 週1, 1時間30分, the word or the code."""

    field = forms.ChoiceField(
        choices=[(name, name) for name in GRID_FIELDS],
        error_messages={
            "required": gettext_lazy("変更できる項目が選ばれていません。"),
            "invalid_choice": gettext_lazy("変更できる項目ではありません。"),
        },
    )
    value = forms.CharField(required=False, strip=True)

    def __init__(self, data: Any, *, item: WorkItem) -> None:
        self.item = item
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "field" in data:
            data["values"] = read_cell(self.item, data["field"], data.get("value", ""))
        return data


def read_cell(item: WorkItem, name: str, text: str) -> dict[str, object]:
    """The values one typed cell sets. Raises ``ValidationError`` in words for the person."""
    match name:
        case "name":
            missing = _("業務名がありません。業務名を入れてください。")
            return {"name": Words(most=LONGEST_NAME, error_messages={"required": missing}).clean(text)}
        case "monthly_hours":
            hours = NumberField(places=1, required=False).clean(text)
            return minutes_for(item, usable_hours(item, hours))
        case "minutes_per_run":
            return {name: MinutesField(required=False).clean(text)}
        case "runs_per_year":
            return {name: RunsField(required=False).clean(text)}
        case "capable_people":
            return {name: CountField(most=9999, required=False).clean(text)}
        case "importance" | "improvement_room":
            return {name: _scale(text)}
        case _:
            return {name: read_choice(name, text)}


def read_choice(name: str, text: str) -> str:
    """A code, its label, or for 頻度 the way people write it (週1, 毎日)."""
    if not text:
        return "keep" if name == "outlook" else ""
    choices = dict(WorkItem._meta.get_field(name).choices)  # type: ignore[union-attr, arg-type]
    labels = {str(label): code for code, label in choices.items()}
    code = text if text in choices else labels.get(text)
    if code is None and name == "frequency":
        code = readings.frequency(text)
    if code is None and name == "manual_status":
        read = readings.manual(text)
        code = read[0] if read else readings.MANUAL_SIGNS.get(text)
    if code is None:
        raise ValidationError(
            _("「%(text)s」は選択肢にありません。%(choices)sのどれかにしてください。")
            % {"text": text[:40], "choices": "、".join(labels)}
        )
    return str(code)


def shown_hours(item: WorkItem) -> Decimal | None:
    return None if item.monthly_hours is None else round_half_up(item.monthly_hours, 1)


def usable_hours(item: WorkItem, hours: Decimal | None) -> Decimal | None:
    """Hours a month become minutes for each run, so how often has to be known first."""
    if hours is None or hours == shown_hours(item):
        return hours
    if hours <= 0:
        raise ValidationError(_("月の時間は0より大きい数字で入れてください。"))
    if not item.runs_per_year:
        raise ValidationError(_("先に年間回数を入れてください。月の時間から1回の所要時間を計算します。"))
    return hours


def minutes_for(item: WorkItem, hours: object) -> dict[str, object]:
    if hours == shown_hours(item):
        return {}
    if hours is None:
        return {"minutes_per_run": None}
    assert isinstance(hours, Decimal)
    assert item.runs_per_year
    return {"minutes_per_run": round_half_up(hours * 12 * 60 / item.runs_per_year, 2)}


def _scale(text: str) -> int | None:
    if not text:
        return None
    number = readings.scale(text)
    if number is None:
        raise ValidationError(
            _("「%(text)s」は1から5の数字ではありません。1から5で入れてください。") % {"text": text[:40]}
        )
    return number


class OutcomeForm(forms.Form):
    """誰に・何が・どうなる."""

    beneficiary = Words(
        label=gettext_lazy("誰に"), most=60, help_text=gettext_lazy("例：取引先、社員、経営会議")
    )
    thing = Words(label=gettext_lazy("何が"), most=80, help_text=gettext_lazy("例：代金、申請への返事"))
    state = Words(
        label=gettext_lazy("どうなる"), most=120, help_text=gettext_lazy("例：期日どおりに届いている")
    )
    category = forms.ChoiceField(
        label=gettext_lazy("分類"),
        choices=[("", gettext_lazy("選んでください")), *Outcome.Category.choices],
        required=False,
    )
    evidence_hint = Words(
        label=gettext_lazy("何を見れば分かるか"),
        most=200,
        required=False,
        help_text=gettext_lazy("例：支払予定表と振込の記録"),
    )

    def __init__(self, data: Any = None, *, outcome: Outcome | None = None, **options: Any) -> None:
        stored = {name: getattr(outcome, name) for name in self.base_fields} if outcome else {}
        super().__init__(data, initial=stored | options.pop("initial", {}), **options)
