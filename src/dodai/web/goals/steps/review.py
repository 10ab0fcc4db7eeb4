"""5 確認: the whole chain, what the check says about goal and sheet, and the way to 承認申請."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from dodai.goals.checking import check_sheet
from dodai.goals.models import Goal
from dodai.organization.http import MemberRequest
from dodai.organization.models import Member
from dodai.web.goals.levels import stored_levels
from dodai.web.goals.live import panel_of
from dodai.web.goals.looking import Parts
from dodai.web.goals.steps.frame import Compared, Saved, step_url
from dodai.web.goals.steps.statement import named_dependencies

template = "goals/steps/review.html"


def context(request: MemberRequest, goal: Goal, data: QueryDict | None) -> dict[str, Any]:
    parts = Parts(goal)
    check = check_sheet(goal.sheet)
    own = check.of(goal)
    urls = {
        "work": step_url(goal, "work"),
        "outcome": step_url(goal, "outcome"),
        "indicator": step_url(goal, "indicator"),
        "parent": step_url(goal, "statement"),
    }
    return {
        "parts": parts,
        "links": parts.links(urls),
        "panel": panel_of(own, goal) if own else None,
        "sheet_findings": check.findings,
        "levels": [(row, stored_levels(row)) for row in parts.measures],
        "dependencies": named_dependencies(goal),
    }


def save(goal: Goal, data: QueryDict, *, by: Member, version: int) -> Saved:
    return Saved(goal)


def missing(goal: Goal, data: QueryDict) -> list[str]:
    return []


def compared(goal: Goal, data: QueryDict) -> list[Compared]:
    return []
