"""The SMART check on rows: builds what ``dodai.smart`` asks for and sets aside what was dismissed.

``check_goal`` and ``check_sheet`` cost a constant number of queries, however many goals there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from dodai import smart
from dodai.cycles.rules.policy import Policy
from dodai.goals.models import FindingDismissal, Goal, GoalIndicator, GoalSheet
from dodai.goals.policy import policy_of, severities_of
from dodai.goals.rules import GoalFacts, Obstacle, date_in, obstacles
from dodai.goals.visibility import SHOWN_TO_COLLEAGUES
from dodai.goals.wording import of_goal, sentence
from dodai.indicators.models import Indicator
from dodai.smart import Context, Finding, IndicatorFact, Lamp, Severity, SheetContext, SheetGoal

# ``dodai.smart`` speaks the words of the method, whatever the language of the page.
_TYPES = {
    Goal.Type.OPERATION: "業務",
    Goal.Type.IMPROVEMENT: "改善",
    Goal.Type.PROPOSAL: "提案",
    Goal.Type.DEVELOPMENT: "育成",
    Goal.Type.COLLABORATION: "連携",
}
_BANDS = {"staff": "担当", "lead": "主任・リーダー", "manager": "管理職"}
_DIFFICULTIES = {"high": "高", "normal": "標準", "low": "低"}

#: While the wizard has not asked for work and outcome yet, nothing is said about their absence.
_BEFORE_LINKS = frozenset({Goal.Step.WORK, Goal.Step.OUTCOME})
_MOST_PEERS = 40
_ANSWERED_STRETCH = Decimal(10**6)  # a plan is written: the size of the step is no longer asked about


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A finding set aside, and why."""

    finding: Finding
    reason: str
    by_id: int


@dataclass(frozen=True, slots=True)
class GoalCheck:
    """What the check says about one goal. Spans point into ``text``, which stands in ``field``."""

    goal_id: int | None
    field: str  # "statement", "title" or "typed_as"
    text: str
    findings: tuple[Finding, ...]
    dismissed: tuple[Dismissed, ...] = ()

    @property
    def lamps(self) -> dict[str, Lamp]:
        return smart.lamps(self.findings)

    @property
    def score(self) -> int:
        return smart.score(self.findings)

    @property
    def blocks(self) -> bool:
        return smart.blocks(self.findings)


