"""Search finds one thing under all its spellings, and characters are counted as people count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dodai.core.text import (
    contains_all,
    count_characters,
    is_same_name,
    normalise_for_search,
    search_words,
    to_katakana,
)


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("碕", "崎"),
        ("濵田", "浜田"),
        ("濱田", "浜田"),
        ("德永", "徳永"),
        ("斎藤", "斉藤"),
        ("齋藤", "斉藤"),
        ("齊藤", "斎藤"),
        ("渡邊", "渡辺"),
        ("渡邉", "渡辺"),
        ("澤田", "沢田"),
        ("𠮷田", "吉田"),
        ("葛\U000e0100城", "葛城"),
        ("ｻﾄｳ", "さとう"),
        ("ガイダンス", "がいだんす"),
        ("ｶﾞｲﾀﾞﾝｽ", "ガイダンス"),
        ("ＳＬＡ", "sla"),
        ("Ｅ－ｌｅａｒｎｉｎｇ", "e-learning"),
        ("問い合わせ　対応", "問い合わせ 対応"),
        ("㈱土台", "(株)土台"),
        ("㍻", "平成"),
    ],
)
def test_spellings_meet_in_search(stored, typed):
    assert normalise_for_search(stored) == normalise_for_search(typed)


def test_different_words_stay_different():
    assert normalise_for_search("請求書") != normalise_for_search("契約書")
    assert normalise_for_search("ハハ") != normalise_for_search("パパ")
    assert normalise_for_search("ビル") != normalise_for_search("ビール")


def test_search_wants_every_word_in_any_text():
    words = search_words("　請求　シヨリ 請求 ")
    assert words == ("請求", "しより")
    assert contains_all(["請求書のしより", "経理"], words)
    assert not contains_all(["請求書"], words)
    assert contains_all(["何でも"], search_words("  "))


def test_a_word_is_not_found_across_two_texts():
    assert not contains_all(["請求", "書類"], ["求書"])


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(text):
    once = normalise_for_search(text)
    assert normalise_for_search(once) == once


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("佐藤 花子", "佐藤　花子", True),
        ("佐藤花子", "佐藤 花子", True),
        ("髙橋 由紀", "高橋由紀", True),
        ("Smith John", "SMITH  JOHN", True),
        ("佐藤 花子", "佐藤 花", False),
        ("", " ", False),
    ],
)
def test_names_are_compared_without_spaces(one, other, same):
    assert is_same_name(one, other) is same


def test_readings_become_full_width_katakana():
    assert to_katakana("さとう") == "サトウ"
    assert to_katakana("ﾊﾅｺ") == "ハナコ"
    assert to_katakana("ｶﾞ") == "ガ"
    assert to_katakana("ジョン・Smith") == "ジョン・Smith"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("目標", 2),
        ("𠮷野家", 3),
        ("葛\U000e0100城", 2),
        ("か\u3099", 1),
        ("ｶﾞ", 1),
        ("👨\u200d👩\u200d👧", 1),
        ("👍🏽", 1),
        ("🇯🇵", 1),
        ("🇯🇵🇫🇷", 2),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 1),
        ("☺\ufe0f!", 2),
        ("1\ufe0f\u20e3", 1),
        ("一\r\n二", 3),
        ("一\n二", 3),
        ("e\u0301", 1),
    ],
)
def test_characters_are_counted_as_people_count_them(text, count):
    assert count_characters(text) == count
