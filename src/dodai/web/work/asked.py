"""What a person asked the board for: the query of the address, read once and written back into links."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from dodai.work.models import WorkItem

VIEWS = ("table", "matrix", "overlap")
COLUMNS = ("people", "hours")
SORTS = ("name", "frequency", "importance", "hours", "people", "owner", "priority")
LACKS = ("outcome", "answer", "owner", "stand_in")


@dataclass(frozen=True)
class Asked:
    """An unknown value falls back to the default, so that an old or mistyped address still opens."""

    view: str = "table"
    unit: int | None = None
    member: str = ""  # "me", "all", "none" or the id of a person; empty: me, or all of a chosen unit
    q: str = ""
    status: str = ""
    outlook: str = ""
    lack: str = ""
    importance: int | None = None
    column: int | None = None  # of the matrix, counted from the rarest
    columns: str = "people"
    sort: str = "-importance"
    page: int = 1
    item: int | None = None

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        unit = _number(query.get("unit"))
        member = query.get("member", "")
        if query.get("scope") == "unit" and not member:
            member = "all"
        sort = query.get("sort", "")
        return cls(
            view=_one_of(query.get("view"), VIEWS, "table"),
            unit=unit,
            member=member if member in ("me", "all", "none") or member.isdigit() else "",
            q=query.get("q", "").strip()[:100],
            status=_one_of(query.get("status"), WorkItem.Status.values, ""),
            outlook=_one_of(query.get("outlook"), WorkItem.Outlook.values, ""),
            lack=_one_of(query.get("lack"), LACKS, ""),
            importance=_number(query.get("importance")),
            column=_number(query.get("column")),
            columns=_one_of(query.get("columns"), COLUMNS, "people"),
            sort=sort if sort.removeprefix("-") in SORTS else "-importance",
            page=_number(query.get("page")) or 1,
            item=_number(query.get("item")),
        )

    @property
    def whose(self) -> str:
        """A chosen unit means everyone in it, otherwise the board begins with oneself."""
        return self.member or ("all" if self.unit else "me")

    @property
    def is_narrowed(self) -> bool:
        return any((self.q, self.status, self.outlook, self.lack, self.importance, self.column is not None))

    def url(self, **changes: object) -> str:
        """The board with something changed; what is at its default is left out of the address."""
        asked = replace(self, **({"page": 1, "item": None} | changes))  # type: ignore[arg-type]
        default = type(self)()
        kept = {
            each.name: value
            for each in fields(asked)
            if (value := getattr(asked, each.name)) != getattr(default, each.name)
        }
        query = urlencode({name: "" if value is None else value for name, value in kept.items()})
        return f"{reverse('work:board')}{'?' + query if query else ''}"

    def without_filters(self) -> str:
        return self.url(q="", status="", outlook="", lack="", importance=None, column=None)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _one_of(text: str | None, choices: list[str] | tuple[str, ...], default: str) -> str:
    return text if text and text in choices else default
