"""What holds for any text: it never fails, points at what was typed, and says the same again."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dodai.smart import Context, Finding, Lamp, Severity, blocks, check, lamps, score
from tests.smart.cases import SENTENCES, context

PIECES = [case["text"] for case in SENTENCES] + list(
    "　ｶﾞ㎏％→⇒０１２３〇一二三四十件回名年月日「」『』（）\n\t\u3099\U0001f600\ud800髙①"
)
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
numbers = st.one_of(st.none(), st.decimals(allow_nan=False, allow_infinity=False, places=2))
contexts = st.builds(
    Context,
    criteria=st.one_of(st.just(""), texts),
    baseline=numbers,
    target=numbers,
    direction=st.sampled_from([None, "higher", "lower"]),
    deadline=st.one_of(st.none(), st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), texts),
    links=st.sampled_from([None, (), ("work:1",)]),
    outcome=st.sampled_from([None, "", "助かる"]),
    parent_text=st.one_of(st.just(""), texts),
    prev_text=st.one_of(st.just(""), texts),
)


@given(texts, contexts)
def test_no_text_is_too_strange(text, context):
    for finding in check(text, context):
        assert 0 <= finding.start <= finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.word
        assert finding.message
        assert finding.suggestion


@given(texts, contexts)
def test_questions_are_never_errors(text, context):
    for finding in check(text, context):
        assert finding.letter != "A" or finding.severity is not Severity.ERROR
        assert finding.letter != "R" or finding.rule == "R03" or finding.severity is not Severity.ERROR


@given(texts)
def test_the_same_text_gets_the_same_answer(text):
    assert check(text) == check(text)


@given(texts)
def test_findings_come_in_the_order_of_the_letters(text):
    letters = [finding.letter for finding in check(text)]

    assert letters == sorted(letters, key="SMARTPCW".index)


@given(st.text(alphabet="０１２３ｶﾞ一二三件　 a\u3099", max_size=40))
def test_full_width_text_is_pointed_at_where_it_was_typed(text):
    for finding in check(text + "頑張る"):
        assert (text + "頑張る")[finding.start : finding.end] == finding.word


def test_the_word_is_found_behind_spaces_and_wide_digits():
    text = "第 ２ 四半期　までに　三十　件へ　できるだけ　減らす"
    word = next(finding for finding in check(text) if finding.rule == "S02")

    assert word.word == "できるだけ"
    assert text[word.start : word.end] == "できるだけ"


def test_a_word_is_named_whole():
    finding = next(f for f in check("正確な処理に努めます。") if f.rule == "S01")

    assert finding.word == "努め"
    assert finding.message.startswith("「努める」は")


def test_what_is_missing_has_no_place():
    finding = next(f for f in check("請求書処理を頑張る。") if f.rule == "M01")

    assert finding.span == (0, 0)
    assert finding.word == ""


def test_names_in_quotes_are_not_the_writers_words():
    text = "掲示「頑張る社員」の閲覧数を9月末までに月300回から月600回以上にする"

    assert [f.rule for f in check(text)] == []
    assert [f.rule for f in check(text, veto=False)] == ["S01"]


def test_a_book_is_read_only_to_the_end_of_its_beginning():
    assert check("あ" * 100_000 + "頑張る")
    assert check("1" * 100_000)


def _finding(letter: str, severity: Severity) -> Finding:
    return Finding("X00", letter, severity, 0, 0, "", "", "")


def test_a_lamp_shows_the_worst_finding_of_its_letter():
    lit = lamps([_finding("S", Severity.WARN), _finding("S", Severity.INFO), _finding("T", Severity.ERROR)])

    assert lit == {
        "S": Lamp.YELLOW,
        "M": Lamp.GREEN,
        "A": Lamp.GREEN,
        "R": Lamp.GREEN,
        "T": Lamp.RED,
    }


def test_care_and_copies_light_no_lamp_of_smart():
    assert set(lamps([_finding("P", Severity.ERROR), _finding("C", Severity.WARN)]).values()) == {Lamp.GREEN}


def test_the_score_starts_at_a_hundred_and_stops_at_zero():
    found = [_finding("S", severity) for severity in Severity]

    assert score([]) == 100
    assert score(found) == 70
    assert score(found * 9) == 0


def test_an_error_blocks_and_a_warning_does_not():
    assert blocks([_finding("M", Severity.ERROR)])
    assert not blocks([_finding("M", Severity.WARN)])


def test_the_form_fills_the_rewrite():
    context_ = Context(baseline=Decimal("8"), target=Decimal("4.0"), unit="%", direction="lower")
    finding = next(f for f in check("差戻し率を改善する", context_) if f.rule == "M02")

    assert finding.suggestion.startswith("「8から4へ」と書く")
    assert "8%から4%以下に短縮する" in finding.suggestion


def test_what_the_form_does_not_know_stays_a_visible_slot():
    finding = next(f for f in check("差戻し率を改善する") if f.rule == "M02")

    assert finding.suggestion == "「［基準値］から［目標値］へ」と書く"


def test_a_context_of_a_case_reads_its_indicators():
    case = next(case for case in SENTENCES if case["id"] == "ST02")

    assert context(case).indicators[0].target == Decimal(3)
    assert context(case).period == (date(2026, 4, 1), date(2026, 9, 30))
