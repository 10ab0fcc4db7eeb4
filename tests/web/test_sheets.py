"""The sheet pages: weights, guards, 承認申請, approval, bulk, versions and paper."""

from __future__ import annotations

import pytest
from django.urls import reverse

from dodai.goals import actions
from dodai.goals.models import Goal, GoalSheet
from dodai.indicators import actions as library
from tests.sheets import LONG, RATE, REASON, ready_sheet, submitted


@pytest.fixture
def finance(world):
    library.load_catalogue("FA", by=world.mei)
    return world


def page(world, who, name, *args):
    return world.client(who).get(reverse(name, args=args))


# ── the sheet ──


def test_before_the_first_goal_the_page_offers_to_begin(world):
    answer = page(world, "ren", "sheets:own")
    assert "目標シートはまだありません" in answer.content.decode()
    sheet = world.sheet()
    assert page(world, "ren", "sheets:own")["Location"] == reverse("sheets:sheet", args=[sheet.pk])


def test_the_sum_of_the_weights_follows_what_is_typed(finance):
    sheet = ready_sheet(finance)
    first, second = sheet.goals.all()
    client, address = finance.client("ren"), reverse("sheets:weights", args=[sheet.pk])
    typed = {"version": sheet.version, f"weight-{first.pk}": "６０", f"weight-{second.pk}": "30"}
    live = client.post(address, {**typed, "then": "sum"}, headers={"HX-Request": "true"}).content.decode()
    assert "90／100" in live
    assert "残り10" in live

    client.post(address, typed)
    assert [goal.weight for goal in sheet.goals.all()] == [60, 30]
    assert (
        "ウェイトの合計が100%ではありません"
        in page(finance, "ren", "sheets:sheet", sheet.pk).content.decode()
    )


def test_a_weight_that_cannot_be_read_changes_nothing(finance):
    sheet = ready_sheet(finance)
    first = sheet.goals.first()
    sent = {"version": sheet.version, f"weight-{first.pk}": "半分"}
    answer = finance.client("ren").post(reverse("sheets:weights", args=[sheet.pk]), sent)

    assert answer.status_code == 422
    assert "「半分」は数字として読めません" in answer.content.decode()
    assert sheet.goals.first().weight == 50


def test_every_guard_leads_to_its_place(finance):
    sheet = finance.sheet()
    goal = actions.add_goal(sheet, by=finance.ren, typed_as="請求書処理件数")
    answer = page(finance, "ren", "sheets:sheet", sheet.pk)

    urls = {guard.url for guard in answer.context["guards"] if guard.stops}
    assert reverse("goals:step", args=[goal.pk, "indicator"]) in urls
    assert reverse("goals:step", args=[goal.pk, "statement"]) in urls
    client = finance.client("ren")
    assert {client.get(url).status_code for url in urls} == {200}
    assert "要修正を直すと申請できます" in answer.content.decode()


def test_a_sheet_that_is_not_ready_is_refused_with_every_reason(finance):
    sheet = finance.sheet()
    actions.add_goal(sheet, by=finance.ren, typed_as="請求書処理件数")
    sent = {"version": sheet.version, "reason": REASON}
    answer = finance.client("ren").post(reverse("sheets:submission", args=[sheet.pk]), sent)

    assert answer.status_code == 422
    assert len(answer.context["faults"]) > 3
    sheet.refresh_from_db()
    assert sheet.status == "drafting"


def test_submission_asks_for_a_reason_where_the_check_warns_and_can_be_taken_back(finance):
    sheet, client = ready_sheet(finance), finance.client("ren")
    address = reverse("sheets:submission", args=[sheet.pk])
    assert client.post(address, {"version": sheet.version, "reason": "短い"}).status_code == 422
    client.post(address, {"version": sheet.version, "reason": REASON})
    sheet.refresh_from_db()
    assert sheet.status == "submitted"

    shown = page(finance, "ren", "sheets:sheet", sheet.pk).content.decode()
    assert "取り下げる" in shown
    assert 'name="weight-' not in shown
    client.post(reverse("sheets:withdrawal", args=[sheet.pk]), {"version": sheet.version})
    sheet.refresh_from_db()
    assert sheet.status == "drafting"


