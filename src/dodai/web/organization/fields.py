"""Fields for days, people and units. A person is typed by number or name, so that no list of all is sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dodai.core.dates import read_date, table_date
from dodai.core.text import UnreadableText
from dodai.organization.models import Member, OrgUnit, OrgUnitVersion

_SHOWN = 5


class Day(forms.Field):
    """A day in any spelling of ``core.dates``; shown as 2026/04/01."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", gettext_lazy("例：2026/9/30、令和8年9月30日"))
        super().__init__(**options)
        self.widget.attrs.setdefault("autocomplete", "off")
        self.widget.attrs["data-day"] = ""

    def to_python(self, value: object) -> date | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return read_date(text)
        except UnreadableText as error:
            raise ValidationError(_(error.template) % error.params) from error

    def prepare_value(self, value: object) -> object:
        return table_date(value) if isinstance(value, date) else value


class Person(forms.Field):
    """A member who works here, by 社員番号 or by name; several of a name are told apart by number."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", gettext_lazy("社員番号か氏名を入れます。"))
        super().__init__(**options)
        self.widget.attrs["autocomplete"] = "off"

    def to_python(self, value: object) -> Member | None:
        text = str(value or "").strip()
        if not text:
            return None
        exact = Member.objects.filter(member_no=text, left_on=None).first()
        if exact is not None:
            return exact
        found = list(Member.objects.filter(left_on=None).matching(text)[: _SHOWN + 1])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                _("「%(text)s」という社員は見つかりません。社員番号か氏名を直してください。") % {"text": text}
            )
        people = "、".join(f"{one.member_no} {one.name}" for one in found[:_SHOWN])
        raise ValidationError(
            _("「%(text)s」に当てはまる人が複数います。社員番号で入れてください（%(people)s）。")
            % {"text": text, "people": people}
        )

    def prepare_value(self, value: object) -> object:
        return f"{value.member_no}" if isinstance(value, Member) else value


class Unit(forms.ChoiceField):
    """A unit of the day, indented by its depth."""

    def __init__(self, *, empty: str | Promise = "", **options: Any) -> None:
        super().__init__(**options)
        self.empty = empty

    def offer(self, units: Iterable[tuple[int, str, int]]) -> None:
        """``(id, name, depth)`` in the order of the chart."""
        first = [("", str(self.empty or _("選択してください")))]
        self.choices = first + [(str(pk), "　" * depth + name) for pk, name, depth in units]

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return OrgUnit.objects.get(pk=chosen) if chosen else None

    def prepare_value(self, value: object) -> object:
        return str(value.pk) if isinstance(value, OrgUnit) else value


KINDS = OrgUnitVersion.Kind.choices
FUNCTIONS = OrgUnitVersion.Function.choices
