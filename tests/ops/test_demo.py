"""The demo company: valid, lived in, and only where nothing real is."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from dodai.audit.models import first_break_in_chain
from dodai.core.errors import Refused
from dodai.goals.models import GoalSheet, SheetVersion
from dodai.ops.demo import LOGINS
from dodai.ops.demo.build import build_demo
from dodai.organization.models import Assignment, Company, Leave, Member, RoleAssignment, UnitHead
from dodai.work.models import WorkItem

TODAY = date.today()  # noqa: DTZ011  (the product asks the same clock; only the season matters)


@pytest.fixture
def demo(db):
    build_demo(TODAY)


def test_the_demo_shows_every_state_and_every_kind_of_person(demo):
    states = Counter(GoalSheet.objects.values_list("status", flat=True))
    assert set(states) == {"drafting", "submitted", "returned", "first_approved", "running", "excluded"}
    assert Company.objects.get().is_demo
    assert Member.objects.count() == 61
    assert Leave.objects.count() == 1
    assert UnitHead.objects.filter(member=None, deputy__isnull=False).count() == 1
    assert Assignment.objects.filter(kind="concurrent").exists()
    assert Assignment.objects.filter(reason="transferred", member__member_no="001413").exists()
    assert WorkItem.objects.count() == 126
    assert WorkItem.objects.exclude(open_questions={}).exists()
    assert SheetVersion.objects.count() == states["running"]


def test_every_login_of_the_list_exists_and_roles_are_given(demo):
    numbers = {login.member_no for login in LOGINS}
    assert Member.objects.filter(member_no__in=numbers, account__is_active=True).count() == len(LOGINS)
    roles = set(RoleAssignment.objects.values_list("role", flat=True))
    assert roles == {"hr", "hr_head", "executive", "auditor", "system_admin"}


def test_the_audit_chain_of_the_demo_verifies(demo):
    assert first_break_in_chain() is None


def test_the_demo_refuses_a_database_with_a_company(world):
    with pytest.raises(Refused, match="空のデータベース"):
        build_demo(TODAY)
