"""One spelling of the sentence, and the way back to what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dodai.smart.lexicon import lexicon
from dodai.smart.typed import Typed, normalise


def _normal(text: str) -> Typed:
    return normalise(text, lexicon().replacements, lexicon().kanji_number)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("９月末迄に８％", "9月末までに8%"),
        ("三 件", "3件"),
        ("十件", "10件"),
        ("二十三名", "23名"),
        ("第二四半期", "第2四半期"),
        ("一部の書類", "一部の書類"),
        ("百二件", "百2件"),
        ("３ヶ月・３ヵ月・３箇月", "3か月・3か月・3か月"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("5日⇒3日", "5日→3日"),
        ("か\u3099んばる", "がんばる"),
    ],
)
def test_words_with_several_spellings_get_one(typed, normal):
    assert _normal(typed).text == normal


@given(st.text())
def test_every_character_knows_where_it_was_typed(text):
    typed = _normal(text)

    assert len(typed.text) == len(typed.starts) == len(typed.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(typed.starts, typed.ends, strict=True))
    assert list(typed.starts) == sorted(typed.starts)


def test_a_number_in_kanji_points_at_the_kanji():
    assert _normal("毎月 二十三 件").place(2, 4) == (3, 6)
