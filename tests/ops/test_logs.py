"""One JSON object a line, whatever was in the message; nothing that a person wrote."""

from __future__ import annotations

import io
import json
import logging

import pytest
from django.conf import settings

from dodai.core.tracing import request_id
from dodai.ops.logs import JsonFormatter

SECRETS = {
    "password": "canary-password-7Q",
    "note": "canary 面談のメモ\nline two",
}


@pytest.fixture
def told():
    """A handler as the settings make it, and the lines it wrote."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: stream.getvalue().splitlines()
    root.removeHandler(handler)


@pytest.mark.parametrize(
    "message",
    ["plain", "two\nlines", "\r\n\u2028\u2029\x85", '"quoted" \\ {"a": 1}', "\x00\x1b[31m", "目標🎯", ""],
)
def test_each_message_is_one_line_that_parses(told, message):
    logging.getLogger("dodai.test").warning(message)
    (line,) = told()
    assert json.loads(line)["message"] == message


def test_an_exception_stays_on_its_line(told):
    try:
        raise ValueError("first\nsecond")
    except ValueError:
        logging.getLogger("dodai.test").exception("failed")
    (line,) = told()
    assert "ValueError" in json.loads(line)["exception"]


def test_a_line_names_time_level_logger_and_request(told):
    token = request_id.set("abc")
    logging.getLogger("dodai.test").error("failed")
    request_id.reset(token)
    line = json.loads(told()[0])
    assert line | {"time": ""} == {
        "time": "",
        "level": "ERROR",
        "logger": "dodai.test",
        "message": "failed",
        "request_id": "abc",
    }


def test_arguments_are_filled_in(told):
    logging.getLogger("dodai.test").warning("%s of %d", "one", 2)
    assert json.loads(told()[0])["message"] == "one of 2"


@pytest.mark.parametrize("message", ["%s and %s", "100%"])
def test_a_message_with_the_wrong_places_does_not_stop_the_request(told, message, monkeypatch):
    monkeypatch.setattr(logging, "raiseExceptions", False)
    logging.getLogger("dodai.test").warning(message, "one")


def test_everything_goes_through_this_format():
    assert settings.LOGGING["formatters"]["json"]["()"] == "dodai.ops.logs.JsonFormatter"
    assert settings.LOGGING["root"]["handlers"] == ["stderr"]
    assert settings.LOGGING["handlers"]["stderr"]["formatter"] == "json"


def test_signing_in_with_the_wrong_password_leaves_no_typed_text(world, told, client):
    logging.getLogger().setLevel(logging.DEBUG)
    client.post("/accounts/login/", {"login": "000004", "password": SECRETS["password"]})
    assert SECRETS["password"] not in "\n".join(told())


@pytest.mark.urls("tests.web.double_press_urls")
def test_our_mistake_tells_where_but_not_what_was_typed(world, told):
    client = world.client("ren")
    client.raise_request_exception = False
    client.post("/presses/fail/", {"item": world.work_item().pk, "thing": SECRETS["note"]})
    lines = [json.loads(line) for line in told()]
    assert any("fail_after_writing" in line.get("exception", "") for line in lines)
    assert "canary" not in str(lines)
