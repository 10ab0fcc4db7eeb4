"""A double press of a form is one effect with one answer, one after the other and at the same time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from dodai.audit import actions
from dodai.audit.models import AnsweredForm, AuditEvent
from dodai.web.idempotency import FIELD
from dodai.work.models import Outcome, WorkItem
from tests import world as worlds
from tests.connections import at_once, database_for_threads

pytestmark = pytest.mark.urls("tests.web.double_press_urls")

KEY = "a1" * 32
WRITE = "/presses/write/"


def typed(world, **changes):
    item = getattr(world, "item", None) or world.work_item()
    world.item = item
    return {"item": item.pk, "thing": "代金", FIELD: KEY} | changes


def test_every_form_carries_another_key(world):
    client = world.client("ren")
    keys = [
        re.findall(rf'name="{FIELD}" value="([0-9a-f]{{64}})"', client.get("/presses/page/").content.decode())
        for _ in range(2)
    ]
    assert [len(found) for found in keys] == [1, 1]
    assert keys[0] != keys[1]


def test_the_second_press_gets_the_first_answer(world):
    client, form = world.client("ren"), typed(world)
    first, second = client.post(WRITE, form), client.post(WRITE, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"] == f"/outcomes/{Outcome.objects.get().pk}/"
    assert AuditEvent.objects.count() == 1


def test_another_page_is_another_effect(world):
    client = world.client("ren")
    client.post(WRITE, typed(world))
    client.post(WRITE, typed(world, **{FIELD: "b2" * 32}))
    assert Outcome.objects.count() == 2


def test_the_same_key_with_other_content_is_refused_in_a_sentence(world):
    client = world.client("ren")
    client.post(WRITE, typed(world))
    answer = client.post(WRITE, typed(world, thing="契約書"))
    assert answer.status_code == 422
    assert "画面を開き直してください。" in answer.content.decode()
    assert Outcome.objects.count() == 1


def test_the_token_against_forgery_is_not_content(world):
    client = world.client("ren")
    client.post(WRITE, typed(world, csrfmiddlewaretoken="one"))
    assert client.post(WRITE, typed(world, csrfmiddlewaretoken="two")).status_code == 302
    assert Outcome.objects.count() == 1


def test_nobody_meets_the_key_of_somebody_else(world):
    form = typed(world)
    world.client("ren").post(WRITE, form)
    world.client("hana").post(WRITE, form)
    assert Outcome.objects.count() == 2


def test_a_refused_press_may_be_repeated(world):
    client, form = world.client("ren"), typed(world)
    assert client.post("/presses/refuse/", form).status_code == 422
    assert not AnsweredForm.objects.exists()
    assert client.post("/presses/refuse/", form).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_our_mistake_leaves_neither_effect_nor_key(caplog):
    world = worlds.build()
    client, form = world.client("ren"), typed(world)
    client.raise_request_exception = False
    assert client.post("/presses/fail/", form).status_code == 500
    assert (Outcome.objects.count(), AnsweredForm.objects.count(), AuditEvent.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("stays", [{"HX-Request": "true"}, {"Sec-Fetch-Mode": "cors"}])
def test_what_stays_on_the_page_repeats_itself_on_purpose(world, stays):
    """Autosave and live checks send one page's key again and again; versions guard what they write."""
    client = world.client("ren")
    for thing in ("代金", "代金と控え", "代金と控え"):
        assert client.post(WRITE, typed(world, thing=thing), headers=stays).status_code in {200, 302}
    assert Outcome.objects.count() == 3
    assert not AnsweredForm.objects.exists()


def test_a_browser_says_that_it_turns_the_page(world):
    client, form = world.client("ren"), typed(world)
    for _ in range(2):
        assert client.post(WRITE, form, headers={"Sec-Fetch-Mode": "navigate"}).status_code == 302
    assert Outcome.objects.count() == 1


def test_a_file_is_part_of_the_content_and_stays_readable(world):
    client = world.client("ren")

    def send(content: bytes) -> int:
        return client.post(
            "/presses/upload/", typed(world, file=SimpleUploadedFile("a.csv", content))
        ).status_code

    assert [send(b"one"), send(b"one"), send(b"two")] == [302, 302, 422]
    assert Outcome.objects.count() == 1


def test_a_press_during_a_long_one_is_told_to_wait(world):
    client, form = world.client("ren"), typed(world)
    client.post("/presses/upload/", form)
    AnsweredForm.objects.update(status=None)
    answer = client.post("/presses/upload/", form)
    assert answer.status_code == 409
    assert Outcome.objects.count() == 1


def test_a_form_without_a_key_and_one_without_a_person_pass(world):
    client, form = world.client("ren"), typed(world)
    del form[FIELD]
    assert client.post(WRITE, form).status_code == 302
    assert Client().post("/presses/anyone/", {FIELD: KEY}).status_code == 302
    assert world.client("ren").post(WRITE, typed(world, **{FIELD: "x" * 65})).status_code == 302
    assert not AnsweredForm.objects.exists()


def test_nothing_typed_can_be_read_from_the_row(world):
    world.client("ren").post(WRITE, typed(world, thing="秘密の取引先"))
    row = AnsweredForm.objects.values().get()
    assert "秘密" not in str(row)
    assert len(row["body_digest"]) == 64


def test_answers_are_forgotten_after_a_day(world):
    world.client("ren").post(WRITE, typed(world))
    assert actions.forget_forms(timezone.now() + timedelta(hours=23)) == 0
    assert actions.forget_forms(timezone.now() + timedelta(hours=25)) == 1
    assert not AnsweredForm.objects.exists()


def test_a_real_page_pressed_twice_adds_one_piece_of_work(world):
    client = world.client("ren")
    page = client.get("/work/new/").content.decode()
    key = re.search(rf'name="{FIELD}" value="([0-9a-f]{{64}})"', page)
    assert key
    form = {FIELD: key[1], "unit": world.units["accounting"].pk, "owner": world.ren.pk, "name": "消込"}
    form |= {"category_l": "入金", "frequency": "monthly", "importance": "3", "minutes_per_run": "30"}
    first, second = client.post("/work/new/", form), client.post("/work/new/", form)
    assert first.status_code == 302
    assert second["Location"] == first["Location"]
    assert WorkItem.objects.filter(name="消込").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", [WRITE])
def test_eight_presses_at_once_are_one_effect(tmp_path, address):
    world = worlds.build()
    form = typed(world)
    clients = [world.client("ren") for _ in range(8)]
    with database_for_threads(tmp_path):
        answers = at_once(*(lambda client=client: client.post(address, form) for client in clients))
        assert {answer.status_code for answer in answers} == {302}
        assert len({answer["Location"] for answer in answers}) == 1
        counts = at_once(lambda: (Outcome.objects.count(), AuditEvent.objects.count()))
    assert counts == [(1, 1)]
