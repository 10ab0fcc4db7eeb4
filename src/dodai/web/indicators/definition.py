"""One indicator: what it means, its versions, where it is used, and the verbs of its life."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dodai.core.errors import NotAllowed
from dodai.goals.models import Goal
from dodai.indicators import actions, permissions
from dodai.indicators.models import Indicator, IndicatorVersion, OutcomeIndicator
from dodai.indicators.rules.scales import Method
from dodai.organization.http import MemberRequest
from dodai.web.asking import Question, ask, seen_version
from dodai.web.goals.measures import METHOD_NAMES
from dodai.web.indicators.forms import JUDGES, RetirementForm, form_for
from dodai.work.models import Outcome

_MOST = 1000  # counts beyond it are told as 「1,000以上」


@require_safe
def indicator(request: MemberRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    version = found.current
    versions = list(found.versions.all())
    return render(
        request,
        "indicators/indicator.html",
        {
            "indicator": found,
            "version": version,
            "versions": versions,
            "levels": version.levels.all() if version else [],
            "judges": _judges(version),
            "methods": _methods(version),
            "used": _used(request, found),
            **_rights(request, found),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Propose a definition; ``kind`` in the address chooses the form."""
    form_class = form_for(request.GET.get("kind", ""))
    initial = {"function": request.GET.get("department", "XX")}
    form = form_class(request.POST or None, member=request.member, initial=initial)
    question = Question(
        title=_("評価段階表の提案") if form_class.kind == Indicator.Kind.QUALITATIVE else _("定量指標の提案"),
        button=pgettext("操作", "提案"),
        back=reverse("indicators:library"),
        back_label=_("指標ライブラリに戻る"),
        done=_("指標を提案しました。自分の目標ではすぐに使えます。"),
        lead=_("部門長か人事が承認すると、全員が使えるようになります。"),
    )

    def write(data: dict[str, Any], version: int) -> str:
        made = actions.propose(
            by=request.member, kind=form_class.kind, function=data["function"], **form.as_fields()
        )
        return reverse("indicators:indicator", args=[made.pk])

    kinds = [
        {"label": label, "url": f"?kind={code}", "current": code == form_class.kind}
        for code, label in Indicator.Kind.choices
    ]
    return ask(request, form, question, write, template="indicators/form.html", more={"kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
def revision(request: MemberRequest, pk: int) -> HttpResponse:
    """改訂: the next version; goals keep the one they use."""
    found = _find(request, pk)
    _require(permissions.can_revise(request.member, found))
    form_class = form_for(found.kind)
    form = form_class(request.POST or None, member=request.member, initial=form_class.values_of(found))
    form.fields.pop("function")
    question = Question(
        title=_("指標の改訂"),
        button=_("改訂"),
        back=reverse("indicators:indicator", args=[pk]),
        back_label=_("指標に戻る"),
        done=_("指標を改訂しました。すでに使っている目標は、前の版のままです。"),
        lead=_("新しい版になります。すでに使っている目標は、前の版のままです。"),
    )

    def write(data: dict[str, Any], version: int) -> str:
        actions.revise(found, by=request.member, version=version, **form.as_fields())
        return reverse("indicators:indicator", args=[pk])

    return ask(request, form, question, write, about=found, template="indicators/form.html")


@require_POST
def approval(request: MemberRequest, pk: int) -> HttpResponse:
    actions.approve(_find(request, pk), by=request.member, version=seen_version(request))
    return _back(request, pk, _("指標を承認しました。"))


@require_POST
def publication(request: MemberRequest, pk: int) -> HttpResponse:
    actions.publish(_find(request, pk), by=request.member, version=seen_version(request))
    return _back(request, pk, _("指標を公開しました。"))


@require_http_methods(["GET", "HEAD", "POST"])
def retirement(request: MemberRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    _require(permissions.can_retire(request.member, found))
    question = Question(
        title=_("指標の廃止"),
        button=pgettext("操作", "廃止"),
        back=reverse("indicators:indicator", args=[pk]),
        back_label=_("指標に戻る"),
        done=_("指標を廃止しました。"),
        warning=_("「%(name)s」を廃止します。新しい目標では使えなくなります。使っている目標はそのままです。")
        % {"name": found},
        tone="danger",
    )

    def write(data: dict[str, Any], version: int) -> str:
        actions.retire(found, by=request.member, version=version, reason=data["reason"])
        return reverse("indicators:indicator", args=[pk])

    return ask(request, RetirementForm(request.POST or None), question, write, about=found)


def _find(request: MemberRequest, pk: int) -> Indicator:
    versions = Prefetch("versions", IndicatorVersion.objects.select_related("created_by").order_by("-number"))
    visible = Indicator.objects.visible_to(request.member)
    rows = visible.select_related("current__counter_indicator__current", "proposed_by")
    return get_object_or_404(rows.prefetch_related(versions, "current__levels"), pk=pk)


def _require(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed(_("指標を変えられるのは、提案した人・部門長・人事だけです。"))


def _back(request: MemberRequest, pk: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("indicators:indicator", args=[pk]))


def _rights(request: MemberRequest, found: Indicator) -> dict[str, bool]:
    """What the person may do now; one question to the database."""
    decides = permissions.can_decide(request.member, found)
    proposed = found.status == Indicator.Status.PROPOSED
    own = proposed and found.proposed_by_id == request.member.pk
    alive = found.status != Indicator.Status.RETIRED
    return {
        "may_approve": decides and proposed,
        "may_publish": decides and alive and found.status != Indicator.Status.PUBLISHED,
        "may_revise": (decides or own) and alive,
        "may_retire": (decides or own) and alive,
    }


def _used(request: MemberRequest, found: Indicator) -> dict[str, int]:
    """How often, counting only what this person sees."""
    goals = Goal.objects.open_to(request.member).filter(goal_indicators__indicator_version__indicator=found)
    outcomes = Outcome.objects.visible_to(request.member).filter(
        pk__in=OutcomeIndicator.objects.filter(indicator=found).values("outcome")
    )
    return {
        "goals": len(goals.order_by().values_list("pk", flat=True).distinct()[:_MOST]),
        "outcomes": len(outcomes.order_by().values_list("pk", flat=True)[:_MOST]),
    }


def _judges(version: IndicatorVersion | None) -> list[str]:
    names = {code: str(label) for code, label in JUDGES}
    return [names.get(code, code) for code in (version.judges if version else [])]


def _methods(version: IndicatorVersion | None) -> list[tuple[str, str]]:
    if version is None:
        return []
    named = ((_("維持するとき"), version.keep_method), (_("改善するとき"), version.improve_method))
    return [(label, str(METHOD_NAMES[Method(method)])) for label, method in named if method]
