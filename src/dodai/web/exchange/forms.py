"""What a person types about a file: the file itself, how to read it, answers, and a purpose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dodai.exchange.models import ImportBatch
from dodai.files.limits import DEFAULT
from dodai.web.goals.fields import DayField

ENCODINGS = (
    ("", gettext_lazy("自動で判別")),
    ("utf-8", "UTF-8"),
    ("cp932", "Shift_JIS（CP932）"),
    ("utf-16", "UTF-16"),
)
ANSWER = "answer:"
_MEGABYTES = DEFAULT.upload_bytes // 1024 // 1024


class TableFile(forms.FileField):
    """A csv or xlsx. Its content decides what it is; only its size is looked at here."""

    widget = forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.xlsm"})

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value.size > DEFAULT.upload_bytes:
            raise ValidationError(
                _("ファイルが%(limit)s MBを超えています。分けて取り込んでください。") % {"limit": _MEGABYTES}
            )


class UploadForm(forms.Form):
    file = TableFile(
        label=gettext_lazy("ファイル"),
        help_text=gettext_lazy("CSVかxlsxです。題名の行や注記、結合したセルがあっても読めます。"),
    )
    as_of = DayField(
        label=gettext_lazy("基準日"),
        help_text=gettext_lazy("ファイルの内容が有効な日です。例：2026/4/1"),
    )


class PeopleUploadForm(UploadForm):
    second_file = TableFile(
        label=gettext_lazy("異動一覧"),
        required=False,
        help_text=gettext_lazy("基準日より後の発令があれば、一緒に取り込みます。"),
    )
    field_order = ("file", "second_file", "as_of")


class ReadingForm(forms.Form):
    """How a file is read again: encoding, day, and which column is what."""

    encoding = forms.ChoiceField(label=gettext_lazy("文字コード"), choices=ENCODINGS, required=False)
    as_of = DayField(label=gettext_lazy("基準日"))

    def __init__(self, batch: ImportBatch, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"encoding": batch.encoding, "as_of": batch.as_of})
        self.batch = batch

    @property
    def day(self) -> date:
        day: date = self.cleaned_data["as_of"]
        return day

    def mapping(self) -> dict[str, dict[str, int]]:
        """Per sheet: field → column, from selects named ``column:<sheet>:<column>``."""
        chosen: dict[str, dict[str, int]] = {}
        for place, sheet in enumerate(self.batch.sheets):
            columns = {
                key: index
                for index in range(len(sheet["labels"]))
                if (key := self.data.get(f"column:{place}:{index}", ""))
            }
            if columns != sheet["columns"]:
                chosen[sheet["name"]] = columns
        return chosen or self.batch.mapping


class PurposeForm(forms.Form):
    purpose = forms.CharField(
        label=gettext_lazy("利用目的"),
        max_length=200,
        help_text=gettext_lazy("監査ログに残ります。例：2026年度上期の評価者の確認"),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("形式"), choices=(("xlsx", "Excel（xlsx）"), ("csv", "CSV（UTF-8）"))
    )


def answers_of(data: Mapping[str, Any]) -> dict[str, str]:
    """The answers of the page: ``answer:<id>``; an empty one takes an earlier answer back."""
    return {name.removeprefix(ANSWER): str(data[name]).strip() for name in data if name.startswith(ANSWER)}


def version_of(data: Mapping[str, Any]) -> int:
    version = str(data.get("version", ""))
    return int(version) if version.isdecimal() else 0
