"""What people ask the catalogue: a word, a department, a replacement for a count."""

from __future__ import annotations

import pytest

from dodai import catalogue

CONVERSIONS = {
    ("業者対応件数", "GA-Q10"),
    ("面接設定件数", "HR-Q04"),
    ("研修受講人数", "HR-Q06"),
    ("キャリア面談の実施回数", "HR-Q13"),
    ("請求書処理件数", "FA-Q04"),
    ("請求書処理件数", "FA-Q11"),
    ("契約審査件数", "LG-Q02"),
    ("問合せ対応件数", "IT-Q05"),
    ("問合せ対応件数", "IT-Q06"),
    ("IT教育の実施回数", "IT-Q12"),
}


def names(found):
    return [getattr(row, "name", None) or row.text for row in found]


@pytest.mark.parametrize(
    ("query", "department", "first"),
    [
        ("請求", None, "請求書の受領・照合・支払処理"),
        ("給与", "HR", "勤怠締め・給与計算・年末調整"),
        ("備品", "GA", "消耗品・備品の在庫確認と発注"),
        ("契約", "LG", "契約書の審査・修正案の作成"),
        ("復旧", "IT", "障害対応・復旧・再発防止"),
    ],
)
def test_two_characters_are_enough(query, department, first):
    assert names(catalogue.search(query, department))[0] == first


def test_the_name_comes_before_the_explanation():
    found = catalogue.search("一次 回答", "GA")
    assert found[0].id == "GA-Q03"


@pytest.mark.parametrize(("one", "other"), [("ｻｰﾊﾞｰ", "サーバー"), ("sla", "ＳＬＡ"), ("ひな形", "ヒナ形")])
def test_spelling_does_not_matter(one, other):
    assert catalogue.search(one)
    assert catalogue.search(one) == catalogue.search(other)


def test_every_word_is_needed_and_nothing_finds_nothing():
    assert catalogue.search("請求 期限内")
    assert len(catalogue.search("請求 期限内")) < len(catalogue.search("請求"))
    assert catalogue.search("請求 宇宙") == ()
    assert catalogue.search("　") == ()


def test_a_search_stays_in_its_department():
    assert catalogue.search("契約", "FA") == tuple(
        row for row in catalogue.search("契約") if row.id.startswith("FA")
    )


def test_restricted_indicators_are_offered_to_nobody_by_default():
    assert "LG-Q11" not in [row.id for row in catalogue.indicators("LG")]
    assert "LG-Q11" not in [row.id for row in catalogue.search("通報")]
    assert "LG-Q11" not in [row.id for row in catalogue.used_with("LG-T08")]
    assert "LG-Q11" in [row.id for row in catalogue.indicators("LG", with_restricted=True)]
    assert "LG-Q11" in [row.id for row in catalogue.search("通報", with_restricted=True)]


def test_counts_of_work_have_replacements():
    assert {(one.count, one.indicator.id) for one in catalogue.conversions()} == CONVERSIONS
    assert [row.id for row in catalogue.replacements_for("請求書処理件数")] == ["FA-Q04", "FA-Q11"]
    assert catalogue.replacements_for("売上高") == ()


def test_speed_comes_with_quality():
    assert catalogue.counterpart(catalogue.indicator("GA-Q03")) == catalogue.indicator("GA-Q04")
    assert catalogue.counterpart(catalogue.indicator("HR-Q13")) == catalogue.rubric("HR-L02")
    assert catalogue.counterpart(catalogue.indicator("FA-Q05")) == "二重払い件数"


def test_a_task_is_offered_the_indicators_its_goals_use_first():
    offered = catalogue.used_with("GA-T10")
    assert offered[0].id == "GA-Q03"
    assert len(offered) == 12


def test_labels_are_made_of_codes():
    assert catalogue.task("GA-T02").frequency_label == "随時（月2〜4件）"
    assert catalogue.task("FA-T03").frequency_label == "日次・月次"
    assert catalogue.indicator("IT-Q09").frequency_label == "訓練ごと"
    assert catalogue.indicator("HR-Q12").frequency_label == "期ごと"


def test_an_unknown_id_is_said_so():
    for ask in (catalogue.task, catalogue.indicator, catalogue.rubric, catalogue.goal_example):
        with pytest.raises(LookupError):
            ask("XX-T01")
    with pytest.raises(LookupError):
        catalogue.indicator("GA-T01")
    with pytest.raises(LookupError):
        catalogue.tasks("XX")
