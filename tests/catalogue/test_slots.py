"""Adopting an example never adopts its sample dates and numbers."""

from __future__ import annotations

import re

import pytest

from dodai import catalogue

GOALS = [row for place in catalogue.departments() for row in place.goal_examples]
NAMES_WITH_DIGITS = ("入社1年以内離職率", "入社3か月面談の実施率", "期限7日前までの提出割合", "1件当たり")


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.id)
def test_no_sample_number_is_left(goal):
    text = catalogue.with_empty_slots(goal)
    for name in NAMES_WITH_DIGITS:
        text = text.replace(name, "")
    assert not re.search(r"\d|[上下]期|年度末", text)


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.id)
def test_a_date_leaves_one_deadline_to_fill(goal):
    text = catalogue.with_empty_slots(goal)
    has_date = bool(re.search(r"月末|年度末|期末", goal.text))
    assert text.count("［期限］") == has_date


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.id)
def test_the_measure_of_the_method_has_its_slots(goal):
    slots = catalogue.empty_slots(catalogue.with_empty_slots(goal))
    if goal.method == "improve":
        assert {"基準値", "目標値"} <= set(slots)
    if goal.method in ("ratio", "zero", "rubric"):
        assert "目標値" in slots
        assert "基準値" not in slots


@pytest.mark.parametrize(
    ("row_id", "text"),
    [
        (
            "GA-G02",
            "社内問い合わせの一次回答時間（中央値）を［期限］までに［基準値］時間から［目標値］時間以下に短縮する。",
        ),
        (
            "FA-G03",
            "月次締め日数を［期限］までに第［基準値］営業日から第［目標値］営業日へ短縮する"
            "（請求書の到着前倒しと概算計上の導入）。",
        ),
        (
            "HR-G05",
            "評価者向け説明動画の案を［節目の期日］までに提出し、［期限］までに管理職［数値］名の視聴を完了させる。",
        ),
        (
            "HR-G04",
            "入社1年以内離職率を［期限］までに［基準値］%から［目標値］%以下に下げるため、"
            "入社3か月面談の実施率を［数値］%にする。",
        ),
        (
            "GA-G03",
            "備品申請を紙からフォームへ切り替え、1件当たり処理時間を［期限］までに"
            "［基準値］分から［目標値］分以下にする。",
        ),
        (
            "FA-G01",
            "月次決算を毎月第［数値］営業日までに確定し、［期間］［数値］回の遅延を［目標値］回とする"
            "（遅延＝経営会議資料の提出時刻を超過）。",
        ),
        (
            "LG-G07",
            "改正法令の影響整理を毎月更新し、［期限］時点の評価段階表でレベル［目標値］（［段階の説明］）にする。",
        ),
    ],
)
def test_what_a_person_sees(row_id, text):
    assert catalogue.with_empty_slots(catalogue.goal_example(row_id)) == text


def test_slots_are_filled_with_what_is_known():
    text = catalogue.with_empty_slots(catalogue.goal_example("GA-G02"))
    filled = catalogue.fill_slots(text, {"期限": "2027年3月末", "目標値": "2.5", "基準値": ""})
    assert filled == (
        "社内問い合わせの一次回答時間（中央値）を2027年3月末までに［基準値］時間から2.5時間以下に短縮する。"
    )
    assert catalogue.empty_slots(filled) == ("基準値",)
