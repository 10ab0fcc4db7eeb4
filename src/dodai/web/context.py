"""What the frame of every page needs: navigation, the period, what the person may open."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dodai.cycles.models import Cycle
from dodai.organization.http import MemberRequest
from dodai.organization.models import Company, Member

_CYCLES_SHOWN = 12

#: (label, route, icon of the lucide set); a step appears here when it is built.
_STEPS = (
    (_("ホーム"), "home:home", "house"),
    (_("業務"), "work:board", "list-checks"),
    (pgettext_lazy("見出し", "目標"), "goals:goals", "target"),
    (pgettext_lazy("メニュー", "組織目標"), "org_goals:tree", "flag"),
    (pgettext_lazy("見出し", "指標"), "indicators:library", "ruler"),
    (pgettext_lazy("見出し", "組織"), "organization:chart", "network"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor of ``base.html`` and the components."""
    member: Member | None = getattr(request, "member", None)
    values: dict[str, Any] = {"DEMO": settings.DEMO, "member": member}
    if member is None:
        values["demo_people"] = SimpleLazyObject(_demo_people)
        return values
    values["navigation"] = [
        {
            "label": str(label),
            "url": address,
            "icon": icon,
            "key": route.partition(":")[0],
            "phone": route.partition(":")[0] in {"home", "goals", "interviews"},
            "current": request.path == address if route == "home:home" else request.path.startswith(address),
        }
        for label, route, icon in _STEPS
        if (address := _address(route))
    ]
    values["may_administer"] = bool(member.roles & {"hr", "hr_head"})
    values["may_operate"] = "system_admin" in member.roles
    values["may_audit"] = bool(member.roles & {"auditor", "system_admin"})
    values["cycle"] = SimpleLazyObject(lambda: current_cycle(request))
    values["cycles"] = SimpleLazyObject(lambda: _recent_cycles(request))
    return values


def _address(route: str) -> str:
    """Empty while the step is not built."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def current_cycle(request: HttpRequest) -> Cycle | None:
    """The period the person works in: the chosen one, else the newest that is open to them."""
    recent = _recent_cycles(request)
    chosen = request.session.get("cycle")
    open_ones = [cycle for cycle in recent if cycle.status not in {"preparing", "archived"}]
    return next((cycle for cycle in recent if cycle.pk == chosen), open_ones[0] if open_ones else None)


def _recent_cycles(request: HttpRequest) -> list[Cycle]:
    """The periods of the switch, newest first; read once per request."""
    if not hasattr(request, "_dodai_cycles"):
        member = cast(MemberRequest, request).member
        newest = Cycle.objects.visible_to(member).select_related("policy").newest_first()
        request._dodai_cycles = list(newest[:_CYCLES_SHOWN])  # type: ignore[attr-defined]
    return request._dodai_cycles  # type: ignore[attr-defined, no-any-return]


def _demo_people() -> list[dict[str, str]]:
    """One login a role, on the login page of the invented company alone."""
    if not settings.DEMO or not Company.objects.filter(is_demo=True).exists():
        return []
    people = []
    for login in settings.DEMO_LOGINS:
        name, _space, role = str(login.label).partition("　")
        people.append(
            {"login": login.member_no, "password": settings.DEMO_PASSWORD, "name": name, "role": role}
        )
    return people
