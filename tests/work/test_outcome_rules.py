"""An activity verb is not an outcome; what became true is left alone."""

from __future__ import annotations

import pytest

from dodai import catalogue
from dodai.work.outcome_rules import advise


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("請求書を作成する", "作成する"),
        ("支払処理を行う", "支払処理を行う"),
        ("経費精算の確認", "確認"),
        ("研修を実施する。", "実施する"),
        ("問い合わせに対応する", "対応する"),
        ("契約書の審査", "審査"),
        ("改善に取り組む", "取り組む"),
        ("報告書をまとめる", "まとめる"),
        ("月次決算の早期化を図る", "早期化を図る"),
        ("台帳の更新", "更新"),
    ],
)
def test_what_somebody_does_is_pointed_at(state, words):
    finding = advise("取引先", "代金", state)[0]
    assert (finding.part, finding.rule, finding.words) == ("state", "activity", words)


@pytest.mark.parametrize(
    "state",
    [
        "期日どおりに届いている",
        "5営業日以内に確定している",
        "止まらない",
        "迷わず申請できる",
        "差戻しがゼロになる",
        "半分に減る",
        "誤りがない",
        "早く手元に戻る",
        "監査で指摘されない",
        "更新されている",
        "確認できる",
        "作成時間が短くなる",
        "翌営業日までに分かる",
        "不正が防止されている",
    ],
)
def test_what_became_true_is_left_alone(state):
    assert advise("取引先", "代金", state) == []


@pytest.mark.parametrize("state", ["適切に保たれている", "円滑に回る", "しっかり守れる"])
def test_a_word_nobody_can_check_is_asked_about(state):
    assert [finding.rule for finding in advise("社員", "規程", state)] == ["vague"]


def test_a_vague_word_beside_a_measure_is_fine():
    assert advise("社員", "規程", "適切に、期限内に更新されている") == []


@pytest.mark.parametrize(
    ("text", "rule"), [("自分", "own"), ("関係者", "everybody"), ("社員全員", "everybody")]
)
def test_somebody_has_to_gain_from_it(text, rule):
    assert [finding.rule for finding in advise(text, "代金", "期日に届いている")] == [rule]


def test_the_thing_is_not_a_doing():
    assert [finding.part for finding in advise("社員", "経費を精算すること", "早く終わる")] == ["thing"]


def test_empty_parts_are_left_to_the_form():
    assert advise("", "", "") == []


def test_few_outcomes_of_the_catalogue_sound_like_a_doing():
    """They are prompts, written as nouns; the guidance is quiet on nearly all of them."""
    texts = [task.outcome for department in catalogue.departments() for task in department.tasks]
    doing = [text for text in texts if any(f.rule == "activity" for f in advise("社員", "仕事", text))]
    assert len(doing) <= len(texts) // 10
