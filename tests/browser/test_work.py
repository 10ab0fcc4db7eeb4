"""業務 in a real browser: pasting, the grid, the matrix by keyboard and by drag, and without scripts."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from dodai.audit.models import AuditEvent
from dodai.work.models import Outcome, WorkItem

pytestmark = pytest.mark.browser

HEAD = "大分類\t業務名\t頻度\t1回の所要時間(分)\t年間回数\t重要度"
_ROWS = [f"支払\t支払業務{number:02}\t月次\t60\t12\t{number % 5 + 1}" for number in range(30)]
THIRTY = "\r\n".join([HEAD, *_ROWS])


def paste(page: Page, text: str) -> None:
    """What the browser sends for Ctrl+V on the element that has the focus."""
    page.evaluate(
        """(text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def cell(page: Page, name: str, field: str):
    return page.get_by_role("row", name=re.compile(name)).locator(f'[data-field="{field}"]')


def test_thirty_rows_are_pasted_through_the_preview_and_taken_back(world, open_page, assert_accessible):
    world.work_item()
    page = open_page("ren", "/work/")
    cell(page, "請求書の照合", "importance").click()
    paste(page, THIRTY)

    expect(page.get_by_role("heading", name="貼り付けた内容の確認")).to_be_visible()
    assert page.locator(".fact-value").first.inner_text().startswith("30")
    assert WorkItem.objects.count() == 1
    assert_accessible(page)

    page.get_by_role("button", name="取り込む").click()
    expect(page.get_by_text("追加30件、更新0件を取り込みました。")).to_be_visible()
    assert WorkItem.objects.current().count() == 31
    assert_accessible(page)

    page.get_by_role("button", name="元に戻す").click()
    expect(page.get_by_text("30件を元に戻しました。")).to_be_visible()
    assert WorkItem.objects.current().count() == 1


def test_pasting_works_without_scripts(world, open_page):
    page = open_page("ren", "/work/preview/", script=False)
    page.get_by_label("貼り付ける範囲").fill(THIRTY.replace("\r\n", "\n"))
    page.get_by_role("button", name="内容を確認").click()
    page.get_by_role("button", name="取り込む").click()
    expect(page.get_by_text("追加30件、更新0件を取り込みました。")).to_be_visible()
    page.get_by_role("button", name="元に戻す").click()
    page.wait_for_url("**/work/")
    assert not WorkItem.objects.current().exists()


def test_the_grid_is_worked_with_the_keyboard_alone(world, open_page):
    first, second = world.work_item(name="あ業務"), world.work_item(name="い業務", importance=4)
    page = open_page("ren", "/work/")
    cell(page, "あ業務", "importance").click()
    page.keyboard.press("3")  # typing begins to edit
    page.keyboard.press("Enter")  # saves and moves down
    expect(cell(page, "あ業務", "importance")).to_have_text("3")
    expect(cell(page, "い業務", "importance")).to_be_focused()

    page.keyboard.press("ArrowLeft")
    page.keyboard.press("F2")
    page.locator("[data-editing] select").select_option("weekly")
    page.keyboard.press("Tab")
    expect(cell(page, "い業務", "frequency")).to_have_text("週次")
    expect(cell(page, "い業務", "importance")).to_be_focused()

    page.keyboard.press("Control+z")
    expect(cell(page, "い業務", "frequency")).to_have_text("日次")
    page.keyboard.press("Control+z")
    expect(cell(page, "あ業務", "importance")).to_have_text("5")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.importance, second.frequency) == (5, "daily")


def test_escape_leaves_a_cell_as_it_was_and_a_refused_value_stays_in_it(world, open_page):
    item = world.work_item()
    page = open_page("ren", "/work/")
    importance = cell(page, "請求書の照合", "importance")
    importance.click()
    page.keyboard.press("9")
    page.keyboard.press("Escape")
    expect(importance).to_have_text("5")
    page.keyboard.press("9")
    page.keyboard.press("Enter")
    expect(page.locator("#notices")).to_contain_text("1から5で入れてください")
    expect(importance.locator("input")).to_have_value("9")
    item.refresh_from_db()
    assert (item.importance, item.version) == (5, 1)


