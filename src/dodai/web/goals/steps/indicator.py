"""3 指標を選ぶ: how the outcome is seen, as a number and as described levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from dodai.goals import actions
from dodai.goals.checking import check_text
from dodai.goals.models import Goal, GoalIndicator
from dodai.indicators.models import Indicator, IndicatorVersion
from dodai.organization.http import MemberRequest
from dodai.organization.models import Member, OrgUnitVersion
from dodai.web.goals import proposals
from dodai.web.goals.forms import OwnIndicatorForm, OwnRubricForm
from dodai.web.goals.inputs import as_input, even_shares
from dodai.web.goals.looking import balance_of, unit_function
from dodai.web.goals.steps.frame import Compared, Saved

template = "goals/steps/indicator.html"
SHOWN = 30
_SPEED = frozenset({"lead_time", "volume_converted", "effect"})


@dataclass(frozen=True)
class Counterpart:
    """The 対になる指標 a chosen one asks for: of the library, or in words."""

    of: str
    version: IndicatorVersion | None
    note: str


def context(request: MemberRequest, goal: Goal, data: QueryDict | None) -> dict[str, Any]:
    measures = list(goal.goal_indicators.all())
    function = request.GET.get("f") or function_of(goal)
    words, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    taken = {row.indicator_version_id for row in measures}
    searching = "q" in request.GET or "kind" in request.GET
    proposed = None if searching else _proposed(goal, request.member, function, request.GET.get("type", ""))
    return {
        "measures": measures,
        "taken": taken,
        "balance": balance_of(_of_sheet(goal)),
        "library": {
            "words": words,
            "kind": kind,
            "function": function,
            "functions": OrgUnitVersion.Function.choices,
            "found": _found(request.member, words, kind, function) if searching else [],
            "searching": searching,
        },
        "proposed": proposed,
        "counterparts": _counterparts(measures),
        "indicator_form": OwnIndicatorForm(auto_id="own_%s"),
        "rubric_form": OwnRubricForm(auto_id="own_%s"),
    }


def save(goal: Goal, data: QueryDict, *, by: Member, version: int) -> Saved:
    """Adds or takes away one indicator; the shares of the rest are evened out."""
    rows = list(goal.goal_indicators.all())
    if (removed := data.get("remove", "")).isdecimal():
        rows = [row for row in rows if row.indicator_version_id != int(removed)]
        return Saved(_replace(goal, rows, by=by, version=version))
    part = GoalIndicator.Part.MEASURE
    added = data.get("add", "")
    if data.get("add_counter", "").isdecimal():
        added, part = data.get("add_counter", ""), GoalIndicator.Part.COUNTER
    if data.get("add_reference", "").isdecimal():
        added, part = data.get("add_reference", ""), GoalIndicator.Part.REFERENCE
    if added.isdecimal() and int(added) not in {row.indicator_version_id for row in rows}:
        rows.append(GoalIndicator(goal=goal, indicator_version_id=int(added), part=part))
        return Saved(_replace(goal, rows, by=by, version=version))
    return Saved(goal)


def missing(goal: Goal, data: QueryDict) -> list[str]:
    if goal.goal_indicators.filter(part=GoalIndicator.Part.MEASURE).exists():
        return []
    return [_("指標が選ばれていません。達成を測る定量指標か評価段階表を一つ以上選んでください。")]


def compared(goal: Goal, data: QueryDict) -> list[Compared]:
    """Adding and taking away says what it means by itself; there is no text to lose."""
    return []


def function_of(goal: Goal) -> str:
    """The back-office function of the unit the sheet belongs to; a section inherits its department's."""
    return unit_function(goal.sheet.unit_id)


def _replace(goal: Goal, rows: Sequence[GoalIndicator], *, by: Member, version: int) -> Goal:
    shares = iter(even_shares(sum(row.part == GoalIndicator.Part.MEASURE for row in rows)))
    given = [
        as_input(row, sub_weight=next(shares) if row.part == GoalIndicator.Part.MEASURE else 0)
        for row in rows
    ]
    return actions.measure(goal, by=by, version=version, indicators=given)


def _proposed(goal: Goal, member: Member, function: str, archetype: str) -> proposals.Proposed:
    """For the words typed first, the work and the outcome, in this order."""
    works = list(goal.work_items.all())
    words = goal.typed_as or goal.statement or " ".join(item.name for item in works)
    rules = [finding.rule for finding in check_text(words).findings] if words else []
    found = proposals.propose(words, member, function, rules=rules, archetype=archetype)
    if found.proposals or archetype or not works:
        return found
    rest = " ".join([item.name for item in works] + [one.sentence for one in goal.outcomes.all()])
    return proposals.propose(rest, member, function)


def _found(member: Member, words: str, kind: str, function: str) -> list[IndicatorVersion]:
    shown = _library(member, kind, function)
    if words:
        shown = shown.matching(words)
    return [one.current for one in shown.order_by("code")[:SHOWN] if one.current is not None]


def _library(member: Member, kind: str, function: str) -> Any:
    shown = Indicator.objects.visible_to(member).usable().select_related("current__indicator")
    shown = shown.prefetch_related("current__levels")
    if kind in Indicator.Kind.values:
        shown = shown.filter(kind=kind)
    return shown.filter(function=function) if function and function != "all" else shown


def _of_sheet(goal: Goal) -> list[GoalIndicator]:
    rows: QuerySet[GoalIndicator] = GoalIndicator.objects.filter(goal__sheet=goal.sheet_id).exclude(
        goal__state=Goal.State.CANCELLED
    )
    return list(rows.select_related("indicator_version__indicator"))


def _counterparts(measures: Sequence[GoalIndicator]) -> list[Counterpart]:
    taken = {row.indicator_version.indicator_id for row in measures}
    offered = []
    for row in measures:
        version = row.indicator_version
        if row.part != GoalIndicator.Part.MEASURE:
            continue
        pair = version.counter_indicator
        if pair is not None and pair.pk not in taken and pair.current is not None:
            offered.append(Counterpart(version.name, pair.current, ""))
        elif pair is None and version.counter_note and version.archetype in _SPEED:
            offered.append(Counterpart(version.name, None, version.counter_note))
    return offered
