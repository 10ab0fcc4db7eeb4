"""成果の整理: what becomes true through a piece of work, and for whom."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from dodai import catalogue
from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.goals import actions as goal_actions
from dodai.goals import permissions as goal_permissions
from dodai.goals.models import OrgGoal, OutcomeContribution
from dodai.organization.http import MemberRequest
from dodai.web.context import current_cycle
from dodai.web.work import looking, matrix
from dodai.web.work.forms import OutcomeForm, VersionForm
from dodai.work import actions, permissions
from dodai.work.models import Outcome, OutcomeLink, WorkItem
from dodai.work.outcome_rules import advise

_MOST_FOUND = 20
_ADVICE: dict[str, tuple[str | Promise, str | Promise]] = {
    # part.rule: what is seen, and an example of an outcome
    "state.activity": (
        gettext_lazy("「%(words)s」はすることです。それによって、相手の何がどうなるかを書きます。"),
        gettext_lazy("（取引先に、代金が）期日どおりに届いている"),
    ),
    "state.vague": (
        gettext_lazy("「%(words)s」は人によって受け取り方が変わります。見て分かる姿にします。"),
        gettext_lazy("必要なときに3分以内に取り出せる"),
    ),
    "thing.activity": (
        gettext_lazy("「%(words)s」はすることです。相手が受け取る物や、変わる事柄を入れます。"),
        gettext_lazy("立て替えたお金"),
    ),
    "beneficiary.own": (
        gettext_lazy("「%(words)s」は仕事をする側です。受け取る相手や助かる相手を入れます。"),
        gettext_lazy("申請した社員"),
    ),
    "beneficiary.everybody": (
        gettext_lazy("「%(words)s」では誰のことか分かりません。いちばん困る相手を1つ選びます。"),
        gettext_lazy("経営会議の出席者"),
    ),
}
_PARTS = ("beneficiary", "thing", "state")


@require_http_methods(["GET", "HEAD", "POST"])
def outcomes(request: MemberRequest, pk: int) -> HttpResponse:
    """The outcomes of one piece of work; POST writes one."""
    item = (looking.find_editable if request.method == "POST" else looking.find_item)(request, pk)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.write_outcome(item, by=request.member, values=form.cleaned_data)
        return redirect("work:outcomes", pk=pk)
    return render(
        request, "work/outcomes.html", _page(request, item, form), status=422 if form.is_bound else 200
    )


@require_POST
def links(request: MemberRequest, pk: int) -> HttpResponse:
    """Tie an outcome that is already written to this work, or untie it."""
    item = looking.find_editable(request, pk)
    if not request.POST.get("outcome"):
        raise Refused(_("成果が選ばれていません。成果を選んでください。"))
    outcome = _find(request, request.POST.get("outcome"))
    if request.POST.get("remove"):
        actions.unlink_outcome(outcome, by=request.member, item=item)
    else:
        actions.link_outcome(outcome, by=request.member, item=item)
    return redirect("work:outcomes", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: MemberRequest, pk: int) -> HttpResponse:
    """Reword one outcome; every piece of work it stands for is named beside it."""
    found = _find(request, pk)
    items = list(
        looking.visible_items(request).filter(
            pk__in=OutcomeLink.objects.filter(outcome=found).values("work_item")
        )
    )
    if not permissions.can_write_outcome(request.member, found, items):
        raise NotAllowed(_("この成果を変更できるのは、書いた本人と業務の担当、直属の上司だけです。"))
    form = OutcomeForm(request.POST or None, outcome=found)
    context: dict[str, Any] = {
        "outcome": found,
        "items": items,
        "form": form,
        "version": found.version,
        "advice": worded(found.beneficiary, found.thing, found.state),
    }
    if request.method == "POST" and form.is_valid():
        version = VersionForm.read(request.POST)
        try:
            actions.edit_outcome(found, by=request.member, version=version, values=form.cleaned_data)
        except Conflict as refusal:
            theirs = Outcome.objects.get(pk=pk)
            context |= {"theirs": theirs, "version": theirs.version, "message": str(refusal)}
            return render(request, "work/outcome.html", context, status=409)
        return _back_to_work(items)
    return render(request, "work/outcome.html", context, status=422 if form.is_bound else 200)


@require_POST
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Outcome.objects.visible_to(request.member), pk=pk)
    items = list(WorkItem.objects.visible_to(request.member).filter(outcomes=found)[:1])
    actions.remove_outcome(found, by=request.member, version=VersionForm.read(request.POST))
    return _back_to_work(items)


@require_POST
def check(request: MemberRequest) -> HttpResponse:
    """The live guidance: reads three fields, writes nothing, answers with the panel beside them."""
    texts = [request.POST.get(name, "")[:300] for name in _PARTS]
    context = {"advice": worded(*texts), "sentence": _sentence(*texts), "is_complete": all(texts)}
    return render(request, "work/_advice.html", context)


@require_POST
def contribution(request: MemberRequest, pk: int) -> HttpResponse:
    """Say which organisation goal an outcome serves; the goals floor holds that link."""
    found = _find(request, pk)
    if not goal_permissions.can_contribute(request.member, found):
        raise NotAllowed(_("成果のつながりを決められるのは、成果を書いた人と上司だけです。"))
    chosen = _number(request.POST.get("org_goal"))
    org_goal = OrgGoal.objects.visible_to(request.member).filter(pk=chosen).first()
    if org_goal is None:
        raise Refused(_("組織目標が選ばれていません。つなぐ組織目標を選んでください。"))
    if request.POST.get("remove"):
        goal_actions.withdraw_contribution(found, by=request.member, org_goal=org_goal)
    else:
        how = request.POST.get("how", "direct")
        goal_actions.contribute(found, by=request.member, org_goal=org_goal, how=how)
    items = list(WorkItem.objects.visible_to(request.member).filter(outcomes=found)[:1])
    return _back_to_work(items)


def worded(beneficiary: str, thing: str, state: str) -> list[dict[str, str]]:
    """Advice as the panel shows it: the message, what stands there now, and a better example."""
    texts = dict(zip(_PARTS, (beneficiary, thing, state), strict=True))
    shown = []
    for finding in advise(beneficiary, thing, state):
        message, example = _ADVICE[f"{finding.part}.{finding.rule}"]
        shown.append(
            {
                "part": str(OutcomeForm.base_fields[finding.part].label),
                "message": str(message) % {"words": finding.words},
                "now": texts[finding.part],
                "example": str(example),
            }
        )
    return shown


def _page(request: MemberRequest, item: WorkItem, form: OutcomeForm) -> dict[str, Any]:
    rights = permissions.rights_of(request.member, [item])
    can_edit = rights.can_edit(item) and item.is_editable
    words = request.GET.get("q", "").strip()[:100]
    mine = matrix.outcomes_of(item)
    served = OutcomeContribution.objects.filter(outcome__in=[each.pk for each in mine]).select_related(
        "org_goal"
    )
    by_outcome: dict[int, list[OutcomeContribution]] = {}
    for each in served:
        by_outcome.setdefault(each.outcome_id, []).append(each)
    texts = [form[name].value() or "" for name in _PARTS]
    return {
        "item": item,
        "form": form,
        "can_edit": can_edit,
        "outcomes": [
            (each, by_outcome.get(each.pk, []), goal_permissions.can_contribute(request.member, each))
            for each in mine
        ],
        "prompt": _prompt(item),
        "words": words,
        "found": _found(request, item, words) if can_edit and words else [],
        "org_goals": _org_goals(request) if can_edit and mine else [],
        "advice": worded(*texts),
        "sentence": _sentence(*texts),
        "is_complete": all(texts),
    }


def _found(request: MemberRequest, item: WorkItem, words: str) -> list[Outcome]:
    seen = Outcome.objects.visible_to(request.member).current().matching(words)
    return list(seen.exclude(work_items=item).order_by("-pk")[:_MOST_FOUND])


def _org_goals(request: MemberRequest) -> list[OrgGoal]:
    cycle = current_cycle(request)
    if cycle is None:
        return []
    return list(OrgGoal.objects.visible_to(request.member).active().filter(cycle=cycle)[:100])


def _prompt(item: WorkItem) -> str:
    """What the catalogue says this work is for: a prompt, written as a noun."""
    try:
        return catalogue.task(item.catalogue_id).outcome if item.catalogue_id else ""
    except LookupError:
        return ""


def _sentence(beneficiary: str, thing: str, state: str) -> str:
    if not (beneficiary and thing and state):
        return ""
    return Outcome(beneficiary=beneficiary.strip(), thing=thing.strip(), state=state.strip()).sentence


def _find(request: MemberRequest, pk: object) -> Outcome:
    return get_object_or_404(Outcome.objects.visible_to(request.member).current(), pk=_number(pk))


def _number(text: object) -> int:
    shown = str(text or "")
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 19 else 0


def _back_to_work(items: list[WorkItem]) -> HttpResponse:
    return redirect("work:outcomes", pk=items[0].pk) if items else redirect("work:board")
