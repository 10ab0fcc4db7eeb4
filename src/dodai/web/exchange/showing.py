"""What the page of one import shows: figures, questions, columns, rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dodai.exchange.exports import FIELDS
from dodai.exchange.models import ImportBatch, ImportRow
from dodai.exchange.wording import SKIP_LABEL

PER_PAGE = 50
QUESTIONS_SHOWN = 60
PREPARATION: Mapping[str, dict[str, Any]] = {
    ImportBatch.Kind.PEOPLE: {
        "title": gettext_lazy("社員名簿の取り込み"),
        "lead": gettext_lazy("社員・部門・兼務・休業を、名簿と異動一覧から取り込みます。"),
        "templates": (
            ("exchange:people-template", gettext_lazy("社員名簿")),
            ("exchange:transfers-template", gettext_lazy("異動一覧")),
        ),
    },
    ImportBatch.Kind.WORK: {
        "title": gettext_lazy("業務棚卸表の取り込み"),
        "lead": gettext_lazy("部門の業務棚卸表から、業務・担当・時間を取り込みます。"),
        "templates": (("exchange:work-template", gettext_lazy("業務棚卸表")),),
    },
}
_NOTHING_LEFT = {"error", "question"}


@dataclass(frozen=True)
class Asked:
    """One question as a field of the page."""

    id: str
    sentence: str
    about: str
    rows: str
    options: list[tuple[str, str]]
    value: str
    is_required: bool
    is_proposed: bool
    is_answered: bool


def steps() -> list[str]:
    return [_("準備"), _("内容の確認"), _("実行"), _("完了")]


def current_step(batch: ImportBatch) -> int:
    if batch.state == ImportBatch.State.COMPLETED:
        return 4
    return 3 if batch.is_confirmed else 2


def page(batch: ImportBatch, query: QueryDict) -> dict[str, Any]:
    show = query.get("show", "")
    statuses = dict(ImportRow.Status.choices)
    rows = batch.rows.all()
    if show in statuses:
        rows = rows.filter(status=show)
    asked = [_asked(question) for question in batch.questions]
    return {
        "batch": batch,
        "title": PREPARATION[batch.kind]["title"],
        "steps": steps(),
        "step": current_step(batch),
        "figures": _figures(batch),
        "show": show if show in statuses else "",
        "page": _rows_page(rows, query.get("page")),
        "questions": asked[:QUESTIONS_SHOWN],
        "questions_left": max(0, len(asked) - QUESTIONS_SHOWN),
        "open_count": sum(1 for each in asked if each.is_required and not each.is_answered),
        "sheets": [_sheet(place, sheet, batch.kind) for place, sheet in enumerate(batch.sheets)],
        "earlier": _earlier(batch),
        "faults": sum(int(batch.counts.get(status, 0)) for status in _NOTHING_LEFT),
    }


def _earlier(batch: ImportBatch) -> ImportBatch | None:
    """The same file, carried out before: asked about first, because doing it again is rarely meant."""
    done = ImportBatch.objects.filter(kind=batch.kind, sha256=batch.sha256, state=ImportBatch.State.COMPLETED)
    return done.exclude(pk=batch.pk).select_related("created_by").first() if batch.sha256 else None


def _rows_page(rows: QuerySet[ImportRow], number: str | None) -> Page[ImportRow]:
    """``brings`` is the short form for a row that only adds: there is no before to compare with."""
    page = Paginator(rows, PER_PAGE).get_page(number)
    for row in page.object_list:
        is_new = row.differences and not any(each["before"] for each in row.differences)
        row.brings = row.differences if is_new else []  # type: ignore[attr-defined]
    return page


def _figures(batch: ImportBatch) -> list[dict[str, Any]]:
    return [
        {"status": status, "label": label, "count": batch.counts.get(status, 0)}
        for status, label in ImportRow.Status.choices
    ]


def _asked(question: Mapping[str, Any]) -> Asked:
    answer, proposal = question["answer"], question["proposal"]
    options = [(value, _(label)) for value, label in question["options"]]
    if options and proposal is None and not any(value == "" for value, _label in options):
        first = _("選んでください") if question["required"] else str(SKIP_LABEL)
        options.insert(0, ("", first))
    return Asked(
        id=question["id"],
        sentence=question["sentence"],
        about=question["about"],
        rows=_rows(question),
        options=options,
        value=(proposal or "") if answer is None else answer,
        is_required=question["required"],
        is_proposed=proposal is not None,
        is_answered=answer is not None,
    )


def _rows(question: Mapping[str, Any]) -> str:
    """Where the question comes up: 3、7、9行目 ほか12行."""
    numbers = "、".join(str(row) for _sheet, row in question["rows"][:5])
    rest = question["count"] - min(5, len(question["rows"]))
    if rest > 0:
        return _("%(rows)s行目 ほか%(rest)s行") % {"rows": numbers, "rest": rest}
    return _("%(rows)s行目") % {"rows": numbers}


def _sheet(place: int, sheet: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The columns of one sheet, each with the field it goes to."""
    by_column = {index: key for key, index in sheet["columns"].items()}
    fields = [(field.key, field.label) for field in FIELDS[kind]]
    return {
        "name": sheet["name"],
        "top": sheet["top"],
        "bottom": sheet["bottom"],
        "fields": fields,
        "columns": [
            {"name": f"column:{place}:{index}", "label": label, "value": by_column.get(index, "")}
            for index, label in enumerate(sheet["labels"])
            if label
        ],
    }
