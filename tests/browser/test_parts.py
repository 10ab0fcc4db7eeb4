"""The parts of the pages in a real browser: Japanese input, counting, selecting, dialogs, and axe."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

COMPOSE = """(field) => {
  field.focus();
  field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
  field.value = "へんかん";
  field.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
}"""
END = """(field) => field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }))"""
HEAR = """() => { window.heard = 0; document.addEventListener("settled", () => (window.heard += 1)); }"""


@pytest.fixture
def gallery(open_page):
    return open_page(None, "/components/")


def test_unfinished_text_does_not_settle(gallery):
    field = gallery.locator("#id_light-criteria")
    gallery.evaluate(HEAR)
    field.evaluate(COMPOSE)
    gallery.wait_for_timeout(700)
    assert gallery.evaluate("window.heard") == 0

    field.evaluate(END)
    gallery.wait_for_timeout(700)
    assert gallery.evaluate("window.heard") == 1


@pytest.mark.parametrize("flag", [{"isComposing": True}, {"keyCode": 229}], ids=["composing", "229"])
def test_no_handler_hears_a_key_that_confirms_a_conversion(gallery, flag):
    gallery.evaluate(
        """(flag) => {
          window.heard = 0;
          document.addEventListener("keydown", () => (window.heard += 1));
          const field = document.getElementById("id_light-criteria");
          field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, ...flag }));
        }""",
        flag,
    )
    assert gallery.evaluate("window.heard") == 0

    gallery.locator("#id_light-criteria").press("a")
    assert gallery.evaluate("window.heard") == 1


def test_the_counter_counts_what_a_person_counts(gallery):
    left = gallery.locator('[data-left-for="id_light-criteria"]')
    gallery.locator("#id_light-criteria").fill("辻\U000e0100👨‍👩‍👧が")

    assert left.text_content() == "あと97字"

    gallery.locator("#id_light-criteria").fill("あ" * 103)
    assert left.text_content() == "3字多すぎます"


def test_the_head_selects_the_page_and_the_bar_counts(gallery):
    form = gallery.locator('[data-scheme="light"] [data-select-rows]')
    head = form.locator("[data-select-all]")
    assert form.locator("[data-bulk-count]").text_content() == "1"
    assert head.evaluate("box => box.indeterminate")

    head.check()
    assert form.locator("[data-bulk-count]").text_content() == "3"

    form.locator("[data-bulk-clear]").click()
    assert form.locator("[data-bulk]").is_hidden()


def test_a_dialog_opens_and_closes_with_escape(gallery):
    gallery.locator("[data-opens=gallery-light]").click()
    dialog = gallery.locator("#gallery-light")
    assert dialog.is_visible()

    gallery.keyboard.press("Escape")
    assert dialog.is_hidden()


def test_a_menu_opens_without_scripts(open_page):
    page = open_page(None, "/components/", script=False)
    page.locator("[popovertarget=menu-light]").click()

    assert page.locator("#menu-light").is_visible()


def test_a_link_of_the_summary_lands_in_its_field(gallery):
    gallery.locator('[data-scheme="light"] [data-error-summary] a').first.click()

    assert gallery.evaluate("document.activeElement.id") == "id_light-due_on"


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_parts_need_no_sideways_scrolling(open_page, phone):
    page = open_page(None, "/components/", phone=phone)

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_parts_have_no_grave_finding_of_axe(gallery, assert_accessible):
    assert_accessible(gallery)
