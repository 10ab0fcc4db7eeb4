"""Writing a goal in a real browser: the wizard, two windows, Japanese input, with and without a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from dodai.goals import actions
from dodai.goals.models import Goal
from dodai.indicators import actions as library
from tests.sheets import LEVEL, LONG, RATE, REASON, ready_sheet, version_of

pytestmark = pytest.mark.browser

TITLE = "請求書の期限内計上率を98%以上にする"
#: Where the first choice of each way through the product is tried.
WAYS = [(False, True), (True, True), (False, False)]
NAMES = ["1280", "390", "1280 without a script"]


@pytest.fixture
def finance(world):
    library.load_catalogue("FA", by=world.mei)
    return world


def one_goal_short(world):
    """A ready sheet whose first goal was taken away: the journey writes it again."""
    sheet = ready_sheet(world)
    first = sheet.goals.first()
    actions.remove_goal(first, by=world.ren, version=first.version)
    return sheet


def settled(page: Page) -> None:
    """The answer of the live check to what was typed last has arrived."""
    page.wait_for_timeout(450)
    page.wait_for_load_state("networkidle")


def go_on(page: Page, to: str) -> None:
    page.get_by_role("button", name="次へ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(to)


@pytest.mark.parametrize(("phone", "script"), WAYS, ids=NAMES)
def test_a_goal_from_first_words_to_the_frozen_version(finance, open_page, assert_accessible, phone, script):
    sheet = one_goal_short(finance)
    page = open_page("ren", "/goals/new/?start=words", phone=phone, script=script)
    page.fill("#id_typed_as", "請求書処理件数")
    if script:
        expect(page.locator("#words-check")).to_contain_text("規則 M06")
    else:
        page.get_by_role("button", name="点検", exact=True).click()
    page.get_by_role("checkbox", name=re.compile("請求書処理の期限内率")).check()
    page.get_by_role("button", name="この言葉で始める").click()

    page.get_by_role("checkbox", name=re.compile("請求書の照合")).check()
    go_on(page, "2／5")
    page.get_by_role("checkbox", name=re.compile("取引先に、代金が")).check()
    go_on(page, "3／5")
    expect(page.locator("#chosen")).to_contain_text("請求書処理の期限内率")
    go_on(page, "4／5")
    _write_statement(page, script=script)
    go_on(page, "5／5")
    if script:
        assert_accessible(page)
    expect(page.locator(".chain")).to_contain_text("請求書処理の期限内率")
    assert page.locator(".chain [data-state=gap]").count() == 1  # 上位目標 is open to choose
    page.get_by_role("button", name="目標シートへ").click()

    _submit(page)
    _decide(open_page, "hana", sheet, "差し戻す", phone=phone, script=script)
    page.reload()
    expect(page.locator("main")).to_contain_text(LONG)
    _submit(page)
    for who in ("hana", "jun"):
        _decide(open_page, who, sheet, "承認", phone=phone, script=script)
    page.reload()
    page.get_by_role("link", name="第1版").click()
    expect(page.locator("main")).to_contain_text(RATE)
    frozen = sheet.versions.get().body["goals"]
    assert {goal["statement"] for goal in frozen} == {RATE, LEVEL}
    goal = Goal.objects.get(title=TITLE)
    assert (goal.state, goal.weight) == ("agreed", 50)
    assert goal.goal_indicators.get().scale == {"method": "improve", "baseline": "88", "target": "98"}


def _write_statement(page: Page, *, script: bool) -> None:
    page.fill("#id_title", TITLE)
    page.fill("#id_statement", RATE)
    page.get_by_role("group", name=re.compile("種別")).get_by_label("改善").check()
    page.locator("[name$='-baseline']").fill("88")
    page.locator("[name$='-target']").fill("９８")
    page.locator("[name$='-method']").select_option("improve")
    page.fill("#id_criteria", "会計システムの計上日で数える")
    page.fill("#id_approach", "確認の順番を入れ替える。")
    page.fill("#id_weight", "50")
    if script:
        expect(page.locator("#weight-sum")).to_contain_text("100／100")
        expect(page.locator(".levels")).to_contain_text("88")
        expect(page.locator("#saved")).to_contain_text("に保存しました")
    else:
        page.get_by_role("button", name="計算", exact=True).click()
        expect(page.locator("#weight-sum")).to_contain_text("100／100")
        assert page.input_value("#id_statement") == RATE


def _submit(page: Page) -> None:
    if page.locator("#id_reason").count():
        page.fill("#id_reason", REASON)
    page.get_by_role("button", name="承認を申請").click()
    expect(page.locator("#notices")).to_contain_text("承認を申請しました")


def _decide(open_page, who, sheet, verb, *, phone, script) -> None:
    page = open_page(who, "/sheets/approvals/", phone=phone, script=script)
    page.get_by_role("link", name="鈴木 蓮").click()
    page.fill("#id_comment", LONG if verb == "差し戻す" else "")
    page.get_by_role("button", name=verb, exact=True).click()
    expect(page.locator("#notices")).to_contain_text("鈴木 蓮さんの目標シートを")
    page.close()


# ── two windows ──


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_two_windows_on_one_goal_lose_nothing(finance, open_page, script):
    goal = ready_sheet(finance).goals.first()
    page = open_page("ren", f"/goals/{goal.pk}/steps/statement/", script=script)
    actions.write_goal(goal, by=finance.ren, version=goal.version, title="別の窓で書いた題", weight=45)

    page.fill("#id_title", "この窓で書いた題")
    page.fill("#id_approach", "この窓で書いた進め方")
    if script:
        expect(page.locator("#saved")).to_contain_text("違いを確認してから保存してください")
        page.get_by_role("button", name="違いを見る").click()
    else:
        page.get_by_role("button", name="下書きを保存").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("違いの確認")
    title = page.locator("fieldset", has_text="別の窓で書いた題")
    expect(title).to_contain_text("この窓で書いた題")
    title.get_by_label("保存されている内容を使う").check()
    page.get_by_role("button", name="選んだ内容で保存").click()

    expect(page.locator("#id_title")).to_have_value("別の窓で書いた題")
    goal.refresh_from_db()
    assert (goal.title, goal.approach) == ("別の窓で書いた題", "この窓で書いた進め方")


# ── Japanese input ──


def test_a_conversion_sends_nothing_and_the_panel_never_takes_the_focus(finance, open_page):
    goal = ready_sheet(finance).goals.first()
    page = open_page("ren", f"/goals/{goal.pk}/steps/statement/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    fields = page.locator("#goal-form input[type=text], #goal-form textarea, #goal-form input:not([type])")
    for place in range(fields.count()):
        field = fields.nth(place)
        if not field.is_visible():
            continue
        field.evaluate(COMPOSE)
    page.wait_for_timeout(700)
    assert sent == []
    assert page.url.endswith("/steps/statement/")

    page.locator("#id_statement").dispatch_event("compositionend")
    page.fill("#id_statement", "請求書の処理を頑張る")
    page.focus("#id_statement")
    expect(page.locator("#check")).to_contain_text("規則 S01")
    assert page.evaluate("document.activeElement.id") == "id_statement"
    assert page.input_value("#id_statement") == "請求書の処理を頑張る"
    assert any(url.endswith("/check/") for url in sent)


COMPOSE = """(field) => {
  field.focus();
  field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
  field.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
  const enter = { bubbles: true, cancelable: true, key: "Enter", keyCode: 229, isComposing: true };
  field.dispatchEvent(new KeyboardEvent("keydown", enter));
}"""


def test_enter_in_a_field_sends_no_form(finance, open_page):
    goal = ready_sheet(finance).goals.first()
    page = open_page("ren", f"/goals/{goal.pk}/steps/statement/")
    page.evaluate("window.mark = 'same page'")
    page.focus("#id_title")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.evaluate("window.mark") == "same page"


def test_a_reason_being_written_is_not_swapped_away(finance, open_page):
    goal = ready_sheet(finance).goals.first()
    scoped = RATE.replace("請求書を", "請求書などを")
    goal = actions.write_goal(goal, by=finance.ren, version=goal.version, statement=scoped)
    page = open_page("ren", f"/goals/{goal.pk}/steps/statement/")
    page.locator("summary", has_text="当てはまらない").first.click()
    page.fill("#id_approach", "順番を入れ替える。記入例も配る。")
    reason = page.locator("[name^='reason|']").first
    reason.fill("対象は規程の別表で")
    page.wait_for_timeout(900)
    expect(reason).to_be_focused()
    expect(reason).to_have_value("対象は規程の別表で")
    reason.fill("対象は規程の別表で決まっています。")
    page.get_by_role("button", name="理由を付けて外す").first.click()
    expect(page.locator("#check")).to_contain_text("当てはまらないとした指摘 1件")
    assert Goal.objects.get(pk=goal.pk).approach == "順番を入れ替える。記入例も配る。"


# ── parts of the page ──


def test_the_fields_of_a_method_follow_the_choice_without_a_script(finance, open_page):
    goal = ready_sheet(finance).goals.first()
    page = open_page("ren", f"/goals/{goal.pk}/steps/statement/", script=False)
    method = page.locator("[name$='-method']")
    expect(page.locator("[name$='-target']")).to_be_visible()
    method.select_option("anchors")
    expect(page.locator("[name$='-anchor_value_0']")).to_be_visible()
    expect(page.locator("[name$='-target']")).to_be_hidden()
    method.select_option("milestone")
    expect(page.locator("[name$='-late_1_10']")).to_be_visible()


def test_the_proposed_sentence_fills_its_field(finance, open_page):
    goal = ready_sheet(finance).goals.first()
    page = open_page("ren", f"/goals/{goal.pk}/steps/statement/")
    page.fill("[name='slot-対象']", "取引先の請求書")
    expect(page.locator("#rewrite-text")).to_contain_text("取引先の請求書の請求書処理の期限内率を")
    page.get_by_role("button", name="使う").click()
    assert page.input_value("#id_statement").startswith(
        "取引先の請求書の請求書処理の期限内率を、2026年9月30日まで"
    )


def test_a_goal_opens_beside_the_list_and_gives_the_focus_back(finance, open_page, assert_accessible):
    ready_sheet(finance)
    page = open_page("hana", "/goals/?scope=team")
    link = page.get_by_role("link", name=TITLE)
    link.click()
    expect(page.locator("#panel h2").first).to_be_focused()
    assert "open=" in page.url
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
def test_every_screen_is_accessible_and_fits(finance, open_page, assert_accessible, phone):
    sheet = ready_sheet(finance)
    goal = sheet.goals.first()
    page = open_page("ren", "/goals/", phone=phone)
    steps = [
        f"/goals/{goal.pk}/steps/{name}/" for name in ("work", "outcome", "indicator", "statement", "review")
    ]
    starts = [f"/goals/new/?start={way}" for way in ("work", "copy", "example", "words")]
    empty = [
        "/goals/?q=ない",
        f"/goals/{goal.pk}/steps/work/?q=ない",
        f"/goals/{goal.pk}/steps/indicator/?q=ない",
    ]
    rest = [
        "/goals/",
        f"/goals/{goal.pk}/",
        f"/goals/{goal.pk}/history/",
        f"/sheets/{sheet.pk}/",
        "/sheets/approvals/",
    ]
    for address in [*steps, *starts, *empty, *rest]:
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= (390 if phone else 1280), address


def test_the_steps_in_dark_and_with_faults_are_accessible(finance, open_page, assert_accessible):
    goal = ready_sheet(finance).goals.first()
    page = open_page("ren", f"/goals/{goal.pk}/steps/statement/")
    page.fill("#id_title", "")
    page.locator("[name$='-target']").fill("たくさん")
    page.get_by_role("button", name="次へ").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert_accessible(page)
    # Colours fade over a moment; what is read is the scheme, not the way to it.
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.wait_for_timeout(500)
    assert_accessible(page)


def test_the_check_opens_from_the_bar_on_a_phone(finance, open_page):
    goal = ready_sheet(finance).goals.first()
    page = open_page("ren", f"/goals/{goal.pk}/steps/statement/", phone=True)
    expect(page.locator("#check")).to_be_hidden()
    page.get_by_role("link", name=re.compile("点検")).click()
    expect(page.locator("#check")).to_be_visible()


def test_the_library_is_searched_in_place(finance, open_page):
    goal = ready_sheet(finance).goals.first()
    page = open_page("ren", f"/goals/{goal.pk}/steps/indicator/")
    page.fill("#library-q", "仕訳")
    expect(page.locator("#library")).to_contain_text("修正仕訳")
    page.get_by_role("button", name=re.compile("決算後の修正仕訳件数を使う")).click()
    expect(page.locator("#chosen")).to_contain_text("修正仕訳")
    assert set(goal.goal_indicators.values_list("indicator_version", flat=True)) == {
        version_of("FA-Q04"),
        version_of("FA-Q03"),
    }


def test_selected_rows_are_copied_for_a_spreadsheet(finance, open_page):
    ready_sheet(finance)
    page = open_page("ren", "/goals/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("checkbox", name=f"{TITLE}を選択").check()
    page.get_by_role("button", name="表計算用にコピー").click()
    expect(page.locator("#status")).to_contain_text("選んだ行をコピーしました")
    head, row = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert head.split("\t")[0] == "目標"
    assert row.split("\t")[0] == TITLE
