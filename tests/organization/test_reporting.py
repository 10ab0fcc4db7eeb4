"""Who answers for whom, and what units are called, on a day."""

from datetime import date

import pytest

from dodai.organization.models import Assignment, Holiday, UnitHead
from dodai.organization.reporting import company_calendar, evaluators_of, unit_names, unit_path

TODAY = date(2026, 5, 13)


def test_the_supervisor_and_then_their_supervisor_evaluate(world):
    assert evaluators_of(world.ren, TODAY) == (world.hana, world.jun)
    assert evaluators_of(world.hana, TODAY) == (world.jun, world.aki)


def test_the_top_person_has_no_evaluator_and_their_report_has_one(world):
    assert evaluators_of(world.aki, TODAY) == (None, None)
    assert evaluators_of(world.jun, TODAY) == (world.aki, None)


def test_the_head_of_the_unit_answers_where_no_supervisor_is_named(world):
    Assignment.objects.filter(member=world.ren).update(supervisor=None)
    assert evaluators_of(world.ren, TODAY) == (world.hana, world.jun)


def test_the_deputy_answers_while_the_post_is_vacant(world):
    Assignment.objects.filter(member=world.ren).update(supervisor=None)
    UnitHead.objects.filter(unit=world.units["accounting"]).update(member=None, deputy=world.jun)
    assert evaluators_of(world.ren, TODAY) == (world.jun, world.aki)


def test_a_deputy_never_evaluates_themselves(world):
    Assignment.objects.filter(member=world.ren).update(supervisor=None)
    UnitHead.objects.filter(unit=world.units["accounting"]).update(member=None, deputy=world.ren)
    assert evaluators_of(world.ren, TODAY) == (world.jun, world.aki)


def test_two_people_who_name_each_other_do_not_evaluate_in_a_circle(world):
    Assignment.objects.filter(member=world.hana).update(supervisor=world.ren)
    assert evaluators_of(world.ren, TODAY) == (world.hana, world.jun)


def test_a_supervisor_who_left_is_stepped_over(world):
    world.hana.left_on = date(2026, 4, 30)
    world.hana.save()
    assert evaluators_of(world.ren, TODAY) == (world.jun, world.aki)


def test_a_person_without_an_assignment_has_no_evaluator(world):
    assert evaluators_of(world.ren, date(2019, 1, 1)) == (None, None)


def test_a_path_begins_at_the_department(world):
    assert unit_path(world.units["accounting"].pk, TODAY) == "経理部 経理課"
    assert unit_path(world.units["admin"].pk, TODAY) == "管理本部"
    assert unit_path(world.units["accounting"].pk, date(2019, 1, 1)) == ""


def test_names_of_many_units_take_one_query(world, django_assert_num_queries):
    ids = [world.units["legal"].pk, world.units["hr"].pk]
    with django_assert_num_queries(1):
        assert set(unit_names(ids, TODAY).values()) == {"法務部", "人事部"}


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 5, 7), True),
        (date(2026, 5, 6), False),  # 振替休日
        (date(2026, 12, 29), False),  # the company's own
        (date(2026, 5, 9), True),  # a Saturday that is made up for
        (date(2026, 5, 16), False),
    ],
)
def test_the_calendar_of_the_company(world, day, works):
    Holiday.objects.create(day=date(2026, 12, 29), name="年末休業")
    Holiday.objects.create(day=date(2026, 5, 9), name="振替出勤", kind="working")
    assert company_calendar(on=TODAY).is_business_day(day) is works
