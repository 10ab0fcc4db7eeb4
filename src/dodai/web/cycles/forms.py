"""What 人事 types about a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dodai.cycles.models import CyclePhase, EvaluationPolicy
from dodai.cycles.rules import PhaseWindow
from dodai.web.cycles.periods import Offer
from dodai.web.organization.fields import Day

#: The answer in place of a policy when the company has none yet.
NEW_POLICY = "new"


class PeriodForm(forms.Form):
    period = forms.ChoiceField(
        label=gettext_lazy("期間"),
        help_text=gettext_lazy("会社の事業年度から選びます。すでにある期間は出ません。"),
    )
    name = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("空欄のときは「2026年度上期」のように付けます。"),
    )

    def __init__(self, *args: Any, groups: list[tuple[str, list[Offer]]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (name, [(offer.code, offer.label) for offer in offers]) for name, offers in groups if offers
        ]


class PhasesForm(forms.Form):
    """One row a phase; a row without dates leaves the phase out."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind, label in CyclePhase.Kind.choices:
            self.fields[f"opens_{kind}"] = Day(
                label=_("%(phase)sの開始日") % {"phase": label}, required=False, help_text=""
            )
            self.fields[f"due_{kind}"] = Day(
                label=_("%(phase)sの期限") % {"phase": label}, required=False, help_text=""
            )

    @staticmethod
    def initial_of(windows: Iterable[PhaseWindow | CyclePhase]) -> dict[str, date]:
        initial = {}
        for window in windows:
            initial[f"opens_{window.kind}"] = window.opens_on
            initial[f"due_{window.kind}"] = window.due_on
        return initial

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for kind, _label in CyclePhase.Kind.choices:
            opens, due = data.get(f"opens_{kind}"), data.get(f"due_{kind}")
            both_read = not self.errors.keys() & {f"opens_{kind}", f"due_{kind}"}
            if both_read and (opens is None) != (due is None):
                missing = f"due_{kind}" if opens else f"opens_{kind}"
                self.add_error(missing, _("開始日と期限は両方を入れるか、両方を空欄にしてください。"))
            if opens and due and due < opens:
                self.add_error(f"due_{kind}", _("期限が開始日より前です。日付を直してください。"))
        return data

    def windows(self) -> list[PhaseWindow]:
        data: Mapping[str, Any] = self.cleaned_data
        return [
            PhaseWindow(kind, data[f"opens_{kind}"], data[f"due_{kind}"])
            for kind, _label in CyclePhase.Kind.choices
            if data.get(f"opens_{kind}")
        ]

    def rows(self) -> list[tuple[str, BoundField, BoundField]]:
        return [
            (str(label), self[f"opens_{kind}"], self[f"due_{kind}"])
            for kind, label in CyclePhase.Kind.choices
        ]


class PolicyChoiceForm(forms.Form):
    policy = forms.ChoiceField(label=gettext_lazy("評価制度"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, policies: list[EvaluationPolicy], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["policy"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.pk), str(one)) for one in policies] or [
            (NEW_POLICY, _("標準の評価制度を使う"))
        ]


class AnnouncementForm(forms.Form):
    announcement = forms.CharField(
        label=gettext_lazy("お知らせ"),
        required=False,
        widget=forms.Textarea,
        help_text=gettext_lazy("公開すると、全員のホームに出ます。"),
    )
