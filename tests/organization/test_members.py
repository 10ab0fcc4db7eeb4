"""Joining, changing, moving, being away and leaving."""

from datetime import date

import pytest

from dodai.audit.models import AuditEvent
from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.organization import actions
from dodai.organization.models import Assignment, Grade, Leave, Member, RoleAssignment, UnitHead

TODAY, JULY = date(2026, 5, 13), date(2026, 7, 1)


def hire(world, **changes):
    values = {
        "by": world.mei,
        "member_no": "000099",
        "family_name": "森",
        "given_name": "陽",
        "unit": world.units["legal"],
        "hired_on": TODAY,
        "grade_code": "S1",
    }
    return actions.hire(**values | changes)


def rows(member):
    return [
        (row.unit.code, row.kind, row.allocation_percent, row.valid_from, row.valid_to)
        for row in Assignment.objects.filter(member=member).order_by("valid_from", "kind")
    ]


def test_a_person_joins_with_a_unit_and_a_grade(world):
    member = hire(world)
    assert rows(member) == [("LEGAL", "primary", 100, TODAY, None)]
    assert Grade.objects.get(member=member).grade_code == "S1"
    assert Member.objects.matching("森 陽").get() == member
    assert AuditEvent.objects.get().name == "member.hired"


def test_a_number_is_given_once(world):
    with pytest.raises(Refused, match="000001"):
        hire(world, member_no="000001")


def test_nobody_joins_a_unit_that_does_not_exist_that_day(world):
    with pytest.raises(Refused, match="組織がありません"):
        hire(world, hired_on=date(2019, 1, 1))


def test_names_change_and_stay_out_of_the_audit_trail(world):
    actions.change_member(world.ren, by=world.mei, version=1, family_name="山﨑")
    event = AuditEvent.objects.get()
    assert Member.objects.matching("山崎").get() == world.ren
    assert "family_name" in event.changes
    assert "山﨑" not in str(event.changes)


def test_a_transfer_ends_one_row_and_opens_the_next(world):
    actions.transfer(
        world.ren, by=world.mei, version=1, on=JULY, unit=world.units["legal"], supervisor=world.aki
    )
    assert rows(world.ren) == [
        ("ACCOUNTING", "primary", 100, date(2020, 4, 1), JULY),
        ("LEGAL", "primary", 100, JULY, None),
    ]


def test_a_transfer_into_a_unit_that_closes_earlier_is_refused(world):
    unit = actions.add_unit(
        "K2", by=world.mei, name="財務課", kind="section", parent=world.units["finance"], valid_from=TODAY
    )
    actions.close_unit(unit, by=world.mei, version=1, last_day=date(2026, 8, 31))
    with pytest.raises(Refused, match="2026年9月1日"):
        actions.transfer(world.ren, by=world.mei, version=1, on=JULY, unit=unit)
    assert len(rows(world.ren)) == 1


def test_a_concurrent_post_takes_its_share_from_the_primary_one(world):
    actions.add_concurrent(
        world.ren,
        by=world.mei,
        version=1,
        on=date(2026, 6, 1),
        until=JULY,
        unit=world.units["legal"],
        percent=30,
    )
    assert rows(world.ren) == [
        ("ACCOUNTING", "primary", 100, date(2020, 4, 1), date(2026, 6, 1)),
        ("LEGAL", "concurrent", 30, date(2026, 6, 1), JULY),
        ("ACCOUNTING", "primary", 70, date(2026, 6, 1), JULY),
        ("ACCOUNTING", "primary", 100, JULY, None),
    ]


def test_ending_a_concurrent_post_gives_the_share_back(world):
    row = actions.add_concurrent(
        world.ren, by=world.mei, version=1, on=TODAY, unit=world.units["legal"], percent=40
    )
    actions.end_concurrent(row, by=world.mei, version=2, on=JULY)
    assert rows(world.ren)[-1] == ("ACCOUNTING", "primary", 100, JULY, None)
    assert Assignment.objects.get(pk=row.pk).valid_to == JULY


def test_a_share_that_leaves_nothing_for_the_primary_post_is_refused(world):
    with pytest.raises(Refused, match="本務の比率"):
        actions.add_concurrent(
            world.ren, by=world.mei, version=1, on=TODAY, unit=world.units["legal"], percent=100
        )
    assert rows(world.ren) == [("ACCOUNTING", "primary", 100, date(2020, 4, 1), None)]