def test_an_enter_that_confirms_a_conversion_sends_nothing(world, open_page):
    world.work_item()
    page = open_page("ren", "/work/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    name = cell(page, "請求書の照合", "name")
    name.locator("a").focus()
    page.keyboard.press("F2")
    field = name.locator("input")
    field.evaluate(
        """(field) => {
            field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
            field.value = "しょうごう";
            for (const flags of [{ isComposing: true, keyCode: 13 }, { keyCode: 229 }]) {
                for (const key of ["Enter", "Escape", "Tab"]) {
                    field.dispatchEvent(
                        new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...flags }));
                }
            }
        }"""
    )
    expect(field).to_be_focused()
    assert sent == []
    assert WorkItem.objects.get().name == "請求書の照合"


def test_chosen_cells_are_copied_as_text_and_as_a_table(world, open_page):
    world.work_item(name="あ業務")
    world.work_item(name="い業務", frequency="weekly")
    page = open_page("ren", "/work/?sort=name")
    cell(page, "あ業務", "frequency").click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    copied = page.evaluate(
        """() => {
            const clipboardData = new DataTransfer();
            document.activeElement.dispatchEvent(
                new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
            return [clipboardData.getData("text/plain"), clipboardData.getData("text/html")];
        }"""
    )
    assert copied[0] == "日次\t5\r\n週次\t5"
    assert "<td>週次</td>" in copied[1]


def test_one_copied_cell_fills_the_chosen_ones(world, open_page):
    world.work_item(name="あ業務")
    world.work_item(name="い業務")
    page = open_page("ren", "/work/?sort=name")
    cell(page, "あ業務", "importance").click()
    page.keyboard.press("Shift+ArrowDown")
    paste(page, "2\r\n")
    page.get_by_role("button", name="取り込む").click()
    page.wait_for_url("**/work/?sort=name")
    assert set(WorkItem.objects.values_list("importance", flat=True)) == {2}


def test_selected_rows_are_changed_together(world, open_page):
    world.work_item(name="あ業務")
    world.work_item(name="い業務")
    page = open_page("ren", "/work/")
    page.get_by_label("このページをすべて選択").check()
    expect(page.get_by_text("2件の業務を選択しています。")).to_be_visible()
    page.get_by_role("button", name="「減らす」にする").click()
    expect(page.locator('[data-field="outlook"]').first).to_have_text("減らす")
    assert set(WorkItem.objects.values_list("outlook", flat=True)) == {"reduce"}


def test_work_is_moved_in_the_matrix_by_keyboard_alone(world, open_page, assert_accessible):
    item = world.work_item()
    page = open_page("ren", f"/work/?view=matrix&item={item.pk}")
    assert_accessible(page)
    dot = page.locator("a.dot").first
    dot.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#status")).to_contain_text("重要度5、週次に保存しました")
    expect(page.locator("a.dot").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#status")).to_contain_text("重要度4、週次に保存しました")
    item.refresh_from_db()
    assert (item.frequency, item.importance) == ("weekly", 4)

    page.locator("#panel-foot").get_by_role("button", name="元に戻す").click()
    expect(page.locator("#status")).to_contain_text("重要度5、週次に保存しました")
    expect(page.locator("#panel-form").get_by_label("5", exact=True)).to_be_checked()


def test_work_is_moved_by_dragging_and_escape_ends_the_drag(world, open_page):
    item = world.work_item()
    page = open_page("ren", "/work/?view=matrix")
    box = page.locator(".dot-fill").first.bounding_box()
    line = page.locator(".plot-axis").bounding_box()
    start = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    end = (line["x"] + line["width"] / 12, line["y"] + line["height"] * 0.9)

    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=6)
    page.keyboard.press("Escape")
    page.mouse.up()
    item.refresh_from_db()
    assert (item.frequency, item.importance) == ("daily", 5)

    page.goto("/work/?view=matrix")
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=6)
    page.mouse.up()
    expect(page.locator("#status")).to_contain_text("重要度1、随時に保存しました")
    item.refresh_from_db()
    assert (item.frequency, item.importance) == ("on_demand", 1)


