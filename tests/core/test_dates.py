"""Every spelling of a date that people use, the refusals with their reason, and the boundaries of eras."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dodai.core.dates import (
    EARLIEST,
    LATEST,
    WEEKDAYS,
    DateRange,
    add_months,
    date_range,
    era_date,
    era_year,
    month_end,
    prose_date,
    read_date,
    table_date,
    time_range,
    western_date,
)
from dodai.core.errors import Refused, Unreadable

APRIL_FIRST = date(2026, 4, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "2026/4/1",
        "2026/04/01",
        "2026-04-01",
        "20260401",
        "2026.4.1",
        "2026年4月1日",
        "2026年4月1日（水）",
        "2026年4月1日(水曜日)",
        "2026年4月1日水曜",
        "２０２６年４月１日",
        "２０２６／４／１",
        "２０２６．４．１",
        "２０２６－０４－０１",
        "2026−4−1",
        "　2026/4/1　",
        "2026 / 4 / 1",
        "2026年 4月 1日",
        "2026/4/1 0:00",
        "2026/04/01 00:00:00",
        "2026-04-01T00:00:00",
        "令和8年4月1日",
        "令和 8 年 4 月 1 日",
        "令和８年４月１日（水）",
        "令和08年04月01日",
        "令8.4.1",
        "R8.4.1",
        "r8.4.1",
        "R8/4/1",
        "R8-4-1",
        "R.8.4.1",
        "R08.04.01",
        "R080401",
        "Ｒ８．４．１",
        "R8年4月1日",
        "㋿8年4月1日",
    ],
)
def test_one_day_can_be_written_in_many_ways(typed):
    assert read_date(typed) == APRIL_FIRST


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("令和8年9月末日", date(2026, 9, 30)),
        ("2026年9月末", date(2026, 9, 30)),
        ("2024年2月末日", date(2024, 2, 29)),
        ("2028/2/29", date(2028, 2, 29)),
        ("2000年2月29日", date(2000, 2, 29)),
        ("1900/1/1", EARLIEST),
        ("2100/12/31", LATEST),
    ],
)
def test_month_ends_and_leap_days(typed, day):
    assert read_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("㋿元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("㍻31年4月30日", date(2019, 4, 30)),
        ("H31.4.30", date(2019, 4, 30)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("S64.1.7", date(1989, 1, 7)),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("大正15年12月25日", date(1926, 12, 25)),
        ("㍽15年12月24日", date(1926, 12, 24)),
        ("大正元年7月30日", date(1912, 7, 30)),
        ("明治45年7月30日", date(1912, 7, 30)),
        ("M45.7.29", date(1912, 7, 29)),
    ],
)
def test_eras_meet_without_gap(typed, day):
    assert read_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "reason", "sentence"),
    [
        ("", "empty", "日付が入っていません。2026/4/1のように入れてください。"),
        ("　", "empty", None),
        (
            "2026年2月30日",
            "no_such_day",
            "2026年2月30日はありません。この月は28日までです。日を直してください。",
        ),
        ("2026/2/29", "no_such_day", None),
        ("2100/2/29", "no_such_day", None),
        ("令和8年4月31日", "no_such_day", None),
        ("2026/4/0", "no_such_day", None),
        ("2026/13/1", "no_such_month", "13月はありません。月は1〜12で入れてください。"),
        ("20260001", "no_such_month", None),
        (
            "平成31年5月1日",
            "era_over",
            "平成は2019年4月30日までです。令和元年5月1日と入れてください。",
        ),
        ("昭和64年1月8日", "era_over", None),
        (
            "令和元年4月30日",
            "era_not_begun",
            "令和は2019年5月1日からです。平成31年4月30日と入れてください。",
        ),
        ("平成元年1月7日", "era_not_begun", None),
        ("4/1/2026", "year_last", None),
        ("1.4.2026", "year_last", None),
        ("4/1", "year_missing", None),
        ("4月1日", "year_missing", None),
        ("9月末日", "year_missing", None),
        ("26/4/1", "year_short", None),
        ("8年4月1日", "year_short", None),
        ("2026/4/1 14:30", "has_time", None),
        ("2026年4月1日（木）", "weekday_differs", "2026年4月1日は水曜日です。日付か曜日を直してください。"),
        ("1899/12/31", "out_of_range", None),
        ("2101/1/1", "out_of_range", None),
        ("明治5年1月1日", "out_of_range", None),
        ("0000/1/1", "out_of_range", None),
        ("2026 4 1", "unknown", None),
        ("2026/4", "unknown", None),
        ("2026/4-1", "unknown", None),
        ("2026年度末", "unknown", None),
        ("来週", "unknown", None),
        ("令和 八年四月一日", "unknown", None),
        ("46113", "unknown", None),
        ("٢٠٢٦/٤/١", "unknown", None),
    ],
)
def test_a_refusal_names_its_reason(typed, reason, sentence):
    with pytest.raises(Unreadable) as refusal:
        read_date(typed)

    assert refusal.value.reason == reason
    assert isinstance(refusal.value, Refused)
    if sentence:
        assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2020, 1, 1), "令和2年1月1日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1926, 12, 24), "大正15年12月24日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1912, 7, 29), "明治45年7月29日"),
        (date(1912, 7, 30), "大正元年7月30日"),
        (date(1873, 1, 1), "明治6年1月1日"),
        (date(1872, 12, 31), "1872年12月31日"),
    ],
)
def test_a_day_is_shown_in_its_era(day, shown):
    assert era_date(day) == shown


def test_prose_names_the_weekday_and_the_era_the_company_chose():
    assert prose_date(APRIL_FIRST) == "2026年4月1日（水）"
    assert prose_date(APRIL_FIRST, "beside") == "2026年（令和8年）4月1日（水）"
    assert prose_date(APRIL_FIRST, "only") == "令和8年4月1日（水）"
    assert prose_date(date(1850, 1, 1), "only") == "1850年1月1日（火）"


def test_tables_and_ranges():
    assert table_date(APRIL_FIRST) == "2026/04/01"
    assert date_range(APRIL_FIRST, date(2026, 9, 30)) == "2026/04/01〜2026/09/30"
    assert time_range(time(14), time(14, 30)) == "14:00〜14:30"
    assert era_year(date(2026, 12, 31)) == "令和8"


def test_months_are_added_to_the_end_of_a_short_one():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert add_months(date(2026, 3, 15), -3) == date(2025, 12, 15)
    assert month_end(2028, 2) == date(2028, 2, 29)


@given(st.dates(EARLIEST, LATEST))
def test_what_is_shown_can_be_read_again(day):
    assert read_date(table_date(day)) == day
    assert read_date(western_date(day)) == day
    assert read_date(era_date(day)) == day
    assert read_date(prose_date(day)) == day
    assert read_date(prose_date(day, "only")) == day
    assert read_date(f"{day:%Y%m%d}" if day.year > 999 else "") == day


@given(st.dates(EARLIEST + timedelta(days=1), LATEST))
def test_two_days_never_look_alike_in_an_era(day):
    assert era_date(day) != era_date(day - timedelta(days=1))
    assert WEEKDAYS[day.weekday()] in prose_date(day)


def test_a_range_counts_both_ends_and_what_it_shares():
    april = DateRange(date(2026, 4, 1), date(2026, 4, 30))
    assert april.days == 30
    assert april.first in april
    assert april.last in april
    assert date(2026, 5, 1) not in april
    assert april.overlap(DateRange(date(2026, 4, 20), date(2026, 5, 10))) == 11
    assert april.overlap(DateRange(date(2026, 6, 1), date(2026, 6, 2))) == 0
    assert str(april) == "2026/04/01〜2026/04/30"
