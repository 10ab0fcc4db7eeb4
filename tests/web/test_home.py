"""ホーム: what each person owes today, and a page that costs the same whatever the company's size."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dodai.goals.models import GoalDependency
from dodai.web.home import today

DAY = date(2026, 4, 20)
NOON = datetime(2026, 4, 20, 12, 0, tzinfo=ZoneInfo("Asia/Tokyo"))


def _titles(world, who: str, on: date = DAY) -> dict[str, str]:
    page = today.read(getattr(world, who), world.cycle, on)
    return {task.title: task.when for task in page.tasks}


def test_a_person_without_a_sheet_is_asked_to_begin_one(world):
    assert _titles(world, "ren")["目標シートを作成"] == "today"


def test_after_the_due_date_the_same_task_is_overdue(world):
    assert _titles(world, "ren", date(2026, 4, 21))["目標シートを作成"] == "overdue"


def test_a_returned_sheet_comes_back_to_its_owner(world):
    world.sheet(status="returned")
    assert "差し戻された目標シートを直して申請" in _titles(world, "ren")


def test_a_running_sheet_owes_nothing(world):
    world.sheet(status="running")
    assert not [title for title in _titles(world, "ren") if "目標シート" in title]


@pytest.mark.parametrize(
    ("who", "status", "asked"),
    [
        ("hana", "submitted", True),
        ("jun", "submitted", False),
        ("jun", "first_approved", True),
        ("hana", "first_approved", False),
        ("sora", "submitted", False),
    ],
)
def test_only_the_person_who_holds_the_step_is_asked_to_approve(world, who, status, asked):
    world.sheet(status=status)
    assert ("鈴木 蓮さんの目標シートを承認" in _titles(world, who)) is asked


def test_a_department_is_asked_for_its_answer(world):
    goal = world.goal()
    GoalDependency.objects.create(goal=goal, member=world.sora, request="契約書の様式をそろえる")
    assert "鈴木 蓮さんからの依頼に回答" in _titles(world, "sora")
    assert "鈴木 蓮さんからの依頼に回答" not in _titles(world, "yui")


def test_work_without_an_outcome_is_counted(world):
    item = world.work_item()
    world.work_item(name="月次の締め")
    world.outcome(item)
    page = today.read(world.ren, world.cycle, DAY)
    assert page.counts["held"] == 2
    assert page.counts["without_outcome"] == 1


def _course(world, on: date) -> list[tuple[str, str]]:
    page = today.read(world.ren, world.cycle, on)
    return [(stage["name"], stage["state"]) for stage in page.stages]


def test_the_course_marks_the_window_that_is_open(world):
    assert _course(world, date(2026, 3, 20)) == [("目標の設定", "now"), ("実行", "next")]
    assert _course(world, DAY) == [("目標の設定", "now"), ("実行", "next")]
    assert _course(world, date(2026, 4, 21)) == [("目標の設定", "done"), ("実行", "now")]
    assert _course(world, date(2026, 10, 1)) == [("目標の設定", "done"), ("実行", "done")]


def test_the_page_shows_the_goals_with_their_weight(world):
    world.goal(world.sheet(status="running"))
    with time_machine.travel(NOON, tick=False):
        answer = world.client("ren").get("/")
    text = answer.content.decode()
    assert "請求書の期限内処理率を98%以上にする" in text
    assert "100／100" in text


def test_hr_without_a_period_is_led_to_making_one(world):
    world.cycle.phases.all().delete()
    world.cycle.delete()
    text = world.client("mei").get("/").content.decode()
    assert "期間を作成" in text


def test_the_number_of_queries_does_not_grow(world):
    client = world.client("hana")
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    sheet = world.sheet(status="submitted")
    for number in range(5):
        world.goal(sheet, number=number + 1)
        world.work_item(name=f"業務{number}", status="draft")
    world.sheet("yui", status="submitted")
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(many) <= len(few) + 1  # one more: the prefetch of rows that were not there before
    assert len(many) <= 12, [query["sql"][:120] for query in many]
