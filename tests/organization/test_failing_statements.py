"""A statement may fail at any place of a write: afterwards the data is as before, or as after."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, models, transaction

from dodai.audit.models import AuditEvent
from dodai.organization import actions
from dodai.organization.models import (
    Assignment,
    Company,
    Grade,
    Holiday,
    Member,
    OrgUnit,
    OrgUnitLine,
    OrgUnitVersion,
    RoleAssignment,
    UnitHead,
)

JULY = date(2026, 7, 1)
TABLES: tuple[type[models.Model], ...] = (
    Assignment,
    AuditEvent,
    Company,
    Grade,
    Holiday,
    Member,
    OrgUnit,
    OrgUnitLine,
    OrgUnitVersion,
    RoleAssignment,
    UnitHead,
)


class Failing:
    """Raises at the n-th statement that is not a savepoint."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        if "SAVEPOINT" not in sql:
            self.left -= 1
            if self.left == 0:
                raise DatabaseError("the disk is full")
        return execute(sql, params, many, context)


def snapshot():
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


FLOWS = {
    "transfer": lambda world: actions.transfer(
        world.ren, by=world.mei, version=1, on=JULY, unit=world.units["legal"]
    ),
    "concurrent": lambda world: actions.add_concurrent(
        world.ren, by=world.mei, version=1, on=JULY, unit=world.units["legal"], percent=30
    ),
    "leave": lambda world: actions.leave_company(
        world.hana, by=world.mei, version=1, left_on=date(2026, 5, 12)
    ),
    "move": lambda world: actions.change_unit(
        world.units["finance"], by=world.mei, version=1, on=JULY, parent=world.units["it"]
    ),
    "role": lambda world: actions.grant_role(world.sora, by=world.hiro, role="hr", valid_from=JULY),
}


@pytest.mark.parametrize("flow", FLOWS)
def test_a_failing_statement_leaves_before_or_after(world, flow):
    before = snapshot()
    failures = 0
    for number in range(1, 200):
        try:
            with transaction.atomic(), connection.execute_wrapper(Failing(number)):
                FLOWS[flow](world)
        except DatabaseError:
            failures += 1
            assert snapshot() == before
            for person in world.people.values():  # roles and rows are read again, as in the next request
                person.refresh_from_db()
            continue
        break
    assert failures >= 5
    assert snapshot() != before
    assert AuditEvent.objects.count() == 1
