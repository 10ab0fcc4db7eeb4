"""What 人事 types about units and people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dodai.core.text import to_katakana
from dodai.organization.models import Assignment, Grade, Leave, Member
from dodai.web.organization.chart import unit_choices
from dodai.web.organization.fields import FUNCTIONS, KINDS, Day, Person, Unit

_REASONS = [choice for choice in Assignment.Reason.choices if choice[0] not in {"hired", "concurrent"}]


class UnitFormBase(forms.Form):
    """Forms that choose a unit of the day they are shown on."""

    def __init__(self, *args: Any, on: date | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        units = [name for name, one in self.fields.items() if isinstance(one, Unit)]
        choices = unit_choices(on or timezone.localdate()) if units else []
        for name in units:
            field = self.fields[name]
            assert isinstance(field, Unit)
            field.offer(choices)


class NewUnitForm(UnitFormBase):
    columns = 2
    name = forms.CharField(label=gettext_lazy("組織名"), max_length=80)
    code = forms.CharField(
        label=gettext_lazy("組織コード"),
        max_length=32,
        help_text=gettext_lazy("取り込みと書き出しで使います。"),
    )
    parent = Unit(label=gettext_lazy("上位組織"))
    kind = forms.ChoiceField(label=gettext_lazy("種類"), choices=KINDS, initial="section")
    function = forms.ChoiceField(label=gettext_lazy("機能"), choices=FUNCTIONS, initial="XX")
    valid_from = Day(label=gettext_lazy("いつから"))
    sort_order = forms.IntegerField(label=gettext_lazy("並び順"), min_value=0, required=False)

    def clean_sort_order(self) -> int:
        return self.cleaned_data["sort_order"] or 0


class ChangeUnitForm(UnitFormBase):
    columns = 2
    on = Day(label=gettext_lazy("いつから"))
    name = forms.CharField(label=gettext_lazy("組織名"), max_length=80)
    parent = Unit(
        label=gettext_lazy("上位組織"), required=False, empty=gettext_lazy("なし（いちばん上の組織）")
    )
    kind = forms.ChoiceField(label=gettext_lazy("種類"), choices=KINDS)
    function = forms.ChoiceField(label=gettext_lazy("機能"), choices=FUNCTIONS)
    sort_order = forms.IntegerField(label=gettext_lazy("並び順"), min_value=0, required=False)

    def clean_sort_order(self) -> int:
        return self.cleaned_data["sort_order"] or 0


class CloseUnitForm(forms.Form):
    last_day = Day(label=gettext_lazy("最後の日"))


class HeadForm(forms.Form):
    on = Day(label=gettext_lazy("いつから"))
    member = Person(
        label=gettext_lazy("組織の長"),
        required=False,
        help_text=gettext_lazy("空欄は空席です。社員番号か氏名を入れます。"),
    )
    deputy = Person(
        label=gettext_lazy("代行"), required=False, help_text=gettext_lazy("空席の間に承認する人です。")
    )


class ParticularsForm(forms.Form):
    """Names exactly as written; readings become full-width katakana."""

    columns = 2

    member_no = forms.CharField(label=gettext_lazy("社員番号"), max_length=32)
    family_name = forms.CharField(label=gettext_lazy("姓"), max_length=60)
    given_name = forms.CharField(label=gettext_lazy("名"), max_length=60, required=False)
    family_kana = forms.CharField(label=gettext_lazy("セイ"), max_length=60, required=False)
    given_kana = forms.CharField(label=gettext_lazy("メイ"), max_length=60, required=False)
    display_name = forms.CharField(
        label=gettext_lazy("表示名"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("旧姓やビジネスネームを使う場合に入れます。"),
    )
    email = forms.EmailField(label=gettext_lazy("メールアドレス"), required=False)
    employment_type = forms.ChoiceField(
        label=gettext_lazy("雇用区分"), choices=Member.EmploymentType.choices, initial="regular"
    )
    hired_on = Day(label=gettext_lazy("入社日"), required=False)
    note = forms.CharField(
        label=gettext_lazy("備考"),
        required=False,
        widget=forms.Textarea,
        help_text=gettext_lazy("人事だけが見ます。健康や家族の事情は書きません。"),
    )

    def clean_family_kana(self) -> str:
        return to_katakana(self.cleaned_data["family_kana"])

    def clean_given_kana(self) -> str:
        return to_katakana(self.cleaned_data["given_kana"])


class NewMemberForm(ParticularsForm, UnitFormBase):
    hired_on = Day(label=gettext_lazy("入社日"))
    unit = Unit(label=gettext_lazy("所属"))
    post = forms.CharField(label=gettext_lazy("役職"), max_length=60, required=False)
    supervisor = Person(
        label=gettext_lazy("上司"),
        required=False,
        help_text=gettext_lazy("空欄のときは組織の長が一次評価者です。社員番号か氏名を入れます。"),
    )
    grade_code = forms.CharField(label=gettext_lazy("等級"), max_length=16, required=False)
    band = forms.ChoiceField(label=gettext_lazy("等級帯"), choices=Grade.Band.choices, initial="staff")

    field_order = (
        "member_no",
        "hired_on",
        "family_name",
        "given_name",
        "family_kana",
        "given_kana",
        "display_name",
        "email",
        "employment_type",
        "unit",
        "post",
        "supervisor",
        "grade_code",
        "band",
        "note",
    )


class TransferForm(UnitFormBase):
    on = Day(label=gettext_lazy("発令日"))
    unit = Unit(label=gettext_lazy("異動先"))
    post = forms.CharField(label=gettext_lazy("役職"), max_length=60, required=False)
    supervisor = Person(
        label=gettext_lazy("上司"),
        required=False,
        help_text=gettext_lazy("空欄のときは組織の長が一次評価者です。社員番号か氏名を入れます。"),
    )
    reason = forms.ChoiceField(label=gettext_lazy("発令の理由"), choices=_REASONS, initial="transferred")


class ConcurrentForm(UnitFormBase):
    on = Day(label=gettext_lazy("いつから"))
    last_day = Day(
        label=gettext_lazy("最後の日"), required=False, help_text=gettext_lazy("空欄は期限なしです。")
    )
    unit = Unit(label=gettext_lazy("兼務先"))
    percent = forms.IntegerField(
        label=gettext_lazy("比率（%）"),
        min_value=1,
        max_value=99,
        help_text=gettext_lazy("この分だけ本務の比率が減ります。"),
    )
    post = forms.CharField(label=gettext_lazy("役職"), max_length=60, required=False)
    supervisor = Person(label=gettext_lazy("上司"), required=False)


class DayForm(forms.Form):
    on = Day(label=gettext_lazy("最後の日"))


class GradeForm(forms.Form):
    on = Day(label=gettext_lazy("いつから"))
    grade_code = forms.CharField(label=gettext_lazy("等級"), max_length=16)
    band = forms.ChoiceField(label=gettext_lazy("等級帯"), choices=Grade.Band.choices)


class LeaveForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("休業区分"),
        choices=Leave.Kind.choices,
        help_text=gettext_lazy("人事だけが見ます。ほかの人には「休業中」とだけ出ます。"),
    )
    first_day = Day(label=gettext_lazy("開始日"))
    last_day = Day(label=gettext_lazy("終了日"), required=False, help_text=gettext_lazy("空欄は未定です。"))


class LeavingForm(forms.Form):
    left_on = Day(label=gettext_lazy("退職日"), help_text=gettext_lazy("最後の在籍日です。例：2026/9/30"))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=200)


class NoQuestion(forms.Form):
    """A page that only asks for the button to be pressed."""


class MemberFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("検索"), required=False)
    unit = Unit(label=gettext_lazy("組織"), required=False, empty=gettext_lazy("すべての組織"))
    state = forms.ChoiceField(label=gettext_lazy("在籍"), required=False)

    def __init__(
        self, *args: Any, with_leavers: bool, units: list[tuple[int, str, int]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        unit, state = self.fields["unit"], self.fields["state"]
        assert isinstance(unit, Unit)
        assert isinstance(state, forms.ChoiceField)
        unit.offer(units)
        choices = [("", _("在籍中")), ("away", _("休業中"))]
        state.choices = choices + ([("left", _("退職済み"))] if with_leavers else [])
