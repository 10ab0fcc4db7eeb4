"""業務: who writes it, who confirms it, and what refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from dodai.audit.models import AuditEvent
from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.organization.models import Assignment, Member
from dodai.work import actions, permissions
from dodai.work.jobs import mark_review_due
from dodai.work.models import WorkItem, WorkItemBackup
from tests.world import World

WRITTEN = {"category_l": "支払", "name": "支払予定表の作成", "frequency": "monthly", "runs_per_year": 12}
STRANGERS = ["yui", "jun", "sora", "mei", "hiro", "rin", "aki", "kei"]


def add(world: World, by: str = "ren", owner: str | None = "ren", **values: object) -> WorkItem:
    return actions.add(
        world.units["accounting"],
        by=world.people[by],
        owner=world.people[owner] if owner else None,
        values=WRITTEN | values,
    )


@pytest.mark.parametrize("by", ["ren", "hana"])
def test_the_owner_and_the_supervisor_write_work_down(world, by):
    item = add(world, by=by)

    assert (item.status, item.owner) == (WorkItem.Status.DRAFT, world.ren)
    event = AuditEvent.objects.get()
    assert (event.name, event.account) == ("work_item.added", world.people[by].account)


@pytest.mark.parametrize("by", STRANGERS)
def test_nobody_else_adds_work_for_a_person(world, by):
    with pytest.raises(NotAllowed):
        add(world, by=by)
    assert not WorkItem.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_person_cannot_add_work_to_another_department(world):
    with pytest.raises(NotAllowed):
        actions.add(world.units["legal"], by=world.ren, owner=world.ren, values=WRITTEN)


def test_work_that_nobody_holds_is_noted_by_the_people_of_the_unit(world):
    assert add(world, by="yui", owner=None).owner is None


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"name": "  "}, "業務名"),
        ({"name": "あ" * 61}, "1字長すぎます"),
        ({"category_l": ""}, "大分類"),
        ({"importance": 6}, "重要度"),
        ({"importance": 0}, "重要度"),
        ({"difficulty_level": 9}, "難しさ"),
        ({"improvement_room": 0}, "改善余地"),
        ({"capable_people": 0}, "担当可能人数"),
        ({"minutes_per_run": Decimal(0)}, "1回の所要時間"),
        ({"frequency": "on_demand", "runs_per_year": None}, "年間回数"),
        ({"frequency": "hourly"}, "頻度"),
        ({"outlook": "grow"}, "これから"),
        ({"manual_status": "maybe"}, "マニュアル"),
        ({"nature": "odd"}, "業務の性質"),
    ],
)
def test_a_fault_is_refused_with_its_field(world, values, says):
    with pytest.raises(Refused, match=says):
        add(world, **values)
    assert not WorkItem.objects.exists()


def test_a_name_stands_once_for_unit_and_owner_however_it_is_spelt(world):
    add(world)
    with pytest.raises(Refused, match="すでにあります"):
        add(world, name="支払予定表の 作成".replace(" ", ""))
    assert add(world, by="hana", owner="yui").owner == world.yui


def test_editing_notes_what_was_before_and_after(world):
    item = world.work_item()

    edited = actions.edit(
        item, by=world.ren, version=1, values={"importance": 3, "minutes_per_run": Decimal("45.50")}
    )

    assert (edited.importance, edited.version) == (3, 2)
    event = AuditEvent.objects.get()
    assert event.name == "work_item.edited"
    assert event.changes == {"importance": [5, 3], "minutes_per_run": ["30", "45.5"]}


def test_how_often_comes_from_the_calendar_where_nobody_said_it(world):
    assert add(world, runs_per_year=None).runs_per_year == 12
    daily = add(world, name="入金消込", frequency="daily", runs_per_year=None)
    assert 230 <= daily.runs_per_year <= 250
    edited = actions.edit(
        world.work_item(frequency="", runs_per_year=None),
        by=world.ren,
        version=1,
        values={"frequency": "yearly"},
    )
    assert edited.runs_per_year == 1
    edited = actions.edit(edited, by=world.ren, version=2, values={"frequency": "daily"})
    assert edited.runs_per_year == 1


def test_editing_without_a_difference_writes_nothing(world):
    item = world.work_item()
    assert actions.edit(item, by=world.ren, version=1, values={"importance": 5}).version == 1
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("by", STRANGERS)
def test_nobody_else_edits(world, by):
    item = world.work_item()
    with pytest.raises(NotAllowed):
        actions.edit(item, by=world.people[by], version=1, values={"importance": 1})
    item.refresh_from_db()
    assert item.importance == 5


def test_a_stand_in_reads_but_does_not_edit(world):
    item = world.work_item()
    WorkItemBackup.objects.create(work_item=item, member=world.yui)
    assert WorkItem.objects.visible_to(world.yui).get() == item
    assert not permissions.can_edit(world.yui, item)


def test_the_slower_of_two_edits_is_told(world):
    item = world.work_item()
    actions.edit(item, by=world.hana, version=1, values={"importance": 3})
    with pytest.raises(Conflict) as told:
        actions.edit(item, by=world.ren, version=1, values={"importance": 4})
    assert told.value.theirs.importance == 3


def test_retired_work_cannot_be_edited(world):
    item = actions.retire(world.work_item(), by=world.ren, version=1)
    with pytest.raises(Refused, match="廃止"):
        actions.edit(item, by=world.ren, version=2, values={"importance": 3})


def test_a_field_that_has_a_verb_of_its_own_is_not_edited(world):
    with pytest.raises(KeyError):
        actions.edit(world.work_item(), by=world.ren, version=1, values={"status": "active"})


def test_moving_in_the_matrix_sets_both_axes_in_one_event(world):
    item = actions.place(world.work_item(), by=world.ren, version=1, importance=2, frequency="weekly")
    assert (item.importance, item.frequency) == (2, "weekly")
    event = AuditEvent.objects.get()
    assert event.name == "work_item.placed"
    assert event.changes == {"importance": [5, 2], "frequency": ["daily", "weekly"]}


def test_an_answer_closes_its_question(world):
    item = world.work_item(importance=None, open_questions={"importance": "高", "runs_per_year": "不明"})
    answered = actions.answer(item, by=world.ren, version=1, values={"importance": 4})
    answered.refresh_from_db()
    assert answered.open_questions == {"runs_per_year": "不明"}
    with pytest.raises(Refused, match="値が入っていません"):
        actions.answer(answered, by=world.ren, version=2, values={"runs_per_year": None})


def test_the_supervisor_hands_work_over(world):
    item = world.work_item()
    WorkItemBackup.objects.create(work_item=item, member=world.yui)

    item = actions.assign(item, by=world.hana, version=1, owner=world.yui)

    assert item.owner == world.yui
    assert not WorkItemBackup.objects.exists()
    assert AuditEvent.objects.get().changes == {"owner": [world.ren.pk, world.yui.pk]}


@pytest.mark.parametrize("by", ["ren", *STRANGERS])
def test_nobody_else_hands_work_over(world, by):
    with pytest.raises(NotAllowed):
        actions.assign(world.work_item(), by=world.people[by], version=1, owner=world.yui)


def test_work_is_not_given_to_somebody_who_left(world):
    Member.objects.filter(pk=world.yui.pk).update(left_on=date(2024, 3, 31))
    with pytest.raises(Refused, match="在籍していません"):
        actions.assign(world.work_item(), by=world.hana, version=1, owner=Member.objects.get(pk=world.yui.pk))


def test_work_that_nobody_holds_is_taken_by_a_person_of_the_unit(world):
    item = WorkItem.objects.get(pk=world.work_item().pk)
    item = actions.assign(item, by=world.hana, version=1, owner=None)
    assert WorkItem.objects.visible_to(world.yui).get() == item
    assert actions.take(item, by=world.yui, version=2).owner == world.yui


def test_work_of_somebody_else_is_not_taken(world):
    with pytest.raises(Refused, match="担当がいます"):
        actions.take(world.work_item(), by=world.yui, version=1)


def test_a_stranger_takes_nothing(world):
    item = world.work_item(owner=None)
    with pytest.raises(NotAllowed):
        actions.take(item, by=world.sora, version=1)


def test_naming_who_can_stand_in(world):
    item = actions.set_backups(world.work_item(), by=world.ren, version=1, backups=[world.yui, world.ren])
    assert item.version == 2
    assert list(WorkItemBackup.objects.values_list("member", flat=True)) == [world.yui.pk]
    assert AuditEvent.objects.get().changes == {"backups": [[], [world.yui.pk]]}
    with pytest.raises(NotAllowed):
        actions.set_backups(item, by=world.sora, version=2, backups=[])


def test_the_supervisor_confirms(world, today):
    item = actions.confirm(world.work_item(status="draft"), by=world.hana, version=1)
    assert (item.status, item.confirmed_by, item.confirmed_on) == (WorkItem.Status.ACTIVE, world.hana, today)
    assert AuditEvent.objects.get().name == "work_item.confirmed"


@pytest.mark.parametrize("by", ["ren", *STRANGERS])
def test_nobody_else_confirms(world, by):
    with pytest.raises(NotAllowed):
        actions.confirm(world.work_item(), by=world.people[by], version=1)


def test_the_head_confirms_where_no_supervisor_is_named(world):
    Assignment.objects.filter(member=world.ren).update(supervisor=None)
    assert permissions.can_confirm(world.hana, world.work_item())


def test_retired_work_is_not_confirmed_and_comes_back_as_a_draft(world):
    item = actions.retire(world.work_item(), by=world.ren, version=1)
    with pytest.raises(Refused, match="確認できません"):
        actions.confirm(item, by=world.hana, version=2)
    with pytest.raises(Refused, match="すでに廃止"):
        actions.retire(item, by=world.ren, version=2)
    assert actions.restore(item, by=world.ren, version=2).status == WorkItem.Status.DRAFT
    with pytest.raises(Refused, match="廃止した業務だけ"):
        actions.restore(item, by=world.ren, version=3)


@pytest.mark.parametrize("by", STRANGERS)
def test_nobody_else_retires_or_restores(world, by):
    item = world.work_item()
    with pytest.raises(NotAllowed):
        actions.retire(item, by=world.people[by], version=1)
    gone = world.work_item(name="郵便の仕分け", status="retired")
    with pytest.raises(NotAllowed):
        actions.restore(gone, by=world.people[by], version=1)


def test_the_last_change_is_taken_back_by_whoever_made_it(world):
    item = actions.place(world.work_item(), by=world.ren, version=1, importance=2, frequency="weekly")
    event = AuditEvent.objects.get()

    item = actions.undo(item, by=world.ren, event_id=event.pk)

    assert (item.importance, item.frequency, item.version) == (5, "daily", 3)
    undone = AuditEvent.objects.get(name="work_item.undone")
    assert undone.changes == {"importance": [2, 5], "frequency": ["weekly", "daily"]}


@pytest.mark.parametrize("by", ["hana", "yui", "sora"])
def test_nobody_takes_back_the_change_of_somebody_else(world, by):
    item = actions.edit(world.work_item(), by=world.ren, version=1, values={"importance": 3})
    with pytest.raises(NotAllowed):
        actions.undo(item, by=world.people[by], event_id=AuditEvent.objects.get().pk)


def test_what_was_changed_since_is_not_taken_back(world):
    item = actions.edit(world.work_item(), by=world.ren, version=1, values={"importance": 3})
    event = AuditEvent.objects.get()
    actions.edit(item, by=world.hana, version=2, values={"importance": 4})
    with pytest.raises(Conflict, match="元に戻せません"):
        actions.undo(item, by=world.ren, event_id=event.pk)


def test_an_event_of_another_item_is_no_way_back(world):
    one, other = world.work_item(), world.work_item(name="郵便の仕分け")
    actions.edit(one, by=world.ren, version=1, values={"importance": 3})
    with pytest.raises(NotAllowed):
        actions.undo(other, by=world.ren, event_id=AuditEvent.objects.get().pk)


@pytest.mark.parametrize(
    ("confirmed", "due"),
    [(date(2025, 11, 22), True), (date(2025, 11, 23), True), (date(2025, 11, 24), False)],
)
def test_twelve_months_without_confirmation_ask_for_a_look(world, confirmed, due):
    item = world.work_item(confirmed_on=confirmed, confirmed_by=world.hana)
    assert actions.mark_unconfirmed(on=date(2026, 11, 23)) == int(due)
    item.refresh_from_db()
    assert item.status == ("review_due" if due else "active")
    assert AuditEvent.objects.filter(name="work_item.review_due").count() == int(due)
    assert actions.mark_unconfirmed(on=date(2026, 11, 23)) == 0


def test_the_leap_day_looks_back_to_the_end_of_february(world):
    world.work_item(confirmed_on=date(2027, 2, 28), confirmed_by=world.hana)
    assert actions.mark_unconfirmed(on=date(2028, 2, 29)) == 1


def test_the_command_and_the_timed_job_do_the_same(world):
    world.work_item(confirmed_on=date(2020, 1, 6), confirmed_by=world.hana)
    said = StringIO()
    call_command("review_work", stdout=said)
    assert said.getvalue() == "1 piece(s) of work marked\n"
    assert mark_review_due.call() == 0


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("ren", True), ("hana", True), ("jun", True), ("mei", True), ("hiro", True), ("rin", True),
        ("aki", True), ("yui", False), ("sora", False), ("kei", False),
    ],
)  # fmt: skip
def test_who_sees_the_work_of_ren(world, who, sees):
    world.work_item()
    assert WorkItem.objects.visible_to(world.people[who]).exists() is sees
