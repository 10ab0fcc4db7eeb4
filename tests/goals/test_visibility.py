"""Who sees which sheets and goals, compared with a rule written the slow way."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from dodai.goals import permissions
from dodai.goals.models import Goal, GoalSheet
from dodai.organization.models import Assignment, Delegation

SEES_REN = {"ren", "hana", "jun", "aki", "mei", "hiro", "rin"}


def viewers(world, rows):
    return {who for who, member in world.people.items() if rows.visible_to(member).exists()}


def test_a_sheet_is_seen_by_its_line_and_by_hr_and_audit(world):
    world.sheet()
    assert viewers(world, GoalSheet.objects) == SEES_REN


def test_the_system_administrator_and_colleagues_see_nothing(world):
    world.goal()
    for who in ("yui", "sora", "kei"):
        assert not Goal.objects.visible_to(world.people[who]).exists()


def test_a_former_supervisor_who_is_not_named_sees_nothing_any_more(world):
    sheet = world.sheet(first_evaluator=world.jun, second_evaluator=world.aki)
    today = timezone.localdate()
    world.ren.assignments.update(valid_to=today)
    Assignment.objects.create(
        member=world.ren, unit=world.units["legal"], supervisor=world.aki, valid_from=today
    )
    assert not GoalSheet.objects.visible_to(world.hana).filter(pk=sheet.pk).exists()
    assert GoalSheet.objects.visible_to(world.jun).filter(pk=sheet.pk).exists()  # still named


def test_the_head_of_a_second_post_sees_the_sheet(world):
    world.sheet()
    Assignment.objects.create(
        member=world.ren, unit=world.units["it"], supervisor=world.kei, kind="concurrent",
        allocation_percent=20, valid_from=date(2026, 4, 1),
    )  # fmt: skip
    assert GoalSheet.objects.visible_to(world.kei).exists()


def test_a_deputy_sees_what_the_evaluator_sees_for_as_long_as_it_lasts(world):
    world.sheet()
    Delegation.objects.create(
        principal=world.hana, delegate=world.sora, reason="休暇", valid_from=date(2026, 4, 1)
    )
    assert viewers(world, GoalSheet.objects) == SEES_REN | {"sora"}
    Delegation.objects.update(valid_to=timezone.localdate())
    assert viewers(world, GoalSheet.objects) == SEES_REN


@pytest.mark.parametrize(
    ("state", "is_public", "sees"),
    [
        ("agreed", True, True),
        ("evaluated", True, True),
        ("agreed", False, False),
        ("draft", True, False),
        ("cancelled", True, False),
    ],
)
def test_a_colleague_of_the_unit_sees_what_was_agreed_and_shared(world, state, is_public, sees):
    goal = world.goal(state=state, is_public=is_public)

    assert Goal.objects.visible_to(world.yui).filter(pk=goal.pk).exists() is sees
    assert not Goal.objects.visible_to(world.sora).exists()
    assert not Goal.objects.open_to(world.yui).exists()
    assert permissions.can_see_details(world.yui, goal) is False
    assert permissions.can_see_details(world.hana, goal) is True


def test_waiting_sheets_are_those_whose_next_step_is_mine(world):
    def waiting():
        return {who for who, member in world.people.items() if GoalSheet.objects.awaiting(member).exists()}

    sheet = world.sheet()
    assert waiting() == set()
    GoalSheet.objects.update(status="submitted")
    assert waiting() == {"hana"}
    GoalSheet.objects.update(
        status="first_approved", first_approved_by=world.hana, first_approved_at=timezone.now()
    )
    assert waiting() == {"jun"}
    Delegation.objects.create(
        principal=world.jun, delegate=world.hana, reason="出張", valid_from=date(2026, 4, 1)
    )
    assert waiting() == {"jun"}  # hana gave the first approval
    Delegation.objects.create(
        principal=world.jun, delegate=sheet.member, reason="出張", valid_from=date(2026, 4, 1)
    )
    assert waiting() == {"jun"}  # nobody waits for themselves


def test_visibility_combines_with_further_conditions(world):
    world.goal(title="請求書の照合")
    seen = Goal.objects.visible_to(world.hana).matching("照合").in_cycle(world.cycle).open().for_list()

    assert seen.count() == 1
    assert list(seen.order_by("-deadline")[:1])


def test_seeing_costs_one_query(world, django_assert_num_queries):
    world.goal()
    world.hana.roles  # noqa: B018 - read once per request
    with django_assert_num_queries(1):
        list(Goal.objects.visible_to(world.hana))
    with django_assert_num_queries(1):
        list(GoalSheet.objects.awaiting(world.hana))
