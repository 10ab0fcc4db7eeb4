"""What happens to a person: joining, moving, 兼務, a new grade, 休業, leaving."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from dodai.organization import actions
from dodai.organization.http import MemberRequest
from dodai.organization.models import Assignment, Leave, Member, UnitHead
from dodai.organization.reporting import primary_assignment, unit_names
from dodai.web.asking import Question, ask
from dodai.web.organization.forms import (
    ConcurrentForm,
    DayForm,
    GradeForm,
    LeaveForm,
    LeavingForm,
    NewMemberForm,
    ParticularsForm,
    TransferForm,
)
from dodai.web.organization.units import require_editor

_ONE_DAY = timedelta(days=1)
_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def member_new(request: MemberRequest) -> HttpResponse:
    require_editor(request)
    form = NewMemberForm(request.POST or None, initial={"hired_on": timezone.localdate()})
    question = Question(
        title=_("社員の追加"),
        button=pgettext("操作", "追加"),
        back=reverse("organization:members"),
        back_label=_("社員に戻る"),
        done=_("社員を追加しました。"),
        lead=_("ログイン用のアカウントは、追加のあとにシステム管理者が作ります。"),
    )

    def write(data: dict[str, Any], version: int) -> str:
        made = actions.hire(by=request.member, **data)
        return reverse("organization:member", args=[made.pk])

    return ask(request, form, question, write)


@require_http_methods(_METHODS)
def particulars(request: MemberRequest, pk: int) -> HttpResponse:
    about = _editable(request, pk)
    initial = {name: getattr(about, name) for name in ParticularsForm.base_fields}
    question = _question(about, _("基本情報の変更"), _("保存"), done=_("基本情報を保存しました。"))

    def write(data: dict[str, Any], version: int) -> str:
        actions.change_member(about, by=request.member, version=version, **data)
        return question.back

    return ask(request, ParticularsForm(request.POST or None, initial=initial), question, write, about=about)


@require_http_methods(_METHODS)
def transfer(request: MemberRequest, pk: int) -> HttpResponse:
    """異動: the 本務 moves on a day."""
    about = _editable(request, pk)
    now = primary_assignment(about, timezone.localdate())
    initial = {"on": timezone.localdate(), "unit": now and now.unit, "post": now.post if now else ""}
    form = TransferForm(request.POST or None, initial=initial)
    question = _question(
        about,
        _("異動の登録"),
        _("登録"),
        done=_("異動を登録しました。"),
        lead=_("発令日に今の所属が終わり、異動先の所属が始まります。兼務はそのまま続きます。"),
        warning=_headed(about),
    )

    def write(data: dict[str, Any], version: int) -> str:
        actions.transfer(about, by=request.member, version=version, **data)
        return question.back

    return ask(request, form, question, write, about=about)


@require_http_methods(_METHODS)
def concurrent(request: MemberRequest, pk: int) -> HttpResponse:
    about = _editable(request, pk)
    question = _question(about, _("兼務の追加"), pgettext("操作", "追加"), done=_("兼務を追加しました。"))

    def write(data: dict[str, Any], version: int) -> str:
        last_day = data.pop("last_day")
        until = last_day + _ONE_DAY if last_day else None
        actions.add_concurrent(about, by=request.member, version=version, until=until, **data)
        return question.back

    form = ConcurrentForm(request.POST or None, initial={"on": timezone.localdate()})
    return ask(request, form, question, write, about=about)


@require_http_methods(_METHODS)
def concurrent_end(request: MemberRequest, pk: int) -> HttpResponse:
    require_editor(request)
    row = get_object_or_404(Assignment.objects.select_related("member"), pk=pk, kind="concurrent")
    about = _editable(request, row.member_id)
    question = _question(
        about,
        _("兼務の終了"),
        _("終了"),
        done=_("兼務の終了を登録しました。"),
        lead=_("比率は本務に戻ります。"),
    )

    def write(data: dict[str, Any], version: int) -> str:
        actions.end_concurrent(row, by=request.member, version=version, on=data["on"] + _ONE_DAY)
        return question.back

    form = DayForm(request.POST or None, initial={"on": timezone.localdate()})
    return ask(request, form, question, write, about=about)


@require_http_methods(_METHODS)
def grade(request: MemberRequest, pk: int) -> HttpResponse:
    about = _editable(request, pk)
    latest = about.grades.order_by("-valid_from").first()
    form = GradeForm(
        request.POST or None,
        initial={
            "on": timezone.localdate(),
            "grade_code": latest.grade_code if latest else "",
            "band": latest.band if latest else "staff",
        },
    )
    question = _question(about, _("等級の変更"), _("保存"), done=_("等級を保存しました。"))

    def write(data: dict[str, Any], version: int) -> str:
        actions.change_grade(about, by=request.member, version=version, **data)
        return question.back

    return ask(request, form, question, write, about=about)


@require_http_methods(_METHODS)
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    """休業の登録."""
    about = _editable(request, pk)
    question = _question(about, _("休業の登録"), _("登録"), done=_("休業を登録しました。"))

    def write(data: dict[str, Any], version: int) -> str:
        actions.record_leave(about, by=request.member, version=version, **data)
        return question.back

    return ask(request, LeaveForm(request.POST or None), question, write, about=about)


@require_http_methods(_METHODS)
def leave_end(request: MemberRequest, pk: int) -> HttpResponse:
    """復職: the last day away."""
    require_editor(request)
    row = get_object_or_404(Leave.objects.select_related("member"), pk=pk)
    about = _editable(request, row.member_id)
    question = _question(about, _("復職の登録"), _("登録"), done=_("復職を登録しました。"))

    def write(data: dict[str, Any], version: int) -> str:
        actions.end_leave(row, by=request.member, version=version, last_day=data["on"])
        return question.back

    return ask(request, DayForm(request.POST or None), question, write, about=about)


@require_http_methods(_METHODS)
def leaving(request: MemberRequest, pk: int) -> HttpResponse:
    """退職: everything dated ends with the last day; the login is shut after it."""
    about = _editable(request, pk)
    question = _question(
        about,
        _("退職の登録"),
        _("登録"),
        tone="danger",
        done=_("退職を登録しました。"),
        warning=_(
            "退職日の翌日からログインできなくなります。所属・役割・代理はその日で終わり、長だった組織は空席になります。"
        ),
    )

    def write(data: dict[str, Any], version: int) -> str:
        actions.leave_company(about, by=request.member, version=version, **data)
        return question.back

    return ask(request, LeavingForm(request.POST or None), question, write, about=about)


def _headed(about: Member) -> str:
    """A sentence when the person leads a unit today: a transfer does not take the post away."""
    today = timezone.localdate()
    led = UnitHead.objects.on(today).filter(member=about).values_list("unit_id", flat=True)
    names = "、".join(unit_names(led, today).values())
    if not names:
        return ""
    return _("%(units)sの長です。異動のあとで、組織のページで後任を決めてください。") % {"units": names}


def _editable(request: MemberRequest, pk: int) -> Member:
    require_editor(request)
    return get_object_or_404(Member.objects.visible_to(request.member), pk=pk)


def _question(about: Member, title: str, button: str, **more: str) -> Question:
    return Question(
        title=_("%(title)s（%(name)s）") % {"title": title, "name": about.name},
        button=button,
        back=reverse("organization:member", args=[about.pk]),
        back_label=_("%(name)sさんのページに戻る") % {"name": about.name},
        **more,
    )
