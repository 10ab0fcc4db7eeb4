"""アカウント of a person, for システム管理者. A password is shown once, as the answer to a press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from dodai.core.errors import NotAllowed
from dodai.organization import actions, permissions
from dodai.organization.http import MemberRequest
from dodai.organization.models import Member
from dodai.web.asking import Question, ask, seen_version
from dodai.web.organization.forms import ReasonForm


@require_POST
def account(request: MemberRequest, pk: int) -> HttpResponse:
    """Create the login."""
    return _issue(request, pk, actions.provision)


@require_POST
def password(request: MemberRequest, pk: int) -> HttpResponse:
    """A new initial password; the old one and every session end."""
    return _issue(request, pk, actions.issue_password)


@require_http_methods(["GET", "HEAD", "POST"])
def suspension(request: MemberRequest, pk: int) -> HttpResponse:
    about = _managed(request, pk)
    question = Question(
        title=_("アカウントの停止（%(name)s）") % {"name": about.name},
        button=_("停止"),
        back=reverse("organization:member", args=[about.pk]),
        back_label=_("%(name)sさんのページに戻る") % {"name": about.name},
        tone="danger",
        done=_("アカウントを停止しました。"),
        warning=_("ログイン中の画面も、次の操作から使えなくなります。"),
    )

    def write(data: dict[str, Any], version: int) -> str:
        actions.suspend(about, by=request.member, version=version, reason=data["reason"])
        return question.back

    return ask(request, ReasonForm(request.POST or None), question, write, about=about)


@require_POST
def restoration(request: MemberRequest, pk: int) -> HttpResponse:
    about = _managed(request, pk)
    actions.restore(about, by=request.member, version=seen_version(request))
    messages.success(request, _("アカウントを再開しました。"))
    return redirect("organization:member", pk=pk)


@sensitive_variables("shown")
def _issue(request: MemberRequest, pk: int, verb: Callable[..., str]) -> HttpResponse:
    about = _managed(request, pk)
    shown = verb(about, by=request.member, version=seen_version(request))
    about.refresh_from_db()
    return render(request, "organization/password.html", {"about": about, "password": shown})


def _managed(request: MemberRequest, pk: int) -> Member:
    if not permissions.can_manage_accounts(request.member):
        raise NotAllowed(_("アカウントを扱えるのはシステム管理者だけです。"))
    return get_object_or_404(Member.objects.visible_to(request.member).select_related("account"), pk=pk)
