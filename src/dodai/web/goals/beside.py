"""What is done beside the text of a goal: findings set aside, requests to others, an own indicator.

Without a script these buttons send the whole form of the step, so what was typed is saved first.
"""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.core.text import name_key
from dodai.goals import actions, permissions
from dodai.goals.models import Goal, GoalDependency, GoalIndicator
from dodai.indicators import actions as indicator_actions
from dodai.organization.http import MemberRequest
from dodai.organization.models import Member, OrgUnit, OrgUnitVersion
from dodai.web.goals import drafting
from dodai.web.goals.compare import compare_page
from dodai.web.goals.forms import AnswerForm, OwnIndicatorForm, OwnRubricForm, RequestForm, VersionForm
from dodai.web.goals.inputs import as_input, even_shares
from dodai.web.goals.live import live_context
from dodai.web.goals.looking import find_own, unit_function
from dodai.web.goals.steps import MODULES
from dodai.web.goals.steps.frame import frame, step_url


@require_POST
def dismissals(request: MemberRequest, pk: int) -> HttpResponse:
    """「当てはまらない」 with its reason, or the finding taken up again."""
    goal = find_own(request, pk)
    data = request.POST
    try:
        goal = _keep_typed(request, goal)
        if key := data.get("reinstate"):
            rule, _sep, word = key.partition("|")
            actions.reinstate_finding(goal, by=request.member, rule=rule, word=word)
        elif key := data.get("dismiss"):
            rule, _sep, word = key.partition("|")
            reason = data.get(f"reason|{key}", "")
            actions.dismiss_finding(goal, by=request.member, rule=rule, word=word, reason=reason)
    except Conflict:
        return compare_page(request, find_own(request, pk), Goal.Step.STATEMENT, data.copy())
    except Refused as refused:
        return _statement(request, pk, str(refused))
    if request.htmx:
        return render(request, "goals/_live.html", live_context(find_own(request, pk), data))
    return redirect(f"{step_url(goal, Goal.Step.STATEMENT)}#check")


