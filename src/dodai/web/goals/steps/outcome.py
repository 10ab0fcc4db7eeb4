"""2 成果を書く: what becomes true for whom through the chosen work."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from dodai.goals import actions
from dodai.goals.models import Goal
from dodai.organization.http import MemberRequest
from dodai.organization.models import Member
from dodai.web.goals.forms import OutcomeForm
from dodai.web.goals.steps.frame import Compared, Saved
from dodai.work import actions as work_actions
from dodai.work.models import Outcome, OutcomeLink

template = "goals/steps/outcome.html"
_FIELDS = ("beneficiary", "thing", "state")


def context(request: MemberRequest, goal: Goal, data: QueryDict | None) -> dict[str, Any]:
    works = list(goal.work_items.all())
    outcomes = list(_of_works(goal, [item.pk for item in works]))
    typed = data if data is not None and any(data.get(name) for name in _FIELDS) else None
    return {
        "works": works,
        "outcomes": outcomes,
        "chosen": _chosen_ids(goal, data),
        "outcome_form": OutcomeForm(typed, auto_id="%s"),
    }


def save(goal: Goal, data: QueryDict, *, by: Member, version: int) -> Saved:
    """The chosen outcomes, and a new one as soon as all three parts of the sentence are there."""
    chosen = list(
        Outcome.objects.visible_to(by).filter(
            pk__in=[int(value) for value in data.getlist("outcome") if value.isdecimal()]
        )
    )
    form = OutcomeForm(data)
    with transaction.atomic():
        if form.is_valid() and data.get("then") != "autosave":
            work = goal.work_items.first()
            if work is None:
                return Saved(goal, (_("業務が選ばれていません。前の手順で業務を選んでください。"),))
            chosen.append(work_actions.write_outcome(work, by=by, values=form.cleaned_data))
        return Saved(actions.choose_outcomes(goal, by=by, version=version, outcomes=chosen))


def missing(goal: Goal, data: QueryDict) -> list[str]:
    if any(data.get(name) for name in _FIELDS) and not OutcomeForm(data).is_valid():
        return [_("成果の文がまだそろっていません。誰に・何が・どうなるの三つを入れてください。")]
    if goal.outcomes.exists():
        return []
    return [_("成果がありません。この業務でだれの何がどうなるかを書くか、書いてある成果を選んでください。")]


def compared(goal: Goal, data: QueryDict) -> list[Compared]:
    mine = list(
        Outcome.objects.visible_to(goal.sheet.member).filter(
            pk__in=[int(value) for value in data.getlist("outcome") if value.isdecimal()]
        )
    )
    theirs = list(goal.outcomes.all())
    found = []
    if {one.pk for one in mine} != {one.pk for one in theirs}:
        found.append(Compared("outcome", _("成果"), _said(mine), _said(theirs), ("outcome",)))
    if any(data.get(name) for name in _FIELDS):
        typed = "、".join(data.get(name, "") for name in _FIELDS if data.get(name))
        found.append(Compared("new", _("書きかけの成果"), typed, "", (*_FIELDS, "category")))
    return found


def _of_works(goal: Goal, work_ids: list[int]) -> QuerySet[Outcome]:
    links = OutcomeLink.objects.filter(work_item__in=work_ids).values("outcome")
    chosen = [one.pk for one in goal.outcomes.all()]
    return (Outcome.objects.filter(pk__in=links) | Outcome.objects.filter(pk__in=chosen)).order_by("pk")


def _chosen_ids(goal: Goal, data: QueryDict | None) -> set[int]:
    if data is not None:
        return {int(value) for value in data.getlist("outcome") if value.isdecimal()}
    return {one.pk for one in goal.outcomes.all()}


def _said(outcomes: list[Outcome]) -> str:
    return "、".join(outcome.sentence for outcome in outcomes)
