"""設定, 役割, 代理 and the audit log: which door opens for whom, and what lies behind it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from dodai.audit import append_only
from dodai.audit.models import AuditEvent
from dodai.organization import actions
from dodai.organization.models import Company, Delegation, Holiday, RoleAssignment
from dodai.organization.reporting import company_calendar

TODAY = timezone.localdate()


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("who", "seen", "hidden"),
    [
        ("mei", ["期間", "会社", "役割", "代理", "監査ログ"], []),
        ("kei", ["会社", "社員", "役割", "監査ログ"], ["評価制度", "代理"]),
        ("rin", ["役割", "代理", "監査ログ"], ["会社", "期間"]),
    ],
)
def test_only_the_doors_that_open_are_shown(world, who, seen, hidden):
    groups = world.client(who).get(reverse("settings:settings")).context["groups"]
    doors = {str(door.name) for _group, doors in groups for door in doors}
    assert set(seen) <= doors
    assert not doors & set(hidden)


def test_every_door_shown_opens(world):
    for who in ("mei", "hiro", "kei", "rin"):
        client = world.client(who)
        for _group, doors in client.get(reverse("settings:settings")).context["groups"]:
            for door in doors:
                assert client.get(door.url).status_code == 200, (who, door.url)


def company_form(**changes):
    return {
        "version": 1,
        "name": "テスト商事",
        "fiscal_year_start_month": 4,
        "closing_day": 0,
        "era_display": "beside",
        "weekly_off": [5, 6],
        "business_from": "09:00",
        "business_to": "18:00",
        "break_from": "12:00",
        "break_to": "13:00",
    } | changes


def test_the_company_is_changed(world):
    client = world.client("mei")
    assert client.post(reverse("settings:company"), company_form(closing_day=20)).status_code == 302
    assert Company.objects.get().closing_day == 20


def test_a_company_that_never_works_is_refused_with_a_sentence(world):
    answer = world.client("mei").post(reverse("settings:company"), company_form(weekly_off=list(range(7))))
    assert answer.status_code == 422
    assert "営業日を1日以上" in text(answer)


def test_a_day_off_moves_the_business_days(world):
    client = world.client("mei")
    day = company_calendar().add_business_days(TODAY, 1)
    address = reverse("settings:calendar")
    asked = {"day": f"{TODAY:%Y/%m/%d}", "count": "3"}
    before = client.get(address, asked).context["counted_to"]
    typed = {"day": f"{day:%Y/%m/%d}", "name": "創立記念日", "kind": "company"}
    client.post(address, typed)
    again = client.post(address, typed)
    assert again.status_code == 422
    after = client.get(address, asked).context["counted_to"]
    assert after > before
    row = Holiday.objects.get()
    client.post(reverse("settings:holiday_removal", args=[row.pk]), {"version": 1})
    assert client.get(address, asked).context["counted_to"] == before


def test_the_count_of_business_days_is_the_calendars(world):
    page = world.client("ren").get(reverse("settings:calendar"), {"day": "2026年4月28日", "count": "3"})
    assert "2026年5月7日（木）" in text(page)


def test_the_head_of_hr_grants_and_revokes(world):
    client = world.client("hiro")
    typed = {"member": "田中", "role": "hr", "valid_from": f"{TODAY:%Y/%m/%d}"}
    assert client.post(reverse("settings:role_new"), typed).status_code == 302
    granted = RoleAssignment.objects.get(member=world.sora)
    assert "田中 空" in text(client.get(reverse("settings:roles")))
    client.post(reverse("settings:role_end", args=[granted.pk]), {"version": 1})
    assert not RoleAssignment.objects.filter(member=world.sora).exists()


def test_an_auditor_without_a_case_is_asked_for_it(world):
    typed = {"member": "田中", "role": "auditor", "valid_from": f"{TODAY:%Y/%m/%d}"}
    answer = world.client("hiro").post(reverse("settings:role_new"), typed)
    assert answer.status_code == 422
    assert "案件番号" in text(answer)


def test_nobody_grants_themselves_a_role_from_the_page(world):
    typed = {"member": "000008", "role": "system_admin", "valid_from": f"{TODAY:%Y/%m/%d}"}
    answer = world.client("hiro").post(reverse("settings:role_new"), typed)
    assert answer.status_code == 403
    assert not RoleAssignment.objects.filter(member=world.hiro, role="system_admin").exists()


def test_hr_sets_and_ends_a_delegation(world):
    client = world.client("mei")
    typed = {
        "principal": "平野",
        "delegate": "酒井",
        "valid_from": f"{TODAY:%Y/%m/%d}",
        "last_day": f"{TODAY + timedelta(days=9):%Y/%m/%d}",
        "reason": "出張のため",
    }
    assert client.post(reverse("settings:delegation_new"), typed).status_code == 302
    made = Delegation.objects.get()
    assert "出張のため" in text(client.get(reverse("settings:delegations")))
    client.post(reverse("settings:delegation_end", args=[made.pk]), {"version": 1})
    assert not Delegation.objects.exists()


# --- the audit log ---


def events(client, **query):
    return [line.event.name for line in client.get(reverse("audit:log"), query).context["page"].object_list]


def happenings(world):
    actions.change_grade(world.mei, by=world.hiro, version=1, on=TODAY, grade_code="S3", band="lead")
    actions.transfer(
        world.sora, by=world.mei, version=1, on=TODAY, unit=world.units["hr"], supervisor=world.hiro
    )
    actions.change_profile(world.ren, by=world.ren, language="en", shortcuts_enabled=True)


def test_hr_reads_everything_but_what_is_about_themselves(world):
    happenings(world)
    assert events(world.client("mei")) == ["profile.changed", "assignment.transferred"]
    assert events(world.client("hiro")) == ["profile.changed", "assignment.transferred", "grade.changed"]


def test_the_auditor_reads_everything(world):
    happenings(world)
    assert len(events(world.client("rin"))) == 3


def test_the_system_admin_reads_operations_without_goals(world):
    from django.db import transaction

    from dodai.audit.models import record

    happenings(world)
    with transaction.atomic():
        record("goal.approved", world.goal(), by=world.hana.account, reason="よく書けています")
    assert "goal.approved" in events(world.client("rin"))
    admin = world.client("kei")
    assert "goal.approved" not in events(admin)
    assert "goal.approved" not in events(admin, scope="all")


def test_everyone_else_reads_what_they_did_themselves(world):
    happenings(world)
    assert events(world.client("sora")) == []
    assert events(world.client("sora"), scope="all") == []
    assert events(world.client("ren")) == ["profile.changed"]


def test_the_log_is_written_with_names(world):
    happenings(world)
    page = text(world.client("rin").get(reverse("audit:log")))
    assert "異動を登録" in page
    assert "社員：田中 空" in page
    assert "法務部" in page
    assert "人事部" in page
    assert "新井 洋" in page


def test_the_log_is_filtered_by_day_and_act(world):
    happenings(world)
    client = world.client("rin")
    assert events(client, name="grade.changed") == ["grade.changed"]
    assert events(client, first="2020/1/1", last="2020/1/2") == []
    assert events(client, who="000007") == ["assignment.transferred"]


def test_a_changed_row_is_marked_and_the_check_finds_it(world):
    happenings(world)
    client = world.client("rin")
    assert "つながっています" in text(client.post(reverse("audit:verification"), follow=True))
    append_only.remove(connection)
    AuditEvent.objects.filter(sequence=2).update(reason="なかったこと")
    append_only.install(connection)
    assert "書き換えられたおそれ" in text(client.get(reverse("audit:log")))
    assert "2番の記録" in text(client.post(reverse("audit:verification"), follow=True))


@pytest.mark.parametrize("who", ["mei", "hiro", "kei", "rin"])
def test_pages_ask_few_questions(world, who, django_assert_max_num_queries):
    happenings(world)
    client = world.client(who)
    for route in ("settings:settings", "settings:calendar", "settings:roles", "audit:log"):
        client.get(reverse(route))
        with django_assert_max_num_queries(13 if route == "audit:log" else 12):
            client.get(reverse(route))


def test_the_history_of_a_day_in_the_future_is_empty(world):
    happenings(world)
    later = date(TODAY.year + 1, 1, 1)
    assert events(world.client("rin"), first=f"{later:%Y/%m/%d}") == []
