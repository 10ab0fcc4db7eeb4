"""指標ライブラリ: every definition a person may use, by department, kind and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dodai.indicators import actions, permissions
from dodai.indicators.models import Indicator
from dodai.indicators.querysets import IndicatorQuerySet
from dodai.organization.http import MemberRequest
from dodai.organization.models import OrgUnitVersion
from dodai.web.capped import page_of
from dodai.web.plots import Balance

#: Departments the catalogue has templates for.
TEMPLATES = [(code, label) for code, label in OrgUnitVersion.Function.choices if code != "XX"]


@dataclass(frozen=True)
class Wanted:
    """The filters of the address; what is not known is left out."""

    function: str = ""
    kind: str = ""
    words: str = ""
    retired: bool = False

    @classmethod
    def read(cls, request: MemberRequest) -> Wanted:
        function, kind = request.GET.get("department", ""), request.GET.get("kind", "")
        return cls(
            function if function in OrgUnitVersion.Function.values else "",
            kind if kind in Indicator.Kind.values else "",
            request.GET.get("q", "").strip()[:60],
            request.GET.get("retired") == "1",
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.function or self.kind or self.words or self.retired)

    def address(self, **changes: str) -> str:
        """This page with other filters."""
        query = {
            "department": self.function,
            "kind": self.kind,
            "q": self.words,
            "retired": "1" if self.retired else "",
        } | changes
        kept = {name: value for name, value in query.items() if value}
        return reverse("indicators:library") + (f"?{urlencode(kept)}" if kept else "")


@require_safe
def library(request: MemberRequest) -> HttpResponse:
    wanted = Wanted.read(request)
    found = _matching(Indicator.objects.visible_to(request.member), wanted)
    rows = found.filter(kind=wanted.kind) if wanted.kind else found
    context: dict[str, Any] = {
        "page": page_of(request, rows.for_list().order_by("function", "-kind", "code")),
        "balance": _balance(found),
        "wanted": wanted,
        "departments": OrgUnitVersion.Function.choices,
        "kinds": _kinds(wanted),
        "may_load": permissions.can_load_catalogue(request.member),
        "templates": TEMPLATES,
    }
    return render(request, "indicators/library.html", context)


@require_POST
def catalogue(request: MemberRequest) -> HttpResponse:
    """人事 brings in the template of one department."""
    code = request.POST.get("department", "")
    made = actions.load_catalogue(code, by=request.member)
    if made:
        messages.success(request, _("指標を%(count)s件読み込みました。") % {"count": len(made)})
    else:
        messages.info(request, _("このひな形の指標はすべて登録されています。"))
    return HttpResponseRedirect(Wanted(function=code).address())


def _matching(rows: IndicatorQuerySet, wanted: Wanted) -> IndicatorQuerySet:
    if wanted.function:
        rows = rows.of_function(wanted.function)
    if not wanted.retired:
        rows = rows.usable()
    return rows.matching(wanted.words) if wanted.words else rows


def _balance(rows: QuerySet[Indicator]) -> Balance:
    counts = dict(rows.order_by().values_list("kind").annotate(count=Count("pk")))
    return Balance(
        counts.get(Indicator.Kind.QUANTITATIVE, 0), counts.get(Indicator.Kind.QUALITATIVE, 0), guide=60
    )


def _kinds(wanted: Wanted) -> list[dict[str, object]]:
    choices = [("", _("すべて")), *Indicator.Kind.choices]
    return [
        {"label": str(label), "url": wanted.address(kind=code), "current": wanted.kind == code}
        for code, label in choices
    ]
