"""What a person types about one goal: its words, its date, its weight, its milestones and requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dodai.goals.models import Goal, Milestone
from dodai.web.goals.fields import CountField, DayField, Words

MILESTONE_ROWS = 5


class VersionForm(forms.Form):
    """The version the page was drawn with; without one nothing is written."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> int:
        form = cls(data)
        return int(form.cleaned_data["version"]) if form.is_valid() else 0


class StatementForm(forms.Form):
    """目標を書く. Read leniently while drafting: what can be read is kept, the rest stays on the screen."""

    title = Words(label=gettext_lazy("目標"), most=40)
    statement = Words(label=gettext_lazy("達成状態"), most=300, widget=forms.Textarea)
    criteria = Words(label=gettext_lazy("達成基準"), most=300, widget=forms.Textarea)
    goal_type = forms.ChoiceField(
        label=gettext_lazy("種別"), choices=Goal.Type.choices, widget=forms.RadioSelect
    )
    deadline = DayField(
        label=gettext_lazy("期限"), widget=forms.TextInput(attrs={"type": "date", "class": "input"})
    )
    deadline_text = DayField(label=gettext_lazy("期限（文字で入力）"), required=False)
    weight = CountField(label=gettext_lazy("ウェイト"), most=100)
    difficulty_planned = forms.ChoiceField(
        label=gettext_lazy("難易度"), choices=Goal.Difficulty.choices, widget=forms.RadioSelect
    )
    difficulty_reason = Words(label=gettext_lazy("難易度の理由"), most=200, required=False)
    parent = forms.ChoiceField(label=gettext_lazy("上位目標"), required=False)
    reason_outcome = Words(label=gettext_lazy("何のため"), most=300, required=False, widget=forms.Textarea)
    approach = Words(label=gettext_lazy("進め方・工夫"), most=1000, required=False, widget=forms.Textarea)
    learning_goal = forms.BooleanField(label=gettext_lazy("学習目標にする"), required=False)
    is_public = forms.BooleanField(label=gettext_lazy("同じ部門の同僚に公開する"), required=False)

    def __init__(self, goal: Goal, data: Any = None, *, parents: Sequence[tuple[str, str]] = ()) -> None:
        self.goal = goal
        super().__init__(data, initial=stored_words(goal))
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ChoiceField)
        parent.choices = [("", _("選ばない")), *parents]
        for name in self.fields:
            # After a comparison only the fields picked as mine are sent; the others stand as stored.
            if data is not None and name not in data:
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """The text twin of the date wins: it is there for pasting and for eras."""
        cleaned = super().clean() or {}
        if (typed := cleaned.pop("deadline_text", None)) is not None:
            cleaned["deadline"] = typed
            self.errors.pop("deadline", None)
        return cleaned

    def readable(self) -> dict[str, Any]:
        """What of the sent fields could be read; a field that was not sent is left alone."""
        self.errors  # noqa: B018 – reading it cleans the form
        sent = {name: value for name, value in self.cleaned_data.items() if self._was_sent(name)}
        if "parent" in sent:
            sent |= parent_fields(sent.pop("parent"))
        if sent.get("weight", 0) is None:
            sent["weight"] = 0
        return sent

    def _was_sent(self, name: str) -> bool:
        if name in ("learning_goal", "is_public"):
            return f"{name}_shown" in self.data
        if name == "deadline":
            return "deadline" in self.data or bool(self.data.get("deadline_text"))
        return name in self.data


def stored_words(goal: Goal) -> dict[str, Any]:
    names = (
        "title", "statement", "criteria", "goal_type", "deadline", "difficulty_planned",
        "difficulty_reason", "reason_outcome", "approach", "learning_goal", "is_public",
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(goal, name) for name in names}
    values["weight"] = goal.weight or None
    values["parent"] = parent_key(goal)
    return values


def parent_key(goal: Goal) -> str:
    if goal.parent_org_goal_id:
        return f"org-{goal.parent_org_goal_id}"
    return f"goal-{goal.parent_goal_id}" if goal.parent_goal_id else ""


def parent_fields(key: str) -> dict[str, int | None]:
    """``org-3`` or ``goal-8`` as the two foreign keys of a goal."""
    kind, _sep, pk = key.partition("-")
    return {
        "parent_org_goal_id": int(pk) if kind == "org" else None,
        "parent_goal_id": int(pk) if kind == "goal" else None,
    }


@dataclass(frozen=True)
class TypedMilestone:
    title: str
    due_on: date
    weight: int


