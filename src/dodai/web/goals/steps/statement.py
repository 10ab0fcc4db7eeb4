"""4 目標を書く: the words, the measure with its 水準表, the date, the weight and what the goal hangs on."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from dodai.goals.models import Goal, GoalDependency
from dodai.organization.http import MemberRequest
from dodai.organization.models import Member
from dodai.organization.reporting import unit_names
from dodai.web.goals import drafting
from dodai.web.goals.forms import RequestForm
from dodai.web.goals.live import live_context, period_end
from dodai.web.goals.steps.frame import Compared, Saved

template = "goals/steps/statement.html"
_REQUIRED = ("title", "statement", "criteria", "deadline", "weight")


def context(request: MemberRequest, goal: Goal, data: QueryDict | None) -> dict[str, Any]:
    if goal.deadline is None and data is None:
        goal.deadline = period_end(goal)
    values = live_context(goal, data)
    values["words"] = values["typed"].words
    values["milestone_forms"] = values["typed"].milestones
    values["request_form"] = RequestForm(auto_id="request_%s")
    values["dependencies"] = named_dependencies(goal)
    return values


def save(goal: Goal, data: QueryDict, *, by: Member, version: int) -> Saved:
    typed = drafting.read(goal, data)
    kept = drafting.save(typed, by=by, version=version)
    problems = list(typed.faults)
    unread = sum(
        len(form.errors) for form in [typed.words, *typed.measures, *typed.milestones] if form.is_bound
    )
    missing_only = (
        sum(
            any(error.code == "required" for error in typed.words.errors.as_data().get(name, ()))
            for name in _REQUIRED
        )
        if typed.words.is_bound
        else 0
    )
    if unread - missing_only > 0:
        problems.append(_("読めない項目が%(count)s件あります。") % {"count": unread - missing_only})
    return Saved(kept, tuple(problems))


def missing(goal: Goal, data: QueryDict) -> list[str]:
    """次へ asks for the required fields and for numbers that fit; the findings are advice."""
    typed = drafting.read(goal, data)
    if typed.is_readable:
        return []
    return [*typed.faults] or [_("書かれていない項目か、読めない項目があります。")]


def compared(goal: Goal, data: QueryDict) -> list[Compared]:
    """The fields in which what was typed differs from what is stored now."""
    typed = drafting.read(goal, data)
    found = _words_compared(typed)
    for form in typed.measures:
        names = [name for name in form.fields if form.add_prefix(name) in data]
        mine, theirs = _shown(form, names, bound=True), _shown(form, names, bound=False)
        if mine != theirs:
            sent = tuple(form.add_prefix(name) for name in names)
            found.append(Compared(str(form.prefix), form.measure.indicator_version.name, mine, theirs, sent))
    rows = [form for form in typed.milestones if form.is_bound]
    kept = "、".join(f"{one.title}（{one.due_on:%Y/%m/%d}）" for one in goal.milestones.all())
    mine = "、".join(f"{one.title}（{one.due_on:%Y/%m/%d}）" for one in drafting.typed_milestones(typed))
    if rows and mine != kept:
        sent = tuple(form.add_prefix(name) for form in rows for name in form.fields)
        found.append(Compared("milestones", _("節目"), mine, kept, sent))
    return found


def named_dependencies(goal: Goal) -> list[tuple[GoalDependency, str]]:
    """Each request with the name of whom it asks."""
    rows = list(goal.dependencies.all())
    names = unit_names([row.unit_id for row in rows if row.unit_id], goal.sheet.segment_to) if rows else {}
    return [
        (row, row.member.name if row.member else names.get(row.unit_id or 0, str(row.unit or "")))
        for row in rows
    ]


def _words_compared(typed: drafting.Typed) -> list[Compared]:
    form = typed.words
    if not form.is_bound:
        return []
    found = []
    for name, bound in form.fields.items():
        if name == "deadline_text" or not form._was_sent(name):
            continue
        mine = form.readable().get(name) if name == "deadline" else form[name].value()
        theirs = form.get_initial_for_field(bound, name)
        mine_text, theirs_text = _text(form, name, mine), _text(form, name, theirs)
        if mine_text != theirs_text:
            names = ("deadline", "deadline_text") if name == "deadline" else (name, f"{name}_shown")
            found.append(Compared(name, str(bound.label), mine_text, theirs_text, names))
    return found


def _text(form: Any, name: str, value: Any) -> str:
    choices = dict(getattr(form.fields[name], "choices", ()))
    if choices:
        return str(choices.get(value, "")) if value else ""
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    prepared = form.fields[name].prepare_value(value)
    return "" if prepared is None else str(prepared).replace("\r\n", "\n").strip()


def _shown(form: Any, names: list[str], *, bound: bool) -> str:
    parts = []
    for name in names:
        value = form[name].value() if bound else form.get_initial_for_field(form.fields[name], name)
        text = str(form.fields[name].prepare_value(value) if value is not None else "")
        if text:
            parts.append(f"{form.fields[name].label} {text}")
    return "、".join(parts)