def test_the_panel_saves_by_itself_and_keeps_the_focus(world, open_page):
    item = world.work_item()
    page = open_page("ren", f"/work/?view=matrix&item={item.pk}")
    page.locator("#panel-form").get_by_text("3", exact=True).click()
    expect(page.locator("#panel-foot")).to_contain_text("に保存しました")
    reason = page.get_by_label("なぜ重要か")
    reason.fill("遅れると取引先が困る")
    reason.press("End")
    expect(page.locator("#panel-version")).to_have_value("3")
    expect(reason).to_be_focused()
    item.refresh_from_db()
    assert (item.importance, item.importance_reason) == (3, "遅れると取引先が困る")


def test_the_matrix_works_without_scripts(world, open_page):
    item = world.work_item()
    page = open_page("ren", f"/work/?view=matrix&item={item.pk}", script=False)
    page.get_by_label("頻度", exact=True).select_option("monthly")
    page.locator("#panel-form").get_by_role("button", name="保存").click()
    item.refresh_from_db()
    assert item.frequency == "monthly"
    expect(page.get_by_text("選択中の業務")).to_be_visible()


def test_an_outcome_is_written_with_live_guidance(world, open_page, assert_accessible):
    item = world.work_item()
    page = open_page("ren", f"/work/{item.pk}/outcomes/")
    page.get_by_label("誰に").fill("取引先")
    page.get_by_label("何が").fill("代金")
    state = page.get_by_label("どうなる")
    state.fill("支払処理を行う")
    advice = page.locator("#outcome-advice")
    expect(advice).to_contain_text("「支払処理を行う」はすることです")
    expect(state).to_be_focused()
    assert_accessible(page)
    state.fill("期日どおりに届いている")
    expect(advice).to_contain_text("誰に・何が・どうなるかが分かります。")
    page.get_by_role("button", name="成果を追加").click()
    expect(page.get_by_text("取引先に、代金が期日どおりに届いている").first).to_be_visible()
    assert Outcome.objects.count() == 1


def test_work_is_written_without_scripts(world, open_page):
    page = open_page("ren", "/work/new/", script=False)
    page.get_by_label("業務名").fill("入金消込")
    page.get_by_label("大分類").fill("債権")
    page.locator("#id_frequency").select_option("daily")
    page.locator("form.work-page").get_by_role("button", name="業務を追加").click()
    expect(page.get_by_role("heading", name="成果の整理")).to_be_visible()
    assert WorkItem.objects.get().owner == world.ren


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
@pytest.mark.parametrize(
    "path",
    ["/work/", "/work/?columns=hours", "/work/?view=matrix&item={pk}", "/work/?view=overlap", "/work/{pk}/",
     "/work/{pk}/edit/", "/work/{pk}/outcomes/", "/work/new/", "/work/templates/", "/work/preview/"],
)  # fmt: skip
def test_pages_have_no_grave_finding_of_axe_and_no_sideways_scrolling(
    world, open_page, assert_accessible, path, phone
):
    item = world.work_item(open_questions={"minutes_per_run": "半日程度"}, minutes_per_run=None)
    world.outcome(world.work_item(name="入金消込", outlook="reduce"))
    world.work_item(None, name="滞留債権の督促")
    page = open_page("ren", path.format(pk=item.pk), phone=phone)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert json.dumps(page.title()).count("Dodai") == 1


def test_nothing_of_work_reaches_the_storage_of_the_browser(world, open_page):
    item = world.work_item()
    page = open_page("ren", f"/work/?view=matrix&item={item.pk}")
    page.get_by_label("なぜ重要か").fill("秘密の理由")
    expect(page.locator("#panel-foot")).to_contain_text("に保存しました")
    kept = page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert "秘密" not in kept
    assert "請求書" not in kept
    assert AuditEvent.objects.filter(name="work_item.edited").count() == 1
