"""評価制度 as a form: every setting of ``Policy`` in words, and back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dodai.core.numbers import plain, read_decimal
from dodai.core.text import UnreadableText
from dodai.cycles.rules import Policy
from dodai.smart.rulebook import rulebook
from dodai.smart.wording import wording

_NEEDS = [
    ("required", gettext_lazy("必須")),
    ("recommended", gettext_lazy("推奨")),
    ("optional", gettext_lazy("任意")),
]
_INTERVIEWS = {
    "goal_setting": gettext_lazy("目標設定面談"),
    "quarterly": gettext_lazy("四半期面談"),
    "interim": gettext_lazy("中間面談"),
    "period_end": gettext_lazy("期末面談"),
    "feedback": gettext_lazy("フィードバック面談"),
    "one_on_one": gettext_lazy("1on1"),
}
_BANDS = {
    "staff": gettext_lazy("担当"),
    "lead": gettext_lazy("主任・リーダー"),
    "manager": gettext_lazy("管理職"),
}
_ELEMENTS = (gettext_lazy("業績"), gettext_lazy("プロセス"), gettext_lazy("行動"))
_STRICTNESS = [
    ("", gettext_lazy("既定")),
    ("info", gettext_lazy("助言")),
    ("warn", gettext_lazy("警告")),
    ("error", gettext_lazy("必須")),
]
#: Settings that are lists of bounds, with the names of their places.
_LISTS: dict[str, tuple[str, ...]] = {
    "band_bounds": ("5", "4", "3", "2"),
    "rubric_marks": ("1", "2", "3", "4", "5"),
    "grade_bounds": ("S", "A", "B", "C"),
}
_WHOLE = ("fewest_goals", "most_goals", "weight_min", "weight_max", "weight_step")
_PLAIN = (*_WHOLE, "both_kinds_required", "manager_must_develop", "behaviour_used", "points_rule")


class Figure(forms.Field):
    """An exact number as accounts write it."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "data-kind": "number"})

    def to_python(self, value: object) -> Decimal | None:
        try:
            return read_decimal(str(value or ""), places=4)
        except UnreadableText as error:
            raise ValidationError(_(error.template) % error.params) from error

    def prepare_value(self, value: object) -> object:
        return plain(value) if isinstance(value, Decimal) else value


class Whole(Figure):
    def to_python(self, value: object) -> int | None:  # type: ignore[override]
        number = super().to_python(value)
        if number is None or number != int(number):
            raise ValidationError(_("整数を入れてください。"))
        return int(number)


