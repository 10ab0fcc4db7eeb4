"""Contexts out of loose records: other people's column names, dates and blanks."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from dodai.smart import context_of, field_of


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-09-30", date(2026, 9, 30)),
        ("2026/9/30", date(2026, 9, 30)),
        ("令和8年9月30日", date(2026, 9, 30)),
        (datetime(2026, 9, 30, 17, 0), date(2026, 9, 30)),  # noqa: DTZ001 - a cell has no zone
        ("9月末", "9月末"),
        ("", None),
        (None, None),
    ],
)
def test_a_deadline_is_a_date_or_at_least_words(written, read):
    assert context_of({"期限": written}).deadline == read


def test_names_of_the_glossary_and_of_sheets_mean_the_same():
    japanese = context_of(
        {"種別": "改善", "基準値": "8", "目標値": "４", "方向": "低い方が良い", "ウエイト(%)": "３０％"}
    )
    english = context_of(
        {"goal_type": "improvement", "baseline": 8, "target": 4, "direction": "lower", "weight": 30}
    )

    assert japanese == english
    assert japanese.baseline == Decimal(8)


def test_a_weight_written_as_a_fraction_is_percent():
    assert context_of({"weight": 0.3}).weight == 30


def test_an_empty_outcome_is_not_the_same_as_none():
    assert context_of({"成果": ""}).outcome == ""
    assert context_of({"成果": None}).outcome is None
    assert context_of({}).outcome is None


def test_links_may_be_a_list_or_one_name():
    assert context_of({"links": []}).links == ()
    assert context_of({"業務": "月次決算"}).links == ("月次決算",)


def test_what_cannot_be_read_is_left_out():
    context = context_of(
        {
            "baseline": "約8",
            "target": True,
            "direction": "?",
            "weight": "高",
            "period": ["x", 3],
            "history": "無",
        }
    )

    assert context == context_of({})


def test_a_nested_context_is_read_too():
    assert context_of({"text": "x", "context": {"outcome": "助かる"}}).outcome == "助かる"


def test_an_indicator_named_in_a_column_is_not_asked_for_its_source():
    indicator = context_of({"指標": "差戻し率", "目標値": 4}).indicators[0]

    assert indicator.name == "差戻し率"
    assert indicator.target == Decimal(4)
    assert indicator.source


def test_a_rubric_is_recognised():
    context = context_of({"indicators": [{"name": "段階", "kind": "評価段階表"}]})

    assert context.indicators[0].kind == "rubric"


def test_a_heading_is_recognised_in_any_width():
    assert field_of("　ウェイト（％）") == "weight"
    assert field_of("備考") is None