def test_a_transfer_keeps_the_concurrent_post_and_its_share(world):
    actions.add_concurrent(
        world.ren, by=world.mei, version=1, on=TODAY, unit=world.units["legal"], percent=40
    )
    actions.transfer(world.ren, by=world.mei, version=2, on=JULY, unit=world.units["hr"])
    assert rows(world.ren)[-1] == ("HR", "primary", 60, JULY, None)


def test_a_grade_changes_from_a_day_on(world):
    actions.change_grade(world.ren, by=world.mei, version=1, on=JULY, grade_code="S3", band="lead")
    assert [
        (g.grade_code, g.valid_from) for g in Grade.objects.filter(member=world.ren).order_by("valid_from")
    ] == [
        ("S2", date(2020, 4, 1)),
        ("S3", JULY),
    ]


def test_two_leaves_do_not_overlap_and_the_kind_stays_out_of_the_trail(world):
    leave = actions.record_leave(world.ren, by=world.mei, version=1, kind="childcare", first_day=JULY)
    assert "childcare" not in str(list(AuditEvent.objects.values()))
    with pytest.raises(Refused, match="同じ期間"):
        actions.record_leave(world.ren, by=world.mei, version=2, kind="other", first_day=date(2026, 8, 1))
    actions.end_leave(leave, by=world.mei, version=2, last_day=date(2026, 7, 31))
    actions.record_leave(world.ren, by=world.mei, version=3, kind="other", first_day=date(2026, 8, 1))
    assert Leave.objects.filter(member=world.ren).count() == 2


def test_leaving_ends_everything_with_the_last_day(world):
    actions.leave_company(world.hana, by=world.mei, version=1, left_on=date(2026, 6, 30))
    world.hana.refresh_from_db()
    assert world.hana.left_on == date(2026, 6, 30)
    assert rows(world.hana)[-1][-1] == JULY
    assert UnitHead.objects.on(JULY).get(unit=world.units["accounting"]).member is None
    assert UnitHead.objects.on(TODAY).get(unit=world.units["accounting"]).member == world.hana
    assert world.hana.account.is_active


def test_a_login_is_shut_when_the_last_day_is_past(world):
    actions.leave_company(world.ren, by=world.mei, version=1, left_on=date(2026, 5, 12))
    world.ren.account.refresh_from_db()
    assert not world.ren.account.is_active


def test_leaving_with_a_transfer_still_planned_is_refused(world):
    actions.transfer(world.ren, by=world.mei, version=1, on=JULY, unit=world.units["legal"])
    with pytest.raises(Refused, match="異動"):
        actions.leave_company(world.ren, by=world.mei, version=2, left_on=TODAY)


def test_the_last_hr_head_cannot_leave(world):
    with pytest.raises(Refused, match="人事責任者"):
        actions.leave_company(world.hiro, by=world.mei, version=1, left_on=TODAY)
    assert RoleAssignment.objects.get(member=world.hiro).valid_to is None


@pytest.mark.parametrize("who", ["ren", "hana", "jun", "kei", "rin", "aki"])
def test_only_hr_changes_people(world, who):
    by = world.people[who]
    for verb in (
        lambda: actions.change_member(world.yui, by=by, version=1, note="x"),
        lambda: actions.transfer(world.yui, by=by, version=1, on=JULY, unit=world.units["legal"]),
        lambda: actions.change_grade(world.yui, by=by, version=1, on=JULY, grade_code="S9", band="staff"),
        lambda: actions.record_leave(world.yui, by=by, version=1, kind="sick", first_day=JULY),
        lambda: actions.leave_company(world.yui, by=by, version=1, left_on=JULY),
        lambda: hire(world, by=by),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert not AuditEvent.objects.exists()


def test_the_slower_of_two_is_told(world):
    actions.transfer(world.ren, by=world.mei, version=1, on=JULY, unit=world.units["legal"])
    with pytest.raises(Conflict):
        actions.change_grade(world.ren, by=world.mei, version=1, on=JULY, grade_code="S3", band="staff")