class PolicyForm(forms.Form):
    stages = forms.ChoiceField(
        label=gettext_lazy("承認の段階"),
        choices=[("2", gettext_lazy("二段階（一次・二次）")), ("1", gettext_lazy("単段階（一次のみ）"))],
        widget=forms.RadioSelect,
    )
    fewest_goals = Whole(label=gettext_lazy("目標の最少件数"))
    most_goals = Whole(label=gettext_lazy("目標の最多件数"))
    weight_min = Whole(label=gettext_lazy("ウェイトの下限"))
    weight_max = Whole(label=gettext_lazy("ウェイトの上限"))
    weight_step = Whole(label=gettext_lazy("ウェイトの刻み"))
    both_kinds_required = forms.BooleanField(
        label=gettext_lazy("定量と定性を1件以上ずつ求める"), required=False
    )
    manager_must_develop = forms.BooleanField(
        label=gettext_lazy("管理職に育成の目標を求める"), required=False
    )
    stretch_percent = Figure(
        label=gettext_lazy("変化の大きさの目安"),
        help_text=gettext_lazy("基準値からの変化がこれを超えると、手段があるかを尋ねます。"),
    )
    difficulty_mode = forms.ChoiceField(
        label=gettext_lazy("難易度"),
        choices=[
            ("none", gettext_lazy("使わない")),
            ("coefficient", gettext_lazy("係数で評点に掛ける")),
            ("matrix", gettext_lazy("達成度との表で決める")),
        ],
    )
    cap = Figure(label=gettext_lazy("達成度の上限"))
    points_rule = forms.ChoiceField(
        label=gettext_lazy("評点の付け方"),
        choices=[("bands", gettext_lazy("達成度の段で決める")), ("line", gettext_lazy("達成度に比例"))],
    )
    behaviour_used = forms.BooleanField(label=gettext_lazy("行動の評価を使う"), required=False)
    borderline = Figure(label=gettext_lazy("評語の境界とみなす幅"))
    minimum_percent = Figure(
        label=gettext_lazy("評価に必要な在籍"), help_text=gettext_lazy("期間の営業日に対する割合です。")
    )

    def __init__(self, data: Any = None, *, settings: Mapping[str, Any]) -> None:
        self.policy = Policy.from_json(settings)
        super().__init__(data, initial=self._initial())
        for band, name in _BANDS.items():
            for place, element in enumerate(_ELEMENTS):
                self.fields[f"element_{band}_{place}"] = Whole(label=f"{name}・{element}")
        for key, places in _LISTS.items():
            for index, name_of_place in enumerate(places):
                self.fields[f"{key}_{index}"] = Figure(label=name_of_place)
        for key, label in _INTERVIEWS.items():
            self.fields[f"interview_{key}"] = forms.ChoiceField(label=label, choices=_NEEDS)
        for rule in rulebook().values():
            if rule.policy_adjustable:
                self.fields[f"rule_{rule.id}"] = forms.ChoiceField(
                    label=rule.id, choices=_STRICTNESS, required=False
                )

    def settings(self) -> dict[str, Any]:
        """The typed settings in the form a policy stores."""
        data = self.cleaned_data
        return {
            **self.policy.to_json(),
            **{key: data[key] for key in _PLAIN},
            "stages": int(data["stages"]),
            "difficulty_mode": data["difficulty_mode"],
            "cap": plain(data["cap"]),
            "borderline": plain(data["borderline"]),
            "stretch_limit": plain(data["stretch_percent"] / 100),
            "minimum_service": plain(data["minimum_percent"] / 100),
            "element_weights": {
                band: [data[f"element_{band}_{place}"] for place in range(len(_ELEMENTS))] for band in _BANDS
            },
            "interviews": {key: data[f"interview_{key}"] for key in _INTERVIEWS},
            "severities": {
                name.removeprefix("rule_"): value
                for name, value in data.items()
                if name.startswith("rule_") and value
            },
            **{
                key: [plain(data[f"{key}_{index}"]) for index in range(len(places))]
                for key, places in _LISTS.items()
            },
        }

    def elements(self) -> list[tuple[str, list[tuple[str, BoundField]]]]:
        """(等級帯, (業績 …, its field)): the label of a field alone also names the band, for the summary."""
        return [
            (
                str(name),
                [(str(one), self[f"element_{band}_{place}"]) for place, one in enumerate(_ELEMENTS)],
            )
            for band, name in _BANDS.items()
        ]

    def bounds(self, key: str) -> list[BoundField]:
        return [self[f"{key}_{index}"] for index in range(len(_LISTS[key]))]

    def band_bounds(self) -> list[BoundField]:
        return self.bounds("band_bounds")

    def rubric_marks(self) -> list[BoundField]:
        return self.bounds("rubric_marks")

    def grade_bounds(self) -> list[BoundField]:
        return self.bounds("grade_bounds")

    def interviews(self) -> list[BoundField]:
        return [self[f"interview_{key}"] for key in _INTERVIEWS]

    def rules(self) -> list[dict[str, Any]]:
        """Each adjustable rule of the 点検 with its letter, its sentence and the chosen strictness."""
        words = wording("en" if get_language() == "en" else "ja")
        return [
            {
                "id": rule.id,
                "letter": rule.letter,
                "text": words.message(rule.id, {}),
                "usual": dict(_STRICTNESS)[rule.severity.value],
                "field": self[f"rule_{rule.id}"],
            }
            for rule in rulebook().values()
            if rule.policy_adjustable
        ]

    def _initial(self) -> dict[str, Any]:
        policy = self.policy
        initial: dict[str, Any] = {key: getattr(policy, key) for key in _PLAIN}
        initial |= {
            "stages": str(policy.stages),
            "difficulty_mode": policy.difficulty_mode,
            "cap": policy.cap,
            "borderline": policy.borderline,
            "stretch_percent": policy.stretch_limit * 100,
            "minimum_percent": policy.minimum_service * 100,
        }
        for band, weights in policy.element_weights.items():
            initial |= {f"element_{band}_{place}": weight for place, weight in enumerate(weights)}
        for key in _LISTS:
            initial |= {f"{key}_{index}": bound for index, bound in enumerate(getattr(policy, key))}
        initial |= {f"interview_{key}": need for key, need in policy.interviews.items()}
        return initial | {f"rule_{rule}": severity for rule, severity in policy.severities.items()}
