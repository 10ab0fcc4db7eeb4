"""期間: the list, one period, and the steps 人事 takes with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dodai.core.errors import NotAllowed
from dodai.cycles import actions, permissions
from dodai.cycles.models import Cycle
from dodai.organization.http import MemberRequest
from dodai.organization.models import Member
from dodai.web.asking import Question, ask
from dodai.web.cycles.forms import AnnouncementForm, PhasesForm
from dodai.web.cycles.summary import policy_facts
from dodai.web.organization.forms import NoQuestion
from dodai.web.redirects import back_to_page

_PUBLISHED = Cycle.Status.PUBLISHED


@require_safe
def cycles(request: MemberRequest) -> HttpResponse:
    rows = Cycle.objects.visible_to(request.member).select_related("policy").newest_first()
    return render(
        request,
        "cycles/cycles.html",
        {"rows": rows, "may_run": permissions.can_run_cycles(request.member), "today": timezone.localdate()},
    )


@require_safe
def cycle(request: MemberRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    today = timezone.localdate()
    phases = [
        {"row": row, "is_open": row.is_open(today), "is_over": row.due_on < today}
        for row in found.phases.all()
    ]
    return render(
        request,
        "cycles/cycle.html",
        {
            "about": found,
            "phases": phases,
            "facts": policy_facts(found.policy.settings),
            "may_run": permissions.can_run_cycles(request.member),
            "may_publish": found.status == Cycle.Status.PREPARING,
            "may_start": found.status == _PUBLISHED,
        },
    )


@require_POST
def current(request: MemberRequest) -> HttpResponse:
    """Work in another period from now on; only this session remembers it."""
    chosen = request.POST.get("cycle", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 10:
        request.session["cycle"] = _find(request, int(chosen)).pk
    return back_to_page(request)


@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: MemberRequest, pk: int) -> HttpResponse:
    """公開: asks once, because it concerns everybody and freezes the 評価制度."""
    _require_runner(request)
    about = _find(request, pk)
    people = Member.objects.employed(timezone.localdate()).count()
    question = _question(
        about,
        title=_("%(name)sの公開") % {"name": about.name},
        button=pgettext("操作", "公開"),
        done=_("期間を公開しました。"),
        warning=_(
            "在籍中の%(people)s名に期間が見えるようになり、目標シートを作れるようになります。"
            "評価制度「%(policy)s」は、公開すると変えられません。"
        )
        % {"people": f"{people:,}", "policy": about.policy},
    )

    def write(_data: dict[str, Any], version: int) -> str:
        actions.publish(about, by=request.member, version=version)
        return question.back

    return ask(request, NoQuestion(request.POST or None), question, write, about=about)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: MemberRequest, pk: int) -> HttpResponse:
    """公開 → 運用中 before the calendar does it."""
    _require_runner(request)
    about = _find(request, pk)
    question = _question(
        about,
        title=_("%(name)sの運用開始") % {"name": about.name},
        button=_("運用を開始"),
        done=_("運用を始めました。"),
        lead=_("期間の初日には、自動で運用中になります。"),
    )

    def write(_data: dict[str, Any], version: int) -> str:
        actions.start(about, by=request.member, version=version)
        return question.back

    return ask(request, NoQuestion(request.POST or None), question, write, about=about)


class _ScheduleForm(PhasesForm, AnnouncementForm):
    """The windows and the announcement of a period that exists."""


@require_http_methods(["GET", "HEAD", "POST"])
def phases(request: MemberRequest, pk: int) -> HttpResponse:
    """日程とお知らせの変更."""
    _require_runner(request)
    about = _find(request, pk)
    initial: dict[str, object] = {
        "announcement": about.announcement,
        **PhasesForm.initial_of(about.phases.all()),
    }
    form = _ScheduleForm(request.POST or None, initial=initial)
    question = _question(
        about,
        title=_("%(name)sの日程") % {"name": about.name},
        button=_("保存"),
        done=_("日程を保存しました。"),
        lead=_("日程は目安です。過ぎても入力できますが、遅れとして記録します。"),
    )

    def write(data: dict[str, Any], version: int) -> str:
        actions.change_cycle(
            about,
            by=request.member,
            version=version,
            phases=form.windows(),
            announcement=data["announcement"],
        )
        return question.back

    return ask(request, form, question, write, about=about, template="cycles/phases.html")


def _find(request: MemberRequest, pk: int) -> Cycle:
    return get_object_or_404(Cycle.objects.visible_to(request.member).select_related("policy"), pk=pk)


def _question(about: Cycle, **more: str) -> Question:
    return Question(
        back=reverse("cycles:cycle", args=[about.pk]),
        back_label=_("%(name)sに戻る") % {"name": about.name},
        **more,
    )


def _require_runner(request: MemberRequest) -> None:
    if not permissions.can_run_cycles(request.member):
        raise NotAllowed(_("期間を扱えるのは人事だけです。"))
