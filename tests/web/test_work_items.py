"""One piece of work behind its door: pages, fragments, cells, the matrix and the way back."""

from __future__ import annotations

import pytest

from dodai.audit.models import AuditEvent
from dodai.goals import actions as goals
from dodai.goals.models import OutcomeContribution
from dodai.work import actions
from dodai.work.models import Outcome, OutcomeLink, WorkItem, WorkItemBackup
from tests.world import World

HTMX = {"HX-Request": "true"}
FORM = {"name": "請求書の照合", "category_l": "支払", "frequency": "daily", "outlook": "keep"}


def test_the_page_shows_the_work_its_chain_and_its_history(world):
    item = world.work_item()
    world.outcome(item)
    actions.edit(item, by=world.hana, version=1, values={"importance": 3})
    html = world.client("ren").get(f"/work/{item.pk}/").content.decode()
    assert "取引先に、代金が期日どおりに届いている" in html
    assert "1回30分 × 年240回 ＝ 年120時間（月10時間）" in html
    assert "平野 花" in html
    assert "業務を編集" in html


@pytest.mark.parametrize("who", ["sora", "yui", "kei"])
@pytest.mark.parametrize("path", ["", "?panel=1", "outcomes/", "edit/"])
def test_a_stranger_finds_no_page(world, who, path):
    item = world.work_item()
    assert world.client(who).get(f"/work/{item.pk}/{path}").status_code == 404


def test_page_and_drawer_show_the_same(world):
    item = world.work_item(importance_reason="遅れると困る")
    client = world.client("hana")
    page = client.get(f"/work/{item.pk}/").content.decode()
    drawer = client.get(f"/work/{item.pk}/?panel=1", headers=HTMX).content.decode()
    assert "<html" not in drawer
    for shown in ("請求書の照合", "鈴木 蓮", "月10時間", "日次"):
        assert shown in page
        assert shown in drawer


def test_work_is_added_with_a_form(world):
    answer = world.client("ren").post(
        "/work/new/", FORM | {"name": "入金消込", "importance": "4", "minutes_per_run": "1時間30分"}
    )
    item = WorkItem.objects.get()
    assert answer.status_code == 302
    assert (item.owner, item.importance, item.minutes_per_run, item.status) == (world.ren, 4, 90, "draft")


def test_a_fault_is_shown_at_its_field_and_in_the_summary(world):
    answer = world.client("ren").post("/work/new/", FORM | {"name": "", "minutes_per_run": "半日くらい"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "data-error-summary" in html
    assert "「半日くらい」を時間として読めません" in html
    assert not WorkItem.objects.exists()


def test_the_form_keeps_what_was_typed_when_somebody_was_faster(world):
    item = world.work_item()
    actions.edit(item, by=world.hana, version=1, values={"importance": 3})
    typed = FORM | {
        "version": "1",
        "importance": "4",
        "note": "月末は2倍かかる",
        "minutes_per_run": "30",
        "runs_per_year": "240",
    }
    answer = world.client("ren").post(f"/work/{item.pk}/edit/", typed)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "平野 花さんが" in html
    assert "月末は2倍かかる" in html
    assert 'name="version" value="2"' in html
    again = world.client("ren").post(f"/work/{item.pk}/edit/", typed | {"version": "2"})
    assert again.status_code == 302
    item.refresh_from_db()
    assert (item.importance, item.note) == (4, "月末は2倍かかる")


def test_stand_ins_are_named_in_the_form(world):
    item = world.work_item()
    typed = FORM | {"version": "1", "backups_shown": "1", "backups": [str(world.yui.pk), str(world.sora.pk)]}
    world.client("ren").post(f"/work/{item.pk}/edit/", typed)
    assert list(WorkItemBackup.objects.values_list("member", flat=True)) == [world.yui.pk]


def cell(world: World, item: WorkItem, field: str, value: str, who: str = "ren", version: int = 1):
    data = {"field": field, "value": value, "version": str(version)}
    return world.client(who).post(f"/work/{item.pk}/cells/", data, headers=HTMX)


@pytest.mark.parametrize(
    ("field", "typed", "name", "stored"),
    [
        ("name", "注文書との照合", "name", "注文書との照合"),
        ("importance", "３", "importance", 3),
        ("frequency", "週1", "frequency", "weekly"),
        ("frequency", "monthly", "frequency", "monthly"),
        ("monthly_hours", "20", "minutes_per_run", 60),
        ("minutes_per_run", "1時間", "minutes_per_run", 60),
        ("runs_per_year", "120回", "runs_per_year", 120),
        ("capable_people", "２", "capable_people", 2),
        ("outlook", "減らす", "outlook", "reduce"),
        ("improvement_room", "4", "improvement_room", 4),
        ("manual_status", "有り", "manual_status", "current"),
        ("importance", "", "importance", None),
    ],
)
def test_a_cell_reads_what_people_type(world, field, typed, name, stored):
    item = world.work_item()
    answer = cell(world, item, field, typed)
    item.refresh_from_db()
    assert answer.status_code == 200
    assert getattr(item, name) == stored
    html = answer.content.decode()
    assert html.startswith(f'<tr id="work-{item.pk}"')
    assert f'data-undo="{AuditEvent.objects.get().pk}"' in html
    assert 'data-version="2"' in html


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("importance", "高", "1から5"),
        ("frequency", "ときどき", "選択肢にありません"),
        ("minutes_per_run", "半日", "時間として読めません"),
        ("runs_per_year", "不明", "回数として読めません"),
        ("name", "", "業務名"),
        ("monthly_hours", "-3", "0より大きい"),
        ("status", "active", "変更できる項目"),
    ],
)
def test_a_cell_that_cannot_be_read_says_why_and_writes_nothing(world, field, typed, says):
    item = world.work_item()
    answer = cell(world, item, field, typed)
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == "#notices"
    assert says in answer.content.decode()
    assert not AuditEvent.objects.exists()


