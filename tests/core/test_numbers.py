"""Numbers as accounts write them, refusals with a reason, and rounding as people do it by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dodai.core.errors import Unreadable
from dodai.core.numbers import format_number, plain, read_decimal, read_whole, round_half_up


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("123", "123"),
        ("１２３", "123"),
        ("1,234", "1234"),
        ("１，２３４．５", "1234.5"),
        ("12,345,678", "12345678"),
        ("98.5％", "98.5"),
        ("98.5 %", "98.5"),
        ("▲5", "-5"),
        ("△5", "-5"),
        ("▲1,234.5", "-1234.5"),
        ("▲ 5%", "-5"),
        ("−5", "-5"),
        ("-5", "-5"),
        ("－５", "-5"),
        ("ー5", "-5"),
        ("(123)", "-123"),
        ("（1,234）", "-1234"),
        ("+5", "5"),
        ("  7 ", "7"),
        ("　7　", "7"),
        (".5", "0.5"),
        ("007", "7"),
        ("12.50", "12.50"),
        ("▲0", "0"),
    ],
)
def test_a_number_is_read_exactly(typed, value):
    assert read_decimal(typed) == Decimal(value)
    assert str(read_decimal(typed)) == value


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        ("　", "empty"),
        ("3億", "digits_only"),
        ("五", "digits_only"),
        ("5件", "digits_only"),
        ("1e5", "digits_only"),
        ("NaN", "digits_only"),
        ("Infinity", "digits_only"),
        ("1.2.3", "digits_only"),
        ("5.", "digits_only"),
        ("▲-5", "digits_only"),
        ("--5", "digits_only"),
        ("1 234", "digits_only"),
        ("1_000", "digits_only"),
        ("%", "digits_only"),
        ("①", None),
        ("٣", "digits_only"),
        ("1,5", "comma_misplaced"),
        ("1,23,456", "comma_misplaced"),
        ("1234,567", "comma_misplaced"),
        (",123", "comma_misplaced"),
        ("1234567890123456789", "too_long"),
        ("0.0000000000000000001", "too_long"),
    ],
)
def test_what_is_not_a_number_is_refused_with_a_reason(typed, reason):
    if reason is None:  # NFKC reads ① as 1 in a number field, and only there
        assert read_decimal(typed) == 1
        return
    with pytest.raises(Unreadable) as refusal:
        read_decimal(typed)
    assert refusal.value.reason == reason


def test_the_refusal_says_what_to_do():
    with pytest.raises(Unreadable, match="「3億」は数字として読めません。数字だけで入れてください。"):
        read_decimal("3億")


def test_a_field_limits_its_decimals():
    assert read_decimal("12.50", places=1) == Decimal("12.5")
    assert read_whole("１，２００") == 1200
    with pytest.raises(Unreadable, match="小数は1桁まで") as refusal:
        read_decimal("12.55", places=1)
    assert refusal.value.reason == "too_many_places"
    with pytest.raises(Unreadable, match="整数ではありません"):
        read_whole("2.5")


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("94.95", 1, "95.0"),
        ("94.94", 1, "94.9"),
        ("0.05", 1, "0.1"),
        ("-0.05", 1, "-0.1"),
        ("-0.04", 1, "0.0"),
        ("2.5", 0, "3"),
        ("3.5", 0, "4"),
        ("1E+2", 2, "100.00"),
        ("99999999999999999999999999999999.995", 2, "100000000000000000000000000000000.00"),
    ],
)
def test_rounding_is_half_up(value, places, rounded):
    assert str(round_half_up(Decimal(value), places)) == rounded


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 4))
def test_rounding_moves_by_half_a_unit_at_most(value, places):
    distance = abs(Fraction(round_half_up(value, places)) - Fraction(value))
    assert distance <= Fraction(1, 2 * 10**places)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("1234", None, "1,234"),
        ("1234.50", None, "1,234.5"),
        ("1E+3", None, "1,000"),
        ("100", None, "100"),
        ("0.00", None, "0"),
        ("-5.25", 1, "-5.3"),
        ("98.5", 1, "98.5"),
        ("98", 1, "98.0"),
    ],
)
def test_numbers_are_shown_with_separators(value, places, shown):
    assert format_number(Decimal(value), places) == shown


@given(st.decimals(-(10**9), 10**9, places=4))
def test_what_is_shown_can_be_read_again(value):
    assert read_decimal(format_number(value)) == value
    assert read_decimal(plain(value)) == value
    assert Decimal(plain(value)) == value
