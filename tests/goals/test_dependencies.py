"""Asking another department or person for help, and their answer."""

from __future__ import annotations

from datetime import date

import pytest

from dodai.audit.models import AuditEvent
from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.goals import actions
from dodai.goals.models import Goal, GoalDependency


def ask(world, **to):
    goal = world.goal()
    to = to or {"unit": world.units["finance"]}
    return actions.add_dependency(
        goal, by=world.ren, version=1, request="締切を2日早める", due_on=date(2026, 6, 30), **to
    )


def answer(row, by, word="agreed", **more):
    return actions.answer_dependency(row, by=by, version=row.version, answer=word, **more)


def test_a_request_waits_for_the_head_of_the_unit(world):
    row = ask(world)

    assert row.agreement == "pending"
    waiting = {
        who for who, member in world.people.items() if GoalDependency.objects.awaiting(member).exists()
    }
    assert waiting == {"jun", "aki"}


def test_a_request_to_a_person_waits_for_them_alone(world):
    ask(world, member=world.sora)

    waiting = {
        who for who, member in world.people.items() if GoalDependency.objects.awaiting(member).exists()
    }
    assert waiting == {"sora"}


def test_who_is_asked_sees_the_goal_but_not_its_inside(world):
    from dodai.goals import permissions

    row = ask(world, unit=world.units["legal"])
    assert Goal.objects.visible_to(world.sora).get() == row.goal
    assert not Goal.objects.open_to(world.sora).exists()
    assert not permissions.can_see_details(world.sora, row.goal)
    assert GoalDependency.objects.visible_to(world.sora).get() == row
    assert not GoalDependency.objects.visible_to(world.kei).exists()


@pytest.mark.parametrize(
    ("to", "word"),
    [({}, "一つ選んで"), ({"unit": "legal", "member": "sora"}, "一つ選んで"), ({"member": "ren"}, "自分")],
)
def test_somebody_else_is_asked_one_at_a_time(world, to, word):
    chosen = {name: world.units[key] if name == "unit" else world.people[key] for name, key in to.items()}
    with pytest.raises(Refused, match=word):
        actions.add_dependency(world.goal(), by=world.ren, version=1, request="締切を早める", **chosen)
    assert not AuditEvent.objects.exists()


def test_a_request_says_what_is_asked(world):
    with pytest.raises(Refused, match="依頼内容"):
        actions.add_dependency(world.goal(), by=world.ren, version=1, request=" ", unit=world.units["legal"])


def test_the_provider_agrees(world):
    row = answer(ask(world), world.jun, text="6月から対応します。")

    assert (row.agreement, row.answered_by, row.answer) == ("agreed", world.jun, "6月から対応します。")
    assert list(AuditEvent.objects.values_list("name", flat=True)) == [
        "dependency.requested",
        "dependency.answered",
    ]
    assert not GoalDependency.objects.awaiting(world.jun).exists()


@pytest.mark.parametrize("who", ["ren", "hana", "yui", "sora", "mei", "hiro", "rin", "kei"])
def test_nobody_else_answers_for_the_unit(world, who):
    row = ask(world)
    with pytest.raises(NotAllowed):
        answer(row, world.people[who])


@pytest.mark.parametrize("who", ["ren", "hana", "jun", "aki", "mei"])
def test_nobody_else_answers_for_a_person(world, who):
    row = ask(world, member=world.sora)
    with pytest.raises(NotAllowed):
        answer(row, world.people[who])


def test_the_head_of_ones_own_unit_does_not_answer_their_own_request(world):
    goal = world.goal(world.sheet("hana"))
    row = actions.add_dependency(
        goal, by=world.hana, version=1, request="締切を早める", unit=world.units["accounting"]
    )
    with pytest.raises(NotAllowed):
        answer(row, world.hana)
    assert answer(row, world.jun).agreement == "agreed"


@pytest.mark.parametrize(
    ("word", "said"), [("refused", "理由"), ("proposed", "期日"), ("maybe", "合意・不可・期日の再提案")]
)
def test_an_answer_says_what_it_has_to(world, word, said):
    row = ask(world)
    with pytest.raises(Refused, match=said):
        answer(row, world.jun, word)
    row.refresh_from_db()
    assert (row.agreement, row.answered_by) == ("pending", None)


def test_another_date_is_proposed_and_accepted(world):
    row = answer(ask(world), world.jun, "proposed", due_on=date(2026, 7, 31), text="7月末なら対応できます。")
    assert (row.agreement, row.proposed_due_on) == ("pending", date(2026, 7, 31))
    assert not GoalDependency.objects.awaiting(world.jun).exists()
    with pytest.raises(NotAllowed):
        actions.accept_proposal(row, by=world.jun, version=row.version)
    row = actions.accept_proposal(row, by=world.ren, version=row.version)

    assert (row.agreement, row.due_on, row.proposed_due_on) == ("agreed", date(2026, 7, 31), None)
    with pytest.raises(Refused):
        actions.accept_proposal(row, by=world.ren, version=row.version)


def test_the_slower_of_two_answers_is_told(world):
    row = ask(world)
    answer(row, world.jun)
    with pytest.raises(Conflict):
        answer(row, world.aki, "refused", text="人手がありません。")
    with pytest.raises(Conflict):
        actions.remove_dependency(row, by=world.ren, version=row.version)


def test_a_request_is_taken_back_while_the_goal_is_a_draft(world):
    row = ask(world)
    with pytest.raises(NotAllowed):
        actions.remove_dependency(row, by=world.jun, version=1)
    goal = actions.remove_dependency(row, by=world.ren, version=1)
    assert not goal.dependencies.exists()


def test_a_request_of_a_submitted_goal_stays(world):
    row = ask(world)
    sheet = row.goal.sheet
    sheet.status = "submitted"
    sheet.save()
    with pytest.raises(Refused, match="承認申請"):
        actions.remove_dependency(row, by=world.ren, version=1)
    assert answer(row, world.jun).agreement == "agreed"  # the answer may still come
