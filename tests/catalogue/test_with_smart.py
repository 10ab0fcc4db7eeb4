"""The catalogue and the linter do not know each other; here they meet."""

from __future__ import annotations

import pytest

from dodai import catalogue
from dodai.smart import check

GOALS = [row for place in catalogue.departments() for row in place.goal_examples]


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.id)
def test_an_example_passes_its_own_check(goal):
    findings = {finding.rule: finding.severity.value for finding in check(goal.text)}
    assert findings == goal.expected_lint
    assert set(findings.values()) <= {"info"}
