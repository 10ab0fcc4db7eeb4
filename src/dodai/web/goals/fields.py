"""Fields that read what people in Japan type: full-width digits, ▲5, 令和8年9月30日."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dodai.core.dates import read_date
from dodai.core.numbers import plain, read_decimal
from dodai.core.text import UnreadableText, count_characters


class NumberField(forms.Field):
    """An exact number; empty is None. ``places`` are the decimals that are allowed."""

    widget = forms.TextInput(
        attrs={"inputmode": "decimal", "autocomplete": "off", "data-kind": "number", "class": "input"}
    )

    def __init__(self, *, places: int = 4, **options: Any) -> None:
        super().__init__(**options)
        self.places = places

    def to_python(self, value: object) -> Decimal | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return read_decimal(text, places=self.places)
        except UnreadableText as error:
            raise _invalid(error) from error

    def prepare_value(self, value: object) -> object:
        return plain(value) if isinstance(value, Decimal) else value


class CountField(NumberField):
    """A whole number from 0 up to ``most``."""

    def __init__(self, *, most: int = 1_000_000_000, **options: Any) -> None:
        super().__init__(places=0, **options)
        self.most = most

    def to_python(self, value: object) -> int | None:  # type: ignore[override]
        number = super().to_python(value)
        if number is None:
            return None
        if not 0 <= number <= self.most:
            raise ValidationError(_("0から%(most)sまでの整数を入れてください。") % {"most": f"{self.most:,}"})
        return int(number)


class DayField(forms.Field):
    """A day in any of the spellings of ``core.dates``."""

    def to_python(self, value: object) -> date | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return read_date(text)
        except UnreadableText as error:
            raise _invalid(error) from error

    def prepare_value(self, value: object) -> object:
        return value.isoformat() if isinstance(value, date) else value


class Words(forms.CharField):
    """Text of a person: kept as typed, counted as a person counts (one 葛󠄀 is one letter)."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(strip=True, **options)
        self.most = most

    def validate(self, value: Any) -> None:
        super().validate(value)
        count = count_characters(str(value or ""))
        if count > self.most:
            raise ValidationError(
                _("%(over)s字多くなっています。%(most)s字までにしてください。")
                % {"over": count - self.most, "most": self.most}
            )


def _invalid(error: UnreadableText) -> ValidationError:
    return ValidationError(_(error.template) % error.params)
