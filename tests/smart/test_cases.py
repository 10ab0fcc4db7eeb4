"""Every labelled sentence and sheet of the rule table, with exactly the findings it should have."""

import pytest

from dodai.smart import check, check_sheet
from tests.smart.cases import SENTENCES, SHEETS, context, sheet


@pytest.mark.parametrize("veto", [True, False], ids=["with morphology", "wording lists alone"])
@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["id"])
def test_a_sentence_gets_exactly_the_expected_findings(case, veto):
    found = check(case["text"], context(case), veto=veto)

    assert {finding.rule: str(finding.severity) for finding in found} == case["expected"]
    assert len(found) == len(case["expected"])


@pytest.mark.parametrize("case", SHEETS, ids=lambda case: case["id"])
def test_a_sheet_gets_exactly_the_expected_findings(case):
    found = check_sheet(sheet(case))

    assert {finding.rule: str(finding.severity) for finding in found} == case["expected"]


def test_no_case_was_lost():
    assert len(SENTENCES) == 193
    assert len(SHEETS) == 15
