"""The API: the pages' rights and verbs, versions in headers, refusals in one shape."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from dodai.audit.models import AuditEvent
from dodai.goals import actions
from dodai.goals.models import Goal
from dodai.indicators import actions as library
from dodai.organization.models import Member


class Caller:
    """A program with somebody's session."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def __call__(self, method, path, body=None, seen=None, **headers):
        if seen is not None:
            headers["If-Match"] = f'"{seen}"'
        options = {"headers": headers}
        if method != "get":
            options |= {"data": json.dumps({} if body is None else body), "content_type": "application/json"}
        return getattr(self.client, method)(f"/api{path}", **options)


@pytest.fixture
def call(world):
    return {who: Caller(world.client(who)) for who in world.people}


def test_strangers_are_told_to_sign_in_and_not_sent_to_a_page():
    for method, path in (("get", "/goals"), ("post", "/lint"), ("patch", "/goals/1")):
        answer = Caller(Client())(method, path)
        assert (answer.status_code, answer.json()["error"]) == (401, "not_signed_in")


def test_a_strange_page_cannot_use_somebodys_session(world):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = world.client("ren").cookies
    answer = Caller(browser)("post", "/lint", {"text": "請求書処理を頑張る。"})

    assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")


def test_an_idle_session_is_over_for_programs_too(world, settings):
    settings.SESSION_IDLE_SECONDS = -1
    caller = Caller(world.client("ren"))
    caller("get", "/goals")

    assert caller("get", "/goals").status_code == 401


def test_a_login_without_a_person_is_told_so(world, call):
    Member.objects.filter(pk=world.ren.pk).update(account=None)
    answer = call["ren"]("get", "/goals")

    assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")


def test_each_person_lists_the_goals_they_see(world, call):
    goal = world.goal()
    shared = world.goal(world.sheet("yui"), is_public=True, state="agreed", title="支払の照合")
    seen = {who: {row["id"] for row in call[who]("get", "/goals").json()["items"]} for who in call}

    everything = {goal.pk, shared.pk}
    assert seen["ren"] == everything
    assert seen["yui"] == {shared.pk}
    assert seen["hana"] == seen["jun"] == seen["mei"] == seen["hiro"] == seen["rin"] == everything
    assert seen["sora"] == seen["kei"] == set()


def test_a_shared_goal_shows_its_words_and_nothing_else(world, call):
    shared = world.goal(world.sheet("yui"), is_public=True, state="agreed", approach="毎朝照合する")
    answer = call["ren"]("get", f"/goals/{shared.pk}")

    assert answer.json()["details"] is None
    assert "毎朝照合する" not in answer.content.decode()
    listed = call["ren"]("get", "/goals").json()["items"][0]
    assert listed["can_see_details"] is False


def test_a_goal_is_read_with_its_version_and_exact_numbers(world, call):
    goal = world.ready_sheet().goals.first()
    answer = call["ren"]("get", f"/goals/{goal.pk}")
    details = answer.json()["details"]

    assert answer["ETag"] == f'"{goal.version}"'
    assert details["indicators"][0]["baseline"] == "88"
    assert details["indicators"][0]["scale"] == {"method": "improve", "baseline": "88", "target": "98"}
    assert details["deadline"] == "2026-09-30"
    assert answer["Cache-Control"] == "no-store"


def test_hidden_and_missing_are_the_same_answer(world, call):
    goal = world.goal()
    for path in (f"/goals/{goal.pk}", f"/sheets/{goal.sheet_id}"):
        hidden = call["sora"]("get", path)
        missing = call["sora"]("get", path.rsplit("/", 1)[0] + "/999999")
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content


def test_writing_changes_what_was_sent(world, call):
    goal = world.goal()
    answer = call["ren"]("patch", f"/goals/{goal.pk}", {"title": "支払の照合", "deadline": None}, seen=1)
    goal.refresh_from_db()

    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    assert (goal.title, goal.deadline) == ("支払の照合", None)
    assert AuditEvent.objects.get().name == "goal.written"


