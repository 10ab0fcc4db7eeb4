"""The audit trail: whole, in order, and not to be changed, even with SQL."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from dodai.audit import append_only
from dodai.audit.heads import first_missing_head, note_head
from dodai.audit.models import AuditEvent, first_break_in_chain, record
from tests import world as worlds


def three_events(world):
    with transaction.atomic():
        for name in ("unit.changed", "member.changed", "goal.approved"):
            record(name, world.company, by=world.mei.account, changes={"name": ["前", "後"]})


def tamper(sql, *params):
    """As somebody who owns the database could: without the triggers."""
    append_only.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
    append_only.install(connection)


def test_the_chain_of_what_was_done_verifies(world):
    three_events(world)
    assert list(AuditEvent.objects.values_list("sequence", flat=True)) == [1, 2, 3]
    assert first_break_in_chain() is None


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE audit_auditevent SET reason = 'x' WHERE sequence = 2", 2),
        ("UPDATE audit_auditevent SET actor_label = 'x' WHERE sequence = 1", 1),
        ("DELETE FROM audit_auditevent WHERE sequence = 1", 2),
        ("DELETE FROM audit_auditevent WHERE sequence = 2", 3),
        ("UPDATE audit_auditevent SET sequence = 9 WHERE sequence = 3", 9),
    ],
)
def test_what_was_changed_behind_the_back_is_located(world, sql, found):
    three_events(world)
    tamper(sql)
    assert first_break_in_chain() == found


def test_a_tail_that_was_cut_off_shows_against_the_noted_head(world, tmp_path):
    three_events(world)
    heads = tmp_path / "audit-heads.jsonl"
    note_head(heads)
    note_head(heads)
    assert [json.loads(line)["sequence"] for line in heads.read_text().splitlines()] == [3]
    assert first_missing_head(heads) is None
    tamper("DELETE FROM audit_auditevent WHERE sequence = 3")
    assert first_break_in_chain() is None
    assert first_missing_head(heads) == 3


@pytest.mark.parametrize(
    "sql", ["UPDATE audit_auditevent SET reason = 'x'", "DELETE FROM audit_auditevent WHERE sequence = 3"]
)
def test_the_database_refuses_to_change_an_event(world, sql):
    three_events(world)
    assert append_only.is_installed(connection)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert first_break_in_chain() is None


@pytest.mark.django_db(transaction=True)
def test_an_event_belongs_inside_a_transaction():
    world = worlds.build()
    with pytest.raises(RuntimeError, match="transaction"):
        record("unit.changed", world.company, by=None)


def test_the_operation_log_has_no_goals(world):
    three_events(world)
    assert set(AuditEvent.objects.operations().values_list("name", flat=True)) == {
        "unit.changed",
        "member.changed",
    }
