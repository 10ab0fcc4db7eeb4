"""Whatever 人事 does in whatever order: every day fits, or the refusal changed nothing (model §1.20.1)."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dodai.audit.models import AuditEvent, first_break_in_chain
from dodai.core.errors import Refused
from dodai.core.spans import valid_on
from dodai.organization import actions
from dodai.organization.models import (
    Assignment,
    Member,
    OrgUnit,
    OrgUnitLine,
    OrgUnitVersion,
)
from tests import world as worlds

TODAY = date(2026, 5, 13)
UNITS = ("admin", "finance", "accounting", "legal", "hr", "it")
PEOPLE = ("ren", "yui", "sora")

days = st.integers(0, 60).map(lambda number: TODAY + timedelta(days=number))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("transfer"), st.sampled_from(PEOPLE), days, st.sampled_from(UNITS)),
        st.tuples(
            st.just("concurrent"), st.sampled_from(PEOPLE), days, st.sampled_from(UNITS), st.integers(1, 99)
        ),
        st.tuples(st.just("end"), st.sampled_from(PEOPLE), days),
        st.tuples(st.just("leave"), st.sampled_from(PEOPLE), days),
        st.tuples(st.just("move"), st.sampled_from(UNITS), days, st.sampled_from(UNITS)),
        st.tuples(st.just("close"), st.sampled_from(UNITS), days),
    ),
    max_size=6,
)


def do(world, step):
    verb, who, on, *rest = step
    if verb in {"move", "close"}:
        unit = OrgUnit.objects.get(code=who.upper())
        if verb == "close":
            actions.close_unit(unit, by=world.mei, version=unit.version, last_day=on)
        else:
            parent = world.units[rest[0]]
            actions.change_unit(unit, by=world.mei, version=unit.version, on=on, parent=parent)
        return
    member = Member.objects.get(member_no=world.people[who].member_no)
    common = {"by": world.mei, "version": member.version}
    if verb == "transfer":
        actions.transfer(member, on=on, unit=world.units[rest[0]], **common)
    elif verb == "concurrent":
        actions.add_concurrent(member, on=on, unit=world.units[rest[0]], percent=rest[1], **common)
    elif verb == "leave":
        actions.leave_company(member, left_on=on, **common)
    else:
        row = Assignment.objects.filter(member=member, kind="concurrent").first()
        if row is not None:
            actions.end_concurrent(row, on=on, **common)


def check_people(world, on):
    for name in PEOPLE:
        member = Member.objects.get(member_no=world.people[name].member_no)
        here = list(Assignment.objects.on(on).filter(member=member))
        if not member.is_employed(on):
            assert here == []
            continue
        assert [row.kind for row in here].count("primary") == 1
        assert sum(row.allocation_percent for row in here) == 100
        for row in here:
            assert OrgUnitVersion.objects.on(on).filter(unit=row.unit_id).exists()


def check_tree(on):
    parents = dict(OrgUnitVersion.objects.on(on).values_list("unit_id", "parent_id"))
    climbed = set()
    for unit in parents:
        here, depth = unit, 0
        while here is not None:
            assert here in parents, "the unit above exists"
            assert depth <= len(parents), "no circle"
            climbed.add((unit, here, depth))
            here, depth = parents[here], depth + 1
    assert (
        set(OrgUnitLine.objects.filter(valid_on(on)).values_list("unit_id", "ancestor_id", "depth"))
        == climbed
    )


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_every_day_fits_after_any_order_of_changes(steps):
    with transaction.atomic():
        world = worlds.build()
        done = 0
        for step in steps:
            try:
                with transaction.atomic():
                    do(world, step)
            except Refused:
                pass
            else:
                done += step[0] != "end" or AuditEvent.objects.count() > done
            assert AuditEvent.objects.count() == done, "one event for what was done, none for a refusal"
        turning = {TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=100)}
        turning |= {step[2] + timedelta(days=n) for step in steps for n in (0, 1)}
        for on in turning:
            check_people(world, on)
            check_tree(on)
        assert first_break_in_chain() is None
        transaction.set_rollback(True)
