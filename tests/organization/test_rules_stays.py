"""One 本務 a day, shares of 100."""

from datetime import date

import pytest

from dodai.organization.rules.stays import Stay, stay_fault

APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)


def stay(first=APRIL, until=None, percent=100, is_primary=True):
    return Stay(first, until, percent, is_primary)


@pytest.mark.parametrize(
    "stays",
    [
        [],
        [stay()],
        [stay(until=MAY), stay(first=MAY)],
        [stay(percent=70), stay(percent=30, is_primary=False)],
        [stay(until=MAY), stay(first=MAY, percent=60), stay(first=MAY, percent=40, is_primary=False)],
    ],
)
def test_rows_that_fit(stays):
    assert stay_fault(stays, hired_on=APRIL, left_on=None) is None


@pytest.mark.parametrize(
    ("stays", "kind", "day"),
    [
        ([stay(until=MAY), stay(first=JUNE)], "no_primary", MAY),
        ([stay(), stay(first=MAY)], "two_primaries", MAY),
        ([stay(), stay(first=MAY, percent=10, is_primary=False)], "shares", MAY),
        ([stay(until=MAY, percent=80), stay(first=MAY)], "shares", APRIL),
        ([stay(until=MAY)], "no_primary", MAY),
        ([stay(first=date(2026, 3, 1))], "before_entry", date(2026, 3, 1)),
    ],
)
def test_the_first_day_that_does_not_fit_is_named(stays, kind, day):
    fault = stay_fault(stays, hired_on=APRIL, left_on=None)
    assert fault is not None
    assert (fault.kind, fault.day) == (kind, day)


def test_the_history_ends_with_the_last_day_of_employment():
    left = date(2026, 5, 31)
    assert stay_fault([stay(until=JUNE)], hired_on=APRIL, left_on=left) is None
    open_end = stay_fault([stay()], hired_on=APRIL, left_on=left)
    too_early = stay_fault([stay(until=MAY)], hired_on=APRIL, left_on=left)
    assert open_end is not None
    assert (open_end.kind, open_end.day) == ("after_leaving", JUNE)
    assert too_early is not None
    assert (too_early.kind, too_early.day) == ("no_primary", MAY)
