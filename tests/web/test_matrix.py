"""Every route × person, generated from the URL resolver and compared with ops/matrix.toml."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from django.test import Client
from django.urls import reverse

from dodai.audit.models import AuditEvent
from dodai.ops import matrix
from tests.web.objects import BUILDERS
from tests.world import World

PERSON = {
    "own": "ren",
    "lead": "hana",
    "chief": "jun",
    "peer": "yui",
    "other": "sora",
    "hr": "mei",
    "hr_head": "hiro",
    "auditor": "rin",
    "executive": "aki",
    "admin": "kei",
}
METHODS = ("GET", "POST")
CASES = [
    (route.name, method)
    for route in matrix.routes()
    if route.name in matrix.declared() and not matrix.declared()[route.name].outside
    for method in METHODS
]
NOWHERE = 987_654_321


def test_every_route_is_declared():
    assert matrix.differences() == []


def test_every_object_of_the_matrix_can_be_built():
    wanted = {entry.object for entry in matrix.declared().values() if entry.object}
    assert wanted - set(BUILDERS) == set()


@pytest.mark.parametrize(("name", "method"), CASES, ids=[f"{name}-{method}" for name, method in CASES])
def test_the_matrix_is_true(world, name, method):
    entry = matrix.declared()[name]
    kwargs = BUILDERS[entry.object](world) if entry.object else {}
    address = reverse(name, kwargs=kwargs) + entry.query
    # Those who are refused come first: nothing they send may change what the others find.
    people = sorted(matrix.PEOPLE, key=lambda person: entry.admits(method, person))
    for person in people:
        before = AuditEvent.objects.count()
        client = Client() if person == "anonymous" else world.client(PERSON[person])
        answer = _ask(client, method, address, entry.body)
        if entry.admits(method, person):
            assert answer.status_code in {200, 201, 204, 302, 303, 409, 412, 422}, (
                person,
                answer.status_code,
            )
        else:
            assert _is_refused(answer, person), (person, answer.status_code)
            assert AuditEvent.objects.count() == before, person


def _ask(client: Client, method: str, address: str, body: str):
    if method == "GET":
        return client.get(address)
    if address.startswith("/api/"):
        sent = tomllib.loads(f"body = {body}")["body"] if body.startswith("{") else {}
        return client.post(address, sent, content_type="application/json", headers={"If-Match": '"1"'})
    if body.startswith("{"):
        return client.post(address, tomllib.loads(f"body = {body}")["body"])
    return client.post(address)


def _is_refused(answer, person: str) -> bool:
    if person == "anonymous":
        to_login = answer.status_code == 302 and "/accounts/login/" in answer["Location"]
        return to_login or answer.status_code in {401, 403, 404, 405}
    return answer.status_code in {403, 404, 405}


OBJECT_ROUTES = [name for name, entry in matrix.declared().items() if entry.object and "GET" in entry.allowed]


@pytest.mark.parametrize("name", OBJECT_ROUTES)
def test_a_hidden_object_looks_like_none(world: World, name: str):
    """The answer for somebody else's id and for an id that does not exist is the same, byte for byte."""
    entry = matrix.declared()[name]
    kwargs = BUILDERS[entry.object](world)
    missing = {key: NOWHERE if isinstance(value, int) else value for key, value in kwargs.items()}
    client = world.client("kei")
    hidden, none = client.get(reverse(name, kwargs=kwargs)), client.get(reverse(name, kwargs=missing))
    if entry.admits("GET", "admin"):
        assert none.status_code == 404
        return
    assert (hidden.status_code, none.status_code) in {(404, 404), (405, 405), (403, 403)}
    assert _neutral(hidden) == _neutral(none)


def _neutral(answer) -> str:
    """The body without what differs from request to request: tokens and the request's own address."""
    text = answer.content.decode()
    text = re.sub(r'csrf[^"]*"[^"]*"[^"]*"[^"]*"', "", text)
    text = re.sub(r"[A-Za-z0-9]{64}", "", text)
    return re.sub(r"/[\w/-]*\d+[\w/-]*", "", text)


def test_the_size_of_the_matrix_is_told(record_property):
    combinations = len(CASES) * len(matrix.PEOPLE)
    record_property("matrix_combinations", json.dumps(combinations))
    assert combinations == len(METHODS) * len(matrix.PEOPLE) * len({name for name, _ in CASES})
