"""A period is prepared, published and run; its rules are frozen when it opens."""

from dataclasses import replace
from datetime import date

import pytest

from dodai.audit.models import AuditEvent
from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.cycles import actions
from dodai.cycles.models import Cycle
from dodai.cycles.rules import PhaseWindow, Policy, propose_phases
from dodai.organization.reporting import company_calendar, fiscal_calendar

WINDOW = PhaseWindow("goal_setting", date(2026, 9, 15), date(2026, 10, 20))


def create(world, **changes):
    values = {
        "by": world.mei,
        "name": "2026年度下期",
        "kind": "half",
        "period_from": date(2026, 10, 1),
        "period_to": date(2027, 3, 31),
        "policy": world.policy,
        "phases": [WINDOW],
    }
    return actions.create_cycle(**values | changes)


def test_a_period_begins_in_preparation_with_the_proposed_phases(world):
    period = fiscal_calendar(world.company).half_range(2026, 2)
    phases = propose_phases("half", period, company_calendar(on=date(2026, 9, 1)))
    cycle = create(world, phases=phases)
    assert cycle.status == Cycle.Status.PREPARING
    assert [phase.kind for phase in cycle.phases.all()][:2] == ["work_review", "goal_setting"]
    assert AuditEvent.objects.get().name == "cycle.created"


def test_a_period_in_preparation_is_seen_by_hr_alone(world):
    cycle = create(world)
    assert cycle in Cycle.objects.visible_to(world.mei)
    assert cycle not in Cycle.objects.visible_to(world.ren)


def test_two_periods_of_a_kind_do_not_overlap(world):
    with pytest.raises(Refused, match="2026年度上期"):
        create(world, period_from=date(2026, 9, 30))


def test_publishing_freezes_the_rules(world):
    cycle = create(world)
    actions.publish(cycle, by=world.mei, version=1)
    world.policy.refresh_from_db()
    assert world.policy.is_frozen
    assert world.policy.settings == Policy().to_json()
    with pytest.raises(Refused, match="新しい版"):
        actions.change_policy(
            world.policy, by=world.mei, version=world.policy.version, settings={"weight_step": 10}
        )


def test_a_period_without_a_window_for_goals_is_not_published(world):
    cycle = create(world, phases=[])
    with pytest.raises(Refused, match="目標の設定"):
        actions.publish(cycle, by=world.mei, version=1)


def test_steps_are_not_skipped(world):
    cycle = create(world)
    with pytest.raises(Refused, match="準備中"):
        actions.start(cycle, by=world.mei, version=1)
    actions.publish(cycle, by=world.mei, version=1)
    assert actions.start(cycle, by=world.mei, version=2).status == Cycle.Status.RUNNING


def test_the_calendar_starts_a_published_period(world):
    cycle = actions.publish(create(world), by=world.mei, version=1)
    assert actions.start_due_cycles(on=date(2026, 9, 30)) == []
    assert actions.start_due_cycles(on=date(2026, 10, 1)) == [cycle]
    assert actions.start_due_cycles(on=date(2026, 10, 1)) == []


def test_windows_move_while_a_period_runs_and_the_trail_says_from_where(world):
    moved = PhaseWindow("goal_setting", date(2026, 3, 15), date(2026, 5, 8))
    more = PhaseWindow("interview", date(2026, 7, 1), date(2026, 7, 20))
    actions.change_cycle(
        world.cycle, by=world.mei, version=1, phases=[moved, more], announcement="延ばしました。"
    )
    assert AuditEvent.objects.get().changes["goal_setting"] == [
        ["2026-03-15", "2026-04-20"],
        ["2026-03-15", "2026-05-08"],
    ]
    assert world.cycle.phases.count() == 2


def test_a_window_ends_after_it_opens(world):
    backwards = replace(WINDOW, due_on=date(2026, 9, 1))
    with pytest.raises(Refused, match="目標の設定"):
        create(world, phases=[backwards])
    assert not Cycle.objects.filter(name="2026年度下期").exists()


def test_a_new_version_of_the_rules_begins_as_a_copy(world):
    draft = actions.add_policy("標準", by=world.mei, like=world.policy)
    actions.change_policy(draft, by=world.mei, version=1, settings={"most_goals": 6})
    draft.refresh_from_db()
    assert (draft.number, draft.settings["most_goals"]) == (2, 6)
    assert AuditEvent.objects.latest_first().first().changes == {"most_goals": [7, 6]}


def test_rules_that_contradict_themselves_are_refused(world):
    draft = actions.add_policy("標準", by=world.mei, like=world.policy)
    with pytest.raises(Refused):
        actions.change_policy(draft, by=world.mei, version=1, settings={"fewest_goals": 9})


@pytest.mark.parametrize("who", ["ren", "hana", "jun", "kei", "rin", "aki"])
def test_only_hr_runs_periods(world, who):
    by = world.people[who]
    for verb in (
        lambda: create(world, by=by),
        lambda: actions.publish(world.cycle, by=by, version=1),
        lambda: actions.start(world.cycle, by=by, version=1),
        lambda: actions.change_cycle(world.cycle, by=by, version=1, phases=[], announcement=""),
        lambda: actions.add_policy("x", by=by),
        lambda: actions.change_policy(world.policy, by=by, version=1, settings={}),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_the_slower_of_two_is_told(world):
    actions.change_cycle(world.cycle, by=world.mei, version=1, phases=[WINDOW], announcement="")
    with pytest.raises(Conflict):
        actions.change_cycle(world.cycle, by=world.hiro, version=1, phases=[], announcement="")
