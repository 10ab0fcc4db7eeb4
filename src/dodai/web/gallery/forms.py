"""A form with every kind of field, filled with faults on purpose."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    target = forms.DecimalField(label=_("目標値"), help_text=_("現状より良い値を入れます。"))
    due_on = forms.CharField(label=_("期限"), help_text=_("例：2026/9/30、令和8年9月30日"))
    criteria = forms.CharField(label=_("達成基準"), widget=forms.Textarea)
    unit = forms.ChoiceField(label=_("部門"), required=False, choices=[("keiri", _("経理課"))])
    number = forms.CharField(label=_("社員番号"), disabled=True, required=False, initial="001259")
    importance = forms.ChoiceField(
        label=_("重要度"), choices=[(n, str(n)) for n in range(1, 6)], widget=forms.RadioSelect
    )
    next_step = forms.ChoiceField(
        label=_("これから"),
        choices=[("keep", _("続ける")), ("reduce", _("減らす")), ("stop", _("やめる"))],
        widget=forms.RadioSelect,
    )
    late_only = forms.BooleanField(label=_("遅延だけ"), required=False)

    def clean_due_on(self) -> str:
        raise forms.ValidationError(_("2月に30日はありません。日付を直してください。"))

    def clean_criteria(self) -> str:
        raise forms.ValidationError(_("達成基準に数字がありません。件数・率・日数のどれかを入れてください。"))
