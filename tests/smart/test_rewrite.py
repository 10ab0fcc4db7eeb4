"""Rewrites: templates that pass the check they come from."""

from datetime import date
from decimal import Decimal

import pytest

from dodai.smart import Context, IndicatorFact, Severity, check, kind_for, propose, rewrite, wording
from tests.smart.cases import SENTENCES

FILLED = {
    "改善": {
        "対象": "経費精算", "指標": "差戻し率", "期限": "2026年9月末", "基準値": "12", "目標値": "6",
        "単位": "%", "以下/以上": "以下", "短縮/引き上げ": "引き下げ",
    },
    "維持": {"対象": "自社起因の支払", "N": "420", "違反の定義": "支払期日からの遅れ", "期間": "上期"},
    "節目": {
        "成果物": "請求書の電子受領の提案書", "期限": "2026年7月末", "完了動詞": "完成", "受け手": "部長",
        "承認/利用": "承認",
    },
    "定性": {
        "行動": "差異の理由の説明", "頻度": "毎月", "期限": "2026年9月末", "n": "3",
        "アンカー要約": "質問に即答できる",
    },
    "提案": {
        "課題": "購買先の集約", "期限": "2026年7月末", "件数": "2", "指標": "年間削減見込額",
        "決裁者": "部長",
    },
    "育成": {
        "対象者": "労務担当1名", "業務": "社会保険の取得手続", "期限": "2026年9月末", "n": "15", "m": "14",
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", FILLED)
def test_a_filled_template_passes_its_own_check(kind):
    text = rewrite(kind, FILLED[kind])

    assert "［" not in text
    assert [finding for finding in check(text) if finding.severity is not Severity.INFO] == []


@pytest.mark.parametrize(
    "case", [c for c in SENTENCES if c["kind"] == "source_rewrite"], ids=lambda c: c["id"]
)
def test_a_rewritten_example_of_the_method_passes(case):
    assert [f for f in check(case["text"]) if f.severity is not Severity.INFO] == []


def test_an_empty_slot_stays_visible():
    assert "［基準値］［単位］から［目標値］" in rewrite("改善", {"対象": "契約審査"})
    assert "[baseline]" in rewrite("改善", {}, lang="en")


def test_keeping_means_zero_unless_said_otherwise():
    assert "0件とする" in rewrite("維持", {})


def test_every_kind_has_a_template_in_both_languages():
    for lang in ("ja", "en"):
        assert set(wording(lang).templates) == set(FILLED)


RUBRIC = IndicatorFact("段階", kind="rubric")
NUMBER = IndicatorFact("差戻し率")


@pytest.mark.parametrize(
    ("context", "kind"),
    [
        (Context(goal_type="提案", indicators=(RUBRIC,)), "提案"),
        (Context(goal_type="育成"), "育成"),
        (Context(indicators=(RUBRIC,)), "定性"),
        (Context(direction="zero"), "維持"),
        (Context(target=Decimal(0), direction="lower"), "維持"),
        (Context(goal_type="業務", baseline=Decimal(3), target=Decimal(3)), "維持"),
        (Context(milestones=3), "節目"),
        (Context(milestones=3, indicators=(NUMBER,)), "改善"),
        (Context(), "改善"),
    ],
)
def test_the_form_chooses_the_template(context, kind):
    assert kind_for(context) == kind


def test_the_form_fills_what_it_knows():
    context = Context(
        indicators=(NUMBER,),
        baseline=Decimal("12.0"),
        target=Decimal(6),
        unit="%",
        direction="lower",
        deadline=date(2026, 9, 30),
    )

    assert propose(context, {"対象": "経費精算"}) == (
        "経費精算の差戻し率を、2026年9月30日までに12%から6%以下に短縮する。"
    )
