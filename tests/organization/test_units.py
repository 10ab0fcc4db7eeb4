"""Units get new versions; what was true stays true."""

from datetime import date

import pytest

from dodai.audit.models import AuditEvent
from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.organization import actions
from dodai.organization.models import OrgUnitLine, OrgUnitVersion, UnitHead
from dodai.organization.querysets import units_led_by
from dodai.organization.reporting import unit_names, unit_path

TODAY, JULY = date(2026, 5, 13), date(2026, 7, 1)


def names(unit, on):
    return unit_names([unit.pk], on).get(unit.pk)


def test_a_new_unit_hangs_below_its_parent(world):
    unit = actions.add_unit(
        "K2", by=world.mei, name="財務課", kind="section", parent=world.units["finance"], valid_from=JULY
    )
    assert unit_path(unit.pk, JULY) == "経理部 財務課"
    assert unit_path(unit.pk, TODAY) == ""
    assert {"unit": unit.pk} in units_led_by(world.jun, on=JULY)
    assert AuditEvent.objects.get().name == "unit.added"


def test_a_rename_keeps_the_old_name_for_the_past(world):
    unit = world.units["legal"]
    actions.change_unit(unit, by=world.mei, version=1, on=JULY, name="法務・知財部")
    assert names(unit, date(2026, 6, 30)) == "法務部"
    assert names(unit, JULY) == "法務・知財部"


def test_a_move_changes_the_line_from_its_day(world):
    accounting = world.units["accounting"]
    actions.change_unit(accounting, by=world.mei, version=1, on=JULY, parent=world.units["legal"])
    assert {"unit": accounting.pk} in units_led_by(world.jun, on=date(2026, 6, 30))
    assert {"unit": accounting.pk} not in units_led_by(world.jun, on=JULY)
    assert unit_path(accounting.pk, JULY) == "法務部 経理課"


def test_what_is_below_moves_along(world):
    finance = world.units["finance"]
    actions.change_unit(finance, by=world.mei, version=1, on=JULY, parent=world.units["it"])
    assert unit_path(world.units["accounting"].pk, JULY) == "情報システム部 経理部 経理課"


def test_a_unit_cannot_hang_below_itself_on_any_day(world):
    with pytest.raises(Refused, match="下の組織"):
        actions.change_unit(
            world.units["finance"], by=world.mei, version=1, on=JULY, parent=world.units["accounting"]
        )
    assert OrgUnitVersion.objects.filter(unit=world.units["finance"]).count() == 1


def test_a_circle_that_would_begin_later_is_refused_too(world):
    actions.change_unit(world.units["legal"], by=world.mei, version=1, on=JULY, parent=world.units["hr"])
    with pytest.raises(Refused, match="2026年7月1日"):
        actions.change_unit(world.units["hr"], by=world.mei, version=1, on=TODAY, parent=world.units["legal"])


def test_the_past_is_not_rewritten(world):
    unit = world.units["legal"]
    actions.change_unit(unit, by=world.mei, version=1, on=date(2026, 5, 1), name="法務課")
    with pytest.raises(Refused, match="書き換えられません"):
        actions.change_unit(unit, by=world.mei, version=2, on=date(2026, 4, 1), name="法務室")
    with pytest.raises(Refused, match="書き換えられません"):
        actions.change_unit(unit, by=world.mei, version=2, on=date(2026, 5, 1), name="法務室")


def test_a_change_planned_for_a_day_can_be_corrected_until_then(world):
    unit = world.units["legal"]
    actions.change_unit(unit, by=world.mei, version=1, on=JULY, name="法務室")
    actions.change_unit(unit, by=world.mei, version=2, on=JULY, name="法務課")
    assert names(unit, JULY) == "法務課"
    assert OrgUnitVersion.objects.filter(unit=unit).count() == 2


def test_a_unit_with_people_or_units_below_cannot_be_closed(world):
    with pytest.raises(Refused, match="下に組織"):
        actions.close_unit(world.units["finance"], by=world.mei, version=1, last_day=JULY)
    with pytest.raises(Refused, match="社員がいます"):
        actions.close_unit(world.units["legal"], by=world.mei, version=1, last_day=JULY)


def test_an_empty_unit_closes_with_its_head_and_its_lines(world):
    unit = actions.add_unit(
        "K2", by=world.mei, name="財務課", kind="section", parent=world.units["finance"], valid_from=TODAY
    )
    actions.name_head(unit, by=world.mei, version=1, on=TODAY, member=world.jun)
    actions.close_unit(unit, by=world.mei, version=2, last_day=date(2026, 6, 30))
    assert unit_path(unit.pk, date(2026, 6, 30)) == "経理部 財務課"
    assert unit_path(unit.pk, JULY) == ""
    assert UnitHead.objects.get(unit=unit).valid_to == JULY
    assert set(OrgUnitLine.objects.filter(unit=unit).values_list("valid_to", flat=True)) == {JULY}


def test_nothing_can_be_added_below_a_unit_that_will_be_gone(world):
    parent = actions.add_unit(
        "K2", by=world.mei, name="財務課", kind="section", parent=world.units["finance"], valid_from=TODAY
    )
    actions.close_unit(parent, by=world.mei, version=1, last_day=date(2026, 6, 30))
    with pytest.raises(Refused, match="上位組織がありません"):
        actions.add_unit(
            "K3", by=world.mei, name="資金係", kind="subsection", parent=parent, valid_from=TODAY
        )


def test_a_vacant_post_is_answered_for_by_the_deputy(world):
    unit = world.units["accounting"]
    actions.name_head(unit, by=world.mei, version=1, on=JULY, member=None, deputy=world.jun)
    before = UnitHead.objects.on(date(2026, 6, 30)).get(unit=unit)
    after = UnitHead.objects.on(JULY).get(unit=unit)
    assert before.acting == world.hana
    assert (after.member, after.acting) == (None, world.jun)


@pytest.mark.parametrize("who", ["ren", "hana", "jun", "kei", "rin", "aki"])
def test_only_hr_changes_units(world, who):
    with pytest.raises(NotAllowed):
        actions.change_unit(world.units["legal"], by=world.people[who], version=1, on=JULY, name="法務室")
    assert not AuditEvent.objects.exists()


def test_the_slower_of_two_changes_is_told(world):
    actions.change_unit(world.units["legal"], by=world.mei, version=1, on=JULY, name="法務室")
    with pytest.raises(Conflict):
        actions.change_unit(world.units["legal"], by=world.hiro, version=1, on=JULY, name="法務課")