class MilestoneForm(forms.Form):
    """One row of 節目; an empty row is no milestone."""

    title = Words(label=gettext_lazy("節目"), most=80, required=False)
    due_on = DayField(label=gettext_lazy("期日"), required=False)
    weight = CountField(label=gettext_lazy("配分"), most=100, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("title") and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("節目の期日がありません。日付を入れてください。"))
        if cleaned.get("due_on") and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("節目の名称がありません。何が終わるかを書いてください。"))
        return cleaned

    @property
    def milestone(self) -> TypedMilestone | None:
        if self.errors or not self.cleaned_data.get("title"):
            return None
        values = self.cleaned_data
        return TypedMilestone(values["title"], values["due_on"], values.get("weight") or 0)


def milestone_forms(stored: Sequence[Milestone], data: Any = None) -> list[MilestoneForm]:
    """Always some empty rows, so that adding one needs no script."""
    rows = max(MILESTONE_ROWS, len(stored) + 1)
    forms_ = []
    for row in range(rows):
        initial = {}
        if row < len(stored):
            milestone = stored[row]
            initial = {
                "title": milestone.title,
                "due_on": milestone.due_on,
                "weight": milestone.weight or None,
            }
        prefix = f"ms{row}"
        bound = data if data is not None and f"{prefix}-title" in data else None
        forms_.append(MilestoneForm(bound, prefix=prefix, initial=initial, auto_id="%s"))
    return forms_


class RequestForm(forms.Form):
    """A request to another department or person (依存)."""

    to = Words(label=gettext_lazy("依頼先"), most=80, help_text=gettext_lazy("部門名、氏名または社員番号"))
    request = Words(label=gettext_lazy("依頼内容"), most=200)
    due_on = DayField(label=gettext_lazy("期日"), required=False)


class AnswerForm(forms.Form):
    """The answer of the person or the unit asked; 再提案 names another date."""

    agreement = forms.ChoiceField(
        label=gettext_lazy("回答"),
        choices=[
            ("agreed", gettext_lazy("合意")),
            ("refused", gettext_lazy("不可")),
            ("proposed", gettext_lazy("期日の再提案")),
        ],
        widget=forms.RadioSelect,
    )
    answer = Words(label=gettext_lazy("ひとこと"), most=200, required=False)
    due_on = DayField(label=gettext_lazy("再提案の期日"), required=False)


class OwnIndicatorForm(forms.Form):
    """A 指標 of one's own, created where it is needed."""

    name = Words(label=gettext_lazy("指標名"), most=80)
    definition = Words(label=gettext_lazy("定義"), most=300, widget=forms.Textarea)
    unit = Words(label=gettext_lazy("単位"), most=20)
    direction = forms.ChoiceField(label=gettext_lazy("良い方向"))
    data_source = Words(label=gettext_lazy("データの出どころ"), most=120)
    frequency = Words(label=gettext_lazy("測る頻度"), most=40)

    def __init__(self, *args: Any, **options: Any) -> None:
        from dodai.indicators.models import IndicatorVersion

        super().__init__(*args, **options)
        direction = self.fields["direction"]
        assert isinstance(direction, forms.ChoiceField)
        direction.choices = IndicatorVersion.Direction.choices


class OwnRubricForm(forms.Form):
    """A 評価段階表 of one's own; levels 1, 3 and 5 are what it stands on."""

    name = Words(label=gettext_lazy("評価段階表の名前"), most=80)
    level_5 = Words(label=gettext_lazy("段階5の姿"), most=300)
    level_4 = Words(label=gettext_lazy("段階4の姿"), most=300, required=False)
    level_3 = Words(label=gettext_lazy("段階3の姿（期待どおり）"), most=300)
    level_2 = Words(label=gettext_lazy("段階2の姿"), most=300, required=False)
    level_1 = Words(label=gettext_lazy("段階1の姿"), most=300)


class WorkItemForm(forms.Form):
    """A piece of work added in passing; the rest is filled on the board."""

    name = Words(label=gettext_lazy("業務名"), most=60)
    category_l = Words(label=gettext_lazy("大分類"), most=60)


class OutcomeForm(forms.Form):
    """誰に・何が・どうなる: a state, not an activity."""

    beneficiary = Words(label=gettext_lazy("誰に"), most=60)
    thing = Words(label=gettext_lazy("何が"), most=80)
    state = Words(label=gettext_lazy("どうなる"), most=120)
    category = forms.ChoiceField(label=gettext_lazy("分類"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        from dodai.work.models import Outcome

        super().__init__(*args, **options)
        category = self.fields["category"]
        assert isinstance(category, forms.ChoiceField)
        category.choices = [("", _("選ばない")), *Outcome.Category.choices]


class WeightForm(forms.Form):
    """The weight of one goal on the sheet."""

    weight = CountField(label=gettext_lazy("ウェイト"), most=100)
