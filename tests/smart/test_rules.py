"""The rulebook: every rule is described, fires somewhere, and obeys the 評価制度."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dodai.smart import Context, IndicatorFact, Severity, SheetContext, check, check_sheet, rulebook
from tests.smart.cases import SENTENCES, SHEETS

DUE = Context(deadline=date(2026, 9, 30))
OWN_CASES = {
    "S11": ("社員500名の健康と安全を守る", DUE, Severity.WARN),
    "M13": ("3名で業務の見える化を進める", DUE, Severity.WARN),
    "M14": ("システム運用を頑張って80%以上にする", DUE, Severity.WARN),
    "A08": ("問い合わせを月600件から5件に減らす", DUE, Severity.WARN),
    "A09": ("来訪者アンケートの満足度を100%にする", DUE, Severity.WARN),
    "A10": ("消費税率を10%から8%に下げる", DUE, Severity.WARN),
    "A11": ("来週末までに全1,800件の契約書を一人で読み直し、評価を完了する", DUE, Severity.WARN),
    "R05": ("契約審査件数を増やす", DUE, Severity.INFO),
    "R06": ("部内の勉強会を月1回開く", DUE, Severity.WARN),
    "R07": (
        "備品の棚卸差異率を1.8%から0.5%以下にする",
        replace(DUE, parent_text="採用リードタイムの短縮"),
        Severity.INFO,
    ),
}


@pytest.mark.parametrize("rule", OWN_CASES)
def test_a_rule_beyond_the_table_fires(rule):
    text, context, severity = OWN_CASES[rule]

    assert (rule, severity) in {(finding.rule, finding.severity) for finding in check(text, context)}


def test_every_rule_has_a_sentence_or_sheet_on_which_it_fires():
    fired = {rule for case in (*SENTENCES, *SHEETS) for rule in case["expected"]}

    assert fired | set(OWN_CASES) == set(rulebook())


def test_the_reserved_id_stays_free():
    assert "A04" not in rulebook()


def test_only_the_labour_rule_cannot_be_softened_by_policy():
    assert [rule.id for rule in rulebook().values() if not rule.policy_adjustable] == ["P02"]


def test_the_rules_that_stop_a_submission_are_the_errors():
    blocking = {rule.id for rule in rulebook().values() if rule.blocks_submission}

    assert blocking == {"M01", "T01", "R03", "T03", "P02", "W01", "W07"}
    assert blocking == {rule.id for rule in rulebook().values() if rule.severity is Severity.ERROR}


def test_policy_changes_a_severity():
    found = check("請求書処理を頑張る。", severities={"T01": Severity.WARN})

    assert {f.rule: f.severity for f in found}["T01"] is Severity.WARN


def test_policy_does_not_turn_a_tip_beside_a_measure_into_a_warning():
    text = "差戻し率を9月末までに8%から4%以下に下げるよう努める"
    found = check(text, severities={"S01": Severity.ERROR})

    assert {f.rule: f.severity for f in found} == {"S01": Severity.INFO}


def test_policy_cannot_allow_goals_at_the_cost_of_health():
    found = check("休日返上で決算を9月末までに完了する", severities={"P02": Severity.INFO})

    assert {f.rule: f.severity for f in found} == {"P02": Severity.ERROR}


def test_policy_reaches_the_sheet():
    found = check_sheet(SheetContext(), severities={"W01": Severity.WARN})

    assert {f.rule: f.severity for f in found} == {"W01": Severity.WARN, "W02": Severity.ERROR}


def test_the_weight_left_is_named():
    assert "残り100%" in check_sheet(SheetContext())[0].message


@pytest.mark.parametrize(
    ("text", "due", "fires"),
    [
        ("12月末までに入力遅れを月14件から4件以下にする", date(2026, 9, 30), True),
        ("12月中旬までに入力遅れを月14件から4件以下にする", date(2026, 9, 30), True),
        ("8月末までに入力遅れを月14件から4件以下にする", date(2026, 9, 30), False),
        ("12月の保守切れまでに備え、9月30日までに旧機16台を停止する", date(2026, 9, 30), False),
        ("2027年1月31日までに旧機16台を停止する", date(2026, 9, 30), True),
    ],
)
def test_a_date_in_the_sentence_may_not_lie_behind_the_deadline(text, due, fires):
    found = check(text, Context(deadline=due))

    assert ("T05" in {finding.rule for finding in found}) is fires


def test_a_supplied_deadline_is_never_asked_for_again():
    for text in ("一次解決率を55%から70%に引き上げる", "DXを推進する", "頑張る"):
        assert "T01" not in {finding.rule for finding in check(text, DUE)}


def test_a_level_in_the_column_of_criteria_is_a_measure():
    context = replace(DUE, criteria="レベル3：申請の前に確認事項をそろえている")

    assert "M01" in {f.rule for f in check("稟議の事前確認の質を高める", DUE)}
    assert "M01" not in {f.rule for f in check("稟議の事前確認の質を高める", context)}


def test_empty_criteria_are_no_measure():
    assert "M01" in {f.rule for f in check("確認の質を高める", replace(DUE, criteria="しっかりやる"))}


def test_a_linked_outcome_answers_what_the_activity_is_for():
    text = "部内の勉強会を月1回開く"

    assert "R06" not in {f.rule for f in check(text, replace(DUE, outcome="仕訳の誤りが減る"))}
    assert "R06" not in {f.rule for f in check(text, replace(DUE, links=("work:3",)))}


def test_history_beyond_which_the_target_goes_is_asked_about():
    context = replace(
        DUE,
        baseline=Decimal(80),
        target=Decimal(99),
        direction="higher",
        history=(Decimal(78), Decimal(82)),
        indicators=(IndicatorFact("修了率", target=Decimal(99), source="台帳", frequency="月次"),),
    )

    assert {f.rule for f in check("必須研修の修了率を80%から99%以上にする", context)} == {"A02"}