def test_nobody_overwrites_what_they_have_not_seen(world, call):
    goal = world.goal()
    blind = call["ren"]("patch", f"/goals/{goal.pk}", {"title": "支払の照合"})
    assert (blind.status_code, blind.json()["error"]) == (428, "version_missing")

    call["ren"]("patch", f"/goals/{goal.pk}", {"title": "先に書いた題"}, seen=1)
    slower = call["ren"]("patch", f"/goals/{goal.pk}", {"title": "あとから書いた題"}, seen=1)
    assert (slower.status_code, slower.json()["error"]) == (412, "conflict")
    assert slower.json()["theirs"]["title"] == "先に書いた題"
    assert slower.json()["theirs"]["version"] == 2
    strange = call["ren"]("patch", f"/goals/{goal.pk}", {"title": "題"}, **{"If-Match": "*"})
    assert strange.status_code == 412


@pytest.mark.parametrize("name", ["state", "number", "sheet_id", "version", "owner", "id", "search"])
def test_a_field_that_is_not_offered_is_refused(world, call, name):
    goal = world.goal()
    answer = call["ren"]("patch", f"/goals/{goal.pk}", {name: 1}, seen=1)

    assert answer.status_code == 422
    assert name in answer.json()["fields"]
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    "body",
    [{"title": "あ" * 41}, {"weight": -1}, {"weight": "many"}, {"deadline": "soon"}, {"goal_type": "x"}, []],
)
def test_what_cannot_be_read_is_named(world, call, body):
    answer = call["ren"]("patch", f"/goals/{world.goal().pk}", body, seen=1)

    assert (answer.status_code, answer.json()["error"]) == (422, "unreadable")


def test_a_body_that_is_no_json_is_unreadable(world, call):
    answer = call["ren"].client.post("/api/lint", "{text", content_type="application/json")

    assert (answer.status_code, answer.json()["error"]) == (422, "unreadable")


def test_null_is_refused_where_a_value_is_needed(world, call):
    answer = call["ren"]("patch", f"/goals/{world.goal().pk}", {"weight": None}, seen=1)

    assert (answer.status_code, answer.json()["error"]) == (422, "refused")


@pytest.mark.parametrize("who", ["hana", "jun", "mei", "rin"])
def test_who_only_reads_does_not_write(world, call, who):
    answer = call[who]("patch", f"/goals/{world.goal().pk}", {"title": "題"}, seen=1)

    assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")


def test_a_goal_is_added_to_ones_sheet(world, call):
    sheet = world.sheet()
    answer = call["ren"]("post", f"/sheets/{sheet.pk}/goals", {"title": "支払の照合"})

    assert answer.status_code == 201
    assert Goal.objects.get().pk == answer.json()["id"]
    assert call["hana"]("post", f"/sheets/{sheet.pk}/goals", {"title": "題"}).status_code == 403


def test_an_unknown_parent_is_refused(world, call):
    answer = call["ren"]("patch", f"/goals/{world.goal().pk}", {"parent_org_goal_id": 999}, seen=1)

    assert (answer.status_code, answer.json()["error"]) == (422, "refused")


def test_a_sheet_goes_its_way(world, call):
    sheet = world.ready_sheet()
    path = f"/sheets/{sheet.pk}"
    seen = call["ren"]("get", path)["ETag"].strip('"')
    sent = call["ren"]("post", f"{path}/submission", seen=seen)
    assert (sent.status_code, sent.json()["status"]) == (200, "submitted")
    assert [row["id"] for row in call["hana"]("get", "/sheets?waiting=true").json()["items"]] == [sheet.pk]
    back = call["hana"]("post", f"{path}/return", {"comment": "短い"}, seen=sent.json()["version"])
    assert back.status_code == 422
    first = call["hana"]("post", f"{path}/approval", seen=sent.json()["version"])
    assert first.json()["status"] == "first_approved"
    again = call["hana"]("post", f"{path}/approval", seen=first.json()["version"])
    assert again.status_code == 403
    last = call["jun"]("post", f"{path}/approval", {"comment": "了解"}, seen=first.json()["version"])
    assert last.json()["status"] == "running"
    assert {goal["state"] for goal in last.json()["goals"]} == {"agreed"}


