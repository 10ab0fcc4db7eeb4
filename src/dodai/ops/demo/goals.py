"""The demo's sheets: last half-year agreed, this one in every state between 作成中 and 運用中."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dodai.core.dates import add_months, month_end
from dodai.cycles.models import Cycle
from dodai.goals import actions
from dodai.goals.actions.goals import MilestoneInput
from dodai.goals.measuring import GoalIndicatorInput
from dodai.goals.models import Goal, GoalSheet, OrgGoal
from dodai.indicators.actions import load_catalogue, see_through
from dodai.indicators.models import Indicator, OutcomeIndicator
from dodai.ops.demo.people import Cast, load
from dodai.ops.demo.work import outcome_of
from dodai.organization.models import Assignment, Member, OrgUnitLine
from dodai.work.models import WorkItem

DEPARTMENTS = {"U04": "affairs", "U07": "people", "U11": "finance", "U14": "legal", "U17": "systems"}
_FUNCTIONS = ("GA", "HR", "FA", "LG", "IT")
_WEIGHTS = (30, 30, 20, 20)
_REASON = "期首面談で上司と内容を確認しました。"
_COMMENT = "達成基準の対象件数を書き足してください。数え方がそろいます。"
#: How far the sheets of this half-year are; everybody not named here is in 運用中.
_STATES = {
    "001371": "drafting",
    "001273": "drafting",
    "001350": "drafting",
    "001161": "submitted",
    "001259": "submitted",
    "001378": "submitted",
    "001196": "submitted",
    "001427": "submitted",
    "001245": "first_approved",
    "001182": "first_approved",
    "001168": "first_approved",
    "001280": "returned",
    "001287": "returned",
    "001392": "excluded",
    "001406": "none",
    "001357": "none",
}
_LAST_HALF = ("001371", "001161", "001259", "001273", "001196", "001252", "001224")


@dataclass
class _Stage:
    """What the goals of one period hang on."""

    cast: Cast
    cycle: Cycle
    items: dict[str, WorkItem]
    org_goals: dict[str, OrgGoal]

    @property
    def end(self) -> date:
        return self.cycle.period_to

    @property
    def middle(self) -> date:
        return _end_of_month(self.cycle, 3)


def build(cast: Cast, before: Cycle, now: Cycle, items: dict[str, WorkItem]) -> None:
    """Fill the library, set the organisation goals and write everybody's sheet."""
    for function in _FUNCTIONS:
        load_catalogue(function, by=cast.hr)
    people = _back_office(cast)
    former = _Stage(cast, before, items, _org_goals(cast, before))
    for number in _LAST_HALF:
        _sheet(former, people[number], "running", ahead=0)
    present = _Stage(cast, now, items, _org_goals(cast, now))
    for order, (number, place) in enumerate(people.items()):
        _sheet(present, place, _STATES.get(number, "running"), ahead=1 + order // 6)


def _org_goals(cast: Cast, cycle: Cycle) -> dict[str, OrgGoal]:
    goals: dict[str, OrgGoal] = {}
    heads = {row["code"]: row["head"] for row in load("people.toml")["units"]}
    for row in load("goals.toml")["org_goals"]:
        goals[row["key"]] = actions.create_org_goal(
            cycle,
            cast.units[row["unit"]],
            by=cast.hr,
            owner=cast.people[heads[row["unit"]]],
            title=row["title"],
            statement=row["statement"],
            parent=goals.get(row.get("parent", "")),
            contribution=row.get("contribution", "direct"),
            deadline=cycle.period_to,
        )
    return goals


def _back_office(cast: Cast) -> dict[str, tuple[Member, str]]:
    """The evaluatees of the five departments with the code of their department, by number."""
    codes = {cast.units[code].pk: code for code in DEPARTMENTS}
    above = dict(OrgUnitLine.objects.filter(ancestor__in=codes).values_list("unit_id", "ancestor_id"))
    places = {}
    rows = Assignment.objects.filter(kind="primary", unit__in=above, valid_to=None).select_related(
        "member__account"
    )
    for row in rows.order_by("member__member_no"):
        on_leave = row.member.leaves.exists()
        if row.member.is_evaluatee and row.member.account_id and not on_leave:
            places[row.member.member_no] = (row.member, codes[above[row.unit_id]])
    return places


def _sheet(stage: _Stage, place: tuple[Member, str], state: str, *, ahead: int) -> None:
    member, code = place
    if state == "none":
        return
    sheet = actions.open_sheet(stage.cycle, by=member)
    chosen = _chosen(stage, code, member)
    if state == "drafting":
        chosen = chosen[:3]
    for weight, entry in zip(_WEIGHTS, chosen, strict=False):
        _goal(stage, sheet, member, code, entry, weight, ahead)
    _bring_to(sheet, state, hr=stage.cast.hr)


def _chosen(stage: _Stage, code: str, member: Member) -> list[dict[str, Any]]:
    """Four goals of the department's pool: those about the person's own work first, otherwise turned by
    the person's number so that neighbours differ."""
    pool = [entry for entry in load("goals.toml")["goals"] if entry["department"] == code]
    turn = int(member.member_no) % 7

    def one(part: str) -> dict[str, Any]:
        entries: list[dict[str, Any]] = [entry for entry in pool if entry["part"] == part]
        turned = entries[turn % len(entries) :] + entries[: turn % len(entries)]
        return min(turned, key=lambda entry: not _holds(stage, member, entry))

    return [one("ops"), one("better"), one("words"), one("other")]


def _holds(stage: _Stage, member: Member, entry: dict[str, Any]) -> bool:
    return any(stage.items[name].owner_id == member.pk for name in entry["work"])


def _goal(
    stage: _Stage, sheet: GoalSheet, member: Member, code: str, entry: dict[str, Any], weight: int, ahead: int
) -> Goal:
    middle, end = stage.middle, stage.end
    deadline = middle if entry.get("deadline") == "mid" else end
    baseline, target = _numbers(entry, ahead)
    words = {
        "{end}": f"{end.year}年{end.month}月",
        "{mid}": f"{middle.year}年{middle.month}月",
        "{b}": str(baseline),
        "{t}": str(target),
    }
    text = entry["text"]
    for slot, word in words.items():
        text = text.replace(slot, word)
    goal = actions.add_goal(
        sheet,
        by=member,
        title=entry["title"],
        statement=text,
        criteria=entry["criteria"],
        goal_type=entry["type"],
        weight=weight,
        deadline=deadline,
        parent_org_goal=stage.org_goals[DEPARTMENTS[code]],
        approach="月初に前月の結果を見て、遅れた理由を一つだけ直します。",
        step="review",
    )
    goal = _chained(goal, member, entry, stage)
    goal = _measured(goal, member, entry, baseline, target)
    if entry["method"] == "milestone" or weight >= 30:
        steps = _steps(stage, deadline, shares=entry["method"] == "milestone")
        goal = actions.set_milestones(goal, by=member, version=goal.version, milestones=steps)
    if "depends" in entry:
        actions.add_dependency(
            goal,
            by=member,
            version=goal.version,
            unit=stage.cast.units[entry["depends"]],
            request=entry["request"],
            due_on=middle,
        )
    return goal


def _chained(goal: Goal, member: Member, entry: dict[str, Any], stage: _Stage) -> Goal:
    """Tie the goal to the work it comes from; somebody whose work is not listed begins without."""
    names = [stage.items[name].pk for name in entry["work"]]
    visible = list(
        WorkItem.objects.visible_to(member)
        .filter(pk__in=names)
        .select_related("owner__account")
        .order_by("pk")
    )
    if not visible:
        return goal
    own = [item for item in visible if item.owner_id == member.pk] or visible[:1]
    goal = actions.choose_work(goal, by=member, version=goal.version, work_items=own)
    writer = own[0].owner or stage.cast.hr
    outcome = outcome_of(own[0], entry["outcome"], writer)
    indicator = Indicator.objects.get(catalogue_id=entry["indicator"])
    if not OutcomeIndicator.objects.filter(outcome=outcome, indicator=indicator).exists():
        see_through(outcome, by=writer, indicator=indicator)
    return actions.choose_outcomes(goal, by=member, version=goal.version, outcomes=[outcome])


def _numbers(entry: dict[str, Any], ahead: int) -> tuple[Decimal | None, Decimal | None]:
    """Baseline and target of the pool; a person further down the list starts a little elsewhere."""
    target = Decimal(entry["target"]) if "target" in entry else None
    if "baseline" not in entry or target is None:
        return None, target
    baseline = Decimal(entry["baseline"])
    step = abs(target - baseline) / 10
    shifted = baseline + step * (ahead % 4) * (1 if target < baseline else -1)
    return shifted.quantize(baseline), target


def _measured(
    goal: Goal, member: Member, entry: dict[str, Any], baseline: Decimal | None, target: Decimal | None
) -> Goal:
    indicator = Indicator.objects.select_related("current__counter_indicator").get(
        catalogue_id=entry["indicator"]
    )
    assert indicator.current is not None
    measures = [
        GoalIndicatorInput(
            version_id=indicator.current.pk,
            baseline=baseline,
            baseline_period="前の半年" if baseline is not None else "",
            target=target if entry["method"] != "zero" else Decimal(0),
            method=entry["method"],
            zero_definition=entry.get("zero", ""),
            exposure=entry.get("exposure"),
        )
    ]
    counter = indicator.current.counter_indicator
    if counter is not None and counter.current_id is not None and entry["method"] == "improve":
        measures.append(GoalIndicatorInput(version_id=counter.current_id, part="counter", sub_weight=0))
    return actions.measure(goal, by=member, version=goal.version, indicators=measures)


def _steps(stage: _Stage, deadline: date, *, shares: bool) -> list[MilestoneInput]:
    """Three dates on the way; with shares where the goal is measured by them."""
    days = [min(_end_of_month(stage.cycle, month), deadline) for month in (1, 2)] + [deadline]
    names = ("現状を調べて論点をまとめる", "案を作り、関係部門に見せる", "仕上げて承認を得る")
    if not shares:
        names = ("最初の月の結果を確かめる", "途中の結果を上司と見る", "期末の結果をまとめる")
    weights = (30, 30, 40) if shares else (0, 0, 0)
    return [MilestoneInput(*row) for row in zip(names, days, weights, strict=True)]


def _bring_to(sheet: GoalSheet, state: str, *, hr: Member) -> None:
    """Walk the sheet to its state, each step by the person whose step it is."""
    sheet.refresh_from_db()
    if state == "excluded":
        actions.exclude(
            sheet,
            by=hr,
            version=sheet.version,
            reason="所定の勤務日数に満たないため対象外とします。",
        )
        return
    if state == "drafting":
        return
    sheet = actions.submit(sheet, by=sheet.member, version=sheet.version, reason=_REASON)
    first, second = sheet.first_evaluator, sheet.second_evaluator
    if state == "submitted" or first is None:
        return
    if state == "returned":
        actions.send_back(sheet, by=first, version=sheet.version, comment=_COMMENT)
        return
    sheet = actions.approve_first(sheet, by=first, version=sheet.version, comment="この内容で進めましょう。")
    if state == "first_approved" or second is None:
        return
    actions.approve_second(sheet, by=second, version=sheet.version)


def _end_of_month(cycle: Cycle, number: int) -> date:
    """The last day of the n-th month of the period, from 0."""
    day = add_months(cycle.period_from, number)
    return month_end(day.year, day.month)
