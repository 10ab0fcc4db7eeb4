"""The board of 業務 as a page: what it shows to whom, how it is narrowed, and how often it asks."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from dodai.web.work.asked import Asked
from dodai.work.models import WorkItem, WorkItemBackup
from tests.world import World

VIEWS = ["table", "matrix", "overlap"]


def unit_of(world: World) -> int:
    return world.units["accounting"].pk


def page(world: World, who: str = "hana", query: str = "") -> str:
    answer = world.client(who).get(f"/work/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("view", VIEWS)
def test_an_empty_board_offers_the_first_steps(world, view):
    html = page(world, "ren", f"?view={view}")
    assert "業務の棚卸し" in html
    if view == "table":
        assert "業務がまだ登録されていません" in html


@pytest.mark.parametrize("view", VIEWS)
def test_a_person_sees_their_own_work_first(world, view):
    world.work_item()
    world.work_item("yui", name="入金消込")
    html = page(world, "ren", f"?view={view}")
    assert "請求書の照合" in html
    assert "入金消込" not in html


@pytest.mark.parametrize("view", VIEWS)
def test_the_leader_sees_the_whole_section(world, view):
    world.work_item()
    world.work_item("yui", name="入金消込")
    html = page(world, "hana", f"?view={view}&unit={unit_of(world)}")
    assert "請求書の照合" in html
    assert "入金消込" in html


@pytest.mark.parametrize("who", ["sora", "kei", "yui"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_stranger_finds_nothing_however_they_ask(world, who, view):
    item = world.work_item()
    for query in (f"?unit={unit_of(world)}", f"?member={world.ren.pk}", "?member=all", f"?item={item.pk}"):
        assert "請求書の照合" not in page(world, who, f"{query}&view={view}")


def test_a_stand_in_sees_what_they_stand_in_for(world):
    WorkItemBackup.objects.create(work_item=world.work_item(), member=world.yui)
    assert "請求書の照合" in page(world, "yui")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=照合", True),
        ("q=しょうごう", False),
        ("status=active", True),
        ("status=draft", False),
        ("outlook=reduce", False),
        ("lack=outcome", True),
        ("lack=answer", False),
        ("lack=stand_in", True),
        ("importance=5&column=5", True),
        ("importance=5&column=0", False),
        ("importance=4", False),
    ],
)
def test_the_board_is_narrowed(world, query, found):
    world.work_item()
    html = page(world, "ren", f"?{query}")
    assert ("請求書の照合" in html) is found
    if not found:
        assert "条件に合う業務がありません" in html


def test_the_counter_leads_to_the_rows_it_counts(world):
    world.outcome(world.work_item())
    world.work_item(name="支払予定表の作成")
    world.work_item(name="小口現金の出納")
    html = page(world, "ren")
    assert "成果未記入 2件" in html
    listed = page(world, "ren", "?lack=outcome")
    assert "支払予定表の作成" in listed
    assert "請求書の照合" not in listed


def test_an_open_question_is_shown_instead_of_a_guess(world):
    world.work_item(
        importance=None, minutes_per_run=None, open_questions={"importance": "高", "minutes_per_run": ""}
    )
    html = page(world, "ren")
    assert "確認が必要 1件" in html
    assert "月0時間" in html


def test_hours_share_and_priority_stand_in_the_second_set_of_columns(world):
    world.work_item(improvement_room=4, manual_status="none")
    world.work_item(name="支払予定表の作成", minutes_per_run=30, runs_per_year=80)
    html = page(world, "ren", "?columns=hours")
    assert "75.0%" in html  # 120 of 160 hours
    assert "93.8" in html  # 30 + 18.75 + 20 + 15 + 10
    assert "目標の候補" in html


@pytest.mark.parametrize("sort", ["name", "frequency", "importance", "hours", "people", "owner", "priority"])
def test_rows_are_sorted_both_ways_with_empty_values_last(world, sort):
    few = {
        "minutes_per_run": 1,
        "importance": 1,
        "frequency": "yearly",
        "capable_people": 1,
        "improvement_room": 1,
    }
    many = {
        "minutes_per_run": 90,
        "importance": 5,
        "frequency": "daily",
        "capable_people": 5,
        "improvement_room": 5,
    }
    world.work_item(name="あ少ない", manual_status="current", **few)
    world.work_item("yui", name="い多い", manual_status="current", **many)
    query = f"?unit={unit_of(world)}&columns=hours&sort="
    order = [page(world, "hana", f"{query}{sign}{sort}") for sign in ("", "-")]
    places = [html.index("あ少ない") < html.index("い多い") for html in order]
    assert places[0] is not places[1]


def test_an_old_address_still_opens():
    assert Asked.read(QueryDict("view=list&sort=x&unit=a&page=0")) == Asked()


def test_the_matrix_places_work_and_lists_what_has_no_place(world):
    item = world.work_item()
    world.work_item(name="借入契約の届出", importance=None)
    html = page(world, "ren", f"?view=matrix&item={item.pk}")
    assert 'class="dot"' in html
    assert "重要度か頻度が決まっていない業務 1件" in html
    assert "選択中の業務" in html


def test_who_may_not_edit_gets_the_panel_without_fields(world):
    item = world.work_item()
    html = page(world, "jun", f"?view=matrix&unit={unit_of(world)}&item={item.pk}")
    assert "選択中の業務" in html
    assert 'id="panel-form"' not in html


def test_the_overlap_says_who_holds_what_and_what_nobody_holds(world):
    item = world.work_item()
    WorkItemBackup.objects.create(work_item=item, member=world.yui)
    world.work_item(None, name="滞留債権の督促")
    html = page(world, "hana", f"?view=overlap&unit={unit_of(world)}")
    assert "1名だけ" in html
    assert 'class="work-main"' in html
    assert 'class="work-stand-in"' in html
    assert "担当者がいない業務" in html
    assert "担当を決める" in html


def test_nobody_without_the_right_is_shown_a_button(world):
    world.work_item(None, name="滞留債権の督促")
    world.work_item()
    html = page(world, "jun", f"?view=overlap&unit={unit_of(world)}")
    assert "自分が担当になる" not in html
    table = page(world, "jun", f"?unit={unit_of(world)}&member={world.ren.pk}")
    assert "data-cells" not in table
    assert 'value="confirm"' not in table


def test_a_page_holds_fifty_rows(world):
    for number in range(55):
        world.work_item(name=f"業務{number:03}", importance=3)
    assert page(world, "ren").count('<tr id="work-') == 50
    assert page(world, "ren", "?page=2").count('<tr id="work-') == 5


@pytest.mark.parametrize("query", ["", "&columns=hours&sort=-priority", "&view=matrix", "&view=overlap"])
@pytest.mark.parametrize("scope", ["unit", "me"])
def test_the_board_asks_as_often_for_ten_rows_as_for_two_hundred(world, query, scope):
    who = "hana"
    client = world.client(who)
    address = "/work/?" + (f"unit={unit_of(world)}" if scope == "unit" else "member=me") + query

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            owner = who if scope == "me" else ["ren", "yui", None][number % 3]
            item = world.work_item(owner, name=f"業務{number:03}", improvement_room=2, manual_status="none")
            world.outcome(item, "ren")
            WorkItemBackup.objects.create(work_item=item, member=world.jun)

    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    fill(0, 10)
    few = queries()
    fill(10, 200)
    assert queries() == few <= 12


def test_the_chosen_work_costs_no_more_than_the_budget(world):
    item = world.work_item()
    for number in range(20):
        world.outcome(item, state=f"状態{number}")
    client = world.client("hana")
    address = f"/work/?unit={unit_of(world)}&view=matrix&item={item.pk}"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len(asked) <= 12


def test_a_board_beyond_its_limit_says_so(world, monkeypatch):
    monkeypatch.setattr("dodai.web.work.looking.MOST", 3)
    for number in range(5):
        world.work_item(name=f"業務{number}")
    html = page(world, "ren")
    assert "絞り込んでください" in html
    assert WorkItem.objects.count() == 5
