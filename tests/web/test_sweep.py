"""What holds for every address: headers, no writing by reading, no forged writes, no inline code, English.

The addresses come from ops/matrix.toml, which the matrix test compares with the URL resolver.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

import dodai
from dodai.audit.models import AuditEvent
from dodai.cycles.rules import Period
from dodai.ops import matrix
from dodai.organization.rules.holidays import national_holidays
from dodai.web.work.clipboard import FIELDS
from tests.web.objects import BUILDERS
from tests.web.test_matrix import PERSON
from tests.world import World

ENTRIES = {name: entry for name, entry in matrix.declared().items() if not entry.outside}
READ = [name for name, entry in ENTRIES.items() if entry.allowed.get("GET")]
WRITTEN = [name for name, entry in ENTRIES.items() if entry.allowed.get("POST")]
OF_THE_LIBRARY = [
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_change_password",
    "mfa_index",
]


def _person(name: str, method: str) -> str:
    """Somebody who may: the owner where possible."""
    return next(PERSON[person] for person in PERSON if ENTRIES[name].admits(method, person))


def _address(world: World, name: str) -> str:
    entry = ENTRIES[name]
    kwargs = BUILDERS[entry.object](world) if entry.object else {}
    return reverse(name, kwargs=kwargs) + entry.query


def _body(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


# ── headers ──────────────────────────────────────────────────────────────────────────────────────

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def _missing_headers(answer: Any) -> set[str]:
    """What the browser policy asks for and this answer does not say."""
    wrong = {name for name, value in HEADERS.items() if answer.headers.get(name) != value}
    rules = [
        rule.strip().split(" ", 1) for rule in answer.headers.get("Content-Security-Policy", "").split(";")
    ]
    said = {rule[0]: rule[-1] for rule in rules if rule[0]}
    is_download = answer.headers.get("Content-Disposition", "").startswith("attachment")
    if said != ({"sandbox": "sandbox"} if is_download else POLICY):
        wrong.add(f"Content-Security-Policy: {answer.headers.get('Content-Security-Policy')}")
    if "no-store" not in answer.headers.get("Cache-Control", ""):
        wrong.add(f"Cache-Control: {answer.headers.get('Cache-Control')}")
    if not {"cookie", "hx-request"} <= {
        part.strip().lower() for part in answer.headers.get("Vary", "").split(",")
    }:
        wrong.add(f"Vary: {answer.headers.get('Vary')}")
    if not re.fullmatch("[0-9a-f]{32}", answer.headers.get("X-Request-ID", "")):
        wrong.add("X-Request-ID")
    return wrong


@pytest.mark.parametrize("name", READ)
def test_the_answer_carries_the_browser_policy(world, name):
    address = _address(world, name)
    for headers in ({}, {"HX-Request": "true"}):
        assert _missing_headers(world.client(_person(name, "GET")).get(address, headers=headers)) == set()
    assert _missing_headers(Client().get(address)) == set()


@pytest.mark.parametrize("name", OF_THE_LIBRARY)
def test_the_pages_of_the_login_library_carry_it_too(world, name):
    for client in (Client(), world.client("ren")):
        assert _missing_headers(client.get(reverse(name))) == set()


def test_refusals_and_missing_pages_carry_it_too(world):
    client = world.client("ren")
    for answer, status in (
        (client.get("/nothing/here/"), 404),
        (client.get("/organization/units/new/"), 403),
        (client.post("/organization/units/new/", {}), 403),
        (client.get(f"/sheets/{world.sheet('sora').pk}/"), 404),
        (Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "000004"}), 403),
        (Client().get("/nothing/here/"), 404),
        (Client().get("/organization/"), 302),
    ):
        assert answer.status_code == status
        assert _missing_headers(answer) == set()


def test_another_host_name_is_refused(world):
    assert Client().get("/", headers={"Host": "evil.example"}).status_code == 400


@override_settings(
    SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_SSL_REDIRECT=True
)
def test_a_real_installation_insists_on_tls(world):
    client = world.client("ren")
    assert client.get("/")["Location"].startswith("https://")
    answer = client.get("/", secure=True)
    assert answer["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")


# ── reading writes nothing ───────────────────────────────────────────────────────────────────────

#: Tables of the session and of counting requests; everything else stays as it is when a page is read.
TOLERATED = re.compile(r'"(django_session|dodai_cache|axes_\w+|usersessions_\w+)"')
WRITE = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|ALTER|DROP|CREATE)\b", re.I)


class Writes:
    """Every statement that changes data, as it goes to the database."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        if WRITE.match(sql) and not TOLERATED.search(sql):
            self.statements.append(sql[:160])
        return execute(sql, params, many, context)


