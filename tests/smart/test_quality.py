"""How well the check tells good goals from bad ones, on sentences that were set aside before tuning."""

import json
from collections import Counter

import pytest

from bench import smart as bench


@pytest.fixture(scope="module")
def held_out():
    return bench.sentences("held_out")


def test_there_are_enough_sentences_and_half_of_the_first_were_set_aside():
    splits = Counter(row.split for row in bench.sentences())

    assert sum(splits.values()) >= 400
    assert splits["held_out"] >= 200


def test_the_set_aside_half_covers_departments_and_both_kinds_of_goals(held_out):
    assert {row.dept for row in held_out} == {"総務", "人事", "経理・財務", "法務", "情報システム"}
    assert {row.kind for row in held_out} == {"定量", "定性"}
    assert 0.4 < sum(row.good for row in held_out) / len(held_out) < 0.6


def test_labels_are_consistent():
    for row in bench.sentences():
        assert row.good == (not row.letters), row.id
    rows = [json.loads(line) for line in bench.SENTENCES.read_text("utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows)


def test_bad_goals_are_found_and_good_ones_left_alone(held_out):
    made = bench.overall(held_out, lambda row: bench.alarms(bench.findings(row)))

    assert made.f1 >= 0.95
    assert made.false_alarm_rate <= 0.03


def test_it_is_better_than_looking_for_a_digit_and_a_deadline(held_out):
    ours = bench.overall(held_out, lambda row: bench.alarms(bench.findings(row)))

    assert ours.f1 > bench.overall(held_out, bench.plain_rule_alarms).f1


@pytest.mark.parametrize(("letter", "aim"), [("S", 0.95), ("M", 0.95), ("T", 0.95), ("A", 0.6), ("R", 0.6)])
def test_every_letter_is_spoken_on(held_out, letter, aim):
    assert bench.per_letter(held_out, letter).recall >= aim


def test_the_interval_of_a_share_holds_the_share_and_stays_a_share():
    for hits, total in [(0, 10), (10, 10), (3, 7), (0, 0)]:
        low, high = bench.wilson(hits, total)
        assert 0 <= low <= (hits / total if total else 0) <= high <= 1
