"""What the five steps of the wizard share: the stepper, the way back and on, and reading the version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from dodai.goals.models import Goal
from dodai.organization.http import MemberRequest
from dodai.organization.models import Member

STEPS = tuple(Goal.Step.values)


@dataclass(frozen=True)
class Saved:
    """A goal after writing what could be read, and sentences about what could not."""

    goal: Goal
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """One thing two people wrote differently; ``names`` are the fields it was sent in."""

    key: str
    label: str
    mine: str
    theirs: str
    names: tuple[str, ...]


class StepModule(Protocol):
    """One step: what it shows, what it writes, what it asks for before the next one."""

    template: str

    def context(self, request: MemberRequest, goal: Goal, data: QueryDict | None) -> dict[str, Any]: ...
    def save(self, goal: Goal, data: QueryDict, *, by: Member, version: int) -> Saved: ...
    def missing(self, goal: Goal, data: QueryDict) -> list[str]: ...
    def compared(self, goal: Goal, data: QueryDict) -> list[Compared]: ...


def step_url(goal: Goal, step: str) -> str:
    return reverse("goals:step", args=[goal.pk, step])


def neighbour(step: str, by: int) -> str | None:
    place = STEPS.index(step) + by
    return STEPS[place] if 0 <= place < len(STEPS) else None


def frame(goal: Goal, step: str) -> dict[str, Any]:
    """Title, stepper and links of one step."""
    before = neighbour(step, -1)
    number = STEPS.index(step) + 1
    return {
        "goal": goal,
        "sheet": goal.sheet,
        "step": step,
        "step_title": str(Goal.Step(step).label),
        "number": number,
        "steps": [{"label": str(Goal.Step(each).label), "url": step_url(goal, each)} for each in STEPS],
        "back_step": before,
        "action": step_url(goal, step),
        "check_url": reverse("goals:goal_check", args=[goal.pk]),
        "goal_url": reverse("goals:goal", args=[goal.pk]),
        "sheet_url": reverse("sheets:sheet", args=[goal.sheet_id]),
        "indicator_url": step_url(goal, Goal.Step.INDICATOR),
    }


def saved_answer(goal: Goal, problems: Sequence[str], at: str) -> HttpResponse:
    """What an autosave shows. It needs nothing of the frame, so nothing of the frame is asked for."""
    return HttpResponse(render_to_string("goals/_saved.html", {"goal": goal, "problems": problems, "at": at}))


def now() -> str:
    return timezone.localtime().strftime("%H:%M")


Answer = Callable[[MemberRequest, Goal], HttpResponse]