#: Downloads of other people's data leave an event: reading them is what the event is about.
AUDITED_READS = re.compile(r'INSERT INTO "audit_auditevent"')


@pytest.mark.parametrize("name", READ)
def test_reading_writes_nothing(world, name):
    address, client, writes = _address(world, name), world.client(_person(name, "GET")), Writes()
    events = AuditEvent.objects.count()
    with connection.execute_wrapper(writes):
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(address, headers=headers)
            assert answer.status_code < 400, answer.status_code
            client.head(address)
    if answer.headers.get("Content-Disposition", "").startswith("attachment"):
        writes.statements = [sql for sql in writes.statements if not AUDITED_READS.match(sql)]
    else:
        assert AuditEvent.objects.count() == events
    assert writes.statements == []


# ── writing needs the token ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", WRITTEN)
def test_a_forged_write_is_refused(world, name):
    """A page of somebody else can send the person's cookies, but not the token."""
    address, events = _address(world, name), AuditEvent.objects.count()
    client = world.client(_person(name, "POST"))
    client.handler.enforce_csrf_checks = True
    for method in (client.post, client.put, client.patch, client.delete):
        for content in ("application/x-www-form-urlencoded", "text/plain", "application/json"):
            answer = method(address, "{}", content_type=content)
            assert answer.status_code in ({403} if method == client.post else {403, 405}), answer.status_code
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize("name", sorted(set(READ) - set(WRITTEN)))
def test_what_is_only_read_takes_no_writes(world, name):
    client, address = world.client(_person(name, "GET")), _address(world, name)
    events = AuditEvent.objects.count()
    answer = client.post(address, {})
    assert answer.status_code in {403, 405}
    assert AuditEvent.objects.count() == events


# ── no inline code ───────────────────────────────────────────────────────────────────────────────


