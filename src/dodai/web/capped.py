"""Paging that never counts a whole huge table: beyond a thousand it only says that there are more."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

PER_PAGE = 50
MOST = 1000


class CappedPaginator(Paginator[Any]):
    """Pages of 50 over at most the first thousand rows; ``is_capped`` asks for a narrower filter."""

    @cached_property
    def count(self) -> int:
        return min(self._reached, MOST)

    @property
    def is_capped(self) -> bool:
        return self._reached > MOST

    @cached_property
    def _reached(self) -> int:
        rows = self.object_list
        if isinstance(rows, QuerySet):
            return len(rows.order_by().values_list("pk")[: MOST + 1])
        return len(rows)


def page_of(request: HttpRequest, rows: Any) -> Any:
    """The page the address asks for; a page that does not exist becomes the nearest one."""
    return CappedPaginator(rows, PER_PAGE).get_page(request.GET.get("page"))
