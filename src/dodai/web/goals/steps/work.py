"""1 業務を選ぶ: the work a goal grows from; a piece of work that is missing is written down here."""

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
from dodai.web.goals.forms import WorkItemForm
from dodai.web.goals.steps.frame import Compared, Saved
from dodai.work import actions as work_actions
from dodai.work.models import WorkItem
from dodai.work.querysets import WorkItemQuerySet

template = "goals/steps/work.html"
SHOWN = 60


def context(request: MemberRequest, goal: Goal, data: QueryDict | None) -> dict[str, Any]:
    words = request.GET.get("q", "")
    chosen = _chosen_ids(goal, data)
    own = _own(goal.sheet.member)
    listed = list((own.matching(words) if words else own).order_by("-importance", "name", "pk")[:SHOWN])
    missing = [item for item in goal.work_items.all() if item.pk not in {one.pk for one in listed}]
    adding = data is not None and bool(data.get("name"))
    return {
        "works": missing + listed,
        "chosen": chosen,
        "words": words,
        "work_form": WorkItemForm(data if adding else None, auto_id="new_work_%s"),
        "has_work": bool(listed or missing or words),
    }


def save(goal: Goal, data: QueryDict, *, by: Member, version: int) -> Saved:
    """The chosen work, and a new piece of work when its name was filled."""
    items = list(_usable(by).filter(pk__in=_numbers(data.getlist("work"))))
    with transaction.atomic():
        if data.get("name"):
            form = WorkItemForm(data)
            if not form.is_valid():
                return Saved(goal, (_("業務を追加できませんでした。業務名と大分類を入れてください。"),))
            items.append(work_actions.add(goal.sheet.unit, by=by, owner=by, values=form.cleaned_data))
        return Saved(actions.choose_work(goal, by=by, version=version, work_items=items))


def missing(goal: Goal, data: QueryDict) -> list[str]:
    if goal.work_items.exists():
        return []
    return [_("業務が選ばれていません。この目標のもとになる業務を一つ以上選んでください。")]


def compared(goal: Goal, data: QueryDict) -> list[Compared]:
    mine = list(_usable(goal.sheet.member).filter(pk__in=_numbers(data.getlist("work"))))
    theirs = list(goal.work_items.all())
    if {item.pk for item in mine} == {item.pk for item in theirs}:
        return []
    return [Compared("work", _("業務"), _names(mine), _names(theirs), ("work",))]


def _own(member: Member) -> WorkItemQuerySet:
    return WorkItem.objects.current().filter(owner=member)


def _usable(member: Member) -> QuerySet[WorkItem]:
    """Own work, also as 副担当."""
    return WorkItem.objects.visible_to(member).current()


def _chosen_ids(goal: Goal, data: QueryDict | None) -> set[int]:
    if data is not None:
        return set(_numbers(data.getlist("work")))
    return {item.pk for item in goal.work_items.all()}


def _names(items: list[WorkItem]) -> str:
    return "、".join(item.name for item in items)


def _numbers(values: list[str]) -> list[int]:
    return [int(value) for value in values if value.isdecimal()]
