"""Writing goals: who, when, which fields, and what happens when two people write at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dodai.audit.models import AuditEvent
from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.goals import actions
from dodai.goals.actions.goals import MilestoneInput
from dodai.goals.models import Goal
from dodai.organization.models import Assignment

OTHERS = ["hana", "jun", "yui", "sora", "mei", "hiro", "rin", "aki", "kei"]


def events():
    return list(AuditEvent.objects.order_by("sequence").values_list("name", flat=True))


def test_a_goal_joins_the_end_of_the_sheet(world):
    sheet = world.sheet()
    first = actions.add_goal(sheet, by=world.ren, typed_as="備品補充の遅延ゼロ")
    second = actions.add_goal(sheet, by=world.ren, title="請求書の照合")

    assert [first.number, second.number] == [1, 2]
    assert (first.typed_as, first.state, first.step) == ("備品補充の遅延ゼロ", "draft", "work")
    assert events() == ["goal.added", "goal.added"]


def test_only_what_changed_is_saved_and_recorded(world):
    goal = world.goal()
    saved = actions.write_goal(goal, by=world.ren, version=1, title="支払の照合", criteria=goal.criteria)

    assert saved.version == 2
    assert AuditEvent.objects.get().changes == {
        "title": ["請求書の期限内処理率を98%以上にする", "支払の照合"]
    }
    assert Goal.objects.matching("照合").get() == goal


def test_saving_the_same_again_leaves_no_trace(world):
    goal = world.goal()
    saved = actions.write_goal(goal, by=world.ren, version=1, title=goal.title, weight=100)

    assert saved.version == 1
    assert events() == []


@pytest.mark.parametrize(
    "fields",
    [{"state": "agreed"}, {"number": 9}, {"sheet_id": 1}, {"version": 7}, {"search": "x"}, {"nonsense": 1}],
)
def test_a_field_that_is_not_theirs_to_write_is_refused(world, fields):
    goal = world.goal()
    with pytest.raises(Refused, match="書き換えられない項目"):
        actions.write_goal(goal, by=world.ren, version=1, **fields) if "version" not in fields else (
            actions.add_goal(goal.sheet, by=world.ren, **fields)
        )
    assert events() == []


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"title": "あ" * 41}, "目標"),
        ({"statement": "あ" * 301}, "300字"),
        ({"goal_type": "dream"}, "種別"),
        ({"weight": 101}, "ウェイト"),
        ({"weight": -5}, "ウェイト"),
        ({"difficulty_planned": "extreme"}, "難易度"),
        ({"deadline": "soon"}, "期限"),
    ],
)
def test_what_does_not_fit_a_field_is_refused_in_words(world, fields, word):
    goal = world.goal()
    with pytest.raises(Refused, match=word):
        actions.write_goal(goal, by=world.ren, version=1, **fields)
    goal.refresh_from_db()
    assert goal.version == 1


def test_300_characters_are_counted_as_people_count_them(world):
    goal = actions.write_goal(world.goal(), by=world.ren, version=1, statement="が" * 300)
    assert goal.version == 2


VERBS = {
    "add_goal": lambda goal, by: actions.add_goal(goal.sheet, by=by, title="目標"),
    "write_goal": lambda goal, by: actions.write_goal(goal, by=by, version=goal.version, title="目標"),
    "choose_work": lambda goal, by: actions.choose_work(goal, by=by, version=goal.version, work_items=[]),
    "choose_outcomes": lambda goal, by: actions.choose_outcomes(
        goal, by=by, version=goal.version, outcomes=[]
    ),
    "measure": lambda goal, by: actions.measure(goal, by=by, version=goal.version, indicators=[]),
    "set_milestones": lambda goal, by: actions.set_milestones(
        goal, by=by, version=goal.version, milestones=[]
    ),
    "set_weights": lambda goal, by: actions.set_weights(
        goal.sheet, by=by, version=goal.sheet.version, weights={goal.pk: 50}
    ),
    "remove_goal": lambda goal, by: actions.remove_goal(goal, by=by, version=goal.version),
    "add_dependency": lambda goal, by: actions.add_dependency(
        goal, by=by, version=goal.version, request="締切の前倒し", unit=goal.sheet.unit
    ),
    "dismiss_finding": lambda goal, by: actions.dismiss_finding(
        goal, by=by, rule="M10", word="必ず", reason="例外が法令で認められないため"
    ),
    "copy_goal": lambda goal, by: actions.copy_goal(goal, goal.sheet, by=by),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_writes(world, who, verb):
    goal = world.goal()
    with pytest.raises(NotAllowed):
        VERBS[verb](goal, world.people[who])
    assert events() == []


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    "status", ["submitted", "first_approved", "running", "settled", "closed", "excluded"]
)
def test_nobody_writes_on_a_sheet_that_is_out_of_their_hands(world, status, verb):
    goal = world.goal(world.sheet(status=status))
    with pytest.raises(Refused):
        VERBS[verb](goal, world.ren)
    assert events() == []


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_leaves_one_event(world, verb):
    VERBS[verb](world.goal(), world.ren)
    assert len(events()) == 1


@pytest.mark.parametrize(
    "verb", sorted(set(VERBS) - {"add_goal", "dismiss_finding", "copy_goal", "set_weights"})
)
def test_the_slower_of_two_writers_is_told_and_loses_nothing(world, verb):
    """The conflict carries the stored goal, so that both texts can be shown side by side."""
    mine = world.goal()
    theirs = actions.write_goal(mine, by=world.ren, version=1, statement="先に書いた文")
    mine.statement = "あとから書いた文"
    with pytest.raises(Conflict) as caught:
        VERBS[verb](mine, world.ren)

    assert caught.value.theirs == theirs
    assert caught.value.theirs.statement == "先に書いた文"
    assert mine.statement == "あとから書いた文"
    assert events() == ["goal.written"]


def test_two_windows_on_one_goal_never_lose_text(world):
    goal = world.goal()
    one, two = Goal.objects.get(pk=goal.pk), Goal.objects.get(pk=goal.pk)
    one = actions.write_goal(one, by=world.ren, version=one.version, approach="手順書を先に直す")
    with pytest.raises(Conflict) as caught:
        actions.write_goal(two, by=world.ren, version=two.version, approach="毎朝照合する")
    merged = f"{caught.value.theirs.approach}\n毎朝照合する"
    saved = actions.write_goal(two, by=world.ren, version=caught.value.theirs.version, approach=merged)

    assert saved.approach == "手順書を先に直す\n毎朝照合する"


# ── links ──


def test_work_and_outcomes_are_chosen_from_what_one_sees(world):
    goal, item = world.goal(), world.work_item()
    outcome = world.outcome(item)
    goal = actions.choose_work(goal, by=world.ren, version=1, work_items=[item])
    goal = actions.choose_outcomes(goal, by=world.ren, version=2, outcomes=[outcome.pk])

    assert (list(goal.work_items.all()), list(goal.outcomes.all())) == ([item], [outcome])
    assert events() == ["goal.work_chosen", "goal.outcomes_chosen"]


def test_work_of_strangers_cannot_be_chosen(world):
    goal, foreign = world.goal(), world.work_item("sora")
    with pytest.raises(Refused, match="選べない業務"):
        actions.choose_work(goal, by=world.ren, version=1, work_items=[foreign])
    with pytest.raises(Refused, match="選べない成果"):
        actions.choose_outcomes(goal, by=world.ren, version=1, outcomes=[world.outcome(foreign, "sora")])
    assert not goal.work_items.exists()


def test_a_goal_hangs_below_an_active_organisation_goal_of_its_cycle(world):
    above = actions.create_org_goal(
        world.cycle, world.units["finance"], by=world.jun, title="決算早期化", deadline=date(2026, 9, 30)
    )
    goal = actions.write_goal(world.goal(), by=world.ren, version=1, parent_org_goal=above)
    assert goal.parent_org_goal == above
    actions.cancel_org_goal(above, by=world.jun, version=above.version)
    above.refresh_from_db()
    other = actions.add_goal(goal.sheet, by=world.ren)
    with pytest.raises(Refused, match="有効ではありません"):
        actions.write_goal(other, by=world.ren, version=1, parent_org_goal=above)


def test_a_goal_of_the_supervisor_can_be_served_once_it_is_shared(world):
    boss = world.goal(world.sheet("hana"), state="agreed")
    mine = world.goal()
    with pytest.raises(Refused, match="公開している"):
        actions.write_goal(mine, by=world.ren, version=1, parent_goal=boss)
    boss.is_public = True
    boss.save()
    assert actions.write_goal(mine, by=world.ren, version=1, parent_goal=boss).parent_goal == boss


def test_a_goal_belongs_to_ones_own_second_post_only(world):
    goal = world.goal()
    post = Assignment.objects.create(
        member=world.ren, unit=world.units["legal"], kind="concurrent", allocation_percent=20,
        valid_from=date(2026, 4, 1),
    )  # fmt: skip
    goal = actions.write_goal(goal, by=world.ren, version=1, assignment=post)
    assert goal.assignment == post
    with pytest.raises(Refused, match="兼務"):
        actions.write_goal(
            goal, by=world.ren, version=2, assignment=world.ren.assignments.get(kind="primary")
        )


# ── weights and milestones ──


def test_weights_are_set_together(world):
    sheet = world.sheet()
    one, two = world.goal(sheet, weight=0), world.goal(sheet, weight=0)
    sheet = actions.set_weights(sheet, by=world.ren, version=1, weights={one.pk: 60, two.pk: 40})

    assert list(sheet.goals.values_list("weight", flat=True)) == [60, 40]
    assert AuditEvent.objects.get().changes == {str(one.pk): [0, 60], str(two.pk): [0, 40]}
    same = actions.set_weights(sheet, by=world.ren, version=2, weights={one.pk: 60})
    assert (same.version, len(events())) == (2, 1)
    with pytest.raises(Conflict):
        actions.set_weights(sheet, by=world.ren, version=1, weights={one.pk: 50})


@pytest.mark.parametrize("weight", [-5, 101])
def test_a_weight_is_a_percentage(world, weight):
    goal = world.goal()
    with pytest.raises(Refused, match="ウェイト"):
        actions.set_weights(goal.sheet, by=world.ren, version=1, weights={goal.pk: weight})


def test_a_goal_of_another_sheet_has_no_weight_here(world):
    mine, theirs = world.goal(), world.goal(world.sheet("yui"))
    with pytest.raises(Refused, match="無い目標"):
        actions.set_weights(mine.sheet, by=world.ren, version=1, weights={mine.pk: 50, theirs.pk: 50})
    mine.refresh_from_db()
    assert mine.weight == 100


def test_milestones_are_replaced_together(world):
    goal = world.goal()
    steps = [
        MilestoneInput("試行", date(2026, 6, 30), 40),
        MilestoneInput("本番", date(2026, 9, 30), 60),
    ]
    goal = actions.set_milestones(goal, by=world.ren, version=1, milestones=steps)
    goal = actions.set_milestones(goal, by=world.ren, version=2, milestones=steps[:0])

    assert not goal.milestones.exists()
    assert events() == ["goal.milestones_set"] * 2


@pytest.mark.parametrize(
    ("step", "word"),
    [
        (MilestoneInput("後", date(2026, 10, 1)), "期間の終わり"),
        (MilestoneInput("配分", date(2026, 9, 1), 60), "配分"),
        (MilestoneInput("", date(2026, 9, 1)), "節目"),
    ],
)
def test_a_milestone_that_does_not_fit_is_refused(world, step, word):
    goal = world.goal()
    with pytest.raises(Refused, match=word):
        actions.set_milestones(goal, by=world.ren, version=1, milestones=[step])
    assert not goal.milestones.exists()


# ── removing, restoring, copying ──


def test_a_removed_goal_comes_back_as_it_was(world):
    sheet = world.ready_sheet()
    first, second, third = sheet.goals.order_by("number")
    asked = actions.add_dependency(
        first, by=world.ren, version=first.version, request="締切の前倒し", unit=world.units["legal"]
    )
    first.refresh_from_db()
    removed = actions.remove_goal(first, by=world.ren, version=first.version)
    assert list(sheet.goals.order_by("number").values_list("pk", "number")) == [(second.pk, 1), (third.pk, 2)]

    back = actions.restore_goal(removed, by=world.ren)
    assert list(sheet.goals.order_by("number").values_list("number", "title")) == [
        (1, first.title), (2, second.title), (3, third.title),
    ]  # fmt: skip
    row = back.goal_indicators.get()
    assert (row.baseline, row.target, row.scale["method"]) == (Decimal(88), Decimal(98), "improve")
    assert back.work_items.count() == back.outcomes.count() == back.milestones.count() == 1
    assert back.dependencies.get().request == asked.request
    with pytest.raises(Refused, match="すでに"):
        actions.restore_goal(removed, by=world.ren)


def test_only_its_owner_restores_a_goal(world):
    goal = world.goal()
    removed = actions.remove_goal(goal, by=world.ren, version=1)
    with pytest.raises(NotAllowed):
        actions.restore_goal(removed, by=world.hana)


def test_the_last_period_is_a_start_and_not_an_answer(world):
    previous = world.running_sheet().goals.get(number=1)
    sheet = world.sheet(segment=2)
    goal = actions.copy_goal(previous, sheet, by=world.ren)

    assert (goal.statement, goal.copied_from) == (previous.statement, previous)
    assert (goal.deadline, goal.weight, goal.state) == (None, 0, "draft")
    row = goal.goal_indicators.get()
    assert (row.baseline, row.target, row.scale) == (Decimal(98), None, {})
    assert "前期" in row.baseline_period
    assert list(goal.work_items.all()) == list(previous.work_items.all())


def test_the_goal_of_somebody_else_is_not_copied(world):
    theirs = world.goal(world.sheet("yui"))
    with pytest.raises(NotAllowed):
        actions.copy_goal(theirs, world.sheet(), by=world.ren)
