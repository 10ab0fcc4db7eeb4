"""The panel 「この目標の点検」: five lamps with what was found, what to do, and the way to disagree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dodai.goals.checking import GoalCheck, check_goal, check_text, checked_text
from dodai.goals.models import Goal, GoalIndicator
from dodai.smart import Finding, Lamp, Severity
from dodai.web.goals import drafting
from dodai.web.goals.levels import levels_of
from dodai.web.goals.measures import MeasureForm
from dodai.web.goals.rewriting import rewrite_of
from dodai.web.templatetags.goals import baseline_text, target_text
from dodai.web.templatetags.writing import figure, long_date

LETTERS = ("S", "M", "A", "R", "T")
_STATES = {Lamp.RED: "must", Lamp.YELLOW: "advice", Lamp.GREEN: "ok"}


@dataclass(frozen=True)
class Remark:
    """One finding on the screen. ``key`` names it in the form that sets it aside."""

    rule: str
    word: str
    message: str
    now: str
    example: str
    severity: str
    dismissible: bool

    @property
    def key(self) -> str:
        return f"{self.rule}|{self.word}"


@dataclass(frozen=True)
class Letter:
    letter: str
    name: str
    state: str
    found: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class SetAside:
    """A finding somebody argued with, and why; the approver reads it too."""

    rule: str
    word: str
    message: str
    reason: str


@dataclass(frozen=True)
class Panel:
    """The whole panel: lamps, what stands outside SMART, what was set aside, and the text with its marks."""

    letters: tuple[Letter, ...]
    others: tuple[Remark, ...]
    set_aside: tuple[SetAside, ...]
    marked: tuple[tuple[str, str], ...]  # (text, severity or nothing)
    is_empty: bool

    @property
    def good(self) -> int:
        return 0 if self.is_empty else sum(letter.state == "ok" for letter in self.letters)

    @property
    def must(self) -> int:
        return sum(letter.state == "must" for letter in self.letters)

    @property
    def advice(self) -> int:
        return sum(letter.state == "advice" for letter in self.letters)

    @property
    def said(self) -> str:
        return _("点検 5項目中%(good)s項目") % {"good": self.good}


def letter_names() -> dict[str, str]:
    return {
        "S": _("具体的"),
        "M": _("測れる"),
        "A": _("達成できる"),
        "R": _("つながり"),
        "T": pgettext("点検", "期限"),
    }


def panel_of(check: GoalCheck, goal: Goal | None = None) -> Panel:
    """The panel for a check. Without a goal (the first words) nothing is known beside the text."""
    lamps = check.lamps
    found = {letter: [one for one in check.findings if one.letter == letter] for letter in LETTERS}
    is_empty = not check.text.strip()
    said = _said(goal) if goal is not None else {}
    letters = tuple(
        Letter(
            letter,
            name,
            _state(letter, lamps[letter], is_empty=is_empty, is_known=goal is not None),
            "" if found[letter] or is_empty else said.get(letter, ""),
            tuple(_remark(one, check.text, is_known=goal is not None) for one in found[letter]),
        )
        for letter, name in letter_names().items()
    )
    rest = [one for one in check.findings if one.letter not in LETTERS]
    return Panel(
        letters,
        tuple(_remark(one, check.text, is_known=goal is not None) for one in rest),
        tuple(
            SetAside(one.finding.rule, one.finding.word, one.finding.message, one.reason)
            for one in check.dismissed
        ),
        tuple(_marked(check)),
        is_empty,
    )


def _state(letter: str, lamp: Lamp, *, is_empty: bool, is_known: bool) -> str:
    """Of bare words nobody can say whether they are within reach (A) or lead anywhere (R)."""
    if is_empty or (not is_known and letter in "AR" and lamp is Lamp.GREEN):
        return "none"
    return _STATES[lamp]


def stored_panel(goal: Goal) -> Panel:
    return panel_of(check_goal(goal), goal)


def live_context(goal: Goal, data: QueryDict | None) -> dict[str, Any]:
    """Everything beside the form that changes while somebody types."""
    typed = drafting.read(goal, data)
    siblings = list(
        goal.sheet.goals.exclude(pk=goal.pk)
        .exclude(state=Goal.State.CANCELLED)
        .values_list("number", "title", "weight")
        .order_by("number")
    )
    drafting.apply(typed)
    if typed.words.is_bound or goal.deadline is None:
        goal.deadline = drafting.shown_deadline(typed) or (None if typed.words.is_bound else period_end(goal))
    name, text = checked_text(goal)
    weights = tuple(one.weight for one in drafting.typed_milestones(typed)) or tuple(
        one.weight for one in goal.milestones.all()
    )
    count = len(drafting.typed_milestones(typed)) if data is not None else len(goal.milestones.all())
    check = check_text(text, goal=goal, milestones=count)
    total = sum(weight for _number, _title, weight in siblings) + goal.weight
    return {
        "goal": goal,
        "typed": typed,
        "panel": panel_of(check, goal),
        "checked_field": name,
        "measures": [
            (form, levels_of(form, tuple(_decimals(weights)))) if _is_measure(form) else (form, None)
            for form in typed.measures
        ],
        "share_count": len(typed.shares),
        "weights": {"total": total, "left": 100 - total, "siblings": siblings},
        "rewrite": rewrite_of(goal, data),
        "deadline_said": deadline_said(goal),
        "dismissals_url": reverse("goals:dismissals", args=[goal.pk]),
    }


def period_end(goal: Goal) -> Any:
    return goal.sheet.cycle.period_to


def deadline_said(goal: Goal) -> str:
    """2026年9月30日（水）・期の終わり: the date in words, as help beside the field."""
    if goal.deadline is None:
        return ""
    said = long_date(goal.deadline)
    cycle = goal.sheet.cycle
    if goal.deadline == cycle.period_to:
        return _("%(date)s・%(cycle)sの最終日") % {"date": said, "cycle": cycle.name}
    if not cycle.contains(goal.deadline):
        return _("%(date)s・%(cycle)sの外です") % {"date": said, "cycle": cycle.name}
    return said


def first_words(text: str) -> GoalCheck:
    """The check on the words a person starts from: nothing else is known yet."""
    return check_text(text)


def _is_measure(form: MeasureForm) -> bool:
    return form.measure.part == GoalIndicator.Part.MEASURE


def _decimals(weights: tuple[int, ...]) -> list[Any]:
    return [Decimal(weight) for weight in weights]


def _remark(finding: Finding, text: str, *, is_known: bool) -> Remark:
    return Remark(
        finding.rule,
        finding.word,
        finding.message,
        _sentence_around(text, finding),
        finding.suggestion,
        str(finding.severity),
        is_known and finding.severity is not Severity.ERROR,
    )


def _sentence_around(text: str, finding: Finding) -> str:
    """「いま」: the clause with the word, cut at commas; nothing where a whole sentence lacks something."""
    if not finding.word:
        return ""
    start = max(text.rfind(sign, 0, finding.start) for sign in "、。\n") + 1
    ends = [at for sign in "、。\n" if (at := text.find(sign, finding.end)) >= 0]
    clause = text[start : min(ends, default=len(text))].strip()
    return "" if clause == finding.word else clause


def _marked(check: GoalCheck) -> list[tuple[str, str]]:
    """The text cut at the words the findings point at; the gravest one wins where they overlap."""
    text = check.text
    grave = {Severity.ERROR: 2, Severity.WARN: 1, Severity.INFO: 0}
    tones: list[Severity | None] = [None] * len(text)
    for one in sorted(check.findings, key=lambda one: grave[one.severity]):
        for at in range(one.start, min(one.end, len(text))):
            tones[at] = one.severity
    parts: list[tuple[str, str]] = []
    for letter, tone in zip(text, tones, strict=True):
        name = str(tone) if tone else ""
        if parts and parts[-1][1] == name:
            parts[-1] = (parts[-1][0] + letter, name)
        else:
            parts.append((letter, name))
    return parts


def _said(goal: Goal) -> dict[str, str]:
    """What speaks for each letter, in a few words."""
    said: dict[str, str] = {}
    measures = [row for row in goal.goal_indicators.all() if row.part == GoalIndicator.Part.MEASURE]
    if measures:
        said["M"] = "、".join(_measured(row) for row in measures)
    steps = len(goal.milestones.all())
    if steps:
        said["A"] = _("節目が%(count)s件あります。") % {"count": steps}
    elif goal.approach:
        said["A"] = _("進め方が書かれています。")
    parent = goal.parent_org_goal or goal.parent_goal
    outcome = next(iter(goal.outcomes.all()), None)
    if parent is not None:
        said["R"] = _("上位目標「%(parent)s」に貢献します。") % {"parent": parent}
    elif outcome is not None:
        said["R"] = _("成果「%(outcome)s」につながります。") % {"outcome": outcome.sentence}
    if goal.deadline:
        said["T"] = _("%(date)s。期の中にあります。") % {"date": long_date(goal.deadline)}
    return said


def _measured(row: GoalIndicator) -> str:
    version = row.indicator_version
    if version.indicator.kind == "qualitative":
        return _("%(name)s 段階%(level)s") % {"name": version.name, "level": figure(row.target)}
    if row.baseline is not None and row.target is not None:
        return f"{version.name} {baseline_text(row)}{version.unit} → {target_text(row)}{version.unit}"
    if row.target is not None:
        return f"{version.name} {target_text(row)}{version.unit}"
    return version.name
