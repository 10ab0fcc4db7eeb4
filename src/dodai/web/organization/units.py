"""組織図 and the page of one unit, with the changes 人事 can make to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from dodai.core.errors import NotAllowed
from dodai.organization import actions, permissions
from dodai.organization.http import MemberRequest
from dodai.organization.models import Assignment, OrgUnit, OrgUnitLine, OrgUnitVersion, UnitHead
from dodai.web.asking import Question, ask
from dodai.web.capped import page_of
from dodai.web.organization.chart import read_chart
from dodai.web.organization.fields import Day
from dodai.web.organization.forms import ChangeUnitForm, CloseUnitForm, HeadForm, NewUnitForm

_ONE_DAY = timedelta(days=1)


@require_safe
def chart(request: MemberRequest) -> HttpResponse:
    """The tree of a day; today unless ``on`` says otherwise."""
    on, fault = asked_day(request)
    return render(
        request,
        "organization/chart.html",
        {
            "chart": read_chart(on),
            "on": on,
            "is_today": on == timezone.localdate(),
            "fault": fault,
            "may_edit": permissions.can_edit_organization(request.member),
        },
    )


@require_safe
def unit(request: MemberRequest, pk: int) -> HttpResponse:
    """One unit today (or as it was last, or will be first): its head, the units below, its people."""
    above = OrgUnitLine.objects.filter(unit=pk).values("ancestor")
    lineage = list(
        OrgUnitVersion.objects.filter(unit__in=above).select_related("unit").order_by("-valid_from")
    )
    versions = [one for one in lineage if one.unit_id == pk]
    today = timezone.localdate()
    on = _nearest_day(versions, today)
    version = next((one for one in versions if _covers(one, on)), None)
    if version is None:
        raise Http404
    found = version.unit
    branch = read_chart(on, below=pk).roots[0]
    people = (
        Assignment.objects.on(on)
        .filter(unit=found)
        .select_related("member")
        .order_by("member__family_kana", "member__given_kana", "member__member_no")
    )
    return render(
        request,
        "organization/unit.html",
        {
            "unit": found,
            "version": version,
            "path": _path(version, lineage, on),
            "on": on,
            "is_closed": version.valid_to is not None and version.valid_to <= today,
            "is_future": version.valid_from > today,
            "last_day": version.valid_to - _ONE_DAY if version.valid_to else None,
            "branch": branch,
            "page": page_of(request, people),
            "history": _history(found, versions, lineage),
            "may_edit": permissions.can_edit_organization(request.member),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def unit_new(request: MemberRequest) -> HttpResponse:
    require_editor(request)
    above = OrgUnit.objects.filter(pk=request.GET.get("parent") or 0).first()
    form = NewUnitForm(request.POST or None, initial={"parent": above, "valid_from": timezone.localdate()})
    question = Question(
        title=_("組織の追加"),
        button=pgettext("操作", "追加"),
        back=reverse("organization:chart"),
        back_label=_("組織図に戻る"),
        done=_("組織を追加しました。"),
    )

    def write(data: dict[str, Any], version: int) -> str:
        made = actions.add_unit(by=request.member, **data)
        return reverse("organization:unit", args=[made.pk])

    return ask(request, form, question, write)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_version(request: MemberRequest, pk: int) -> HttpResponse:
    """名称や上位組織の変更: a new version from a day on."""
    found = _editable(request, pk)
    latest = (
        OrgUnitVersion.objects.filter(unit=found).select_related("parent").order_by("-valid_from").first()
    )
    if latest is None:
        raise Http404
    form = ChangeUnitForm(
        request.POST or None,
        initial={
            "on": max(timezone.localdate(), latest.valid_from),
            "name": latest.name,
            "parent": latest.parent,
            "kind": latest.kind,
            "function": latest.function,
            "sort_order": latest.sort_order,
        },
    )
    question = _question(
        found,
        _("%(name)sの変更") % {"name": latest.name},
        _("保存"),
        done=_("新しい版を保存しました。"),
        lead=_("その日から新しい版になります。それまでの名称と位置は残ります。"),
    )

    def write(data: dict[str, Any], version: int) -> str:
        on = data.pop("on")
        actions.change_unit(found, by=request.member, version=version, on=on, **data)
        return question.back

    return ask(request, form, question, write, about=found)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_closing(request: MemberRequest, pk: int) -> HttpResponse:
    found = _editable(request, pk)
    question = _question(
        found,
        _("組織の廃止"),
        pgettext("組織", "廃止"),
        tone="danger",
        done=_("廃止の日を保存しました。"),
        warning=_("下の組織と所属する社員を移してから廃止します。過去の記録は残ります。"),
    )

    def write(data: dict[str, Any], version: int) -> str:
        actions.close_unit(found, by=request.member, version=version, last_day=data["last_day"])
        return question.back

    return ask(request, CloseUnitForm(request.POST or None), question, write, about=found)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_head(request: MemberRequest, pk: int) -> HttpResponse:
    """長の指名: a member, or a vacancy with or without a deputy."""
    found = _editable(request, pk)
    today = timezone.localdate()
    now = UnitHead.objects.on(today).filter(unit=found).select_related("member", "deputy").first()
    form = HeadForm(
        request.POST or None,
        initial={"on": today, "member": now and now.member, "deputy": now and now.deputy},
    )
    question = _question(
        found,
        _("組織の長"),
        _("保存"),
        done=_("組織の長を保存しました。"),
        lead=_("上司が決まっていない社員は、組織の長が一次評価者になります。"),
    )

    def write(data: dict[str, Any], version: int) -> str:
        actions.name_head(found, by=request.member, version=version, **data)
        return question.back

    return ask(request, form, question, write, about=found)


def asked_day(request: MemberRequest) -> tuple[date, str]:
    """The day of ``?on=``, and what is wrong with it; today when there is none."""
    today = timezone.localdate()
    try:
        return Day(required=False).clean(request.GET.get("on", "")) or today, ""
    except ValidationError as error:
        return today, " ".join(error.messages)


def require_editor(request: MemberRequest) -> None:
    if not permissions.can_edit_organization(request.member):
        raise NotAllowed(_("組織と社員を変えられるのは人事だけです。"))


def _editable(request: MemberRequest, pk: int) -> OrgUnit:
    require_editor(request)
    return get_object_or_404(OrgUnit, pk=pk)


def _question(found: OrgUnit, title: str, button: str, **more: str) -> Question:
    return Question(
        title=title,
        button=button,
        back=reverse("organization:unit", args=[found.pk]),
        back_label=_("組織のページに戻る"),
        **more,
    )


def _nearest_day(versions: list[OrgUnitVersion], today: date) -> date:
    if any(_covers(one, today) for one in versions):
        return today
    past = [one.valid_to - _ONE_DAY for one in versions if one.valid_to and one.valid_to <= today]
    return max(past) if past else min((one.valid_from for one in versions), default=today)


def _covers(row: OrgUnitVersion | UnitHead, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)


def _path(version: OrgUnitVersion, lineage: list[OrgUnitVersion], on: date) -> str:
    """The names of what stands above on the day, from the top."""
    there = {one.unit_id: one for one in lineage if _covers(one, on)}
    names: list[str] = []
    parent = there.get(version.parent_id or 0)
    while parent is not None:
        names.append(parent.name)
        parent = there.get(parent.parent_id or 0)
    return " ".join(reversed(names))


def _history(
    found: OrgUnit, versions: list[OrgUnitVersion], lineage: list[OrgUnitVersion]
) -> list[dict[str, Any]]:
    """Names, places and heads in one list, latest first."""
    latest = {one.unit_id: one.name for one in reversed(lineage)}
    rows: list[dict[str, Any]] = [
        {
            "on": one.valid_from,
            "title": one.name,
            "text": _("%(kind)s・上位組織 %(parent)s")
            % {"kind": one.get_kind_display(), "parent": latest.get(one.parent_id or 0, _("なし"))},
        }
        for one in versions
    ]
    for head in UnitHead.objects.filter(unit=found).select_related("member", "deputy"):
        title = _("長：%(name)s") % {"name": head.member.name} if head.member else _("長：空席")
        text = _("代行：%(name)s") % {"name": head.deputy.name} if head.deputy else ""
        rows.append({"on": head.valid_from, "title": title, "text": text})
    return sorted(rows, key=lambda row: row["on"], reverse=True)