def test_pressing_submit_twice_submits_once(finance):
    sheet, client = ready_sheet(finance), finance.client("ren")
    sent = {"version": sheet.version, "reason": REASON}
    answers = [client.post(reverse("sheets:submission", args=[sheet.pk]), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert sheet.comments.filter(kind="submitted").count() == 1


def test_a_comment_is_left_by_those_who_work_with_the_sheet(finance):
    sheet = ready_sheet(finance)
    finance.client("hana").post(reverse("sheets:comments", args=[sheet.pk]), {"text": "面談で話しましょう"})
    assert "面談で話しましょう" in page(finance, "ren", "sheets:sheet", sheet.pk).content.decode()
    refused = finance.client("rin").post(reverse("sheets:comments", args=[sheet.pk]), {"text": "見ました"})
    assert refused.status_code == 403


# ── approval ──


def test_the_way_of_a_sheet_through_two_approvals(finance):
    sheet = submitted(finance)
    assert "鈴木 蓮" in page(finance, "hana", "sheets:approvals").content.decode()
    assert "鈴木 蓮" not in page(finance, "jun", "sheets:approvals").content.decode()
    address = reverse("sheets:approval", args=[sheet.pk])

    short = finance.client("hana").post(
        address, {"version": sheet.version, "verb": "return", "comment": "短い"}
    )
    assert short.status_code == 422
    finance.client("hana").post(address, {"version": sheet.version, "verb": "return", "comment": LONG})
    sheet.refresh_from_db()
    assert sheet.status == "returned"
    assert LONG in page(finance, "ren", "sheets:sheet", sheet.pk).content.decode()

    sheet = actions.submit(sheet, by=finance.ren, version=sheet.version, reason=REASON)
    for who in ("hana", "jun"):
        finance.client(who).post(address, {"version": sheet.version, "verb": "approve", "comment": ""})
        sheet.refresh_from_db()
    assert sheet.status == "running"
    frozen = page(finance, "ren", "sheets:version", sheet.pk, 1).content.decode()
    assert "請求書の期限内計上率を98%以上にする" in frozen
    assert "いまの内容と同じです" in frozen


def test_the_approver_sees_findings_reasons_and_what_was_set_aside(finance):
    sheet = ready_sheet(finance)
    goal = sheet.goals.first()
    scoped = RATE.replace("請求書を", "請求書などを")
    goal = actions.write_goal(goal, by=finance.ren, version=goal.version, statement=scoped)
    aside = "対象は規程の別表で決まっています。"
    actions.dismiss_finding(goal, by=finance.ren, rule="S04", word="など", reason=aside)
    sheet.refresh_from_db()
    sheet = actions.submit(sheet, by=finance.ren, version=sheet.version, reason=REASON)
    shown = page(finance, "hana", "sheets:approval", sheet.pk).content.decode()

    assert aside in shown
    assert REASON in shown


@pytest.mark.parametrize("who", ["ren", "jun", "mei", "rin"])
def test_only_the_next_evaluator_finds_the_buttons(finance, who):
    sheet = submitted(finance)
    answer = page(finance, who, "sheets:approval", sheet.pk)
    if answer.status_code == 200:
        assert 'value="approve"' not in answer.content.decode()
    sent = {"version": sheet.version, "verb": "approve"}
    assert finance.client(who).post(reverse("sheets:approval", args=[sheet.pk]), sent).status_code == 403


@pytest.mark.parametrize("who", ["yui", "sora", "kei"])
def test_strangers_find_no_sheet(finance, who):
    sheet = submitted(finance)
    for name in ("sheets:sheet", "sheets:approval", "sheets:print", "sheets:history"):
        assert page(finance, who, name, sheet.pk).status_code == 404


def test_the_slower_of_two_approvals_is_told_and_keeps_the_comment(finance):
    sheet = submitted(finance)
    actions.withdraw(sheet, by=finance.ren, version=sheet.version)
    again = GoalSheet.objects.get()
    actions.submit(again, by=finance.ren, version=again.version, reason=REASON)
    sent = {"version": sheet.version, "verb": "return", "comment": LONG}
    answer = finance.client("hana").post(reverse("sheets:approval", args=[sheet.pk]), sent)

    assert answer.status_code == 409
    assert f"{LONG}</textarea>" in answer.content.decode()


def test_many_are_asked_about_first_and_approved_together(finance):
    sheets = [submitted(finance, owner) for owner in ("ren", "yui")]
    client, address = finance.client("hana"), reverse("sheets:bulk")
    ids = [sheet.pk for sheet in sheets]
    asked = client.post(address, {"ids": ids, "verb": "approve"})
    assert "次の2件の目標シートを承認します。" in asked.content.decode()
    assert {sheet.status for sheet in GoalSheet.objects.all()} == {"submitted"}

    versions = {f"version-{sheet.pk}": sheet.version for sheet in sheets}
    client.post(address, {"ids": ids, "verb": "approve", "confirmed": "1", **versions})
    assert {sheet.status for sheet in GoalSheet.objects.all()} == {"first_approved"}


def test_many_are_sent_back_with_one_comment(finance):
    sheets = [submitted(finance, owner) for owner in ("ren", "yui")]
    sent = {"ids": [sheet.pk for sheet in sheets], "verb": "return", "confirmed": "1"}
    sent |= {f"version-{sheet.pk}": sheet.version for sheet in sheets}
    client, address = finance.client("hana"), reverse("sheets:bulk")
    assert client.post(address, {**sent, "comment": "短い"}).status_code == 422
    client.post(address, {**sent, "comment": LONG})

    assert {sheet.status for sheet in GoalSheet.objects.all()} == {"returned"}


def test_one_foreign_sheet_refuses_all(finance):
    mine, other = submitted(finance, "ren"), finance.sheet("sora", status="submitted")
    sent = {
        "ids": [mine.pk, other.pk],
        "verb": "approve",
        "confirmed": "1",
        f"version-{mine.pk}": mine.version,
    }
    assert finance.client("hana").post(reverse("sheets:bulk"), sent).status_code == 403
    mine.refresh_from_db()
    assert mine.status == "submitted"


def test_the_approval_list_costs_the_same_for_ten_and_two_hundred(finance, django_assert_max_num_queries):
    sheet, client = submitted(finance), finance.client("hana")
    client.get(reverse("sheets:approvals"))
    counts = []
    for count in (9, 190):
        GoalSheet.objects.bulk_create(
            GoalSheet(
                member=finance.yui, cycle=finance.cycle, segment=place, unit=sheet.unit, status="submitted",
                segment_from=sheet.segment_from, segment_to=sheet.segment_to, first_evaluator=finance.hana,
            )
            for place in range(count * 10, count * 11)
        )  # fmt: skip
        with django_assert_max_num_queries(12) as captured:
            client.get(reverse("sheets:approvals"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_sheet_costs_the_same_for_two_and_seven_goals(finance, django_assert_max_num_queries):
    sheet, client = ready_sheet(finance), finance.client("ren")
    page_of = reverse("sheets:sheet", args=[sheet.pk])
    client.get(page_of)
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(20) as captured:
            client.get(page_of)
        counts.append(len(captured))
        for place in range(5):
            copy = actions.copy_goal(sheet.goals.first(), sheet, by=finance.ren)
            assert copy.number == sheet.goals.count(), place
    assert counts[0] == counts[1]


# ── paper ──


def test_six_goals_stand_on_one_paper_and_the_seventh_on_the_next(finance):
    sheet = finance.sheet()
    for count, papers in ((6, 1), (1, 2)):
        for _ in range(count):
            Goal.objects.create(sheet=sheet, number=sheet.goals.count() + 1, title="締めを早める", weight=10)
        shown = page(finance, "ren", "sheets:print", sheet.pk)
        assert len(shown.context["papers"]) == papers
        assert shown.content.decode().count('class="sheet-foot"') == 1


def test_an_empty_sheet_is_paper_to_write_on(world):
    shown = page(world, "ren", "sheets:print", world.sheet().pk).content.decode()
    assert shown.count('<th scope="row"></th>') == 6
