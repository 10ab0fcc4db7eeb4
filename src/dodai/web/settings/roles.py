"""役割 and 代理: who holds them, granted by 人事責任者 and 人事."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dodai.core.errors import NotAllowed
from dodai.organization import actions, permissions
from dodai.organization.http import MemberRequest
from dodai.organization.models import Delegation, RoleAssignment
from dodai.web.asking import Question, ask, seen_version
from dodai.web.settings.forms import DelegationForm, RoleForm

_ONE_DAY = timedelta(days=1)


@require_safe
def roles(request: MemberRequest) -> HttpResponse:
    """Everybody with a role today or later, by role."""
    if not permissions.can_open_roles(request.member):
        raise NotAllowed(_("役割を見られるのは、人事・システム管理者・監査だけです。"))
    today = timezone.localdate()
    rows = (
        RoleAssignment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=today))
        .select_related("member")
        .order_by("role", "member__family_kana", "member__member_no")
    )
    return render(
        request,
        "settings/roles.html",
        {
            "rows": [
                {
                    "row": row,
                    "last_day": row.valid_to - _ONE_DAY if row.valid_to else None,
                    "is_planned": row.valid_from > today,
                }
                for row in rows
            ],
            "may_grant": permissions.can_grant_roles(request.member),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def role_new(request: MemberRequest) -> HttpResponse:
    if not permissions.can_grant_roles(request.member):
        raise NotAllowed(_("役割を割り当てられるのは人事責任者だけです。"))
    question = Question(
        title=_("役割の割り当て"),
        button=_("割り当て"),
        back=reverse("settings:roles"),
        back_label=_("役割に戻る"),
        done=_("役割を割り当てました。"),
        lead=_("自分には割り当てられません。"),
    )

    def write(data: dict[str, Any], _version: int) -> str:
        actions.grant_role(data.pop("member"), by=request.member, **data)
        return question.back

    form = RoleForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    return ask(request, form, question, write)


@require_POST
def role_end(request: MemberRequest, pk: int) -> HttpResponse:
    if not permissions.can_grant_roles(request.member):
        raise NotAllowed(_("役割を外せるのは人事責任者だけです。"))
    actions.revoke_role(
        get_object_or_404(RoleAssignment, pk=pk), by=request.member, version=seen_version(request)
    )
    messages.success(request, _("役割を外しました。"))
    return redirect("settings:roles")


@require_safe
def delegations(request: MemberRequest) -> HttpResponse:
    """代理 of today and later."""
    if not permissions.can_open_delegations(request.member):
        raise NotAllowed(_("代理を見られるのは、人事と監査だけです。"))
    today = timezone.localdate()
    rows = (
        Delegation.objects.filter(Q(valid_to=None) | Q(valid_to__gt=today))
        .select_related("principal", "delegate")
        .order_by("valid_from", "pk")
    )
    return render(
        request,
        "settings/delegations.html",
        {
            "rows": [{"row": row, "last_day": row.valid_to and row.valid_to - _ONE_DAY} for row in rows],
            "may_edit": permissions.is_hr(request.member),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_new(request: MemberRequest) -> HttpResponse:
    if not permissions.is_hr(request.member):
        raise NotAllowed(_("代理を設定できるのは人事だけです。"))
    question = Question(
        title=_("代理の設定"),
        button=pgettext("操作", "設定"),
        back=reverse("settings:delegations"),
        back_label=_("代理に戻る"),
        done=_("代理を設定しました。"),
        lead=_("代理の承認は「X（Y代行）」と記録します。自分を代理にはできません。"),
    )

    def write(data: dict[str, Any], _version: int) -> str:
        actions.set_delegation(data.pop("principal"), by=request.member, **data)
        return question.back

    form = DelegationForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    return ask(request, form, question, write)


@require_POST
def delegation_end(request: MemberRequest, pk: int) -> HttpResponse:
    if not permissions.is_hr(request.member):
        raise NotAllowed(_("代理を終えられるのは人事だけです。"))
    actions.end_delegation(
        get_object_or_404(Delegation, pk=pk), by=request.member, version=seen_version(request)
    )
    messages.success(request, _("代理を終えました。"))
    return redirect("settings:delegations")
