"""The 19 examples of the source document on the domain floor: typed, warned about, rewritten, agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from dodai.goals import actions
from dodai.goals.actions.goals import MilestoneInput
from dodai.goals.checking import check_goal, check_sheet, check_text
from dodai.goals.measuring import GoalIndicatorInput, preview_rows
from dodai.indicators import actions as library
from dodai.indicators.models import Indicator
from tests.smart.cases import SENTENCES

CASES = {case["id"]: case for case in SENTENCES if case["id"][:2] in ("SR", "RW")}
NUMBERS = [f"{number:02}" for number in range(1, 20)]
ZERO = ["100.0", "85.0", "60.0", "0.0", "0.0"]


@dataclass(frozen=True)
class Example:
    """§9.2: the indicator of the catalogue (or an own one), its numbers, and what stands beside it."""

    department: str
    indicator: str
    baseline: str = ""
    target: str = ""
    rubric: str = ""
    method: str = "improve"
    own: tuple[str, str, str] | None = None  # name, unit, direction where the catalogue has none
    second: tuple[str, str, str, str] | None = None  # name, unit, direction, target of a second measure
    asks: str = ""  # the department whose help is registered


EXAMPLES = {
    "01": Example("GA", "GA-Q02", method="zero"),
    "02": Example("GA", "GA-Q10", "85", "95"),
    "03": Example("GA", "GA-Q04", "72", "85", "GA-L01"),
    "04": Example("HR", "HR-Q04", "9", "6"),
    "05": Example("HR", "HR-Q06", "82", "97", second=("理解度テストの平均", "点", "higher", "80")),
    "06": Example("HR", "HR-Q02", "18", "12", second=("面談実施率", "%", "higher", "100"), asks="finance"),
    "07": Example("HR", "", "3.6", "4.2", "HR-L01", own=("連絡の分かりやすさの平均", "点", "higher")),
    "08": Example("HR", "", "60", "90", "HR-L02", own=("次の行動を合意した割合", "%", "higher")),
    "09": Example("FA", "FA-Q02", method="zero"),
    "10": Example("FA", "FA-Q04", "88", "98"),
    "11": Example(
        "FA", "", "78", "95", "FA-L02", own=("提出締切遵守率", "%", "higher"), asks="legal"
    ),
    "12": Example("FA", "", rubric="FA-L01", method="rubric"),
    "13": Example("LG", "LG-Q01", "5.0", "3.0"),
    "14": Example("LG", "LG-Q06", "70", "100", "LG-L01"),
    "15": Example("LG", "", "9", "2", "LG-L02", own=("公開後の訂正件数", "件", "lower")),
    "16": Example("IT", "IT-Q01", "180", "120"),
    "17": Example("IT", "IT-Q05", "55", "70"),
    "18": Example("IT", "IT-Q09", "40", "60", "IT-L01"),
    "19": Example("IT", "IT-Q12", "65", "90", "IT-L02"),
}  # fmt: skip


def found(check):
    return {one.rule: str(one.severity) for one in check.findings}


def version_of(catalogue_id):
    return Indicator.objects.get(catalogue_id=catalogue_id).current_id


def own_indicator(world, name, unit, direction):
    made = library.propose(
        by=world.ren, kind="quantitative", function="XX", name=name, unit=unit, direction=direction,
        data_source="担当の記録", frequency="月次",
    )  # fmt: skip
    return made.current_id


def number(text):
    return Decimal(text) if text else None


def measures(world, example):
    """The measures of §9.2 with their shares."""
    chosen = []
    if example.method != "rubric":
        pk = own_indicator(world, *example.own) if example.own else version_of(example.indicator)
        chosen.append(
            GoalIndicatorInput(
                pk,
                baseline=number(example.baseline),
                target=number(example.target),
                method="zero" if example.method == "zero" else "",
                zero_definition="対象と1件の数え方は台帳に記載" if example.method == "zero" else "",
            )
        )
    if example.second:
        *definition, target = example.second
        chosen.append(GoalIndicatorInput(own_indicator(world, *definition), target=Decimal(target)))
    if example.rubric:
        chosen.append(GoalIndicatorInput(version_of(example.rubric)))
    shares = {1: [100], 2: [60, 40]}[len(chosen)]
    return [
        GoalIndicatorInput(
            **{name: getattr(one, name) for name in GoalIndicatorInput.__slots__} | {"sub_weight": share}
        )
        for one, share in zip(chosen, shares, strict=True)
    ]


def rewrite(world, sheet, key, weight=20):
    """The four steps: work, outcome, indicator, goal."""
    example, by = EXAMPLES[key], world.ren
    goal = actions.add_goal(sheet, by=by, typed_as=CASES[f"SRC{key}"]["text"])
    item = world.work_item()
    goal = actions.choose_work(goal, by=by, version=goal.version, work_items=[item])
    goal = actions.choose_outcomes(goal, by=by, version=goal.version, outcomes=[world.outcome(item)])
    goal = actions.write_goal(
        goal,
        by=by,
        version=goal.version,
        title=CASES[f"SRC{key}"]["text"],
        statement=CASES[f"RW{key}"]["text"],
        reason_outcome="頼む側が、困らずに次の仕事へ進める。",
        approach="手順を書き出し、確認の順番を入れ替える。",
        goal_type="improvement" if example.method == "improve" else "operation",
        deadline=date(2026, 9, 30),
        weight=weight,
        step="review",
    )
    goal = actions.measure(goal, by=by, version=goal.version, indicators=measures(world, example))
    steps = [MilestoneInput("中間の確認", date(2026, 6, 30))]
    goal = actions.set_milestones(goal, by=by, version=goal.version, milestones=steps)
    if example.asks:
        unit = world.units[example.asks]
        actions.add_dependency(goal, by=by, version=goal.version, request="締切の前倒し", unit=unit)
        goal.refresh_from_db()
    return goal


@pytest.mark.parametrize("key", NUMBERS)
def test_each_phrase_is_accepted_as_typed_and_warned_about_exactly(world, key):
    case = CASES[f"SRC{key}"]
    assert found(check_text(case["text"])) == case["expected"]

    goal = actions.add_goal(world.sheet(), by=world.ren, typed_as=case["text"])
    check = check_goal(goal)
    assert (check.field, check.text) == ("typed_as", case["text"])
    assert found(check) == case["expected"]
    assert check.blocks
    assert check.lamps["T"] == "red"
    with pytest.raises(actions.NotReady):
        actions.submit(goal.sheet, by=world.ren, version=goal.sheet.version, reason="このまま申請したいため")


@pytest.mark.parametrize("key", NUMBERS)
def test_each_rewritten_goal_keeps_only_what_is_listed(world, key):
    example = EXAMPLES[key]
    library.load_catalogue(example.department, by=world.mei)
    goal = rewrite(world, world.sheet(), key)

    assert found(check_goal(goal)) == CASES[f"RW{key}"]["expected"]
    assert goal.goal_indicators.first().method == example.method
    checked = check_sheet(goal.sheet).of(goal)
    assert {one.rule for one in checked.findings} <= {"A03"}  # R01 and R02 are answered by the chain


def results(goal):
    row = goal.goal_indicators.select_related("indicator_version__indicator").first()
    return {str(one.actual): str(one.r) for one in preview_rows(row)}


def test_the_preview_of_a_zero_goal_counts_violations(world):
    library.load_catalogue("GA", by=world.mei)
    goal = rewrite(world, world.sheet(), "01")

    assert results(goal) == dict(zip("01234", ZERO, strict=True))


def test_the_preview_of_a_lead_time_runs_from_baseline_to_stretch(world):
    library.load_catalogue("LG", by=world.mei)
    shown = results(rewrite(world, world.sheet(), "13"))

    assert {value: shown[value] for value in ("5.0", "4.0", "3.0", "2.0")} == {
        "5.0": "60.0",
        "4.0": "80.0",
        "3.0": "100.0",
        "2.0": "120.0",
    }


@pytest.mark.parametrize("department", ["GA", "HR", "FA", "LG", "IT"])
def test_a_sheet_of_each_department_is_agreed(world, department):
    """Both kinds present, ウェイト 100: nothing is left to say at 承認申請."""
    library.load_catalogue(department, by=world.mei)
    sheet = actions.open_sheet(world.cycle, by=world.ren)
    keys = [key for key, example in EXAMPLES.items() if example.department == department]
    weights = {3: [40, 30, 30], 4: [25] * 4, 5: [20] * 5}[len(keys)]
    for key, weight in zip(keys, weights, strict=True):
        rewrite(world, sheet, key, weight)
    sheet = actions.submit(sheet, by=world.ren, version=sheet.version)
    sheet = actions.approve(sheet, by=world.hana, version=sheet.version)
    sheet = actions.approve(sheet, by=world.jun, version=sheet.version)

    frozen = sheet.versions.get().body["goals"]
    assert [goal["statement"] for goal in frozen] == [CASES[f"RW{key}"]["text"] for key in keys]
    kinds = {row["kind"] for goal in frozen for row in goal["indicators"]}
    assert kinds == {"quantitative", "qualitative"}
