"""目標管理シート on A4 landscape: the page is the paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dodai.goals.models import SheetComment
from dodai.organization.http import MemberRequest
from dodai.web.sheets.looking import Line, find_sheet, lines_of, sums_of

PER_PAGE = 6


@dataclass(frozen=True)
class Paper:
    """One sheet of paper: up to six goals, the foot on the last."""

    number: int
    lines: list[Line]
    is_last: bool


@require_safe
def paper(request: MemberRequest, pk: int) -> HttpResponse:
    sheet = find_sheet(request, pk)
    lines = lines_of(sheet)
    version = sheet.versions.order_by("-number").values_list("number", flat=True).first()
    talks = sheet.comments.filter(
        kind__in=(SheetComment.Kind.RETURNED, SheetComment.Kind.APPROVED)
    ).select_related("author")
    context = {
        "sheet": sheet,
        "papers": papers_of(lines),
        "version": version,
        "printed_at": timezone.now(),
        "company": request.company,
        "talks": [one for one in talks.order_by("at")[:6] if one.text],
        **sums_of(lines),
    }
    return render(request, "sheets/print.html", context)


def papers_of(lines: list[Line]) -> list[Paper]:
    """Six goals fit on one page; an empty sheet is one page to write on by hand."""
    cuts = range(0, max(len(lines), 1), PER_PAGE)
    return [
        Paper(number, lines[start : start + PER_PAGE], start + PER_PAGE >= len(lines))
        for number, start in enumerate(cuts, 1)
    ]
