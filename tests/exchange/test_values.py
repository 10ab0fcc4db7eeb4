"""One cell at a time: what has one meaning is read, the rest is left to be asked."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from dodai.exchange.rules import values


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        (40, 40),
        ("４０", 40),
        ("35分", 35),
        ("35 ", 35),
        ("約25", 25),
        ("5時間", 300),
        ("3h", 180),
        ("５ｈ", 300),
        ("1時間30分", 90),
        ("1.5時間", 90),
        ("4,800", 4800),
        ("１２０ｈ", 7200),
        (time(1, 0), 60),
        (timedelta(hours=30), 1800),
        (Decimal("7.5"), Decimal("7.5")),
    ],
)
def test_minutes_are_read_as_people_write_them(written, minutes):
    assert values.minutes(written) == minutes


@pytest.mark.parametrize(
    "written", ["半日程度", "－", "", None, "不明", "1:30", "10〜20", True, 0, "-5", "1日"]
)
def test_what_is_no_plain_time_is_not_guessed(written):
    assert values.minutes(written) is None


@pytest.mark.parametrize(
    ("written", "runs"), [(50, 50), ("２４０", 240), ("50回", 50), ("年12回", 12), ("40件", 40)]
)
def test_runs_are_read(written, runs):
    assert values.runs(written) == runs


@pytest.mark.parametrize("written", ["不明", "", None, "数回", Decimal("2.5"), date(2026, 4, 1), "1〜2回"])
def test_unclear_runs_are_not_guessed(written):
    assert values.runs(written) is None


@pytest.mark.parametrize(("written", "step"), [(3, 3), ("３", 3), ("5", 5)])
def test_the_scale_is_read(written, step):
    assert values.scale(written) == step


@pytest.mark.parametrize("written", ["高", "0", "6", "4.5", "", None, True])
def test_nothing_outside_the_scale_becomes_a_number(written):
    assert values.scale(written) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("日次", "daily"),
        ("毎週", "weekly"),
        ("週1", "weekly"),
        ("隔週", "biweekly"),
        ("月２回", "monthly"),
        ("月1回", "monthly"),
        ("四半期毎", "quarterly"),
        ("年4回", "quarterly"),
        ("年2回", "half_yearly"),
        ("年１回", "yearly"),
        ("都度", "on_demand"),
        ("随時", "on_demand"),
        ("年3回", None),
        ("ときどき", None),
        ("", None),
    ],
)
def test_frequencies_have_many_names(written, code):
    assert values.frequency(written) == code


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("有", ("current", None)),
        ("無し", ("none", None)),
        ("古い", ("old", None)),
        ("有（2025年10月）", ("current", date(2025, 10, 31))),
        ("有(R7.10)", ("current", date(2025, 10, 31))),
        ("○", None),
        ("作成中", None),
    ],
)
def test_manuals_are_read_with_their_month(written, read):
    assert values.manual(written) == read


def test_codes_keep_their_zeros_and_lose_their_width():
    assert values.code("００１２７３ ") == "001273"
    assert values.code(1161) == "1161"


def test_a_unit_is_the_same_in_any_width():
    assert (
        values.path("管理本部／経理部／財務課　")
        == values.path("管理本部/経理部/財務課")
        == "管理本部/経理部/財務課"
    )


def test_a_mail_address_is_lower_case_and_narrow():
    assert values.email("HARA＠EXAMPLE.COM ") == "hara@example.com"
    with pytest.raises(ValueError):
        values.email("hara.example.com")


def test_free_text_keeps_its_characters():
    assert values.squeezed(" ①㈱の\n締め　") == "①㈱の締め"


@pytest.mark.parametrize(
    ("name", "is_unreadable"), [("??田", True), ("〓田", True), ("𠮷田", False), ("髙橋", False)]
)
def test_a_mark_in_place_of_a_character_is_seen(name, is_unreadable):
    assert values.has_unreadable_mark(name) is is_unreadable
