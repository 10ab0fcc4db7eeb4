"""成果: a sentence in three parts, tied to work, never lost to the goals written from it."""

from __future__ import annotations

import pytest

from dodai.audit.models import AuditEvent
from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.work import actions
from dodai.work.models import Outcome, OutcomeLink, WorkItem

SENTENCE = {"beneficiary": "取引先", "thing": "代金", "state": "期日どおりに届いている"}


def test_an_outcome_is_written_from_work(world):
    item = world.work_item()

    outcome = actions.write_outcome(item, by=world.ren, values=SENTENCE | {"category": "punctuality"})

    assert outcome.sentence == "取引先に、代金が期日どおりに届いている"
    assert not WorkItem.objects.without_outcome().exists()
    assert AuditEvent.objects.get().name == "outcome.written"


@pytest.mark.parametrize("part", ["beneficiary", "thing", "state"])
def test_an_outcome_with_a_part_missing_says_nothing(world, part):
    with pytest.raises(Refused, match="がありません"):
        actions.write_outcome(world.work_item(), by=world.ren, values=SENTENCE | {part: " "})
    assert not Outcome.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    ("values", "says"), [({"state": "あ" * 121}, "1字長すぎます"), ({"category": "fame"}, "分類")]
)
def test_a_fault_is_refused(world, values, says):
    with pytest.raises(Refused, match=says):
        actions.write_outcome(world.work_item(), by=world.ren, values=SENTENCE | values)


@pytest.mark.parametrize("by", ["yui", "jun", "sora", "mei", "rin", "kei"])
def test_nobody_else_writes_edits_links_or_removes(world, by):
    item, person = world.work_item(), world.people[by]
    outcome = world.outcome(item)
    with pytest.raises(NotAllowed):
        actions.write_outcome(item, by=person, values=SENTENCE)
    with pytest.raises(NotAllowed):
        actions.edit_outcome(outcome, by=person, version=1, values={"state": "早い"})
    with pytest.raises(NotAllowed):
        actions.unlink_outcome(outcome, by=person, item=item)
    with pytest.raises(NotAllowed):
        actions.remove_outcome(outcome, by=person, version=1)
    assert Outcome.objects.current().get().state == "期日どおりに届いている"
    assert OutcomeLink.objects.count() == 1


def test_rewording_notes_both_sides(world):
    outcome = world.outcome(world.work_item())
    actions.edit_outcome(outcome, by=world.hana, version=1, values={"state": "前日までに届いている"})
    changes = AuditEvent.objects.get(name="outcome.edited").changes
    assert changes == {"state": ["期日どおりに届いている", "前日までに届いている"]}
    with pytest.raises(Conflict):
        actions.edit_outcome(outcome, by=world.ren, version=1, values={"state": "早い"})


def test_one_outcome_stands_behind_several_pieces_of_work(world):
    outcome = world.outcome(world.work_item())
    other = world.work_item(name="支払予定表の作成")

    actions.link_outcome(outcome, by=world.ren, item=other)
    actions.link_outcome(outcome, by=world.ren, item=other)

    assert OutcomeLink.objects.count() == 2
    assert AuditEvent.objects.filter(name="outcome.linked").count() == 1
    actions.unlink_outcome(outcome, by=world.ren, item=other)
    assert list(WorkItem.objects.without_outcome()) == [other]


def test_a_removed_outcome_leaves_the_work_without_one_and_the_row_in_place(world):
    item = world.work_item()
    outcome = actions.remove_outcome(world.outcome(item), by=world.ren, version=1)

    assert list(WorkItem.objects.without_outcome()) == [item]
    assert Outcome.objects.filter(pk=outcome.pk, removed_by=world.ren).exists()
    with pytest.raises(Refused, match="すでに削除"):
        actions.remove_outcome(outcome, by=world.ren, version=2)
    with pytest.raises(Refused, match="削除"):
        actions.link_outcome(outcome, by=world.ren, item=item)
    with pytest.raises(Refused, match="削除"):
        actions.edit_outcome(outcome, by=world.ren, version=2, values={"state": "早い"})


def test_retired_work_gets_no_outcome(world):
    with pytest.raises(Refused, match="廃止"):
        actions.write_outcome(world.work_item(status="retired"), by=world.ren, values=SENTENCE)


def test_the_outcome_is_seen_with_the_work(world):
    world.outcome(world.work_item())
    assert Outcome.objects.visible_to(world.hana).exists()
    assert not Outcome.objects.visible_to(world.sora).exists()
