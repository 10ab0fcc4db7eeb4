"""社員: the directory, and the page of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dodai.organization import permissions
from dodai.organization.http import MemberRequest
from dodai.organization.models import Assignment, Leave, Member, OrgUnitVersion, RoleAssignment
from dodai.organization.reporting import unit_names
from dodai.web.capped import page_of
from dodai.web.organization.chart import near_units
from dodai.web.organization.forms import MemberFilter

_ONE_DAY = timedelta(days=1)


@require_safe
def members(request: MemberRequest) -> HttpResponse:
    """Everyone who works here, by kana; number, name, kana and mail address are searched."""
    today = timezone.localdate()
    with_leavers = permissions.can_see_leavers(request.member)
    asked = MemberFilter(
        request.GET, with_leavers=with_leavers, units=near_units(today, chosen=request.GET.get("unit", ""))
    )
    asked.is_valid()
    rows = Member.objects.visible_to(request.member)
    state = asked.cleaned_data.get("state")
    rows = rows.filter(left_on__lt=today) if state == "left" else rows.employed(today)
    if state == "away":
        rows = rows.filter(pk__in=Leave.objects.on(today).values("member"))
    if unit := asked.cleaned_data.get("unit"):
        rows = rows.filter(
            pk__in=Assignment.objects.on(today).in_subtree_of(unit.pk, on=today).values("member")
        )
    if words := asked.cleaned_data.get("q"):
        rows = rows.matching(words)
    page = page_of(request, rows)
    page.object_list = _with_places(list(page.object_list), today)
    return render(
        request,
        "organization/members.html",
        {
            "form": asked,
            "page": page,
            "is_filtered": bool(words or unit or state),
            "may_edit": permissions.can_edit_organization(request.member),
        },
    )


@require_safe
def member(request: MemberRequest, pk: int) -> HttpResponse:
    """What the viewer may know about a person; the rules of ``permissions`` decide field by field."""
    found = get_object_or_404(Member.objects.visible_to(request.member).select_related("account"), pk=pk)
    today = timezone.localdate()
    may_see = permissions.can_see_personal(request.member, found)
    may_edit = permissions.can_edit_organization(request.member)
    stays = _stays(found, today, whole=may_see)
    return render(
        request,
        "organization/member.html",
        {
            "about": found,
            "stays": stays,
            "now": next((stay for stay in stays if stay.is_now and stay.is_primary), None),
            "grades": list(found.grades.order_by("-valid_from")) if may_see else [],
            "leaves": _leaves(found, request.member, today),
            "is_away": Leave.objects.on(today).filter(member=found).exists() if not may_edit else None,
            "roles": _roles(found, request.member, today),
            "may_see": may_see,
            "may_edit": may_edit,
            "may_manage_account": permissions.can_manage_account_of(request.member, found),
            "may_see_account": permissions.can_manage_accounts(request.member),
            "has_left": found.left_on is not None and found.left_on < today,
            "will_leave": found.left_on is not None and found.left_on >= today,
        },
    )


@dataclass(frozen=True)
class Stay:
    """One row of 所属 as the page shows it."""

    row: Assignment
    unit_name: str
    is_now: bool
    is_past: bool
    last_day: date | None

    @property
    def is_primary(self) -> bool:
        return self.row.kind == Assignment.Kind.PRIMARY


def _stays(found: Member, today: date, *, whole: bool) -> list[Stay]:
    """Today's rows for everyone; the history for those who may know it."""
    rows = (
        Assignment.objects.filter(member=found).select_related("supervisor").order_by("-valid_from", "-kind")
    )
    if not whole:
        rows = rows.on(today)
    listed = list(rows)
    names = unit_names({row.unit_id for row in listed}, today)
    missing = {row.unit_id for row in listed} - names.keys()
    if missing:  # units that are closed, or do not exist yet
        older = OrgUnitVersion.objects.filter(unit__in=missing).order_by("valid_from")
        names |= dict(older.values_list("unit_id", "name"))
    return [
        Stay(
            row=row,
            unit_name=names.get(row.unit_id, ""),
            is_now=row.valid_from <= today and (row.valid_to is None or today < row.valid_to),
            is_past=row.valid_to is not None and row.valid_to <= today,
            last_day=row.valid_to - _ONE_DAY if row.valid_to else None,
        )
        for row in listed
    ]


def _leaves(found: Member, viewer: Member, today: date) -> list[dict[str, Any]]:
    """Only 人事 gets rows, because only 人事 may read the kind and the days."""
    if not permissions.can_see_leave_kind(viewer):
        return []
    return [
        {
            "row": row,
            "kind": row.get_kind_display(),
            "last_day": row.valid_to - _ONE_DAY if row.valid_to else None,
            "is_now": row.valid_from <= today and (row.valid_to is None or today < row.valid_to),
            "is_over": row.valid_to is not None and row.valid_to <= today,
        }
        for row in found.leaves.order_by("-valid_from")
    ]


def _roles(found: Member, viewer: Member, today: date) -> list[RoleAssignment] | None:
    """None when the viewer may not know."""
    if not permissions.can_see_roles(viewer, found):
        return None
    return list(RoleAssignment.objects.on(today).filter(member=found).order_by("role"))


def _with_places(people: list[Member], today: date) -> list[dict[str, Any]]:
    """The people of a page with unit, post and 休業中: three queries whatever their number."""
    ids = [person.pk for person in people]
    places: dict[int, list[Assignment]] = {}
    for row in Assignment.objects.on(today).filter(member__in=ids).order_by("-kind"):
        places.setdefault(row.member_id, []).append(row)
    names = unit_names({row.unit_id for rows in places.values() for row in rows}, today)
    away = set(Leave.objects.on(today).filter(member__in=ids).values_list("member_id", flat=True))
    found = []
    for person in people:
        rows = places.get(person.pk, [])
        found.append(
            {
                "person": person,
                "post": rows[0].post if rows else "",
                "unit": names.get(rows[0].unit_id, "") if rows else "",
                "unit_pk": rows[0].unit_id if rows else None,
                "others": [names.get(row.unit_id, "") for row in rows[1:]],
                "is_away": person.pk in away,
            }
        )
    return found
