"""The state machine of a sheet: every verb, every state, every person."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import transaction
from django.utils import timezone

from dodai.audit.models import AuditEvent
from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.goals import actions
from dodai.goals.models import Goal, GoalSheet, SheetVersion
from dodai.organization.models import Delegation

Status = GoalSheet.Status
LONG = "基準値の根拠になる資料を付けてください。"

#: verb → (states it leaves, who does it). Everything else is refused.
#: hana is 一次, jun 二次, aki the 部門長 above; hana and jun also head the units of the sheet.
LISTED = {
    "submit": ({"drafting", "returned"}, {"ren"}),
    "withdraw": ({"submitted"}, {"ren"}),
    "send_back": ({"submitted", "first_approved"}, {"hana", "jun", "aki"}),
    "approve_first": ({"submitted"}, {"hana"}),
    "approve_second": ({"first_approved"}, {"jun", "aki"}),
    "exclude": ({"drafting", "returned", "submitted", "first_approved", "running"}, {"mei", "hiro"}),
}
LEADS_TO = {
    "submit": "submitted",
    "withdraw": "drafting",
    "send_back": "returned",
    "approve_first": "first_approved",
    "approve_second": "running",
    "exclude": "excluded",
}
WORDS = {"send_back": {"comment": LONG}, "exclude": {"reason": "在籍が期間の半分に足りないため"}}


class Undo(Exception):
    """Ends a try without keeping it."""


def attempt(verb, sheet, by):
    """What the verb does to the sheet, and the events it leaves; nothing is kept."""
    before = AuditEvent.objects.count()
    try:
        with transaction.atomic():
            try:
                done = getattr(actions, verb)(sheet, by=by, version=sheet.version, **WORDS.get(verb, {}))
                result = str(done.status)
            except Refused as refusal:
                result = type(refusal)
            result = result, AuditEvent.objects.count() - before
            raise Undo
    except Undo:
        return result


def put(sheet, status):
    """The sheet in a state, with the signatures the state implies."""
    signed = status not in {"drafting", "submitted", "returned", "excluded"}
    first = sheet.first_evaluator if signed else None
    last = sheet.second_evaluator if signed and status != "first_approved" else None
    now = timezone.now()
    GoalSheet.objects.filter(pk=sheet.pk).update(
        status=status,
        first_approved_by=first,
        first_approved_at=now if first else None,
        approved_by=last,
        approved_at=now if last else None,
    )
    return GoalSheet.objects.get(pk=sheet.pk)


def test_only_the_listed_people_make_only_the_listed_transitions(world):
    sheet = world.ready_sheet()
    unlisted, tried = [], 0
    for verb, status, who in product(LISTED, Status.values, world.people):
        states, people = LISTED[verb]
        result, events = attempt(verb, put(sheet, status), world.people[who])
        tried += 1
        if status in states and who in people:
            expected = (LEADS_TO[verb], 1)
        else:
            expected = (NotAllowed if who not in people else Refused, 0)
            # Somebody who may not do it now may also lack the right at this stage (hana after 一次).
            if result is NotAllowed:
                expected = (NotAllowed, 0)
        if (result, events) != expected:
            unlisted.append((verb, status, who, result, events))
    assert unlisted == []
    assert tried == len(LISTED) * len(Status.values) * len(world.people)


@pytest.mark.parametrize("owner", ["ren", "hana", "mei", "hiro", "sora", "kei"])
def test_nobody_acts_on_their_own_sheet(world, owner):
    """Whatever roles somebody has, and whoever made them a deputy: not on the own sheet."""
    member = world.people[owner]
    sheet = world.ready_sheet(owner)
    for evaluator in (sheet.first_evaluator, sheet.second_evaluator):
        if evaluator is not None:
            Delegation.objects.create(
                principal=evaluator, delegate=member, reason="出張", valid_from=date(2020, 4, 1)
            )
    verbs = ("approve_first", "approve_second", "approve", "send_back", "exclude")
    results = {
        attempt(verb, put(sheet, status), member)
        for verb in verbs
        for status in ("submitted", "first_approved")
    }
    assert results == {(NotAllowed, 0)}


def test_a_sheet_of_hr_is_handled_by_another_one(world):
    sheet = world.ready_sheet("mei")

    assert attempt("exclude", sheet, world.mei) == (NotAllowed, 0)
    assert attempt("exclude", sheet, world.hiro) == ("excluded", 1)


def test_the_first_approver_never_gives_the_second_approval(world):
    """Also not as 部門長 and not as the deputy of the second evaluator."""
    Delegation.objects.create(
        principal=world.jun, delegate=world.hana, reason="出張", valid_from=date(2020, 4, 1)
    )
    sheet = world.submitted_sheet()
    sheet = actions.approve_first(sheet, by=world.hana, version=sheet.version)

    assert attempt("approve_second", sheet, world.hana) == (NotAllowed, 0)
    assert attempt("approve_second", sheet, world.jun) == ("running", 1)


def test_whoever_stood_in_for_the_first_evaluator_does_not_give_the_second_approval(world):
    Delegation.objects.create(
        principal=world.hana, delegate=world.jun, reason="休暇", valid_from=date(2020, 4, 1)
    )
    sheet = world.submitted_sheet()
    sheet = actions.approve_first(sheet, by=world.jun, version=sheet.version)

    assert attempt("approve_second", sheet, world.jun) == (NotAllowed, 0)
    assert attempt("approve_second", sheet, world.aki) == ("running", 1)


def test_a_deputy_acts_in_the_name_of_the_evaluator_and_it_is_recorded(world):
    Delegation.objects.create(
        principal=world.hana, delegate=world.sora, reason="休暇", valid_from=date(2020, 4, 1)
    )
    sheet = world.submitted_sheet()
    assert sheet in GoalSheet.objects.awaiting(world.sora)
    sheet = actions.approve(sheet, by=world.sora, version=sheet.version, comment="了解しました。")

    assert sheet.first_approved_by == world.sora
    event = AuditEvent.objects.last()
    assert (event.actor_label, event.on_behalf_of) == ("平野 花（田中 空代行）", "平野 花")
    said = sheet.comments.last()
    assert (said.author, said.on_behalf_of, said.kind) == (world.sora, world.hana, "approved")


def test_a_deputy_whose_time_is_over_is_a_stranger_again(world):
    yesterday = timezone.localdate() - timedelta(days=1)
    Delegation.objects.create(
        principal=world.hana,
        delegate=world.sora,
        reason="休暇",
        valid_from=date(2020, 4, 1),
        valid_to=yesterday,
    )
    sheet = world.submitted_sheet()

    assert attempt("approve_first", sheet, world.sora) == (NotAllowed, 0)
    assert not GoalSheet.objects.visible_to(world.sora).exists()


def test_one_stage_ends_with_the_first_approval(world):
    world.policy.settings = {"stages": 1}
    world.policy.save()
    sheet = world.submitted_sheet()
    sheet = actions.approve_first(sheet, by=world.hana, version=sheet.version)

    assert sheet.status == Status.RUNNING
    assert sheet.versions.get().number == 1
    assert AuditEvent.objects.last().name == "sheet.approved"


def test_the_second_approval_freezes_what_was_agreed(world):
    world.policy.settings = {"weight_max": 50}
    world.policy.save()
    sheet = world.running_sheet()

    version = SheetVersion.objects.get()
    assert (version.number, version.sheet, version.frozen_by) == (1, sheet, world.jun)
    assert version.policy["settings"]["weight_max"] == 50
    assert version.policy["settings"]["weight_min"] == 5  # the default in force is written down too
    body = version.body
    assert body["weight_total"] == 100
    assert [goal["number"] for goal in body["goals"]] == [1, 2, 3]
    first = body["goals"][0]
    assert first["deadline"] == "2026-09-30"
    assert first["indicators"][0]["baseline"] == "88"
    assert first["indicators"][0]["scale"] == {"method": "improve", "baseline": "88", "target": "98"}
    assert first["milestones"][0]["due_on"] == "2026-06-30"
    assert {goal.state for goal in sheet.goals.all()} == {Goal.State.AGREED}


def test_an_approved_goal_no_longer_changes(world):
    sheet = world.running_sheet()
    goal = sheet.goals.first()
    with pytest.raises(Refused, match="運用中"):
        actions.write_goal(goal, by=world.ren, version=goal.version, title="別の目標")
    with pytest.raises(Refused):
        actions.measure(goal, by=world.ren, version=goal.version, indicators=[])


def test_a_sheet_that_was_sent_back_can_be_improved_and_submitted_again(world):
    sheet = world.submitted_sheet()
    sheet = actions.send_back(sheet, by=world.hana, version=sheet.version, comment=LONG)
    assert (sheet.status, sheet.comments.last().text) == (Status.RETURNED, LONG)
    goal = sheet.goals.first()
    actions.write_goal(goal, by=world.ren, version=goal.version, criteria="根拠は会計システムの計上日")

    assert actions.submit(sheet, by=world.ren, version=sheet.version).status == Status.SUBMITTED


def test_the_second_evaluator_sends_back_after_the_first_approval(world):
    sheet = world.submitted_sheet()
    sheet = actions.approve(sheet, by=world.hana, version=sheet.version)
    sheet = actions.send_back(sheet, by=world.jun, version=sheet.version, comment=LONG)

    assert sheet.first_approved_by is None
    assert sheet.status == Status.RETURNED


@pytest.mark.parametrize("comment", ["", "直して", "  短い短い短い  "])
def test_sending_back_needs_ten_characters(world, comment):
    sheet = world.submitted_sheet()
    with pytest.raises(Refused, match="10字以上"):
        actions.send_back(sheet, by=world.hana, version=sheet.version, comment=comment)


def test_the_slower_of_two_approvals_is_told(world):
    sheet = world.submitted_sheet()
    actions.approve(sheet, by=world.hana, version=sheet.version)
    for verb in ("approve", "approve_first", "send_back", "withdraw", "exclude", "submit"):
        assert attempt(verb, sheet, world.hana) == (Conflict, 0)


def test_evaluators_are_those_of_the_day_of_submission(world):
    sheet = world.ready_sheet()
    world.ren.assignments.update(supervisor=world.jun)
    sheet = actions.submit(sheet, by=world.ren, version=sheet.version)

    assert (sheet.first_evaluator, sheet.second_evaluator) == (world.jun, world.aki)


def test_a_sheet_cannot_move_on_in_a_closed_cycle(world):
    sheet = world.submitted_sheet()
    world.cycle.status = "finalised"
    world.cycle.save()

    assert attempt("approve_first", sheet, world.hana) == (Refused, 0)


# ── many at once ──


def test_many_sheets_are_approved_each_at_its_own_stage(world):
    waiting = world.submitted_sheet("ren")
    other = world.submitted_sheet("yui")
    done = actions.approve_many({waiting.pk: waiting.version, other.pk: other.version}, by=world.hana)

    assert {sheet.status for sheet in done} == {Status.FIRST_APPROVED}
    assert list(AuditEvent.objects.order_by("-sequence").values_list("name", flat=True)[:2]) == [
        "sheet.first_approved",
        "sheet.first_approved",
    ]


@pytest.mark.parametrize("stranger", ["sora", "hana"])
def test_one_that_is_not_permitted_refuses_all(world, stranger):
    """Neither an unknown sheet nor one's own slips in with the others."""
    sheet = world.submitted_sheet()
    foreign = world.sheet(stranger, status=Status.SUBMITTED)
    before = AuditEvent.objects.count()
    with pytest.raises(NotAllowed):
        actions.approve_many([sheet.pk, foreign.pk], by=world.hana)

    sheet.refresh_from_db()
    assert sheet.status == Status.SUBMITTED
    assert AuditEvent.objects.count() == before


def test_one_that_changed_meanwhile_refuses_all(world):
    one, two = world.submitted_sheet("ren"), world.submitted_sheet("yui")
    with pytest.raises(Conflict):
        actions.approve_many({one.pk: one.version, two.pk: two.version - 1}, by=world.hana)

    one.refresh_from_db()
    assert one.status == Status.SUBMITTED


def test_nothing_is_nothing_to_approve(world):
    with pytest.raises(NotAllowed):
        actions.approve_many([], by=world.hana)