@dataclass(frozen=True, slots=True)
class SheetCheck:
    """What the check says about a sheet: its goals, the sheet as a whole, and what stops 承認申請."""

    goals: tuple[GoalCheck, ...]
    findings: tuple[Finding, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one for one in self._all() if one.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Those that need a fix, a dismissal with a reason, or a reason at 承認申請."""
        return tuple(one for one in self._all() if one.severity is Severity.WARN)

    @property
    def blocks(self) -> bool:
        return bool(self.obstacles or self.errors)

    @property
    def needs_reason(self) -> bool:
        return bool(self.warnings)

    def sentences(self, numbers: dict[int, int] | None = None) -> list[str]:
        """Everything that stops 承認申請, one sentence each; ``numbers`` maps goal ids to their No."""
        said = [sentence(obstacle) for obstacle in self.obstacles]
        said += [one.message for one in self.findings if one.severity is Severity.ERROR]
        for check in self.goals:
            number = (numbers or {}).get(check.goal_id or 0)
            for one in check.findings:
                if one.severity is Severity.ERROR:
                    said.append(of_goal(number, one.message) if number else one.message)
        return said

    def of(self, goal: Goal) -> GoalCheck | None:
        return next((check for check in self.goals if check.goal_id == goal.pk), None)

    def _all(self) -> Iterable[Finding]:
        yield from self.findings
        for check in self.goals:
            yield from check.findings


def check_text(text: str, *, goal: Goal | None = None, **fields: Any) -> GoalCheck:
    """The live check while somebody writes: the sentence, with the fields given (those of
    ``smart.Context``) laid over what is stored of the goal."""
    policy = policy_of(goal.sheet.cycle) if goal else Policy()
    context = replace(_context(goal, policy, strict=False), **fields) if goal else Context(**fields)
    found = smart.check(text, context, lang=_language(), severities=severities_of(policy))
    kept, dismissed = _split(found, goal.dismissals.all() if goal else ())
    return GoalCheck(goal.pk if goal else None, "statement", text, kept, dismissed)


def check_goal(goal: Goal) -> GoalCheck:
    """The findings on a stored goal; rules of steps the wizard has not reached stay silent."""
    loaded = for_check(Goal.objects.filter(pk=goal.pk)).get()
    policy = policy_of(loaded.sheet.cycle)
    return _check(loaded, policy, strict=False, earlier=_earlier(loaded.sheet), peers=())


def check_sheet(sheet: GoalSheet) -> SheetCheck:
    """The findings on a sheet and each of its goals, with everything that stops 承認申請."""
    goals = list(for_check(sheet.goals.exclude(state=Goal.State.CANCELLED)).order_by("number", "pk"))
    cycle = goals[0].sheet.cycle if goals else sheet.cycle
    policy = policy_of(cycle)
    earlier, peers = _earlier(sheet), _peers(sheet)
    checks = tuple(_check(goal, policy, strict=True, earlier=earlier, peers=peers) for goal in goals)
    as_whole = SheetContext(
        goals=tuple(_line(goal) for goal in goals),
        period_to=cycle.period_to,
        band=_BANDS.get(sheet.band, "担当"),
        manager_must_develop=policy.manager_must_develop,
    )
    found = smart.check_sheet(as_whole, lang=_language(), severities=severities_of(policy))
    return SheetCheck(checks, tuple(found), tuple(obstacles([_facts(goal) for goal in goals], policy)))


def for_check(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    """Everything the check reads of goals: one query, and one for each kind of row below them."""
    return goals.select_related(
        "sheet__cycle__policy", "parent_org_goal", "parent_goal__sheet", "copied_from"
    ).prefetch_related(
        Prefetch(
            "goal_indicators",
            GoalIndicator.objects.select_related(
                "indicator_version__indicator", "indicator_version__counter_indicator__current"
            ),
        ),
        "milestones",
        "dependencies",
        "dismissals",
        "work_items",
        "outcomes",
    )


def checked_text(goal: Goal) -> tuple[str, str]:
    """The field whose words are checked, and the words: the sentence, else the title, else what was typed."""
    for name in ("statement", "title", "typed_as"):
        if text := getattr(goal, name):
            return name, text
    return "statement", ""


def _check(
    goal: Goal, policy: Policy, *, strict: bool, earlier: Sequence[str], peers: Sequence[str]
) -> GoalCheck:
    name, text = checked_text(goal)
    context = replace(
        _context(goal, policy, strict=strict),
        prev_text=_most_alike(text, earlier),
        peer_text=_most_alike(text, peers),
    )
    found = smart.check(text, context, lang=_language(), severities=severities_of(policy))
    kept, dismissed = _split(found, goal.dismissals.all())
    return GoalCheck(goal.pk, name, text, kept, dismissed)


def _context(goal: Goal, policy: Policy, *, strict: bool) -> Context:
    """What the form knows about a goal. Not strict: what was not asked yet stays None."""
    sheet, cycle = goal.sheet, goal.sheet.cycle
    measures = _measures(goal)
    main = next((row for row in measures if _is_quantitative(row)), None)
    direction = main.indicator_version.direction if main else None
    has_plan = bool(goal.approach.strip() or goal.milestones.all())
    asked = strict or goal.step not in _BEFORE_LINKS
    period = (cycle.period_from, cycle.period_to)
    stays_open = main is not None and main.baseline is None and direction in ("higher", "lower")
    return Context(
        indicators=tuple(_fact(row) for row in measures),
        criteria=goal.criteria,
        baseline=main.baseline if main else None,
        target=main.target if main else None,
        direction=None if goal.learning_goal else direction,
        unit=main.indicator_version.unit if main else "",
        stretch_limit=_ANSWERED_STRETCH if has_plan else policy.stretch_limit,
        history=0 if stays_open and not goal.learning_goal else None,
        zero_definition=next((row.zero_definition for row in measures if row.zero_definition), ""),
        goal_type=_TYPES.get(Goal.Type(goal.goal_type)),
        band=_BANDS.get(sheet.band, "担当"),
        weight=goal.weight,
        milestones=len(goal.milestones.all()),
        deadline=goal.deadline,
        period=period,
        text_deadline=date_in(checked_text(goal)[1], period),
        links=_links(goal) if asked else None,
        outcome=_outcome(goal) if asked else None,
        parent_status=_parent_status(goal),
        dependency=True if goal.dependencies.all() else None,
        parent_text=_parent_text(goal),
    )


def _line(goal: Goal) -> SheetGoal:
    kinds = {"quantitative" if _is_quantitative(row) else "rubric" for row in _measures(goal)}
    return SheetGoal(
        weight=goal.weight,
        goal_type=_TYPES.get(Goal.Type(goal.goal_type), ""),
        kinds=frozenset(kinds),
        deadline=goal.deadline,
        difficulty=_DIFFICULTIES.get(goal.difficulty_planned, ""),
        text=checked_text(goal)[1],
        counter=_counter(goal),
    )


def _facts(goal: Goal) -> GoalFacts:
    measures = _measures(goal)
    return GoalFacts(
        number=goal.number,
        title=goal.title,
        weight=goal.weight,
        has_statement=bool(goal.statement.strip()),
        kinds=frozenset(row.indicator_version.indicator.kind for row in measures),
        lacks_plan=goal.learning_goal and not (goal.approach.strip() or goal.milestones.all()),
        unscaled=sum(1 for row in measures if not row.scale),
        share=sum(row.sub_weight for row in measures),
    )


def _measures(goal: Goal) -> list[GoalIndicator]:
    return [row for row in goal.goal_indicators.all() if row.part == GoalIndicator.Part.MEASURE]


def _is_quantitative(row: GoalIndicator) -> bool:
    return row.indicator_version.indicator.kind == Indicator.Kind.QUANTITATIVE


def _fact(row: GoalIndicator) -> IndicatorFact:
    """A 評価段階表 is judged at the end by the people it names; it needs no source beside them."""
    version = row.indicator_version
    if _is_quantitative(row):
        return IndicatorFact(version.name, "quantitative", row.target, version.data_source, version.frequency)
    return IndicatorFact(version.name, "rubric", None, version.data_source or "評価段階表", "期末")


def _counter(goal: Goal) -> str:
    """The names of what is watched beside the measures."""
    names = [
        row.indicator_version.name
        for row in goal.goal_indicators.all()
        if row.part == GoalIndicator.Part.COUNTER
    ]
    for row in _measures(goal):
        version = row.indicator_version
        if version.counter_note:
            names.append(version.counter_note)
        if version.counter_indicator is not None:
            names.append(str(version.counter_indicator))
    return "、".join(names)


def _links(goal: Goal) -> tuple[str, ...]:
    named = [item.name for item in goal.work_items.all()]
    named += [outcome.sentence for outcome in goal.outcomes.all()]
    named += [str(parent) for parent in (goal.parent_org_goal, goal.parent_goal) if parent is not None]
    return tuple(named)


def _outcome(goal: Goal) -> str:
    return goal.reason_outcome or next((outcome.sentence for outcome in goal.outcomes.all()), "")


def _parent_status(goal: Goal) -> str | None:
    org_goal, above, cycle_id = goal.parent_org_goal, goal.parent_goal, goal.sheet.cycle_id
    if (org_goal and not org_goal.is_active) or (above and above.state == Goal.State.CANCELLED):
        return "中止"
    if (org_goal and org_goal.cycle_id != cycle_id) or (above and above.sheet.cycle_id != cycle_id):
        return "前期"
    return "有効" if org_goal or above else None


def _parent_text(goal: Goal) -> str:
    if goal.parent_goal is not None:
        return goal.parent_goal.statement or goal.parent_goal.title
    if goal.parent_org_goal is not None:
        return goal.parent_org_goal.statement or goal.parent_org_goal.title
    return ""


def _earlier(sheet: GoalSheet) -> list[str]:
    """The person's sentences of the cycle before."""
    goals = Goal.objects.filter(sheet__member=sheet.member_id, sheet__segment_to__lt=sheet.segment_from)
    return _sentences(goals.order_by("-sheet__segment_to", "number")[:20])


def _peers(sheet: GoalSheet) -> list[str]:
    """Sentences colleagues of the unit share; what is not shared is not compared either."""
    goals = Goal.objects.filter(
        sheet__unit=sheet.unit_id, sheet__cycle=sheet.cycle_id, is_public=True, state__in=SHOWN_TO_COLLEAGUES
    )
    return _sentences(goals.exclude(sheet__member=sheet.member_id)[:_MOST_PEERS])


def _sentences(goals: QuerySet[Goal]) -> list[str]:
    return [statement or title for statement, title in goals.values_list("statement", "title")]


def _most_alike(text: str, others: Sequence[str]) -> str:
    return max(others, key=lambda other: SequenceMatcher(None, text, other).quick_ratio(), default="")


def _split(
    found: Iterable[Finding], dismissals: Iterable[FindingDismissal]
) -> tuple[tuple[Finding, ...], tuple[Dismissed, ...]]:
    """What is still to be said, and what was set aside; an error cannot be set aside."""
    reasons = {(one.rule, one.word): one for one in dismissals}
    kept, dismissed = [], []
    for finding in found:
        reason = reasons.get((finding.rule, finding.word[:80]))
        if reason is None or finding.severity is Severity.ERROR:
            kept.append(finding)
        else:
            dismissed.append(Dismissed(finding, reason.reason, reason.by_id))
    return tuple(kept), tuple(dismissed)


def _language() -> str:
    return "en" if (get_language() or "ja").startswith("en") else "ja"
