"""Starting a sheet: for whom, for which stretch of the cycle, under whom."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from dodai.audit.models import AuditEvent
from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.goals import actions
from dodai.goals.actions.sheets import segments_of
from dodai.goals.models import GoalSheet
from dodai.organization.models import Assignment, Leave


def test_a_person_starts_their_own_sheet(world):
    sheet = actions.open_sheet(world.cycle, by=world.ren)

    assert (sheet.member, sheet.segment, sheet.unit) == (world.ren, 1, world.units["accounting"])
    assert (sheet.segment_from, sheet.segment_to) == (date(2026, 4, 1), date(2026, 9, 30))
    assert (sheet.first_evaluator, sheet.second_evaluator) == (world.hana, world.jun)
    assert (sheet.unit_path, sheet.grade_code, sheet.band) == ("経理部 経理課", "S2", "staff")
    assert AuditEvent.objects.get().name == "sheet.opened"


@pytest.mark.parametrize("who", ["hana", "jun", "aki", "mei", "hiro"])
def test_supervisors_and_hr_open_it_for_somebody(world, who):
    sheet = actions.open_sheet(world.cycle, by=world.people[who], member=world.ren)

    assert sheet.member == world.ren
    assert AuditEvent.objects.get().on_behalf_of == world.ren.name


@pytest.mark.parametrize("who", ["yui", "sora", "rin", "kei"])
def test_nobody_else_opens_it(world, who):
    with pytest.raises(NotAllowed):
        actions.open_sheet(world.cycle, by=world.people[who], member=world.ren)
    assert not AuditEvent.objects.exists()


def test_there_is_one_sheet_for_a_stretch(world):
    actions.open_sheet(world.cycle, by=world.ren)
    with pytest.raises(Refused, match="すでにあります"):
        actions.open_sheet(world.cycle, by=world.ren)


@pytest.mark.parametrize("status", ["preparing", "calibrating", "finalised", "archived"])
def test_a_cycle_that_is_not_open_takes_no_sheets(world, status):
    world.cycle.status = status
    with pytest.raises(Refused, match="公開"):
        actions.open_sheet(world.cycle, by=world.ren)


@pytest.mark.parametrize(("kind", "word"), [("dispatched", "派遣受入"), ("director", "役員")])
def test_who_is_not_evaluated_has_no_sheet(world, kind, word):
    world.ren.employment_type = kind
    with pytest.raises(Refused, match=word):
        actions.open_sheet(world.cycle, by=world.ren)


def test_who_is_away_throughout_has_no_sheet(world):
    for span in ((date(2026, 2, 1), date(2026, 6, 1)), (date(2026, 6, 1), None)):
        Leave.objects.create(member=world.ren, kind="childcare", valid_from=span[0], valid_to=span[1])
    with pytest.raises(Refused, match="休業中"):
        actions.open_sheet(world.cycle, by=world.hana, member=world.ren)


def test_who_comes_back_for_the_last_day_has_one(world):
    Leave.objects.create(
        member=world.ren, kind="childcare", valid_from=date(2026, 2, 1), valid_to=date(2026, 9, 30)
    )
    assert actions.open_sheet(world.cycle, by=world.ren).pk


def test_who_was_not_there_has_none(world):
    world.ren.assignments.all().delete()
    with pytest.raises(Refused, match="本務"):
        actions.open_sheet(world.cycle, by=world.ren)


def move(world, day, unit="legal"):
    world.ren.assignments.update(valid_to=day)
    Assignment.objects.create(
        member=world.ren, unit=world.units[unit], supervisor=world.aki, valid_from=day, reason="transferred"
    )


def test_a_transfer_makes_two_segments(world):
    move(world, date(2026, 7, 1))
    spans = segments_of(world.ren, world.cycle)

    assert [(span.unit_id, span.first, span.last) for span in spans] == [
        (world.units["accounting"].pk, date(2026, 4, 1), date(2026, 6, 30)),
        (world.units["legal"].pk, date(2026, 7, 1), date(2026, 9, 30)),
    ]


@pytest.mark.parametrize(
    ("today", "segment"), [("2026-03-20", 1), ("2026-06-30", 1), ("2026-07-01", 2), ("2026-11-01", 2)]
)
def test_the_segment_of_the_day_is_opened(world, today, segment):
    move(world, date(2026, 7, 1))
    with time_machine.travel(f"{today}T09:00:00+09:00", tick=False):
        assert actions.open_sheet(world.cycle, by=world.ren).segment == segment


def test_each_segment_has_its_own_evaluators(world):
    move(world, date(2026, 7, 1))
    first = actions.open_sheet(world.cycle, by=world.ren, segment=1)
    second = actions.open_sheet(world.cycle, by=world.ren, segment=2)

    assert (first.first_evaluator, second.first_evaluator) == (world.hana, world.aki)
    with pytest.raises(Refused, match="区間3"):
        actions.open_sheet(world.cycle, by=world.ren, segment=3)


def test_a_new_post_in_the_same_unit_is_no_new_segment(world):
    move(world, date(2026, 7, 1), unit="accounting")

    assert len(segments_of(world.ren, world.cycle)) == 1


def test_a_sheet_ends_with_the_employment(world):
    world.ren.left_on = date(2026, 8, 15)

    assert segments_of(world.ren, world.cycle)[-1].last == date(2026, 8, 15)


# ── evaluators named by 人事 ──


def test_hr_names_evaluators_and_they_stay_named(world):
    sheet = world.ready_sheet()
    sheet = actions.name_evaluators(
        sheet, by=world.mei, version=sheet.version, first=world.jun, second=world.aki, reason="上司の交代"
    )
    sheet = actions.submit(sheet, by=world.ren, version=sheet.version)

    assert (sheet.first_evaluator, sheet.second_evaluator) == (world.jun, world.aki)


@pytest.mark.parametrize("who", ["ren", "hana", "jun", "sora", "rin", "kei", "aki"])
def test_nobody_else_names_evaluators(world, who):
    sheet = world.sheet()
    with pytest.raises(NotAllowed):
        actions.name_evaluators(
            sheet, by=world.people[who], version=1, first=world.jun, second=world.aki, reason="交代"
        )


def test_hr_does_not_name_their_own(world):
    sheet = world.sheet("mei")
    with pytest.raises(NotAllowed):
        actions.name_evaluators(sheet, by=world.mei, version=1, first=world.jun, second=None, reason="交代")


def test_evaluators_are_two_other_people(world):
    sheet = world.sheet()
    name = {"by": world.mei, "version": 1, "reason": "交代"}
    with pytest.raises(Refused, match="本人"):
        actions.name_evaluators(sheet, first=world.ren, second=world.jun, **name)
    with pytest.raises(Refused, match="同じ人"):
        actions.name_evaluators(sheet, first=world.jun, second=world.jun, **name)
    with pytest.raises(Conflict):
        actions.name_evaluators(sheet, first=world.jun, second=None, by=world.mei, version=2, reason="交代")
    assert not AuditEvent.objects.exists()


def test_the_top_person_cannot_submit_before_hr_names_a_second_evaluator(world):
    sheet = world.ready_sheet("jun")
    assert sheet.second_evaluator is None
    with pytest.raises(actions.NotReady, match="二次評価者が決まっていません"):
        actions.submit(sheet, by=world.jun, version=sheet.version, reason="育成の目標は今期は置きません")


# ── comments, exclusion ──


@pytest.mark.parametrize("who", ["ren", "hana", "jun", "aki", "mei", "hiro"])
def test_those_who_work_with_a_sheet_comment_on_it(world, who):
    said = actions.comment(world.sheet(), by=world.people[who], text=" 確認しました。 ")

    assert said.text == "確認しました。"
    assert AuditEvent.objects.get().name == "sheet.commented"


@pytest.mark.parametrize("who", ["yui", "sora", "rin", "kei"])
def test_others_do_not_comment(world, who):
    with pytest.raises(NotAllowed):
        actions.comment(world.sheet(), by=world.people[who], text="確認しました。")


def test_an_empty_comment_says_nothing(world):
    with pytest.raises(Refused, match="空"):
        actions.comment(world.sheet(), by=world.ren, text="　")


def test_leaving_somebody_out_needs_a_reason(world):
    sheet = world.sheet()
    with pytest.raises(Refused, match="10字以上"):
        actions.exclude(sheet, by=world.mei, version=1, reason="短い")
    sheet = actions.exclude(sheet, by=world.mei, version=1, reason="在籍が期間の半分に足りないため")
    assert (sheet.status, AuditEvent.objects.get().reason) == (
        GoalSheet.Status.EXCLUDED,
        "在籍が期間の半分に足りないため",
    )
