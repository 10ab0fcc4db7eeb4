"""The pages of organisation goals."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from dodai.goals import actions
from dodai.goals.models import OrgGoal

TREE = reverse("org_goals:tree")


def make(world, unit="finance", who="jun", **fields):
    fields = {"title": "月次決算を5営業日で締める", "deadline": date(2026, 9, 30), **fields}
    return actions.create_org_goal(world.cycle, world.units[unit], by=world.people[who], **fields)


def page(world, who, address):
    answer = world.client(who).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_an_empty_tree_tells_the_heads_how_to_begin(world):
    assert reverse("org_goals:new") in page(world, "jun", TREE)
    said = page(world, "ren", TREE)
    assert "組織目標がまだありません" in said
    assert reverse("org_goals:new") not in said


def test_goals_stand_under_their_units_from_the_company_down(world):
    company = make(world, "company", "aki", title="取引先に信頼される会社")
    make(world, parent=company)
    make(world, "accounting", "hana", title="請求書を期限内に処理する")
    said = page(world, "sora", TREE)

    names = [
        "テスト商事",
        "取引先に信頼される会社",
        "経理部",
        "月次決算を5営業日で締める",
        "経理課",
        "請求書を期限内に処理する",
    ]
    places = [said.index(f">{name}") for name in names]
    assert places == sorted(places)


def test_a_goal_nobody_carries_is_flagged_until_somebody_does(world):
    above = make(world)
    assert "担い手なし1件" in page(world, "ren", TREE)
    world.goal(parent_org_goal=above)

    for who in ("ren", "sora"):  # sora does not see whose goal it is, only that there is one
        assert "担い手なし" not in page(world, who, TREE)
    assert "目標1件" in page(world, "ren", TREE)
    assert "目標1件" not in page(world, "sora", TREE)


def test_a_child_organisation_goal_carries_too(world):
    above = make(world)
    make(world, "accounting", "hana", title="請求書を期限内に処理する", parent=above)

    assert "担い手なし1件" in page(world, "ren", TREE)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?level=department", ["経理部"]),
        ("?level=section", ["経理課"]),
        ("?level=nonsense", ["経理部", "経理課"]),
    ],
)
def test_the_level_narrows_the_tree(world, query, shown):
    make(world)
    make(world, "accounting", "hana", title="請求書を期限内に処理する")
    said = page(world, "ren", TREE + query)

    assert [name for name in ("経理部", "経理課") if f">{name}</a>" in said] == shown


def test_a_unit_shows_what_is_below_it(world):
    make(world, "company", "aki", title="取引先に信頼される会社")
    make(world, "accounting", "hana", title="請求書を期限内に処理する")
    said = page(world, "ren", f"{TREE}?unit={world.units['finance'].pk}")

    assert "請求書を期限内に処理する" in said
    assert "取引先に信頼される会社" not in said


def test_the_tree_costs_the_same_at_every_size(world, django_assert_num_queries):
    client = world.client("ren")
    above = make(world)
    client.get(TREE)
    counts = []
    for _ in range(2):
        with django_assert_num_queries(12, exact=False) as counted:
            client.get(TREE)
        counts.append(len(counted))
        for number in range(5):
            child = make(world, "accounting", "hana", title=f"目標{number}", parent=above)
            world.goal(world.sheet("yui", segment=number + 1 + 10 * len(counts)), parent_org_goal=child)
    assert counts[0] == counts[1] <= 12


def test_a_head_writes_a_goal(world):
    address = reverse("org_goals:new")
    said = page(world, "hana", address)
    assert "経理課" in said
    assert "経理部</option>" not in said  # only what one heads
    typed = {
        "unit": world.units["accounting"].pk,
        "title": "請求書を期限内に処理する",
        "deadline": "令和8年9月30日",
        "owner": world.hana.member_no,
        "contribution": "direct",
        "baseline": "８８",
        "target": "98",
    }
    answer = world.client("hana").post(address, typed)
    made = OrgGoal.objects.get()

    assert answer["Location"] == reverse("org_goals:org_goal", args=[made.pk])
    assert (made.deadline, made.target, made.owner) == (date(2026, 9, 30), 98, world.hana)


def test_a_unit_of_somebody_else_cannot_be_chosen(world):
    typed = {
        "unit": world.units["legal"].pk, "title": "目標", "deadline": "2026/9/30",
        "owner": world.hana.member_no, "contribution": "direct",
    }  # fmt: skip
    answer = world.client("hana").post(reverse("org_goals:new"), typed)

    assert answer.status_code == 422
    assert not OrgGoal.objects.exists()


def test_the_page_shows_what_stands_above_and_below(world):
    above = make(world, "company", "aki", title="取引先に信頼される会社")
    goal = make(world, parent=above)
    make(world, "accounting", "hana", title="請求書を期限内に処理する", parent=goal)
    said = page(world, "sora", reverse("org_goals:org_goal", args=[goal.pk]))

    assert "取引先に信頼される会社" in said
    assert "請求書を期限内に処理する" in said
    assert reverse("org_goals:change", args=[goal.pk]) not in said


def test_a_change_and_a_cancellation(world):
    goal = make(world)
    address = reverse("org_goals:change", args=[goal.pk])
    assert "月次決算を5営業日で締める" in page(world, "jun", address)
    typed = {
        "title": "月次決算を4営業日で締める", "deadline": "2026/9/30", "owner": world.jun.member_no,
        "contribution": "direct", "version": goal.version,
    }  # fmt: skip
    client = world.client("jun")
    assert client.post(address, typed).status_code == 302
    slower = client.post(address, {**typed, "title": "月次決算を3営業日で締める"})
    assert slower.status_code == 422
    assert "ほかの人が先に更新しました" in slower.content.decode()
    goal.refresh_from_db()
    assert goal.title == "月次決算を4営業日で締める"

    cancel = reverse("org_goals:cancellation", args=[goal.pk])
    assert "承認申請できません" in page(world, "jun", cancel)
    assert client.post(cancel, {"version": goal.version, "reason": "方針の変更"}).status_code == 302
    assert "月次決算を4営業日で締める" not in page(world, "ren", TREE)
