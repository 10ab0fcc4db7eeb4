"""個人設定: language, shortcuts, and the browsers that are signed in."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from dodai.accounts.models import Account
from dodai.organization import actions
from dodai.organization.http import MemberRequest
from dodai.web.asking import Question, ask
from dodai.web.redirects import back_to_page


class ProfileForm(forms.Form):
    language = forms.ChoiceField(
        label=gettext_lazy("表示言語"), choices=Account.Language.choices, widget=forms.RadioSelect
    )
    shortcuts_enabled = forms.BooleanField(
        label=gettext_lazy("キーボードショートカットを使う"), required=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    question = Question(
        title=_("個人設定"),
        button=_("保存"),
        back="/",
        back_label=_("ホームに戻る"),
        done=_("個人設定を保存しました。"),
    )

    def write(data: dict[str, Any], _version: int) -> str:
        actions.change_profile(request.member, by=request.member, **data)
        return reverse("profile:profile")

    form = ProfileForm(
        request.POST or None,
        initial={"language": request.user.language, "shortcuts_enabled": request.user.shortcuts_enabled},
    )
    return ask(
        request, form, question, write, template="profile/profile.html", more={"sessions": _sessions(request)}
    )


@require_POST
def language(request: MemberRequest) -> HttpResponse:
    """The switch in the account menu: back to the same page in the other language."""
    chosen = request.POST.get("language", "")
    if chosen in Account.Language.values:
        actions.change_profile(
            request.member,
            by=request.member,
            language=chosen,
            shortcuts_enabled=request.user.shortcuts_enabled,
        )
    return back_to_page(request)


@require_POST
def session_end(request: MemberRequest, pk: int) -> HttpResponse:
    """Sign out one of one's own browsers."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    actions.end_own_session(session, by=request.member)
    messages.success(request, _("ログインを終えました。"))
    return redirect("profile:profile")


def _sessions(request: MemberRequest) -> list[dict[str, Any]]:
    rows = UserSession.objects.filter(user=request.user).order_by("-created_at")
    return [
        {
            "pk": row.pk,
            "ip": row.ip,
            "browser": _browser(row.user_agent),
            "since": row.created_at,
            "is_this": row.session_key == request.session.session_key,
        }
        for row in rows[:20]
    ]


def _browser(agent: str) -> str:
    """A name people know; the rest of the long text says nothing to them."""
    for sign, name in (
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ):
        if sign in agent:
            return name
    return _("不明なブラウザー")
