"""期間の作成 in four steps, each a page of its own; what was chosen waits in the session until the end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dodai.core.dates import read_date
from dodai.core.errors import NotAllowed, Refused
from dodai.cycles import actions, permissions
from dodai.cycles.models import CyclePhase, EvaluationPolicy
from dodai.cycles.rules import PhaseWindow, propose_phases
from dodai.organization.http import MemberRequest
from dodai.organization.reporting import company_calendar, fiscal_calendar
from dodai.web.cycles import periods
from dodai.web.cycles.forms import NEW_POLICY, AnnouncementForm, PeriodForm, PhasesForm, PolicyChoiceForm
from dodai.web.cycles.summary import policy_facts

_KEY = "new_cycle"
STEPS = ("period", "phases", "policy", "review")
Draft = dict[str, Any]


@require_safe
def new(request: MemberRequest) -> HttpResponse:
    """Begin at the first step; what an earlier visit left behind is forgotten."""
    _require(request)
    request.session.pop(_KEY, None)
    return redirect("cycles:new_step", step="period")


@require_http_methods(["GET", "HEAD", "POST"])
def new_step(request: MemberRequest, step: str) -> HttpResponse:
    _require(request)
    if step not in STEPS:
        raise Http404
    draft: Draft = request.session.get(_KEY, {})
    if (
        step != "period"
        and periods.offer_of(draft.get("period", ""), fiscal_calendar(request.company)) is None
    ):
        return redirect("cycles:new_step", step="period")
    form, context = _FORMS[step](request, draft)
    if request.method == "POST" and form.is_valid():
        if step == "review":
            return _create(request, draft, form, context)
        _KEEP[step](draft, form)
        request.session[_KEY] = draft
        return redirect("cycles:new_step", step=STEPS[STEPS.index(step) + 1])
    return _page(request, step, form, context)


def _page(request: MemberRequest, step: str, form: forms.Form, context: dict[str, Any]) -> HttpResponse:
    number = STEPS.index(step) + 1
    labels = (_("期間"), _("段階の日程"), _("評価制度"), _("確認"))
    urls = [reverse("cycles:new_step", args=[each]) for each in STEPS]
    return render(
        request,
        f"cycles/new_{step}.html",
        {
            "form": form,
            "steps": [{"label": label, "url": url} for label, url in zip(labels, urls, strict=True)],
            "number": number,
            "step_name": labels[number - 1],
            "before": urls[number - 2] if number > 1 else "",
            **context,
        },
        status=422 if form.is_bound else 200,
    )


def _period_form(request: MemberRequest, draft: Draft) -> tuple[forms.Form, dict[str, Any]]:
    fiscal, today = fiscal_calendar(request.company), timezone.localdate()
    groups = periods.offers(fiscal, today)
    initial = {
        "period": draft.get("period") or periods.preferred(groups, fiscal, today),
        "name": draft.get("name", ""),
    }
    return PeriodForm(request.POST or None, initial=initial, groups=groups), {}


def _phases_form(request: MemberRequest, draft: Draft) -> tuple[PhasesForm, dict[str, Any]]:
    offer = _offer(request, draft)
    kept = _kept_windows(draft)
    windows = kept or propose_phases(offer.period.kind, offer.span, company_calendar(on=offer.span.first))
    return PhasesForm(request.POST or None, initial=PhasesForm.initial_of(windows)), {"offer": offer}


def _policy_form(request: MemberRequest, draft: Draft) -> tuple[forms.Form, dict[str, Any]]:
    policies = list(EvaluationPolicy.objects.order_by("name", "-number")[:20])
    chosen = draft.get("policy") or (str(policies[0].pk) if policies else NEW_POLICY)
    form = PolicyChoiceForm(request.POST or None, initial={"policy": chosen}, policies=policies)
    return form, {"cards": [(one, policy_facts(one.settings)) for one in policies], "chosen": chosen}


def _review_form(request: MemberRequest, draft: Draft) -> tuple[forms.Form, dict[str, Any]]:
    offer = _offer(request, draft)
    windows = _kept_windows(draft)
    policy = EvaluationPolicy.objects.filter(pk=_number(draft.get("policy"))).first()
    return AnnouncementForm(request.POST or None), {
        "offer": offer,
        "name": draft.get("name") or offer.period.name,
        "windows": [(CyclePhase.Kind(window.kind).label, window) for window in windows],
        "policy": policy,
        "facts": policy_facts(policy.settings if policy else {}),
    }


def _keep_period(draft: Draft, form: forms.Form) -> None:
    if draft.get("period") != form.cleaned_data["period"]:
        draft.pop("phases", None)  # the proposed dates belong to the period
    draft.update(form.cleaned_data)


def _keep_phases(draft: Draft, form: forms.Form) -> None:
    assert isinstance(form, PhasesForm)
    draft["phases"] = {
        window.kind: [window.opens_on.isoformat(), window.due_on.isoformat()] for window in form.windows()
    }


def _keep_policy(draft: Draft, form: forms.Form) -> None:
    draft["policy"] = form.cleaned_data["policy"]


_FORMS = {"period": _period_form, "phases": _phases_form, "policy": _policy_form, "review": _review_form}
_KEEP = {"period": _keep_period, "phases": _keep_phases, "policy": _keep_policy}


def _create(request: MemberRequest, draft: Draft, form: forms.Form, context: dict[str, Any]) -> HttpResponse:
    offer = context["offer"]
    try:
        policy = context["policy"] or actions.add_policy(_("標準"), by=request.member)
        cycle = actions.create_cycle(
            by=request.member,
            name=context["name"],
            kind=offer.period.kind,
            period_from=offer.span.first,
            period_to=offer.span.last,
            policy=policy,
            phases=_kept_windows(draft),
            announcement=form.cleaned_data["announcement"],
        )
    except NotAllowed:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, "review", form, context)
    del request.session[_KEY]
    messages.success(request, _("期間を作りました。日程を確かめてから公開してください。"))
    return HttpResponseRedirect(reverse("cycles:cycle", args=[cycle.pk]))


def _offer(request: MemberRequest, draft: Draft) -> periods.Offer:
    offer = periods.offer_of(draft["period"], fiscal_calendar(request.company))
    assert offer is not None  # new_step sent the person back otherwise
    return offer


def _kept_windows(draft: Draft) -> list[PhaseWindow]:
    return [
        PhaseWindow(kind, read_date(opens), read_date(due))
        for kind, (opens, due) in draft.get("phases", {}).items()
    ]


def _number(text: object) -> int:
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else 0


def _require(request: MemberRequest) -> None:
    if not permissions.can_run_cycles(request.member):
        raise NotAllowed(_("期間を作れるのは人事だけです。"))
