"""What the frame of every page needs: navigation, the period, what the person may open."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from dodai.cycles.models import Cycle
from dodai.organization.models import Member

#: (label, route, icon of the lucide set); a step appears here when it is built.
_STEPS = (
    (_("ホーム"), "home:home", "house"),
    (_("業務"), "work:board", "list-checks"),
    (_("目標"), "goals:goals", "target"),
    (_("組織"), "organization:chart", "network"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor of ``base.html`` and the components."""
    member: Member | None = getattr(request, "member", None)
    values: dict[str, Any] = {"DEMO": settings.DEMO, "member": member}
    if member is None:
        return values
    values["navigation"] = [
        {
            "label": str(label),
            "url": reverse(route),
            "icon": icon,
            "key": route.partition(":")[0],
            "phone": route.partition(":")[0] in {"home", "goals", "interviews"},
            "current": request.path == reverse(route)
            if route == "home:home"
            else request.path.startswith(reverse(route)),
        }
        for label, route, icon in _STEPS
    ]
    values["may_administer"] = bool(member.roles & {"hr", "hr_head"})
    values["may_operate"] = "system_admin" in member.roles
    values["may_audit"] = bool(member.roles & {"auditor", "system_admin"})
    values["cycle"] = SimpleLazyObject(lambda: current_cycle(request))
    values["cycles"] = SimpleLazyObject(lambda: list(Cycle.objects.visible_to(member).newest_first()[:8]))
    return values


def current_cycle(request: HttpRequest) -> Cycle | None:
    """The period the person works in: the chosen one, else the newest that is open to them."""
    if hasattr(request, "_dodai_cycle"):
        return request._dodai_cycle  # type: ignore[no-any-return]
    visible = Cycle.objects.visible_to(request.member).select_related("policy")  # type: ignore[attr-defined]
    chosen = request.session.get("cycle")
    cycle = visible.filter(pk=chosen).first() if chosen else None
    cycle = cycle or visible.exclude(status__in=("preparing", "archived")).newest_first().first()
    request._dodai_cycle = cycle  # type: ignore[attr-defined]
    return cycle