def test_a_sheet_that_is_not_ready_says_why(world, call):
    sheet = world.sheet()
    answer = call["ren"]("post", f"/sheets/{sheet.pk}/submission", seen=1)

    assert answer.status_code == 422
    assert "ウェイト" in answer.json()["message"]


def test_a_sheet_is_withdrawn(world, call):
    sheet = world.submitted_sheet()
    answer = call["ren"]("post", f"/sheets/{sheet.pk}/withdrawal", seen=sheet.version)

    assert answer.json()["status"] == "drafting"


def test_the_check_answers_for_a_sentence(world, call):
    answer = call["ren"]("post", "/lint", {"text": "請求書処理を頑張る。"}).json()

    rules = {one["rule"] for one in answer["findings"]}
    assert {"S01", "M01", "T01"} <= rules
    assert answer["blocks"] is True
    effort = next(one for one in answer["findings"] if one["rule"] == "S01")
    assert "請求書処理を頑張る。"[slice(*effort["span"])] == "頑張る"
    fine = call["ren"](
        "post", "/lint", {"text": "請求書処理を頑張る。", "fields": {"deadline": "2026-09-30"}}
    )
    assert "T01" not in {one["rule"] for one in fine.json()["findings"]}
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "あ" * 2001}, {"text": "題", "more": 1}])
def test_a_sentence_is_needed_for_a_check(world, call, body):
    assert call["ren"]("post", "/lint", body).status_code == 422


def test_the_library_and_the_work_are_listed(world, call):
    library.load_catalogue("FA", by=world.mei)
    item = world.work_item()
    found = call["ren"]("get", "/indicators?department=FA&kind=qualitative&q=予算").json()["items"]
    assert [len(row["levels"]) for row in found] == [5]
    assert [row["id"] for row in call["ren"]("get", "/work-items").json()["items"]] == [item.pk]
    assert call["sora"]("get", "/work-items").json()["items"] == []
    assert call["ren"]("get", "/work-items").json()["items"][0]["annual_hours"] == "120.00"


def test_lists_go_on_where_they_stopped(world, call, django_assert_max_num_queries):
    sheet = world.sheet()
    for number in range(5):
        world.goal(sheet, title=f"目標{number}")
    first = call["ren"]("get", "/goals?limit=2").json()
    second = call["ren"]("get", f"/goals?limit=2&offset={first['next']}").json()
    last = call["ren"]("get", f"/goals?limit=2&offset={second['next']}").json()

    titles = [row["title"] for part in (first, second, last) for row in part["items"]]
    assert titles == [f"目標{number}" for number in range(5)]
    assert last["next"] is None
    with django_assert_max_num_queries(8):
        call["ren"]("get", "/goals?limit=100")


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "offset=-1", "cycle=x", "member=99999999999"])
def test_a_list_refuses_what_it_cannot_do(world, call, query):
    assert call["ren"]("get", f"/goals?{query}").status_code == 422


def test_the_documentation_is_for_people_who_are_signed_in(world, call):
    for address in (reverse("api:docs"), reverse("api:openapi-json")):
        assert Client().get(address).status_code == 302
        assert world.client("kei").get(address).status_code == 200
    page = world.client("kei").get(reverse("api:docs")).content.decode()
    assert "PATCH /api/goals/{goal_id}" in page
    assert "428" in page


def test_every_operation_documents_its_refusals(world):
    document = world.client("ren").get(reverse("api:openapi-json")).json()
    writes = 0
    for operations in document["paths"].values():
        for method, operation in operations.items():
            answers = set(operation["responses"])
            assert {"401", "403", "404", "422"} <= answers
            writes += "428" in answers
            assert ("428" in answers) == ("412" in answers)
            assert operation["security"], method
    assert writes == 5


def test_a_mistake_of_ours_is_told_without_its_inside(world, call, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(actions, "write_goal", broken)
    caller = call["ren"]
    caller.client.raise_request_exception = False
    answer = caller("patch", f"/goals/{world.goal().pk}", {"title": "題"}, seen=1)

    assert (answer.status_code, answer.json()["error"]) == (500, "our_mistake")
    assert "secret" not in answer.content.decode()
    assert answer.json()["request_id"] == answer["X-Request-ID"]
