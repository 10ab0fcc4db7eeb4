"""The pages of the indicator library, with and without JavaScript the same."""

from __future__ import annotations

import pytest
from django.urls import reverse

from dodai.indicators import actions
from dodai.indicators.models import Indicator

LIBRARY = reverse("indicators:library")
RATE = {
    "name": "請求書の期限内計上率",
    "function": "FA",
    "unit": "%",
    "direction": "higher",
    "data_source": "会計システム",
    "frequency": "月次",
    "controllability": "own",
    "decimals": "1",
}
RUBRIC = {
    "name": "予算資料のわかりやすさ",
    "function": "FA",
    "level_1": "数字だけ",
    "level_3": "理由を示す",
    "level_5": "選択肢を示す",
    "judges": ["self"],
}


def page(world, who, address):
    answer = world.client(who).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_an_empty_library_says_how_to_begin(world):
    assert "ひな形から読み込む" in page(world, "mei", LIBRARY)
    said = page(world, "ren", LIBRARY)
    assert "指標がまだありません" in said
    assert "ひな形から読み込む" not in said


def test_hr_loads_a_department_with_one_press(world):
    client = world.client("mei")
    answer = client.post(reverse("indicators:catalogue"), {"department": "FA"}, follow=True)

    assert "指標を18件読み込みました。" in answer.content.decode()
    again = client.post(reverse("indicators:catalogue"), {"department": "FA"}, follow=True)
    assert "すべて登録されています" in again.content.decode()


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("?q=仕訳", "修正仕訳", "支払"),
        ("?q=採用&department=FA", "当てはまる指標はありません", "FA-Q01"),
        ("?department=FA&kind=qualitative", "FA-L01", "FA-Q01"),
        ("?department=GA", "当てはまる指標はありません", "FA-Q01"),
        ("?department=ZZ&kind=nonsense&page=99", "FA-Q01", "当てはまる"),
    ],
)
def test_words_department_and_kind_narrow_the_list(world, query, shown, hidden):
    actions.load_catalogue("FA", by=world.mei)
    said = page(world, "ren", LIBRARY + query)

    assert shown in said
    assert hidden not in said


def test_the_balance_of_both_kinds_is_always_visible(world):
    actions.load_catalogue("FA", by=world.mei)
    said = page(world, "ren", LIBRARY + "?kind=quantitative")

    assert "67" in said  # 12 of 18 are 定量


def test_restricted_indicators_are_hidden(world):
    actions.load_catalogue("LG", by=world.mei)
    whistle = Indicator.objects.get(catalogue_id="LG-Q11")
    assert "LG-Q11" not in page(world, "ren", LIBRARY)
    assert "LG-Q11" in page(world, "hiro", LIBRARY)
    assert world.client("ren").get(reverse("indicators:indicator", args=[whistle.pk])).status_code == 404


@pytest.mark.parametrize("size", ["FA", "all"])
def test_the_library_costs_the_same_at_every_size(world, django_assert_max_num_queries, size):
    for code in ("FA", "GA", "HR", "LG", "IT") if size == "all" else (size,):
        actions.load_catalogue(code, by=world.mei)
    client = world.client("ren")
    client.get(LIBRARY)
    with django_assert_max_num_queries(12):
        client.get(LIBRARY)


def test_a_person_proposes_a_number(world):
    client = world.client("ren")
    assert "定量指標の提案" in page(world, "ren", reverse("indicators:new"))
    answer = client.post(reverse("indicators:new"), RATE)
    made = Indicator.objects.get()

    assert answer.status_code == 302
    assert answer["Location"] == reverse("indicators:indicator", args=[made.pk])
    assert (made.current.name, made.current.decimals, made.proposed_by) == (RATE["name"], 1, world.ren)


def test_a_person_proposes_described_levels(world):
    address = reverse("indicators:new") + "?kind=qualitative"
    assert "段階5の姿" in page(world, "ren", address)
    answer = world.client("ren").post(address, RUBRIC)

    assert answer.status_code == 302
    assert Indicator.objects.get().current.levels.count() == 3


@pytest.mark.parametrize("missing", ["name", "unit", "direction", "data_source", "frequency"])
def test_what_is_missing_is_said_at_its_field(world, missing):
    answer = world.client("ren").post(reverse("indicators:new"), RATE | {missing: ""})

    assert answer.status_code == 422
    assert f'id="id_{missing}_error"' in answer.content.decode()
    assert not Indicator.objects.exists()


def test_a_definition_shows_its_levels_versions_and_where_it_is_used(world):
    goal = world.ready_sheet().goals.get(number=2)
    rubric = goal.goal_indicators.get().indicator_version.indicator
    rubric = actions.revise(rubric, by=world.mei, version=rubric.version, name="予算資料の分かりやすさ")
    address = reverse("indicators:indicator", args=[rubric.pk])
    said = page(world, "ren", address)

    assert "差異の理由と影響額" in said
    assert "第2版" in said
    assert "第1版" in said
    assert "1件" in said
    assert "0件" in page(world, "sora", address)  # counts tell only what one sees


def test_versions_and_use_cost_the_same_number_of_queries(world, django_assert_max_num_queries):
    sheet = world.ready_sheet()
    indicator = sheet.goals.first().goal_indicators.get().indicator_version.indicator
    for number in range(5):
        indicator = actions.revise(
            indicator, by=world.mei, version=indicator.version, name=f"計上率 その{number}"
        )
    client = world.client("ren")
    client.get(LIBRARY)
    with django_assert_max_num_queries(13):
        client.get(reverse("indicators:indicator", args=[indicator.pk]))


def test_the_life_of_a_proposal_on_its_page(world):
    indicator = actions.propose(
        by=world.ren, kind="quantitative", function="FA", name="計上率", unit="%", direction="higher"
    )
    address = reverse("indicators:indicator", args=[indicator.pk])
    assert "承認</" not in page(world, "ren", address)
    client = world.client("jun")
    assert reverse("indicators:approval", args=[indicator.pk]) in page(world, "jun", address)
    client.post(reverse("indicators:approval", args=[indicator.pk]), {"version": indicator.version})
    indicator.refresh_from_db()
    client.post(reverse("indicators:publication", args=[indicator.pk]), {"version": indicator.version})
    indicator.refresh_from_db()
    assert indicator.status == "published"
    answer = client.post(
        reverse("indicators:retirement", args=[indicator.pk]),
        {"version": indicator.version, "reason": "統合"},
    )
    assert answer.status_code == 302
    indicator.refresh_from_db()
    assert indicator.status == "retired"


def test_a_revision_is_filled_with_what_stands(world):
    indicator = actions.propose(
        by=world.ren, kind="quantitative", function="FA", name="計上率", unit="%", direction="higher"
    )
    address = reverse("indicators:revision", args=[indicator.pk])
    assert 'value="計上率"' in page(world, "ren", address)
    changed = {**RATE, "name": "期限内の計上率", "version": indicator.version}
    assert world.client("ren").post(address, changed).status_code == 302
    slower = world.client("jun").post(address, {**changed, "name": "別の名"})

    assert slower.status_code == 422
    assert "ほかの人が先に更新しました" in slower.content.decode()
    assert 'value="別の名"' in slower.content.decode()  # nothing typed is lost
    indicator.refresh_from_db()
    assert indicator.current.name == "期限内の計上率"