class Inline(HTMLParser):
    """Collects every piece of code or style that stands in the page itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag in {"style", "base", "iframe", "object", "embed"} or (
            tag == "script" and not names.get("src")
        ):
            self.found.append(f"<{tag}>")
        if tag == "img" and names.get("src") == "x":
            self.found.append("<img src=x>")
        for name, value in attrs:
            is_code = name == "style" or name.startswith(("on", "hx-on", "hx-vars"))
            if is_code or re.match(r"\s*(javascript|data|vbscript):", value or "", re.I):
                self.found.append(f"<{tag} {name}={value!r}>")


CANARY = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"


@pytest.mark.parametrize("name", READ)
def test_a_page_has_no_inline_code_whatever_people_are_called(world, name):
    """Names, titles and texts try to become code: each page shows them as they were typed."""
    _poison(world)
    client, address = world.client(_person(name, "GET")), _address(world, name)
    _poison_rows()
    for answer in (
        client.get(address),
        client.get(address, headers={"HX-Request": "true"}),
        client.get(address.split("?")[0], {"q": CANARY, "page": CANARY, "sort": CANARY, "unit": CANARY}),
    ):
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        page = Inline()
        page.feed(_body(answer))
        assert page.found == []


def _poison(world: World) -> None:
    for member in (world.ren, world.hana):
        member.family_name = CANARY[:60]
        member.save(update_fields=["family_name"])
    world.company.name = CANARY
    world.company.save(update_fields=["name"])
    world.cycle.name = CANARY[:60]
    world.cycle.save(update_fields=["name"])


#: Texts of people in the rows that pages show.
TEXTS = {
    "goals.Goal": ("title", "statement", "criteria", "reason_outcome", "approach"),
    "work.WorkItem": ("name", "category_l", "category_m"),
    "work.Outcome": ("beneficiary", "thing", "state"),
    "organization.OrgUnitVersion": ("name",),
}


def _poison_rows() -> None:
    for label, names in TEXTS.items():
        model = apps.get_model(label)
        limits = {name: model._meta.get_field(name).max_length or len(CANARY) for name in names}
        for row in model._base_manager.all():
            model._base_manager.filter(pk=row.pk).update(
                **{name: f"{row.pk}{CANARY}"[: limits[name]] for name in names}
            )


# ── English is whole ─────────────────────────────────────────────────────────────────────────────

JAPANESE = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff。、「」]+")
#: Japanese on an English page that is meant: the product's name and the name of the other language.
MEANT = ("土台", "日本語")
#: Pages that show invented Japanese samples and nothing of the product's own.
SAMPLES = {"gallery:components"}
CATALOGUE = Path(dodai.__file__).parent / "catalogue"


@cache
def _catalogue_texts() -> frozenset[str]:
    """The department templates are Japanese texts to start from; they are data, not sentences of the page."""
    return frozenset(
        text for path in CATALOGUE.glob("*.toml") for text in _texts(tomllib.loads(path.read_text()))
    )


@cache
def _offered_texts() -> frozenset[str]:
    """Japanese that the product itself offers as data, in whatever language the page is.

    Names of 国民の祝日 and of periods, the columns a sheet may have, and the sentence a goal is rewritten to:
    goals are written in Japanese, and the check reads Japanese.
    """
    today = timezone.localdate()
    years = range(today.year - 2, today.year + 3)
    holidays = {day.name for year in years for day in national_holidays(year, on=today)}
    kinds = (("half", 2), ("quarter", 4), ("year", 1))
    periods = {
        Period(kind, year, number).name
        for kind, most in kinds
        for year in years
        for number in range(1, most + 1)
    }
    columns = {name for field in FIELDS for name in (field.label, *field.aliases)}
    rewrites = tomllib.loads((CATALOGUE.parent / "smart" / "wording" / "ja.toml").read_text())["templates"]
    words = {word for sentence in rewrites.values() for word in re.split(r"[{}/]", sentence)}
    return frozenset(holidays | periods | columns | words)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _stored_texts() -> Iterator[str]:
    """Every text in the database: names of people and units, and what they wrote."""
    for model in apps.get_models():
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._base_manager.values_list(*names) if names else ():
            for value in row:
                yield from _texts(value)


def _japanese_left(page: str) -> str:
    page = re.sub(r"<!--.*?-->", "", page, flags=re.S)
    texts = (*_stored_texts(), *_catalogue_texts(), *_offered_texts())
    data = {part for text in texts for part in JAPANESE.findall(text)}
    left = []
    for run in JAPANESE.findall(html.unescape(page)):
        rest = run
        for text in sorted(data | set(MEANT), key=len, reverse=True):
            if text == rest or (len(text) > 1 and text in rest):
                rest = rest.replace(text, "")
        if JAPANESE.search(rest):
            left.append(run)
    return "／".join(dict.fromkeys(left))


@pytest.mark.parametrize("name", sorted(set(READ) - SAMPLES))
def test_the_english_page_is_english(world, name):
    person = _person(name, "GET")
    account = world.people[person].account
    account.language = "en"
    account.save(update_fields=["language"])
    address, client = _address(world, name), world.client(person)
    answer = client.get(address)
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return
    assert answer.headers["Content-Language"] == "en"
    assert _japanese_left(_body(answer)) == ""


@pytest.mark.parametrize("name", OF_THE_LIBRARY)
def test_the_english_pages_of_the_login_library_are_english(world, name):
    account = world.ren.account
    account.language = "en"
    account.save(update_fields=["language"])
    answer = world.client("ren").get(reverse(name), follow=True)
    assert _japanese_left(_body(answer)) == ""
