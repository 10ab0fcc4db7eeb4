"""One organisation goal: what it says, what stands above and below it, and the verbs of its life."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from dodai.core.errors import NotAllowed
from dodai.goals import actions, permissions
from dodai.goals.models import Goal, OrgGoal, OutcomeContribution
from dodai.organization.http import MemberRequest
from dodai.organization.reporting import unit_names
from dodai.web.asking import Question, ask
from dodai.web.context import current_cycle
from dodai.web.org_goals.forms import CancellationForm, OrgGoalForm
from dodai.web.org_goals.tree import day_in, may_create
from dodai.work.models import Outcome

_MOST = 50


@require_safe
def org_goal(request: MemberRequest, pk: int) -> HttpResponse:
    goal = _find(request, pk)
    children = list(OrgGoal.objects.active().filter(parent=goal).select_related("owner")[:_MOST])
    goals = Goal.objects.open_to(request.member).open().filter(parent_org_goal=goal)
    outcomes = Outcome.objects.visible_to(request.member).filter(
        pk__in=OutcomeContribution.objects.filter(org_goal=goal).values("outcome")
    )
    named = {goal.unit_id, *(child.unit_id for child in children)}
    names = unit_names(named | ({goal.parent.unit_id} if goal.parent else set()), day_in(goal.cycle))
    may_edit = goal.is_active and permissions.can_edit_org_goal(request.member, goal)
    return render(
        request,
        "org_goals/org_goal.html",
        {
            "goal": goal,
            "unit_name": names.get(goal.unit_id, ""),
            "parent_unit": names.get(goal.parent.unit_id, "") if goal.parent else "",
            "children": [(child, names.get(child.unit_id, "")) for child in children],
            "goals": list(goals.select_related("sheet__member")[:_MOST]),
            "outcomes": list(outcomes[:_MOST]),
            "is_carried": bool(children) or Goal.objects.open().filter(parent_org_goal=goal).exists(),
            "may_edit": may_edit,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    cycle = current_cycle(request)
    if not may_create(request.member, cycle):
        raise NotAllowed(_("組織目標を作れるのは、組織の長か人事だけです。"))
    if cycle is None:
        return redirect("org_goals:tree")
    initial = {
        "owner": request.member,
        "contribution": "direct",
        "deadline": cycle.period_to,
        "parent": request.GET.get("parent"),
        "unit": request.GET.get("unit"),
    }
    form = OrgGoalForm(request.POST or None, member=request.member, cycle=cycle, initial=initial)
    question = Question(
        title=_("組織目標の作成"),
        button=_("保存"),
        back=reverse("org_goals:tree"),
        back_label=_("組織目標に戻る"),
        done=_("組織目標を作りました。"),
        lead=_("組織が今期に到達する状態を書きます。社員の目標がここにつながります。"),
    )

    def write(data: dict[str, Any], version: int) -> str:
        made = actions.create_org_goal(cycle, data["unit"], by=request.member, **form.as_fields())
        return reverse("org_goals:org_goal", args=[made.pk])

    return ask(request, form, question, write, template="org_goals/form.html")


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: MemberRequest, pk: int) -> HttpResponse:
    goal = _editable(request, pk)
    form = OrgGoalForm(
        request.POST or None,
        member=request.member,
        cycle=goal.cycle,
        goal=goal,
        initial=OrgGoalForm.values_of(goal),
    )
    question = Question(
        title=_("組織目標の変更"),
        button=_("保存"),
        back=reverse("org_goals:org_goal", args=[pk]),
        back_label=_("組織目標に戻る"),
        done=_("組織目標を保存しました。"),
    )

    def write(data: dict[str, Any], version: int) -> str:
        actions.edit_org_goal(goal, by=request.member, version=version, **form.as_fields())
        return reverse("org_goals:org_goal", args=[pk])

    return ask(request, form, question, write, about=goal, template="org_goals/form.html")


@require_http_methods(["GET", "HEAD", "POST"])
def cancellation(request: MemberRequest, pk: int) -> HttpResponse:
    goal = _editable(request, pk)
    below = Goal.objects.open().filter(parent_org_goal=goal)[:1000]
    question = Question(
        title=_("組織目標の中止"),
        button=pgettext("操作", "中止"),
        back=reverse("org_goals:org_goal", args=[pk]),
        back_label=_("組織目標に戻る"),
        done=_("組織目標を中止しました。"),
        warning=_(
            "「%(title)s」を中止します。つながっている目標%(count)s件は、つなぎ直すまで承認申請できません。"
        )
        % {"title": goal.title, "count": len(below)},
        tone="danger",
    )

    def write(data: dict[str, Any], version: int) -> str:
        actions.cancel_org_goal(goal, by=request.member, version=version, reason=data["reason"])
        return reverse("org_goals:org_goal", args=[pk])

    return ask(request, CancellationForm(request.POST or None), question, write, about=goal)


def _find(request: MemberRequest, pk: int) -> OrgGoal:
    rows = OrgGoal.objects.visible_to(request.member).select_related(
        "cycle__policy", "owner", "parent", "indicator_version"
    )
    return get_object_or_404(rows, pk=pk)


def _editable(request: MemberRequest, pk: int) -> OrgGoal:
    """For those who may change it; the pages of changing do not exist for anybody else."""
    goal = _find(request, pk)
    if not permissions.can_edit_org_goal(request.member, goal):
        raise Http404
    return goal
