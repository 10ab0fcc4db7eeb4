"""Many rows at once: what the comparison says is what is written, all or nothing, one step back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dodai.audit.models import AuditEvent
from dodai.core.errors import Conflict, NotAllowed
from dodai.work import actions
from dodai.work.comparison import Kind, compare
from dodai.work.models import WorkItem, WorkItemBackup
from dodai.work.sheet_rows import RowsRefused, WorkRow
from tests.world import World


def row(world: World, line: int = 1, **values: object) -> WorkRow:
    defaults: dict[str, object] = {
        "unit": world.units["accounting"].pk,
        "name": "請求書の照合",
        "owner": world.ren.pk,
        "category_l": "支払",
        "category_m": "請求書",
        "frequency": "daily",
        "minutes_per_run": Decimal(30),
        "runs_per_year": 240,
        "importance": 5,
    }
    return WorkRow(line=line, **defaults | values)  # type: ignore[arg-type]


def test_a_new_row_is_added_as_a_draft_with_its_stand_ins(world):
    result = actions.import_rows([row(world, backups=(world.yui.pk,))], by=world.hana)

    item = WorkItem.objects.get(pk=result.added[0])
    assert (item.status, item.owner, item.annual_hours) == ("draft", world.ren, 120)
    assert WorkItemBackup.objects.get().member == world.yui
    event = AuditEvent.objects.get()
    assert (event.name, event.entity, event.changes["added"]) == (
        "work_items.imported",
        "orgunit",
        {str(item.pk): item.name},
    )
    assert result.events == (event.pk,)


def test_the_same_rows_twice_change_nothing(world):
    rows = [row(world, backups=(world.yui.pk,)), row(world, 2, name="支払予定表の作成")]
    actions.import_rows(rows, by=world.hana)
    events = AuditEvent.objects.count()

    again = actions.import_rows(rows, by=world.hana)

    assert (again.added, again.changed, len(again.unchanged)) == ((), (), 2)
    assert AuditEvent.objects.count() == events


def test_a_changed_row_is_compared_field_by_field(world):
    item = world.work_item()
    rows = [row(world, name="請求書 の照合", minutes_per_run=Decimal("45.0"), note="月末は倍")]

    plan = compare(rows, by=world.hana)[0]
    assert (plan.kind, plan.changes) == (
        Kind.CHANGE, {"minutes_per_run": ["30", "45"], "note": ["", "月末は倍"]}
    )  # fmt: skip
    item.refresh_from_db()
    assert item.minutes_per_run == 30

    actions.import_rows(rows, by=world.hana)
    item.refresh_from_db()
    assert (item.minutes_per_run, item.note, item.version, item.status) == (45, "月末は倍", 2, "active")


def test_columns_the_source_does_not_have_are_left_alone(world):
    item = world.work_item(purpose="支払を止めない")
    rows = [row(world, given=frozenset({"importance"}), importance=3, owner=None, purpose="")]

    actions.import_rows(rows, by=world.hana)

    item.refresh_from_db()
    assert (item.importance, item.purpose, item.owner, item.frequency) == (
        3,
        "支払を止めない",
        world.ren,
        "daily",
    )


def test_a_row_with_an_id_may_rename(world):
    item = world.work_item()
    actions.import_rows([row(world, item=item.pk, name="請求書と注文書の照合")], by=world.ren)
    item.refresh_from_db()
    assert item.name == "請求書と注文書の照合"


def test_an_unknown_id_is_a_fault(world):
    assert compare([row(world, item=987654)], by=world.hana)[0].kind is Kind.FAULT


def test_a_question_is_kept_until_the_item_knows_the_answer(world):
    unreadable = row(world, importance=None, open_questions={"importance": "高"})
    actions.import_rows([unreadable], by=world.hana)
    item = WorkItem.objects.get()
    assert item.open_questions == {"importance": "高"}

    actions.answer(item, by=world.ren, version=1, values={"importance": 4})
    assert actions.import_rows([unreadable], by=world.hana).unchanged == (item.pk,)
    item.refresh_from_db()
    assert (item.importance, item.open_questions) == (4, {})


def test_one_fault_among_many_writes_nothing_and_is_named(world):
    rows = [row(world), row(world, 2, name="郵便の仕分け", importance=7), row(world, 3, name="")]
    with pytest.raises(RowsRefused, match="2件") as refusal:
        actions.import_rows(rows, by=world.hana)
    assert [fault.line for fault in refusal.value.faults] == [2, 3]
    assert "重要度" in refusal.value.faults[0].message
    assert not WorkItem.objects.exists()
    assert not AuditEvent.objects.exists()


def test_the_same_work_twice_in_one_table_is_a_fault(world):
    plans = compare([row(world, 4), row(world, 9)], by=world.hana)
    assert [plan.kind for plan in plans] == [Kind.ADD, Kind.FAULT]
    assert "4行目" in plans[1].fault.message


def test_a_name_that_several_people_have_needs_its_owner(world):
    world.work_item()
    world.work_item(owner="yui")
    plans = compare([row(world, owner=None), row(world, 2, importance=3)], by=world.hana)
    assert [plan.kind for plan in plans] == [Kind.FAULT, Kind.CHANGE]


@pytest.mark.parametrize("by", ["mei", "hiro", "hana", "ren"])
def test_hr_the_supervisor_and_the_owner_bring_rows_in(world, by):
    assert len(actions.import_rows([row(world)], by=world.people[by]).added) == 1


@pytest.mark.parametrize("by", ["yui", "jun", "sora", "rin", "aki", "kei"])
def test_nobody_else_brings_rows_in(world, by):
    world.work_item(name="支払予定表の作成")
    rows = [row(world), row(world, 2, name="支払予定表の作成", importance=1)]
    with pytest.raises(RowsRefused) as refusal:
        actions.import_rows(rows, by=world.people[by])
    assert len(refusal.value.faults) == 2
    assert WorkItem.objects.get().importance == 5


def test_a_person_cannot_give_their_work_to_somebody_else_by_a_table(world):
    world.work_item()
    plan = compare([row(world, owner=world.sora.pk)], by=world.ren)[0]
    assert plan.kind is Kind.FAULT


def test_a_person_brings_their_own_work_into_their_own_department_only(world):
    plan = compare([row(world, unit=world.units["legal"].pk)], by=world.ren)[0]
    assert plan.kind is Kind.FAULT


def test_a_table_of_two_departments_leaves_an_event_for_each(world):
    rows = [row(world), row(world, 2, unit=world.units["legal"].pk, owner=world.sora.pk)]
    result = actions.import_rows(rows, by=world.mei)
    assert len(result.events) == 2
    assert set(AuditEvent.objects.values_list("entity_id", flat=True)) == {
        str(world.units["accounting"].pk), str(world.units["legal"].pk)
    }  # fmt: skip


def test_one_step_takes_the_whole_import_back(world):
    item = world.work_item()
    WorkItemBackup.objects.create(work_item=item, member=world.jun)
    rows = [row(world, importance=2, backups=(world.yui.pk,)), row(world, 2, name="郵便の仕分け")]
    result = actions.import_rows(rows, by=world.hana)

    assert actions.undo_import(by=world.hana, event_ids=result.events) == 2

    item.refresh_from_db()
    assert item.importance == 5
    assert WorkItemBackup.objects.get(work_item=item).member == world.jun
    assert list(WorkItem.objects.current()) == [item]
    assert AuditEvent.objects.filter(name="work_items.import_undone").count() == 1


def test_an_import_that_was_worked_on_since_is_not_taken_back(world):
    item = world.work_item()
    rows = [row(world, importance=2), row(world, 2, name="郵便の仕分け")]
    result = actions.import_rows(rows, by=world.hana)
    actions.edit(item, by=world.ren, version=2, values={"importance": 4})

    with pytest.raises(Conflict, match="請求書の照合"):
        actions.undo_import(by=world.hana, event_ids=result.events)
    assert WorkItem.objects.current().count() == 2


@pytest.mark.parametrize("by", ["ren", "mei", "sora"])
def test_nobody_takes_back_the_import_of_somebody_else(world, by):
    result = actions.import_rows([row(world)], by=world.hana)
    with pytest.raises(NotAllowed):
        actions.undo_import(by=world.people[by], event_ids=result.events)


def test_comparing_asks_as_much_for_ten_rows_as_for_two_hundred(world):
    assert world.hana.roles == frozenset()  # read once for each request

    def queries(count: int) -> int:
        rows = [row(world, number, name=f"業務その{number}") for number in range(1, count + 1)]
        with CaptureQueriesContext(connection) as asked:
            compare(rows, by=world.hana)
        return len(asked)

    assert queries(10) == queries(200) <= 8
