"""Organisation goals: who sets them, how they hang together, which outcomes serve them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dodai.audit.models import AuditEvent
from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.goals import actions
from dodai.goals.checking import check_goal
from dodai.goals.models import OrgGoal, OutcomeContribution


def make(world, who="jun", unit="finance", **fields):
    fields = {"title": "月次決算を5営業日で締める", "deadline": date(2026, 9, 30), **fields}
    return actions.create_org_goal(world.cycle, world.units[unit], by=world.people[who], **fields)


@pytest.mark.parametrize("who", ["jun", "aki", "mei", "hiro"])
def test_the_head_of_the_unit_those_above_and_hr_set_them(world, who):
    goal = make(world, who, target=Decimal(5), baseline=Decimal(7))

    assert (goal.owner, goal.target) == (world.people[who], Decimal(5))
    assert AuditEvent.objects.get().name == "org_goal.created"


@pytest.mark.parametrize("who", ["ren", "hana", "sora", "rin", "kei"])
def test_nobody_else_sets_them(world, who):
    with pytest.raises(NotAllowed):
        make(world, who)
    assert not OrgGoal.objects.exists()


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"title": ""}, "組織目標"),
        ({"title": "あ" * 61}, "組織目標"),
        ({"deadline": None}, "期限"),
        ({"deadline": date(2026, 10, 1)}, "期間の終わり"),
        ({"contribution": "somehow"}, "貢献方法"),
        ({"status": "cancelled"}, "書き換えられない"),
        ({"cycle": 1}, "書き換えられない|missing"),
    ],
)
def test_what_does_not_fit_is_refused(world, fields, word):
    if "cycle" in fields:
        goal = make(world)
        with pytest.raises(Refused, match="書き換えられない"):
            actions.edit_org_goal(goal, by=world.jun, version=1, cycle_id=2)
        return
    with pytest.raises(Refused, match=word):
        make(world, **fields)
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("who", ["jun", "aki", "mei", "hiro", "hana"])
def test_the_owner_the_heads_and_hr_change_them(world, who):
    goal = make(world, owner=world.hana)
    goal = actions.edit_org_goal(goal, by=world.people[who], version=1, title="月次決算を4営業日で締める")

    assert goal.title == "月次決算を4営業日で締める"
    assert AuditEvent.objects.last().changes == {
        "title": ["月次決算を5営業日で締める", "月次決算を4営業日で締める"]
    }


@pytest.mark.parametrize("who", ["ren", "sora", "rin", "kei", "hana"])
def test_nobody_else_changes_or_cancels_them(world, who):
    goal = make(world)
    with pytest.raises(NotAllowed):
        actions.edit_org_goal(goal, by=world.people[who], version=1, title="別の目標")
    with pytest.raises(NotAllowed):
        actions.cancel_org_goal(goal, by=world.people[who], version=1)


def test_the_same_again_leaves_no_trace(world):
    goal = make(world)
    assert actions.edit_org_goal(goal, by=world.jun, version=1, title=goal.title).version == 1
    assert AuditEvent.objects.count() == 1


def test_the_slower_of_two_is_told(world):
    goal = make(world)
    actions.edit_org_goal(goal, by=world.jun, version=1, title="別の目標")
    with pytest.raises(Conflict):
        actions.edit_org_goal(goal, by=world.aki, version=1, title="さらに別の目標")
    with pytest.raises(Conflict):
        actions.cancel_org_goal(goal, by=world.aki, version=1)


def test_they_hang_below_one_another_and_never_below_themselves(world):
    company = make(world, "aki", "company")
    finance = make(world, parent=company)
    section = make(world, "hana", "accounting", parent=finance)
    for parent in (company, finance, section):
        with pytest.raises(Refused, match="輪"):
            actions.edit_org_goal(company, by=world.aki, version=1, parent=parent)


def test_a_parent_is_active_and_of_the_same_cycle(world):
    company = actions.cancel_org_goal(make(world, "aki", "company"), by=world.aki, version=1)
    with pytest.raises(Refused, match="同じ期間の有効な"):
        make(world, parent=company)
    with pytest.raises(Refused, match="すでに中止"):
        actions.cancel_org_goal(company, by=world.aki, version=company.version)
    with pytest.raises(Refused, match="中止した"):
        actions.edit_org_goal(company, by=world.aki, version=company.version, title="別の目標")


def test_goals_below_a_cancelled_one_are_told_by_the_check(world):
    above = make(world)
    goal = world.goal(parent_org_goal=above)
    assert "R03" not in {one.rule for one in check_goal(goal).findings}
    actions.cancel_org_goal(above, by=world.jun, version=1)

    assert "R03" in {one.rule for one in check_goal(goal).findings}


def test_a_closed_cycle_keeps_its_goals(world):
    goal = make(world)
    world.cycle.status = "finalised"
    world.cycle.save()
    with pytest.raises(Refused, match="締められて"):
        make(world)
    with pytest.raises(Refused, match="締められて"):
        actions.edit_org_goal(goal, by=world.jun, version=1, title="別の目標")


def test_a_cycle_in_preparation_already_takes_them(world):
    world.cycle.status = "preparing"
    world.cycle.save()
    assert make(world).pk


# ── contributions ──


def test_an_outcome_serves_an_organisation_goal(world):
    outcome, above = world.outcome(world.work_item()), make(world)
    row = actions.contribute(outcome, by=world.ren, org_goal=above)
    assert (row.how, AuditEvent.objects.last().name) == ("direct", "outcome.contributed")
    assert actions.contribute(outcome, by=world.hana, org_goal=above, how="indirect").how == "indirect"
    assert actions.contribute(outcome, by=world.ren, org_goal=above, how="indirect") == row
    assert AuditEvent.objects.count() == 3  # the last one changed nothing
    actions.withdraw_contribution(outcome, by=world.ren, org_goal=above)
    assert not OutcomeContribution.objects.exists()
    with pytest.raises(Refused):
        actions.withdraw_contribution(outcome, by=world.ren, org_goal=above)


@pytest.mark.parametrize("who", ["yui", "sora", "mei", "rin", "kei"])
def test_nobody_else_says_what_an_outcome_serves(world, who):
    outcome, above = world.outcome(world.work_item()), make(world)
    for verb in (actions.contribute, actions.withdraw_contribution):
        with pytest.raises(NotAllowed):
            verb(outcome, by=world.people[who], org_goal=above)


def test_a_cancelled_goal_is_served_no_more(world):
    outcome, above = world.outcome(world.work_item()), make(world)
    with pytest.raises(Refused, match="貢献方法"):
        actions.contribute(outcome, by=world.ren, org_goal=above, how="somehow")
    actions.cancel_org_goal(above, by=world.jun, version=1)
    with pytest.raises(Refused, match="中止"):
        actions.contribute(outcome, by=world.ren, org_goal=above)