def test_a_stale_cell_is_a_conflict(world):
    item = world.work_item()
    cell(world, item, "importance", "3")
    assert cell(world, item, "importance", "4").status_code == 409


@pytest.mark.parametrize(
    ("who", "status"), [("jun", 403), ("mei", 403), ("rin", 403), ("sora", 404), ("yui", 404)]
)
def test_nobody_else_writes_a_cell(world, who, status):
    assert cell(world, world.work_item(), "importance", "3", who=who).status_code == status


def test_without_scripts_a_cell_leads_back_to_the_board(world):
    item = world.work_item()
    data = {"field": "importance", "value": "3", "version": "1"}
    answer = world.client("ren").post(f"/work/{item.pk}/cells/?q=照合", data)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/work/?q=")


def test_a_cell_is_taken_back(world):
    item = world.work_item()
    cell(world, item, "importance", "3")
    event = AuditEvent.objects.get()
    answer = world.client("ren").post(f"/work/{item.pk}/reversal/", {"event": event.pk}, headers=HTMX)
    item.refresh_from_db()
    assert answer.status_code == 200
    assert item.importance == 5


def move(world: World, item: WorkItem, who: str = "ren", **values: str):
    data = {"importance": "2", "frequency": "weekly", "version": "1"} | values
    return world.client(who).post(f"/work/{item.pk}/position/?view=matrix", data, headers=HTMX)


def test_moving_answers_with_the_picture_and_what_stands_beside_it(world):
    item = world.work_item()
    answer = move(world, item)
    html = answer.content.decode()
    item.refresh_from_db()
    assert (item.importance, item.frequency) == (2, "weekly")
    assert html.lstrip().startswith('<div class="work-picture" id="work-picture"')
    assert 'id="panel-version" value="2" hx-swap-oob="true"' in html
    assert f'name="event" value="{AuditEvent.objects.get().pk}"' in html
    assert "重要度2、週次に保存しました" in html
    assert 'id="panel-form"' not in html  # the fields may hold the focus


def test_moving_and_taking_back_without_scripts(world):
    item = world.work_item()
    client = world.client("ren")
    data = {"importance": "2", "frequency": "weekly", "version": "1"}
    moved = client.post(f"/work/{item.pk}/position/", data)
    assert (moved.status_code, moved["Location"]) == (302, f"/work/?view=matrix&item={item.pk}")
    back = client.post(f"/work/{item.pk}/reversal/?view=matrix", {"event": AuditEvent.objects.get().pk})
    assert back.status_code == 302
    item.refresh_from_db()
    assert (item.importance, item.frequency) == (5, "daily")


def test_the_panel_writes_hours_reason_and_outlook(world):
    item = world.work_item()
    data = {
        "monthly_hours": "20",
        "importance_reason": "遅れると困る",
        "outlook": "reduce",
        "importance": "5",
    }
    move(world, item, frequency="daily", **data)
    item.refresh_from_db()
    assert (item.monthly_hours, item.importance_reason, item.outlook) == (20, "遅れると困る", "reduce")


@pytest.mark.parametrize("values", [{"importance": "6"}, {"frequency": "hourly"}, {"monthly_hours": "多い"}])
def test_a_move_that_cannot_be_is_told_beside_the_fields(world, values):
    item = world.work_item()
    answer = move(world, item, **values)
    assert answer.status_code == 422
    assert 'id="panel-faults"' in answer.content.decode()
    plain = world.client("ren").post(f"/work/{item.pk}/position/", {"version": "1"} | values)
    assert plain.status_code == 422
    assert "<html" in plain.content.decode()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("hana", 200), ("jun", 403), ("mei", 403), ("sora", 404)])
