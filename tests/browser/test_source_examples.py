"""The 19 phrases of the source document, typed in the running product and led to the goal they meant.

Each goes through the same four steps a person takes: words → work → outcome → indicator → goal. What
the check says about the bare phrase, and what is left of it at the end, is compared word for word with
the cases of ``dodai.smart``; one sheet a department is submitted when its weights add up to 100.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from dodai.goals import actions
from dodai.goals.checking import check_sheet
from dodai.goals.models import Goal
from dodai.indicators import actions as library
from dodai.indicators.models import Indicator
from dodai.organization.models import OrgUnit, OrgUnitLine, OrgUnitVersion
from tests.goals.test_source_examples import CASES, EXAMPLES, Example
from tests.world import START, World

pytestmark = pytest.mark.browser

#: Who writes the sheet of each department; yui moves to 総務, which the small company does not have.
PEOPLE = {"GA": "yui", "HR": "mei", "FA": "ren", "LG": "sora", "IT": "kei"}
#: §9.1: the type a phrase turns into. The second of two is what the words themselves suggest.
TYPES = {
    "01": "zero_maintain", "02": "deadline_adherence", "03": "satisfaction", "04": "lead_time", "05": "rate",
    "06": "rate", "07": "rubric", "08": "rate", "09": "zero_maintain", "10": "deadline_adherence",
    "11": "deadline_adherence", "12": "rubric", "13": "lead_time", "14": "deadline_adherence",
    "15": "zero_maintain", "16": "lead_time", "17": "rate", "18": "rate", "19": "rate",
}  # fmt: skip
COACHED = {"02", "04", "08", "10", "17", "19"}
WEIGHTS = {3: [40, 30, 30], 4: [25] * 4, 5: [20] * 5}


@pytest.mark.parametrize("department", list(PEOPLE))
def test_the_phrases_of_a_department_become_a_submitted_sheet(world, open_page, department):
    who = PEOPLE[department]
    sheet = prepared(world, department, who)
    page = open_page(who, "/goals/")
    keys = [key for key, example in EXAMPLES.items() if example.department == department]
    for key in keys:
        write(page, world, key, EXAMPLES[key])
        assert_stored(key, EXAMPLES[key], Goal.objects.order_by("pk").last())
    page.goto(f"/sheets/{sheet.pk}/")
    for goal, weight in zip(sheet.goals.order_by("number"), WEIGHTS[len(keys)], strict=True):
        page.fill(f"[name='weight-{goal.pk}']", str(weight))
    expect(page.locator("#weight-sum")).to_contain_text("100／100")
    page.get_by_role("button", name="ウェイトを保存").click()
    expect(page.locator("#notices")).to_contain_text("ウェイトを保存しました")
    assert [one.rule for one in check_sheet(sheet).errors] == []
    if page.locator("#id_reason").count():
        page.fill("#id_reason", "面談で相談のうえ、この形で申請します。")
    page.get_by_role("button", name="承認を申請").click()
    expect(page.locator("#notices")).to_contain_text("承認を申請しました")
    sheet.refresh_from_db()
    assert sheet.status == "submitted"


def prepared(world: World, department: str, who: str):
    """The library of the department, the unit, and a sheet with two evaluators."""
    library.load_catalogue(department, by=world.mei)
    member = world.people[who]
    member.grades.update(band="staff")  # what lies beyond one's own control (A03) is asked of 担当
    if department == "GA":
        unit = OrgUnit.objects.create(code="GA")
        admin = world.units["admin"]
        OrgUnitVersion.objects.create(
            unit=unit, name="総務部", kind="department", function="GA", parent=admin, valid_from=START
        )
        for depth, ancestor in enumerate((unit, admin, world.units["company"])):
            OrgUnitLine.objects.create(unit=unit, ancestor=ancestor, depth=depth, valid_from=START)
        member.assignments.update(unit=unit)
    sheet = actions.open_sheet(world.cycle, by=member)
    return actions.name_evaluators(
        sheet,
        by=world.hiro,
        version=sheet.version,
        first=world.hana if who != "ren" else world.jun,
        second=world.aki,
        reason="受入れの確認のため",
    )


def write(page: Page, world: World, key: str, example: Example) -> None:
    start_from_words(page, key, example)
    if page.locator("#new_work_name").is_hidden():
        page.locator("summary", has_text="ここにない業務を書き足す").click()
    page.fill("#new_work_name", f"業務 {CASES[f'SRC{key}']['text']}")
    page.fill("#new_work_category_l", "日常の業務")
    go_on(page, "2／5")
    for field, text in (
        ("beneficiary", "依頼した人"),
        ("thing", "頼んだ結果"),
        ("state", "期日までに届いている"),
    ):
        page.fill(f"#{field}", text)
    go_on(page, "3／5")
    choose_indicators(page, example)
    go_on(page, "4／5")
    write_goal(page, world, key, example)
    go_on(page, "5／5")
    chain = page.locator(".chain li[data-state=gap]")
    assert chain.all_inner_texts() in ([], ["上位目標\nまだありません"])
    shown = {
        text.split()[-1]
        for text in page.locator("#check-head")
        .locator("..")
        .locator("..")
        .locator(".check-id")
        .all_inner_texts()
    }
    assert shown == set(CASES[f"RW{key}"]["expected"])


def start_from_words(page: Page, key: str, example: Example) -> None:
    """Step 1 of the acceptance: the bare phrase, its findings, and the type the product proposes."""
    case = CASES[f"SRC{key}"]
    page.goto("/goals/new/?start=words")
    page.fill("#id_typed_as", case["text"])
    expect(page.locator("#words-check .check-marked")).to_have_text(case["text"])
    expected = case["expected"]
    assert findings(page.locator("#words-check")) == expected
    words = [text for text in page.locator("#words-check .check-found mark").all_inner_texts()]
    assert all(word in case["text"] for word in words)
    assert bool(words) == (page.locator("#words-check .check-marked mark").count() > 0)
    assert (page.locator(".coach").count() > 0) == (key in COACHED)
    assert page.input_value("#words-type") == TYPES[key]
    for name in wanted(example):
        box = page.get_by_role("checkbox", name=name)
        if box.count():
            box.first.check()
    page.get_by_role("button", name="この言葉で始める").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1／5")


def findings(place) -> dict[str, str]:
    rules = {}
    for remark in place.locator(".check-more").all():
        rule = remark.locator(".check-id").inner_text().split()[-1]
        rules[rule] = remark.get_attribute("data-severity") or ""
    return rules


def wanted(example: Example) -> list[str]:
    ids = [one for one in (example.indicator, example.rubric) if one]
    return [str(Indicator.objects.get(catalogue_id=one)) for one in ids]


def choose_indicators(page: Page, example: Example) -> None:
    """What the words did not bring along: searched for in the library, or made in place."""
    for name in wanted(example):
        if name in page.locator("#chosen").inner_text():
            continue
        page.fill("#library-q", name)
        page.get_by_role("button", name=f"{name}を使う", exact=True).click()
        expect(page.locator("#chosen")).to_contain_text(name)
    for definition in filter(None, (example.own, example.second)):
        name, unit, direction = definition[:3]
        page.locator("summary", has_text="定量の指標を作る").click()
        page.fill("#own_name", name)
        page.fill("#own_definition", "対象を台帳で数える")
        page.fill("#own_unit", unit)
        page.locator("#own_direction").select_option(direction)
        page.fill("#own_data_source", "担当の記録")
        page.fill("#own_frequency", "月次")
        page.get_by_role("button", name="作って付ける").first.click()
        expect(page.locator("#chosen")).to_contain_text(name)


def write_goal(page: Page, world: World, key: str, example: Example) -> None:
    title = CASES[f"SRC{key}"]["text"]
    page.fill("#id_title", title)
    kind = "improvement" if example.method == "improve" else "operation"
    page.locator(f"[name=goal_type][value={kind}]").check()
    write_measures(page, example)
    page.fill("#id_criteria", "台帳と記録で確かめる")
    page.fill("#id_reason_outcome", "頼む側が、困らずに次の仕事へ進める。")
    page.fill("#id_approach", "手順を書き出し、確認の順番を入れ替える。")
    page.fill("#ms0-title", "中間の確認")
    page.fill("#ms0-due_on", "2026/6/30")
    page.fill("#id_weight", "20")
    fill_slots(page, example)
    page.fill("#id_statement", CASES[f"RW{key}"]["text"])
    expect(page.locator("#check-body .check-marked")).to_have_text(CASES[f"RW{key}"]["text"])
    if example.asks:
        page.locator("summary", has_text="依頼を追加").click()
        page.fill("#request_to", {"finance": "経理部", "legal": "法務部"}[example.asks])
        page.fill("#request_request", "締切の前倒し")
        page.get_by_role("button", name="依頼を追加").click()
        expect(page.locator(".dependency-list")).to_contain_text("締切の前倒し")


def write_measures(page: Page, example: Example) -> None:
    """Sample numbers, the method, and the preview of five results."""
    blocks = page.locator(".measure")
    shares = iter(("60", "40"))
    for block in blocks.all():
        name = block.locator("h3").inner_text()
        if example.second and name == example.second[0]:
            block.locator("[name$='-target']").fill(example.second[3])
        elif block.get_attribute("data-direction") != "rubric":
            block.locator("[name$='-method']").select_option(example.method)
            if example.method == "improve":
                block.locator("[name$='-baseline']").fill(example.baseline)
                block.locator("[name$='-target']").fill(example.target)
            else:
                block.locator("[name$='-zero_definition']").fill("対象と1件の数え方は台帳に記載")
                block.locator("[name$='-exposure']").fill("120")
        if example.second:
            block.locator("[name$='-sub_weight']").fill(next(shares))
    if example.method == "zero":
        degrees = blocks.first.locator(".levels-table tbody tr td:nth-of-type(2)")
        expect(degrees).to_have_text(["100.0", "85.0", "60.0", "0.0", "0.0"])
    elif example.method == "improve":
        table = page.locator(".levels tbody").first
        expect(table.locator("tr", has_text="基準")).to_contain_text("60")
        goal = table.locator("tr.levels-goal")
        expect(goal).to_contain_text("100")


def fill_slots(page: Page, example: Example) -> None:
    """The template says what is missing; filled, it stands in the field."""
    for slot in page.locator("#rewrite-slots input").all():
        slot.fill("上期" if slot.get_attribute("name") == "slot-期間" else "請求書")
    expect(page.locator("#rewrite-text .rewrite-slot")).to_have_count(0)
    text = page.locator("#rewrite-text").inner_text()
    if example.method == "improve" and not example.rubric:
        assert re.sub(r"\.0$", "", example.target) in text
    page.get_by_role("button", name="使う", exact=True).click()
    assert page.input_value("#id_statement") == text


def go_on(page: Page, to: str) -> None:
    page.get_by_role("button", name="次へ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(to)


def assert_stored(key: str, example: Example, goal: Goal) -> None:
    assert goal.typed_as == CASES[f"SRC{key}"]["text"]
    assert goal.statement == CASES[f"RW{key}"]["text"]
    rows = list(goal.goal_indicators.select_related("indicator_version__indicator"))
    methods = {row.method for row in rows}
    assert example.method in methods
    assert ("rubric" in methods) == bool(example.rubric)
    assert all(row.scale for row in rows)
    assert sum(row.sub_weight for row in rows) == 100
    assert goal.work_items.count() == goal.outcomes.count() == 1
    assert goal.dependencies.exists() == bool(example.asks)
