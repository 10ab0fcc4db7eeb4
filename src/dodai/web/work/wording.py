"""The words of the board that stand beside codes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dodai.web.work.asked import Asked
from dodai.work.models import WorkItem
from dodai.work.rules import Column, Quadrant

QUADRANTS: dict[Quadrant, str | Promise] = {
    Quadrant.GOAL: _("目標の候補"),
    Quadrant.RISK: _("知識が途切れやすい"),
    Quadrant.REDUCE: _("減らす・やめる候補"),
    Quadrant.KEEP: _("今のまま"),
}
MATRIX_COLUMNS: dict[Column, str | Promise] = {
    Column.ON_DEMAND: _("随時"),
    Column.YEARLY: _("年次"),
    Column.QUARTERLY: _("四半期"),
    Column.MONTHLY: _("月次"),
    Column.WEEKLY: _("週次"),
    Column.DAILY: _("日次"),
}
#: A move in the matrix keeps 隔週 and 半期 where they share a column with 週次 and 年次.
FREQUENCY_OF: dict[Column, str] = {column: column.value for column in Column}
HOURS_A_MONTH = _("時間／月")


@dataclass(frozen=True)
class Head:
    """A column head of the table; ``url`` sorts by it, ``sorted`` says how it is sorted now."""

    key: str
    label: str | Promise
    url: str = ""
    sorted: str = ""
    is_number: bool = False


_HEADS: dict[str, tuple[tuple[str, str | Promise, bool], ...]] = {
    "people": (
        ("name", _("業務"), False),
        ("frequency", _("頻度"), False),
        ("importance", _("重要度"), False),
        ("hours", HOURS_A_MONTH, True),
        ("", _("成果"), False),
        ("", _("指標"), False),
        ("owner", pgettext_lazy("業務", "担当"), False),
        ("people", _("担当できる人"), True),
        ("", _("これから"), False),
        ("", _("目標"), False),
    ),
    "hours": (
        ("name", _("業務"), False),
        ("frequency", _("頻度"), False),
        ("importance", _("重要度"), False),
        ("", _("1回（分）"), True),
        ("", _("年間回数"), True),
        ("hours", _("年間時間"), True),
        ("", _("構成比"), True),
        ("", _("改善余地"), True),
        ("", _("マニュアル"), False),
        ("priority", _("改善優先度"), True),
        ("", _("位置づけ"), False),
    ),
}


def columns_of(asked: Asked) -> list[Head]:
    heads = []
    for key, label, is_number in _HEADS[asked.columns]:
        falling = f"-{key}"
        now = {key: "ascending", falling: "descending"}.get(asked.sort, "") if key else ""
        url = asked.url(sort=key if asked.sort == falling else falling) if key else ""
        heads.append(Head(key, label, url, now, is_number))
    return heads


def label_of(name: str) -> str:
    return str(WorkItem._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
