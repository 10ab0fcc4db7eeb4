"""What is typed about the company, its holidays, roles and 代理."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dodai.organization.models import Company, Holiday, Role
from dodai.web.organization.fields import Day, Person

_WEEKDAYS = [
    ("0", gettext_lazy("月")),
    ("1", gettext_lazy("火")),
    ("2", gettext_lazy("水")),
    ("3", gettext_lazy("木")),
    ("4", gettext_lazy("金")),
    ("5", gettext_lazy("土")),
    ("6", gettext_lazy("日")),
]


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}))


class CompanyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("会社名"), max_length=120)
    name_kana = forms.CharField(label=gettext_lazy("会社名（カナ）"), max_length=120, required=False)
    corporate_no = forms.RegexField(
        r"\A\d{13}\Z",
        label=gettext_lazy("法人番号"),
        required=False,
        help_text=gettext_lazy("13桁の数字です。"),
        error_messages={
            "invalid": gettext_lazy("法人番号が13桁の数字ではありません。13桁で入れてください。")
        },
    )
    fiscal_year_start_month = forms.TypedChoiceField(
        label=gettext_lazy("事業年度の開始月"),
        coerce=int,
        choices=list(MONTHS.items()),
        help_text=gettext_lazy("年度、上期、四半期の始まりが決まります。"),
    )
    closing_day = forms.TypedChoiceField(
        label=gettext_lazy("締め日"),
        coerce=int,
        choices=[
            (0, gettext_lazy("末日")),
            *[(day, format_lazy(gettext_lazy("毎月{day}日"), day=day)) for day in range(1, 29)],
        ],
    )
    era_display = forms.ChoiceField(
        label=gettext_lazy("和暦表示"), choices=Company.EraDisplay.choices, widget=forms.RadioSelect
    )
    weekly_off = forms.TypedMultipleChoiceField(
        label=gettext_lazy("毎週の休日"),
        coerce=int,
        choices=_WEEKDAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    business_from = _clock(gettext_lazy("始業"))
    business_to = _clock(gettext_lazy("終業"))
    break_from = _clock(gettext_lazy("休憩の開始"))
    break_to = _clock(gettext_lazy("休憩の終了"))

    def clean_weekly_off(self) -> list[int]:
        return sorted(self.cleaned_data["weekly_off"])


class HolidayForm(forms.Form):
    day = Day(label=gettext_lazy("日付"))
    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("区分"), choices=Holiday.Kind.choices, initial="company")


class RoleForm(forms.Form):
    member = Person(label=gettext_lazy("社員"))
    role = forms.ChoiceField(label=gettext_lazy("役割"), choices=Role.choices)
    valid_from = Day(label=gettext_lazy("開始日"))
    last_day = Day(
        label=gettext_lazy("終了日"),
        required=False,
        help_text=gettext_lazy("空欄は期限なしです。監査には必ず入れます。"),
    )
    case_number = forms.CharField(
        label=gettext_lazy("案件番号"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("監査のときに入れます。"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("role") == Role.AUDITOR:
            for name in ("last_day", "case_number"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("監査には終了日と案件番号が要ります。入れてください。"))
        return data


class DelegationForm(forms.Form):
    principal = Person(label=gettext_lazy("本来の担当"))
    delegate = Person(label=gettext_lazy("代理"))
    valid_from = Day(label=gettext_lazy("開始日"))
    last_day = Day(label=gettext_lazy("終了日"))
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=200)


class CountdownForm(forms.Form):
    """「N営業日以内」 for any day."""

    day = Day(label=gettext_lazy("起算日"), required=False)
    count = forms.IntegerField(label=gettext_lazy("営業日数"), min_value=-250, max_value=250, required=False)
