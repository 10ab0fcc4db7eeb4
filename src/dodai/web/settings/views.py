"""設定: what runs the product, for 人事, システム管理者 and 監査."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
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
from dodai.organization.models import Company, Holiday
from dodai.organization.reporting import company_calendar
from dodai.web.asking import Question, ask, seen_version
from dodai.web.settings import calendar as calendars
from dodai.web.settings.doors import doors_for
from dodai.web.settings.forms import CompanyForm, CountdownForm, HolidayForm


@require_safe
def settings(request: MemberRequest) -> HttpResponse:
    """The doors of the settings that are open to the person."""
    groups = doors_for(request.member)
    if not groups:
        raise NotAllowed(_("設定を開けるのは、人事・システム管理者・監査だけです。"))
    return render(request, "settings/settings.html", {"groups": groups})


@require_http_methods(["GET", "HEAD", "POST"])
def company(request: MemberRequest) -> HttpResponse:
    _require_editor(request)
    about = request.company
    initial = {name: getattr(about, name) for name in CompanyForm.base_fields}
    form = CompanyForm(
        request.POST or None, initial=initial | {"weekly_off": list(map(str, about.weekly_off))}
    )
    question = Question(
        title=_("会社"),
        button=_("保存"),
        back=reverse("settings:settings"),
        back_label=_("設定に戻る"),
        done=_("会社の設定を保存しました。"),
        lead=_("期間の提案、締め切りの計算、日付の表示に使います。すでにある期間の日付は変わりません。"),
    )

    def write(data: dict[str, Any], version: int) -> str:
        actions.change_company(about, by=request.member, version=version, **data)
        return reverse("settings:company")

    return ask(request, form, question, write, about=about, template="settings/company.html")


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: MemberRequest) -> HttpResponse:
    """Days off and what follows from them; everyone may look, POST adds a day."""
    if request.method == "POST":
        _require_editor(request)
    today = timezone.localdate()
    form = HolidayForm(request.POST or None)
    question = Question(
        title=_("休日とカレンダー"),
        button=pgettext("操作", "追加"),
        back=reverse("settings:settings"),
        back_label=_("設定に戻る"),
        done=_("休日を追加しました。"),
        lead=_("国民の祝日は入っています。会社の休日と振替出勤日を足します。"),
    )

    def write(data: dict[str, Any], _version: int) -> str:
        actions.add_holiday(data.pop("day"), by=request.member, **data)
        return reverse("settings:calendar")

    return ask(
        request,
        form,
        question,
        write,
        template="settings/calendar.html",
        more={
            **_preview(request, request.company),
            "today": today,
            "may_edit": permissions.can_edit_company(request.member),
            "may_go_back": bool(doors_for(request.member)),
        },
    )


@require_POST
def holiday_removal(request: MemberRequest, pk: int) -> HttpResponse:
    _require_editor(request)
    actions.remove_holiday(
        get_object_or_404(Holiday, pk=pk), by=request.member, version=seen_version(request)
    )
    messages.success(request, _("休日の登録を消しました。"))
    return redirect("settings:calendar")


def _preview(request: MemberRequest, about: Company) -> dict[str, Any]:
    today = timezone.localdate()
    calendar = company_calendar(on=today)
    names = {"year": _("年度"), "first": _("上期"), "second": _("下期")}
    asked = CountdownForm(request.GET or None, initial={"day": today, "count": 5})
    day, count = today, 5
    if asked.is_bound and asked.is_valid():
        day = asked.cleaned_data.get("day") or today
        count = 5 if asked.cleaned_data.get("count") is None else asked.cleaned_data["count"]
    return {
        "months": calendars.months(calendar, today),
        "spans": [(names[key], span, days) for key, span, days in calendars.spans(about, calendar, today)],
        "days_off": calendars.days_off(about, today),
        "asked": asked,
        "counted_from": day,
        "counted": count,
        "counted_to": calendar.add_business_days(day, count),
    }


def _require_editor(request: MemberRequest) -> None:
    if not permissions.can_edit_company(request.member):
        raise NotAllowed(_("会社の設定を変えられるのは、人事とシステム管理者だけです。"))