@require_POST
def requests(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask a department or a person for something the goal needs."""
    goal = find_own(request, pk)
    form = RequestForm(request.POST)
    if not form.is_valid():
        return _statement(request, pk, _("依頼を追加できませんでした。依頼先と依頼内容を入れてください。"))
    try:
        unit, member = asked(form.cleaned_data["to"])
        goal = _keep_typed(request, goal)
        actions.add_dependency(
            goal,
            by=request.member,
            version=goal.version,
            request=form.cleaned_data["request"],
            unit=unit,
            member=member,
            due_on=form.cleaned_data["due_on"],
        )
    except Conflict:
        return compare_page(request, find_own(request, pk), Goal.Step.STATEMENT, request.POST.copy())
    except Refused as refused:
        return _statement(request, pk, str(refused))
    messages.success(request, _("依頼を追加しました。相手が合意すると、合意状態が変わります。"))
    return redirect(step_url(goal, Goal.Step.STATEMENT))


@require_POST
def request_removal(request: MemberRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(
        GoalDependency.objects.select_related("goal__sheet").filter(goal__sheet__member=request.member), pk=pk
    )
    goal = find_own(request, row.goal_id)
    try:
        goal = _keep_typed(request, goal)
        version = int(request.POST.get("request_version", "0") or 0)
        actions.remove_dependency(row, by=request.member, version=version)
    except Conflict:
        return compare_page(request, find_own(request, goal.pk), Goal.Step.STATEMENT, request.POST.copy())
    messages.success(request, _("依頼を取り消しました。"))
    return redirect(step_url(goal, Goal.Step.STATEMENT))


@require_POST
def answers(request: MemberRequest, pk: int) -> HttpResponse:
    """The answer of the person or the unit asked."""
    row = get_object_or_404(GoalDependency.objects.visible_to(request.member), pk=pk)
    version = VersionForm.read(request.POST)
    if request.POST.get("accept"):
        actions.accept_proposal(row, by=request.member, version=version)
        return redirect("goals:goal", pk=row.goal_id)
    if not permissions.can_answer(request.member, row):
        raise NotAllowed(_("回答できるのは依頼先の人か、依頼先の組織の長だけです。"))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Refused(
            _("回答を読めませんでした。合意・不可・期日の再提案から選び、期日は日付で入れてください。")
        )
    values = form.cleaned_data
    actions.answer_dependency(
        row,
        by=request.member,
        version=version,
        answer=values["agreement"],
        text=values["answer"],
        due_on=values["due_on"],
    )
    messages.success(request, _("依頼に回答しました。"))
    return redirect("goals:goal", pk=row.goal_id)


@require_POST
def own_indicator(request: MemberRequest, pk: int) -> HttpResponse:
    """定量 or 定性 of one's own, created and attached in one step."""
    goal = find_own(request, pk)
    kind = request.POST.get("kind", "quantitative")
    form = OwnRubricForm(request.POST) if kind == "qualitative" else OwnIndicatorForm(request.POST)
    if not form.is_valid():
        context = frame(goal, Goal.Step.INDICATOR) | MODULES[Goal.Step.INDICATOR].context(request, goal, None)
        form.auto_id = "own_%s"
        context["rubric_form" if kind == "qualitative" else "indicator_form"] = form
        faults = [_("指標を作れませんでした。書かれていない項目があります。")]
        return render(request, "goals/steps/indicator.html", context | {"faults": faults}, status=422)
    values = dict(form.cleaned_data)
    levels = {level: values.pop(f"level_{level}") for level in range(1, 6)} if kind == "qualitative" else None
    function = unit_function(goal.sheet.unit_id) or OrgUnitVersion.Function.OTHER
    if kind == "qualitative":
        values["archetype"] = "rubric"
    made = indicator_actions.propose(
        by=request.member,
        kind=kind,
        function=function,
        levels={level: text for level, text in (levels or {}).items() if text},
        **values,
    )
    rows = list(goal.goal_indicators.all())
    assert made.current_id is not None
    rows.append(GoalIndicator(goal=goal, indicator_version_id=made.current_id))
    shares = iter(even_shares(sum(row.part == GoalIndicator.Part.MEASURE for row in rows)))
    given = [as_input(row, sub_weight=next(shares) if row.part == "measure" else 0) for row in rows]
    actions.measure(goal, by=request.member, version=VersionForm.read(request.POST), indicators=given)
    messages.success(request, _("指標を作って付けました。人事か部門長が承認すると、ほかの人も使えます。"))
    return redirect(step_url(goal, Goal.Step.INDICATOR))


def asked(words: str) -> tuple[OrgUnit | None, Member | None]:
    """Who is meant: a unit by its name, else a person by number or name; two of a name are asked about."""
    today = timezone.localdate()
    units = [
        version.unit
        for version in OrgUnitVersion.objects.on(today).filter(name=words).select_related("unit")[:2]
    ]
    if len(units) == 1:
        return units[0], None
    people = list(
        Member.objects.employed(today)
        .filter(Q(member_no=words) | Q(search__contains=name_key(words)))
        .order_by("member_no")[:20]
    )
    exact = [one for one in people if one.member_no == words or name_key(one.name) == name_key(words)]
    if len(exact) == 1:
        return None, exact[0]
    if len(exact) > 1 or len(units) > 1:
        raise Refused(
            _("「%(words)s」に当てはまる依頼先が複数あります。社員番号で入れてください。") % {"words": words}
        )
    raise Refused(
        _("「%(words)s」という部門も人も見つかりません。部門名、氏名または社員番号を確認してください。")
        % {"words": words}
    )


def _keep_typed(request: MemberRequest, goal: Goal) -> Goal:
    """Save the step's form that came along, where it came along."""
    version = VersionForm.read(request.POST)
    if "title" not in request.POST:
        return goal
    return drafting.save(drafting.read(goal, request.POST), by=request.member, version=version)


def _statement(request: MemberRequest, pk: int, fault: str) -> HttpResponse:
    goal = find_own(request, pk)
    module = MODULES[Goal.Step.STATEMENT]
    data = request.POST if "title" in request.POST else None
    context = frame(goal, Goal.Step.STATEMENT) | module.context(request, goal, data)
    if "to" in request.POST and not request.POST.get("dismiss"):
        context["request_form"] = RequestForm(request.POST, auto_id="request_%s")
    return render(request, module.template, context | {"faults": [fault]}, status=422)
