"""組織, 期間 and 設定 in a real browser: accessible at both widths, complete without script."""

from __future__ import annotations

import pytest

from dodai.cycles.models import Cycle
from dodai.organization.models import Assignment, Leave, UnitHead

pytestmark = pytest.mark.browser

SCREENS = [
    ("mei", "/organization/"),
    ("mei", "/organization/members/"),
    ("mei", "/organization/members/?q=いない人"),
    ("mei", "/organization/members/new/"),
    ("mei", "/cycles/"),
    ("mei", "/cycles/new/period/"),
    ("ren", "/cycles/policies/"),
    ("mei", "/settings/"),
    ("mei", "/settings/company/"),
    ("mei", "/settings/calendar/"),
    ("hiro", "/settings/roles/"),
    ("mei", "/settings/delegations/"),
    ("rin", "/audit/"),
    ("ren", "/profile/"),
]


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
def test_screens_are_accessible_and_do_not_scroll_sideways(world, open_page, assert_accessible, phone):
    UnitHead.objects.create(unit=world.units["legal"], deputy=world.aki, valid_from="2020-04-01")
    Leave.objects.create(member=world.ren, kind="other", valid_from="2026-01-01")
    page = open_page("mei", "/organization/", phone=phone)
    objects = [
        ("mei", f"/organization/units/{world.units['legal'].pk}/"),
        ("mei", f"/organization/members/{world.ren.pk}/"),
        ("kei", f"/organization/members/{world.ren.pk}/"),
        ("mei", f"/cycles/{world.cycle.pk}/"),
        ("mei", f"/cycles/{world.cycle.pk}/phases/"),
        ("mei", f"/cycles/policies/{world.policy.pk}/"),
    ]
    signed_in = "mei"
    for who, address in SCREENS + objects:
        if who != signed_in:
            page, signed_in = open_page(who, address, phone=phone), who
        else:
            page.goto(address)
        assert_accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address


def test_a_transfer_with_a_mistake_is_put_right_without_script(world, open_page, assert_accessible):
    page = open_page("mei", f"/organization/members/{world.sora.pk}/transfers/", script=False)
    page.get_by_label("発令日").fill("2026年2月30日")
    page.get_by_label("異動先").select_option(label="　　人事部")
    page.get_by_role("button", name="登録").click()
    assert page.get_by_text("2026年2月30日はありません").first.is_visible()
    assert_accessible(open_page("mei", page.url))  # the page as such; script is needed to run the check
    page.get_by_label("発令日").fill("２０３０．４．１")
    page.get_by_role("button", name="登録").click()
    assert page.get_by_text("異動を登録しました").is_visible()
    assert Assignment.objects.filter(member=world.sora).count() == 2


def test_a_period_is_made_and_published_without_script(world, open_page):
    page = open_page("mei", "/cycles/", script=False)
    page.get_by_role("link", name="期間を作る").click()
    page.get_by_label("期間", exact=False).first.select_option("half-2027-1")
    page.get_by_role("button", name="次へ").click()
    assert page.get_by_label("目標の設定の期限").input_value() == "2027/04/20"
    page.get_by_role("button", name="次へ").click()
    page.get_by_role("button", name="次へ").click()
    page.get_by_label("お知らせ").fill("準備を始めます。")
    page.get_by_role("button", name="期間を作る").click()
    page.get_by_role("link", name="公開").click()
    page.get_by_role("button", name="公開").click()
    assert page.get_by_text("期間を公開しました").is_visible()
    assert Cycle.objects.get(name="2027年度上期").status == "published"
