"""監査ログ: the events a person may read, and the check of the whole chain."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dodai.audit.models import AuditEvent, first_break_in_chain
from dodai.core.errors import NotAllowed, Refused
from dodai.organization import permissions
from dodai.organization.http import MemberRequest
from dodai.web.audit.lines import lines
from dodai.web.audit.reading import events_for, scopes_of
from dodai.web.audit.wording import NAMES
from dodai.web.capped import page_of
from dodai.web.organization.fields import Day

#: More than a page should wait for; ``dodai doctor`` checks chains of any length.
_MOST_IN_A_PAGE = 200_000


class Asked(forms.Form):
    first = Day(label=gettext_lazy("開始日"), required=False)
    last = Day(label=gettext_lazy("終了日"), required=False)
    who = forms.CharField(label=gettext_lazy("操作した人"), required=False)
    name = forms.ChoiceField(label=gettext_lazy("操作"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field = self.fields["name"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("すべての操作")), *((key, str(name)) for key, name in NAMES.items())]


@require_safe
def log(request: MemberRequest) -> HttpResponse:
    """The widest log the person has, unless they ask for a narrower one."""
    scopes = scopes_of(request.member)
    scope = request.GET.get("scope", "")
    scope = scope if scope in scopes else scopes[0]
    asked = Asked(request.GET)
    asked.is_valid()
    events = events_for(request.member, scope)
    if name := asked.cleaned_data.get("name"):
        events = events.filter(name=name)
    if who := asked.cleaned_data.get("who"):
        events = events.filter(actor_label=who)
    first, last = asked.cleaned_data.get("first"), asked.cleaned_data.get("last")
    if first:
        events = events.filter(at__gte=_midnight(first))
    if last:
        events = events.filter(at__lt=_midnight(last + timedelta(days=1)))
    page = page_of(request, events)
    page.object_list = lines(list(page.object_list))
    labels = {"all": _("すべて"), "operations": _("操作ログ"), "own": _("自分の操作")}
    return render(
        request,
        "audit/log.html",
        {
            "page": page,
            "asked": asked,
            "scope": scope,
            "views": [
                {"url": f"?scope={each}", "label": labels[each], "current": each == scope} for each in scopes
            ],
            "is_filtered": bool(name or who or first or last),
            "is_whole": all(line.fits for line in page.object_list),
            "may_verify": permissions.can_read_operations(request.member),
            "leaves_out_self": permissions.is_hr(request.member) and scope != "own",
        },
    )


@require_POST
def verification(request: MemberRequest) -> HttpResponse:
    """Recompute every digest from the first event on."""
    if not permissions.can_read_operations(request.member):
        raise NotAllowed(_("監査ログを検証できるのは、人事・監査・システム管理者だけです。"))
    last = AuditEvent.objects.latest_first().first()
    if last is not None and last.sequence > _MOST_IN_A_PAGE:
        raise Refused(_("記録が多いため、画面では検証できません。サーバーでdodai doctorを実行してください。"))
    broken = first_break_in_chain()
    if broken is None:
        count = f"{last.sequence if last else 0:,}"
        messages.success(
            request, _("%(count)s件の記録がつながっています。改変は見つかりません。") % {"count": count}
        )
    else:
        messages.error(
            request,
            _("%(number)s番の記録が前の記録とつながりません。システム管理者に連絡してください。")
            % {"number": f"{broken:,}"},
        )
    return redirect("audit:log")


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