def test_who_moves_the_work_of_ren(world, who, status):
    assert move(world, world.work_item(), who=who).status_code == status


def test_the_supervisor_confirms_from_the_page(world):
    item = world.work_item(status="draft")
    assert "この業務を確認" in world.client("hana").get(f"/work/{item.pk}/").content.decode()
    assert "この業務を確認" not in world.client("jun").get(f"/work/{item.pk}/").content.decode()
    answer = world.client("hana").post(f"/work/{item.pk}/confirmation/", {"version": "1"}, headers=HTMX)
    assert "有効" in answer.content.decode()
    assert WorkItem.objects.get().confirmed_by == world.hana


def test_work_is_retired_and_brought_back(world):
    item = world.work_item()
    client = world.client("ren")
    client.post(f"/work/{item.pk}/retirement/", {"version": "1"})
    assert "請求書の照合" not in client.get("/work/").content.decode()
    client.post(f"/work/{item.pk}/retirement/", {"version": "2", "back": "1"})
    assert WorkItem.objects.get().status == "draft"


def test_an_open_question_is_answered_on_the_page(world):
    item = world.work_item(minutes_per_run=None, open_questions={"minutes_per_run": "半日程度"})
    client = world.client("ren")
    html = client.get(f"/work/{item.pk}/").content.decode()
    assert "元の記載：半日程度" in html
    client.post(f"/work/{item.pk}/answers/", {"version": "1", "field": "minutes_per_run", "value": "4時間"})
    item.refresh_from_db()
    assert (item.minutes_per_run, item.open_questions) == (240, {})


def test_work_nobody_holds_is_taken(world):
    item = world.work_item(None)
    world.client("yui").post(f"/work/{item.pk}/owner/", {"version": "1", "owner": "me"})
    item.refresh_from_db()
    assert item.owner == world.yui


# ── several rows at once


def test_several_rows_are_given_to_another_person(world):
    items = [world.work_item(), world.work_item(name="入金消込")]
    client = world.client("hana")
    ids = [f"{item.pk}:1" for item in items]
    asking = client.post("/work/selection/", {"verb": "assign", "ids": ids})
    assert "新しい主担当" in asking.content.decode()
    assert not AuditEvent.objects.exists()
    client.post("/work/selection/", {"verb": "assign", "ids": ids, "owner": world.yui.pk})
    assert set(WorkItem.objects.values_list("owner", flat=True)) == {world.yui.pk}


@pytest.mark.parametrize(
    ("verb", "field", "value"), [("reduce", "outlook", "reduce"), ("confirm", "status", "active")]
)
def test_several_rows_are_changed_together(world, verb, field, value):
    items = [world.work_item(status="draft"), world.work_item(name="入金消込", status="draft")]
    data = {"verb": verb, "ids": [f"{item.pk}:1" for item in items]}
    assert world.client("hana").post("/work/selection/", data).status_code == 302
    assert set(WorkItem.objects.values_list(field, flat=True)) == {value}


def test_one_row_that_may_not_be_changed_refuses_all_and_says_which(world):
    mine, foreign = world.work_item(), world.work_item("hana", name="月次決算")
    data = {"verb": "confirm", "ids": [f"{mine.pk}:1", f"{foreign.pk}:1"]}
    answer = world.client("hana").post("/work/selection/", data)
    assert answer.status_code == 403
    assert "「月次決算」" in answer.content.decode()
    assert not AuditEvent.objects.exists()


def test_a_hidden_row_among_the_selected_refuses_all(world):
    mine, hidden = world.work_item("yui"), world.work_item("sora", name="契約の審査")
    data = {"verb": "reduce", "ids": [f"{mine.pk}:1", f"{hidden.pk}:1"]}
    answer = world.client("yui").post("/work/selection/", data)
    assert answer.status_code == 422
    assert "契約の審査" not in answer.content.decode()
    assert set(WorkItem.objects.values_list("outlook", flat=True)) == {"keep"}


# ── 成果


SENTENCE = {"beneficiary": "取引先", "thing": "代金", "state": "期日どおりに届いている"}


def test_an_outcome_is_written_and_listed(world):
    item = world.work_item()
    client = world.client("ren")
    assert client.post(f"/work/{item.pk}/outcomes/", SENTENCE).status_code == 302
    assert (
        "取引先に、代金が期日どおりに届いている" in client.get(f"/work/{item.pk}/outcomes/").content.decode()
    )


