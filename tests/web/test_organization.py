"""The pages of 組織 and 社員: what each person finds, and what 人事 can do there."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dodai.organization import actions
from dodai.organization.models import Assignment, Holiday, Leave, Member, OrgUnit, OrgUnitVersion, UnitHead
from dodai.web.capped import CappedPaginator

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=30)


def text(answer):
    return answer.content.decode()


def test_the_chart_shows_heads_vacancies_and_counts(world):
    UnitHead.objects.create(unit=world.units["legal"], deputy=world.aki, valid_from=date(2020, 4, 1))
    page = text(world.client("ren").get("/organization/"))
    assert "経理課" in page
    assert "空席（代行：社長 明）" in page
    assert "3名" in page
    assert "組織を追加" not in page


def test_the_chart_of_another_day(world):
    actions.change_unit(world.units["legal"], by=world.mei, version=1, on=SOON, name="法務・知財部")
    client = world.client("ren")
    assert "法務・知財部" not in text(client.get("/organization/"))
    assert "法務・知財部" in text(client.get("/organization/", {"on": f"{SOON:%Y年%m月%d日}"}))
    assert "ありません" in text(client.get("/organization/", {"on": "2026/2/30"}))


def test_a_large_company_is_drawn_down_to_its_departments(world):
    for number in range(205):
        actions.add_unit(
            f"S{number}",
            by=world.mei,
            name=f"第{number}課",
            kind="section",
            parent=world.units["finance"],
            valid_from=TODAY,
        )
    page = text(world.client("ren").get("/organization/"))
    assert "経理部" in page
    assert "第7課" not in page
    assert "部までを表示しています" in page


@pytest.mark.parametrize(
    ("words", "found"),
    [("すずき", "鈴木"), ("高橋", "髙橋"), ("000004", "鈴木"), ("hana@", "平野"), ("鈴木　蓮", "鈴木")],
)
def test_people_are_found_by_number_name_kana_and_mail(world, words, found):
    page = world.client("sora").get("/organization/members/", {"q": words})
    assert [row["person"].family_name for row in page.context["page"].object_list] == [found]


def test_people_are_filtered_by_the_branch_of_a_unit(world):
    page = world.client("sora").get("/organization/members/", {"unit": world.units["finance"].pk})
    names = {row["person"].family_name for row in page.context["page"].object_list}
    assert names == {"酒井", "平野", "鈴木", "髙橋"}


def test_nothing_found_offers_to_clear_the_filter(world):
    page = text(world.client("sora").get("/organization/members/", {"q": "いない人"}))
    assert "見つかりませんでした" in page
    assert "絞り込みを解除" in page


def test_only_hr_reads_the_kind_of_a_leave(world):
    Leave.objects.create(member=world.ren, kind="sick", valid_from=date(2020, 5, 1))
    address = reverse("organization:member", args=[world.ren.pk])
    for who in ("sora", "hana", "ren", "jun", "kei", "rin", "aki"):
        page = text(world.client(who).get(address))
        assert "休業中" in page, who
        assert "私傷病" not in page, who
    assert "私傷病" in text(world.client("mei").get(address))


@pytest.mark.parametrize(
    ("who", "sees"), [("sora", False), ("yui", False), ("hana", True), ("jun", True), ("ren", True)]
)
def test_the_grade_is_seen_by_the_line_and_the_person(world, who, sees):
    page = text(world.client(who).get(reverse("organization:member", args=[world.ren.pk])))
    assert ("S2" in page) is sees


def test_a_leaver_is_found_by_hr_only(world):
    actions.leave_company(world.ren, by=world.mei, version=1, left_on=TODAY - timedelta(days=1))
    address = reverse("organization:member", args=[world.ren.pk])
    assert world.client("sora").get(address).status_code == 404
    assert world.client("hana").get(address).status_code == 404
    assert world.client("mei").get(address).status_code == 200
    assert "鈴木" in text(world.client("mei").get("/organization/members/?state=left"))
    assert "鈴木" not in text(world.client("hana").get("/organization/members/?state=left"))


def test_hr_adds_a_person(world):
    answer = world.client("mei").post(
        "/organization/members/new/",
        {
            "member_no": "000123",
            "family_name": "森",
            "given_name": "陽",
            "family_kana": "ﾓﾘ",
            "given_kana": "よう",
            "employment_type": "regular",
            "hired_on": "令和8年4月1日",
            "unit": world.units["legal"].pk,
            "supervisor": "社長",
            "band": "staff",
            "grade_code": "S1",
        },
    )
    made = Member.objects.get(member_no="000123")
    assert answer["Location"] == reverse("organization:member", args=[made.pk])
    assert (made.family_kana, made.given_kana, made.hired_on) == ("モリ", "ヨウ", date(2026, 4, 1))
    assert made.assignments.get().supervisor == world.aki


def test_a_name_that_several_people_have_is_asked_for_by_number(world):
    actions.hire(
        by=world.mei, member_no="000777", family_name="鈴木", unit=world.units["legal"], hired_on=TODAY
    )
    answer = world.client("mei").post(
        reverse("organization:transfer", args=[world.sora.pk]),
        {
            "version": 1,
            "on": "2030/4/1",
            "unit": world.units["hr"].pk,
            "supervisor": "鈴木",
            "reason": "transferred",
        },
    )
    assert answer.status_code == 422
    assert "000004 鈴木 蓮" in text(answer)
    assert "000777 鈴木" in text(answer)
    assert "2030/4/1" in text(answer)


def test_hr_registers_a_transfer_and_everything_typed_stays_on_a_conflict(world):
    address = reverse("organization:transfer", args=[world.sora.pk])
    typed = {
        "version": 1,
        "on": "2030/4/1",
        "unit": world.units["hr"].pk,
        "post": "課長代理",
        "supervisor": "",
        "reason": "promoted",
    }
    client = world.client("mei")
    actions.change_grade(world.sora, by=world.hiro, version=1, on=TODAY, grade_code="S3", band="staff")
    late = client.post(address, typed)
    assert late.status_code == 422
    assert "課長代理" in text(late)
    assert 'name="version" value="2"' in text(late)
    assert client.post(address, typed | {"version": 2}).status_code == 302
    assert Assignment.objects.filter(member=world.sora).count() == 2


def test_hr_adds_and_ends_a_concurrent_post(world):
    client = world.client("mei")
    client.post(
        reverse("organization:concurrent", args=[world.ren.pk]),
        {"version": 1, "on": "2030/4/1", "unit": world.units["legal"].pk, "percent": "３０"},
    )
    row = Assignment.objects.get(member=world.ren, kind="concurrent")
    assert row.allocation_percent == 30
    client.post(reverse("organization:concurrent_end", args=[row.pk]), {"version": 2, "on": "2030/9/30"})
    row.refresh_from_db()
    assert row.valid_to == date(2030, 10, 1)


def test_hr_renames_names_a_head_and_closes(world):
    client = world.client("mei")
    client.post(
        "/organization/units/new/",
        {
            "name": "財務課",
            "code": "K2",
            "parent": world.units["finance"].pk,
            "kind": "section",
            "function": "FA",
            "valid_from": "2026/4/1",
        },
    )
    unit = OrgUnit.objects.get(code="K2")
    client.post(
        reverse("organization:unit_version", args=[unit.pk]),
        {
            "version": 1,
            "on": f"{SOON:%Y/%m/%d}",
            "name": "資金課",
            "parent": world.units["finance"].pk,
            "kind": "section",
            "function": "FA",
        },
    )
    client.post(
        reverse("organization:unit_head", args=[unit.pk]),
        {"version": 2, "on": f"{TODAY:%Y/%m/%d}", "member": "", "deputy": "000002"},
    )
    page = text(client.get(reverse("organization:unit", args=[unit.pk])))
    assert "資金課" in page
    assert "代行：" in page
    client.post(reverse("organization:unit_closing", args=[unit.pk]), {"version": 3, "last_day": "2035/3/31"})
    assert OrgUnitVersion.objects.filter(unit=unit, valid_to=None).count() == 0


def test_a_refusal_stands_beside_the_button(world):
    answer = world.client("mei").post(
        reverse("organization:unit_closing", args=[world.units["legal"].pk]),
        {"version": 1, "last_day": "2035/3/31"},
    )
    assert answer.status_code == 422
    assert "所属している社員がいます" in text(answer)


def test_a_password_is_shown_once_and_never_kept(world):
    made = actions.hire(
        by=world.mei, member_no="000123", family_name="森", unit=world.units["legal"], hired_on=TODAY
    )
    client = world.client("kei")
    answer = client.post(reverse("organization:account", args=[made.pk]), {"version": 1})
    password = answer.context["password"]
    assert password in text(answer)
    assert answer["Cache-Control"] == "no-store"
    assert password not in text(client.get(reverse("organization:member", args=[made.pk])))
    again = client.post(reverse("organization:account", args=[made.pk]), {"version": 1})
    assert again.status_code == 409


@pytest.mark.parametrize("who", ["sora", "hana", "mei", "kei"])
def test_pages_ask_few_questions_however_many_people_there_are(world, who, django_assert_max_num_queries):
    for number in range(30):
        actions.hire(
            by=world.mei,
            member_no=f"1{number:05}",
            family_name="佐藤",
            unit=world.units["accounting"],
            hired_on=TODAY,
        )
    client = world.client(who)
    for address in (
        "/organization/",
        "/organization/members/",
        reverse("organization:unit", args=[world.units["accounting"].pk]),
        reverse("organization:member", args=[world.ren.pk]),
    ):
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)


def test_a_transfer_of_a_head_reminds_of_the_successor(world):
    client = world.client("mei")
    assert "経理課の長です" in text(client.get(reverse("organization:transfer", args=[world.hana.pk])))
    assert "の長です" not in text(client.get(reverse("organization:transfer", args=[world.ren.pk])))


def test_a_long_list_is_counted_no_further_than_a_thousand(world, django_assert_num_queries):
    days = (date(2000, 1, 1) + timedelta(days=number) for number in range(1500))
    Holiday.objects.bulk_create([Holiday(day=day, name="休") for day in days])
    pages = CappedPaginator(Holiday.objects.all(), 50)
    with django_assert_num_queries(1):
        assert (pages.count, pages.is_capped, pages.num_pages) == (1000, True, 20)
    assert not CappedPaginator(range(1000), 50).is_capped
