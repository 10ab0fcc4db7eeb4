"""The sheet in a real browser: weights, bulk approval, paper, and every screen for everyone's eyes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from dodai.goals import actions
from dodai.goals.models import Goal, GoalSheet
from dodai.indicators import actions as library
from tests.sheets import LONG, ready_sheet, submitted

pytestmark = pytest.mark.browser


@pytest.fixture
def finance(world):
    library.load_catalogue("FA", by=world.mei)
    return world


def test_the_sum_follows_the_weights_while_they_are_typed(finance, open_page):
    sheet = ready_sheet(finance)
    first, second = sheet.goals.all()
    page = open_page("ren", f"/sheets/{sheet.pk}/")
    box = page.locator(f"[name='weight-{first.pk}']")
    box.fill("６０")
    expect(page.locator("#weight-sum")).to_contain_text("110／100")
    expect(box).to_be_focused()
    page.fill(f"[name='weight-{second.pk}']", "40")
    expect(page.locator("#weight-sum")).to_contain_text("合計 100／100")
    page.get_by_role("button", name="ウェイトを保存").click()
    expect(page.locator("#notices")).to_contain_text("ウェイトを保存しました")
    assert [goal.weight for goal in sheet.goals.all()] == [60, 40]


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_several_sheets_are_approved_after_one_question(finance, open_page, script):
    for owner in ("ren", "yui"):
        submitted(finance, owner)
    page = open_page("hana", "/sheets/approvals/", script=script)
    if script:
        page.get_by_role("checkbox", name="このページをすべて選択").check()
        expect(page.locator("[data-bulk]")).to_contain_text("2件の目標シートを選択しています。")
        page.get_by_role("button", name="一括承認", exact=True).click()
    else:
        page.get_by_role("checkbox", name="鈴木 蓮を選択").check()
        page.get_by_role("checkbox", name="髙橋 結を選択").check()
        page.get_by_role("button", name="選んだシートを一括承認").click()
    expect(page.locator("main")).to_contain_text("次の2件の目標シートを承認します。")
    page.get_by_role("button", name="承認", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("2件を承認しました。")
    assert {sheet.status for sheet in GoalSheet.objects.all()} == {"first_approved"}


def test_a_withdrawn_sheet_can_be_written_again(finance, open_page):
    sheet = submitted(finance)
    page = open_page("ren", f"/sheets/{sheet.pk}/")
    page.get_by_role("button", name="取り下げる").click()
    expect(page.locator("#notices")).to_contain_text("承認申請を取り下げました")
    expect(page.get_by_role("link", name="目標を追加")).to_be_visible()


def test_a_removed_goal_comes_back_with_one_press(finance, open_page):
    sheet = ready_sheet(finance)
    goal = sheet.goals.first()
    page = open_page("ren", f"/goals/{goal.pk}/")
    page.locator("summary", has_text="この目標を削除").click()
    page.get_by_role("button", name="目標を削除").click()
    page.get_by_role("button", name="元に戻す").click()
    expect(page.locator("#goals")).to_contain_text(goal.title)
    assert Goal.objects.filter(title=goal.title).count() == 1


def test_six_goals_fit_on_one_landscape_page(finance, open_page):
    sheet = ready_sheet(finance)
    for number in range(3, 7):
        actions.copy_goal(sheet.goals.first(), sheet, by=finance.ren)
        assert sheet.goals.count() == number
    page = open_page("ren", f"/sheets/{sheet.pk}/print/")
    page.emulate_media(media="print")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 84[12]\.?\d* 59[45]\.?\d*\]", paper)


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
def test_every_screen_of_an_approval_is_accessible_and_fits(finance, open_page, assert_accessible, phone):
    sheet, waiting = submitted(finance), submitted(finance, "yui")
    for who in (finance.hana, finance.jun):
        sheet = actions.approve(sheet, by=who, version=sheet.version)
    addresses = {
        "hana": ["/sheets/approvals/", "/sheets/approvals/?q=ない", f"/sheets/{waiting.pk}/approval/"],
        "ren": [f"/sheets/{sheet.pk}/", f"/sheets/{sheet.pk}/versions/1/", f"/sheets/{sheet.pk}/history/"],
        "jun": ["/sheets/approvals/", f"/sheets/{waiting.pk}/"],
    }
    for who, pages in addresses.items():
        page = open_page(who, pages[0], phone=phone)
        for address in pages:
            page.goto(address)
            assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= (390 if phone else 1280), address


def test_the_paper_and_the_question_are_accessible(finance, open_page, assert_accessible):
    sheet = submitted(finance)
    page = open_page("hana", f"/sheets/{sheet.pk}/print/")
    assert_accessible(page)
    page.goto("/sheets/approvals/")
    page.get_by_role("checkbox", name="鈴木 蓮を選択").check()
    page.get_by_role("button", name="一括差し戻し").click()
    assert_accessible(page)
    page.get_by_role("button", name="差し戻す").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("差戻しのコメントが短すぎます")
    assert_accessible(page)
    page.fill("#id_comment", LONG)
    page.get_by_role("button", name="差し戻す").click()
    expect(page.locator("#notices")).to_contain_text("1件を差し戻しました。")