def test_a_part_that_is_missing_is_told_at_its_field(world):
    item = world.work_item()
    answer = world.client("ren").post(f"/work/{item.pk}/outcomes/", SENTENCE | {"thing": ""})
    assert answer.status_code == 422
    assert "id_thing_error" in answer.content.decode()
    assert not Outcome.objects.exists()


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("請求書を処理する", "することです"),
        ("適切に保管されている", "人によって受け取り方"),
        ("期日に届いている", "分かります"),
    ],
)
def test_the_guidance_answers_live_and_writes_nothing(world, state, says):
    answer = world.client("ren").post("/work/outcomes/check/", SENTENCE | {"state": state})
    html = answer.content.decode()
    assert says in html
    assert "<html" not in html
    assert not Outcome.objects.exists()


def test_advice_does_not_block(world):
    item = world.work_item()
    answer = world.client("ren").post(f"/work/{item.pk}/outcomes/", SENTENCE | {"state": "請求書を処理する"})
    assert answer.status_code == 302


def test_an_existing_outcome_is_found_and_linked(world):
    world.outcome(world.work_item())
    other = world.work_item(name="支払予定表の作成")
    client = world.client("ren")
    html = client.get(f"/work/{other.pk}/outcomes/?q=代金").content.decode()
    assert "この業務とつなぐ" in html
    client.post(f"/work/{other.pk}/outcomes/links/", {"outcome": Outcome.objects.get().pk})
    assert OutcomeLink.objects.count() == 2
    client.post(f"/work/{other.pk}/outcomes/links/", {"outcome": Outcome.objects.get().pk, "remove": "1"})
    assert OutcomeLink.objects.count() == 1


def test_a_foreign_outcome_cannot_be_linked(world):
    foreign = world.outcome(world.work_item("sora", name="契約の審査"), "sora", thing="契約")
    item = world.work_item()
    client = world.client("ren")
    assert "契約が" not in client.get(f"/work/{item.pk}/outcomes/?q=契約").content.decode()
    assert client.post(f"/work/{item.pk}/outcomes/links/", {"outcome": foreign.pk}).status_code == 404


def test_rewording_shows_the_other_wording_when_somebody_was_faster(world):
    outcome = world.outcome(world.work_item())
    actions.edit_outcome(outcome, by=world.hana, version=1, values={"state": "前日までに届いている"})
    data = SENTENCE | {"state": "必ず届いている", "version": "1"}
    answer = world.client("ren").post(f"/work/outcomes/{outcome.pk}/", data)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "前日までに届いている" in html
    assert "必ず届いている" in html


def test_an_outcome_is_removed(world):
    outcome = world.outcome(world.work_item())
    world.client("ren").post(f"/work/outcomes/{outcome.pk}/removal/", {"version": "1"})
    assert not Outcome.objects.current().exists()


def test_an_outcome_is_tied_to_a_goal_of_the_organisation(world):
    outcome = world.outcome(world.work_item())
    goal = goals.create_org_goal(
        world.cycle, world.units["finance"], by=world.jun, title="決算早期化", deadline=world.cycle.period_to
    )
    client = world.client("ren")
    client.post(f"/work/outcomes/{outcome.pk}/contribution/", {"org_goal": goal.pk, "how": "direct"})
    assert OutcomeContribution.objects.get().org_goal == goal
    item = WorkItem.objects.get()
    assert "組織目標「決算早期化」" in client.get(f"/work/{item.pk}/outcomes/").content.decode()
    client.post(f"/work/outcomes/{outcome.pk}/contribution/", {"org_goal": goal.pk, "remove": "1"})
    assert not OutcomeContribution.objects.exists()


# ── ひな形


def test_templates_are_chosen_and_taken_back(world):
    client = world.client("ren")
    html = client.get("/work/templates/").content.decode()
    assert "伝票起票・仕訳確認" in html
    assert "法務" in html
    answer = client.post(
        "/work/templates/", {"templates": ["FA-T01", "FA-T02"], "unit": world.units["accounting"].pk}
    )
    assert answer.status_code == 302
    board = client.get("/work/").content.decode()
    assert "ひな形から2件を下書きに追加しました。" in board
    assert WorkItem.objects.filter(owner=world.ren, status="draft").count() == 2
    token = AuditEvent.objects.get().pk
    client.post(f"/work/imports/{token}/reversal/")
    assert not WorkItem.objects.current().exists()
    assert "この部門にあります" not in client.get("/work/templates/").content.decode()


def test_an_unknown_department_is_not_found(world):
    assert world.client("ren").get("/work/templates/?department=ZZ").status_code == 404
