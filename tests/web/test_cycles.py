"""期間: the stepper, publishing, the rules, and the switch in the top bar."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from dodai.cycles import actions
from dodai.cycles.models import Cycle, CyclePhase, EvaluationPolicy
from dodai.cycles.rules import PhaseWindow


@pytest.fixture(autouse=True)
def _september():
    with time_machine.travel("2026-09-01T10:00:00+09:00", tick=True):
        yield


def text(answer):
    return answer.content.decode()


def step(client, step, /, **typed):
    return client.post(reverse("cycles:new_step", args=[step]), typed)


def typed_dates(answer):
    """The dates the page proposes, as a browser would send them back."""
    form = answer.context["form"]
    return {bound.html_name: bound.value() or "" for bound in form}


def test_hr_makes_a_half_year_in_four_steps(world):
    client = world.client("mei")
    first = client.get(reverse("cycles:new"), follow=True)
    assert "2026年度下期（2026/10/01〜2027/03/31）" in text(first)
    assert "2026年度上期（" not in text(first), "a period that exists is not offered"
    assert step(client, "period", period="half-2026-2", name="").status_code == 302
    phases = client.get(reverse("cycles:new_step", args=["phases"]))
    dates = typed_dates(phases)
    assert dates["opens_goal_setting"] == "2026/09/15"
    assert dates["due_goal_setting"] == "2026/10/20"
    dates["due_goal_setting"] = "令和8年10月23日"
    dates |= {"opens_appeal": "", "due_appeal": ""}
    assert step(client, "phases", **dates).status_code == 302
    assert step(client, "policy", policy=world.policy.pk).status_code == 302
    review = client.get(reverse("cycles:new_step", args=["review"]))
    assert "2026年10月23日（金）" in text(review)
    done = step(client, "review", announcement="下期の準備を始めます。")
    cycle = Cycle.objects.get(name="2026年度下期")
    assert done["Location"] == reverse("cycles:cycle", args=[cycle.pk])
    assert (cycle.period_from, cycle.period_to) == (date(2026, 10, 1), date(2027, 3, 31))
    assert cycle.status == Cycle.Status.PREPARING
    assert not cycle.phases.filter(kind="appeal").exists()
    assert cycle.phases.get(kind="goal_setting").due_on == date(2026, 10, 23)


def test_a_later_step_without_the_first_goes_back_to_it(world):
    answer = world.client("mei").get(reverse("cycles:new_step", args=["review"]))
    assert answer["Location"] == reverse("cycles:new_step", args=["period"])


def test_next_says_what_is_wrong_with_the_dates(world):
    client = world.client("mei")
    step(client, "period", period="half-2026-2", name="")
    answer = step(
        client,
        "phases",
        opens_goal_setting="2026/10/20",
        due_goal_setting="2026/9/15",
        opens_interview="2027/1/10",
        due_interview="",
    )
    assert answer.status_code == 422
    assert "期限が開始日より前です" in text(answer)
    assert "両方を入れるか" in text(answer)
    assert "2027/1/10" in text(answer)


def test_a_company_without_rules_gets_the_standard_ones(world):
    Cycle.objects.all().delete()
    EvaluationPolicy.objects.all().delete()
    client = world.client("mei")
    step(client, "period", period="half-2026-2", name="下期")
    step(client, "phases", opens_goal_setting="2026/9/15", due_goal_setting="2026/10/20")
    step(client, "policy", policy="new")
    step(client, "review", announcement="")
    assert str(Cycle.objects.get(name="下期").policy) == "標準 v1"


def test_publishing_asks_with_the_number_of_people_and_freezes(world):
    cycle = actions.create_cycle(
        by=world.mei,
        name="2026年度下期",
        kind="half",
        period_from=date(2026, 10, 1),
        period_to=date(2027, 3, 31),
        policy=world.policy,
        phases=[PhaseWindow("goal_setting", date(2026, 9, 15), date(2026, 10, 20))],
    )
    address = reverse("cycles:publication", args=[cycle.pk])
    client = world.client("mei")
    assert "10名" in text(client.get(address))
    client.post(address, {"version": 1})
    cycle.refresh_from_db()
    assert cycle.status == Cycle.Status.PUBLISHED
    assert client.post(address, {"version": 1}).status_code == 422
    policy = text(client.get(reverse("cycles:policy", args=[world.policy.pk])))
    assert "凍結" in policy
    assert ">保存<" not in policy


def test_others_do_not_find_a_period_in_preparation(world):
    Cycle.objects.update(status="preparing")
    address = reverse("cycles:cycle", args=[world.cycle.pk])
    assert world.client("ren").get(address).status_code == 404
    assert world.client("mei").get(address).status_code == 200


def test_dates_and_announcement_change_on_one_page(world):
    answer = world.client("mei").post(
        reverse("cycles:phases", args=[world.cycle.pk]),
        {
            "version": 1,
            "opens_goal_setting": "2026/3/15",
            "due_goal_setting": "2026/5/8",
            "announcement": "期限を延ばしました。",
        },
    )
    assert answer.status_code == 302
    assert CyclePhase.objects.get(cycle=world.cycle).due_on == date(2026, 5, 8)


def test_a_person_works_in_another_period(world):
    other = Cycle.objects.create(
        name="2025年度下期",
        period_from=date(2025, 10, 1),
        period_to=date(2026, 3, 31),
        policy=world.policy,
        status="completed",
    )
    client = world.client("ren")
    client.post(reverse("cycles:current"), {"cycle": other.pk, "next": "/organization/"})
    assert client.session["cycle"] == other.pk
    away = client.post(reverse("cycles:current"), {"cycle": other.pk, "next": "https://example.org/"})
    assert away["Location"] == "/"


def test_nobody_works_in_a_period_they_may_not_see(world):
    Cycle.objects.update(status="preparing")
    answer = world.client("ren").post(reverse("cycles:current"), {"cycle": world.cycle.pk})
    assert answer.status_code == 404


def test_the_rules_are_changed_as_a_draft(world):
    draft = actions.add_policy("標準", by=world.mei, like=world.policy)
    client = world.client("mei")
    address = reverse("cycles:policy", args=[draft.pk])
    form = client.get(address).context["form"]
    typed = {bound.html_name: "" if bound.value() is None else bound.value() for bound in form}
    typed = {name: value for name, value in typed.items() if value is not False}
    client.post(
        address, typed | {"version": 1, "most_goals": "６", "stretch_percent": "40", "rule_S04": "error"}
    )
    draft.refresh_from_db()
    assert draft.settings["most_goals"] == 6
    assert draft.settings["stretch_limit"] == "0.4"
    assert draft.settings["severities"] == {"S04": "error"}
    wrong = client.post(address, typed | {"version": 2, "element_staff_0": "90"})
    assert wrong.status_code == 422
    assert "合計を100" in text(wrong)


def test_everyone_reads_the_rules_and_only_hr_changes_them(world):
    address = reverse("cycles:policy", args=[world.policy.pk])
    page = world.client("ren").get(address)
    assert page.status_code == 200
    assert "新しい版を作る" not in text(page)
    assert world.client("ren").post(address, {"version": 1}).status_code == 403


def test_a_new_version_is_a_copy(world):
    EvaluationPolicy.objects.update(settings={"most_goals": 5}, frozen_at=timezone.now())
    world.client("mei").post(reverse("cycles:policy_version", args=[world.policy.pk]))
    assert EvaluationPolicy.objects.get(number=2).settings["most_goals"] == 5


@pytest.mark.parametrize("who", ["ren", "mei"])
def test_pages_ask_few_questions(world, who, django_assert_max_num_queries):
    client = world.client(who)
    for address in (
        reverse("cycles:cycles"),
        reverse("cycles:cycle", args=[world.cycle.pk]),
        reverse("cycles:policies"),
        reverse("cycles:policy", args=[world.policy.pk]),
    ):
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)
