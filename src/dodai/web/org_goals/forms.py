"""What an organisation goal says, as a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dodai.core.spans import valid_on
from dodai.cycles.models import Cycle
from dodai.goals import permissions
from dodai.goals.models import OrgGoal
from dodai.goals.models.org_goals import Contribution
from dodai.indicators.models import Indicator, IndicatorVersion
from dodai.organization.models import Member, OrgUnitVersion
from dodai.web.goals.fields import NumberField, Words
from dodai.web.org_goals.tree import day_in
from dodai.web.organization.chart import unit_choices
from dodai.web.organization.fields import Day, Person, Unit

_MOST = 300


class OrgGoalForm(forms.Form):
    unit = Unit(label=gettext_lazy("組織"))
    title = Words(label=gettext_lazy("組織目標"), most=60)
    statement = Words(
        label=gettext_lazy("達成状態"), most=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    deadline = Day(label=gettext_lazy("期限"))
    parent = forms.ModelChoiceField(
        label=gettext_lazy("上位目標"),
        queryset=OrgGoal.objects.none(),
        required=False,
        empty_label=gettext_lazy("つなげない"),
    )
    contribution = forms.ChoiceField(
        label=gettext_lazy("貢献方法"), choices=Contribution.choices, widget=forms.RadioSelect
    )
    owner = Person(label=gettext_lazy("責任者"))
    indicator = forms.ModelChoiceField(
        label=gettext_lazy("指標"),
        queryset=Indicator.objects.none(),
        required=False,
        empty_label=gettext_lazy("選んでいません"),
    )
    baseline = NumberField(label=gettext_lazy("基準値"), required=False)
    target = NumberField(label=gettext_lazy("目標値"), required=False)

    def __init__(self, *args: Any, member: Member, cycle: Cycle, goal: OrgGoal | None = None, **options: Any):
        super().__init__(*args, **options)
        above = OrgGoal.objects.visible_to(member).of(cycle).active().order_by("unit_id", "pk")
        self._offer("parent", above.exclude(pk=goal.pk) if goal else above)
        usable = Indicator.objects.visible_to(member).usable().select_related("current")
        self._offer("indicator", usable.exclude(current=None).order_by("function", "code"))
        if goal is not None:
            self.fields.pop("unit")  # a goal stays with its unit
            return
        unit = self.fields["unit"]
        assert isinstance(unit, Unit)
        on = day_in(cycle)
        mine = set(
            OrgUnitVersion.objects.filter(permissions.manageable_units(member), valid_on(on)).values_list(
                "unit_id", flat=True
            )
        )
        unit.offer([choice for choice in unit_choices(on) if choice[0] in mine])

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows[:_MOST] if not self.is_bound else rows

    def as_fields(self) -> dict[str, Any]:
        """The arguments of the actions; the unit is given apart."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("unit", "indicator")}
        chosen: Indicator | None = self.cleaned_data["indicator"]
        version: IndicatorVersion | None = chosen.current if chosen else None
        return data | {"indicator_version": version}

    @staticmethod
    def values_of(goal: OrgGoal) -> dict[str, Any]:
        names = ("title", "statement", "deadline", "parent", "contribution", "owner", "baseline", "target")
        version = goal.indicator_version
        return {name: getattr(goal, name) for name in names} | {
            "indicator": version.indicator_id if version else None
        }


class CancellationForm(forms.Form):
    reason = Words(
        label=gettext_lazy("理由"), most=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
