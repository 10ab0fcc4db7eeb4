"""The SMART check on stored goals."""

from __future__ import annotations

from dodai.goals.checking import check_sheet


def test_nothing_is_said_about_a_sheet_that_is_ready(world):
    check = check_sheet(world.ready_sheet())

    assert check.obstacles == ()
    assert [one.rule for one in check.errors + check.warnings] == []
    print(check.findings, [c.findings for c in check.goals])
