"""ひな形: a department's usual work as drafts, taken once."""

from __future__ import annotations

import pytest

from dodai import catalogue
from dodai.audit.models import AuditEvent
from dodai.core.errors import NotAllowed, Refused
from dodai.work import actions
from dodai.work.models import WorkItem


def ids(code: str) -> list[str]:
    return [task.id for task in catalogue.tasks(code)]


@pytest.mark.parametrize("code", ["GA", "HR", "FA", "LG", "IT"])
def test_each_department_loads_as_drafts(world, code):
    unit = world.units["accounting"]
    items = actions.take_from_template(unit, by=world.hana, owner=None, template_ids=ids(code))

    assert len(items) == len(ids(code))
    assert {item.status for item in items} == {WorkItem.Status.DRAFT}
    on_demand = WorkItem.objects.filter(frequency="on_demand")
    assert all("runs_per_year" in item.open_questions for item in on_demand)
    assert AuditEvent.objects.get().changes["templates"] == ids(code)


def test_what_the_unit_already_has_is_not_taken_again(world):
    unit = world.units["accounting"]
    first, second, third = catalogue.tasks("FA")[:3]
    world.work_item(name=second.name)
    actions.take_from_template(unit, by=world.ren, owner=world.ren, template_ids=[first.id])

    items = actions.take_from_template(
        unit, by=world.ren, owner=world.ren, template_ids=[first.id, second.id, third.id, third.id]
    )

    assert [item.catalogue_id for item in items] == [third.id]


@pytest.mark.parametrize("by", ["ren", "hana", "mei", "hiro"])
def test_the_unit_its_supervisor_and_hr_take_templates(world, by):
    assert actions.take_from_template(
        world.units["accounting"], by=world.people[by], owner=world.ren, template_ids=["FA-T01"]
    )


@pytest.mark.parametrize("by", ["sora", "rin", "kei", "yui"])
def test_nobody_else_takes_templates(world, by):
    with pytest.raises(NotAllowed):
        actions.take_from_template(
            world.units["accounting"], by=world.people[by], owner=world.ren, template_ids=["FA-T01"]
        )


def test_templates_are_not_taken_for_somebody_of_another_department(world):
    with pytest.raises(Refused, match="所属する人"):
        actions.take_from_template(
            world.units["accounting"], by=world.mei, owner=world.mei, template_ids=["FA-T01"]
        )


@pytest.mark.parametrize("chosen", [[], ["FA-T99"], ["FA-Q01"]])
def test_a_choice_that_is_none_is_refused(world, chosen):
    with pytest.raises(Refused):
        actions.take_from_template(
            world.units["accounting"], by=world.ren, owner=world.ren, template_ids=chosen
        )


def test_taking_templates_can_be_taken_back(world):
    actions.take_from_template(
        world.units["accounting"], by=world.ren, owner=world.ren, template_ids=["FA-T01", "FA-T02"]
    )
    assert actions.undo_import(by=world.ren, event_ids=[AuditEvent.objects.get().pk]) == 2
    assert not WorkItem.objects.current().exists()
