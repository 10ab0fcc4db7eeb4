"""Signing in, staying signed in and being signed out, under our settings of the login library."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from dodai.accounts.models import Account
from tests.world import PASSWORD

LOGIN, REN = "/accounts/login/", "000004"
WRONG = "ログイン名かパスワードが正しくありません。もう一度入力してください。"
LOCKED = "ログインをしばらく停止しています"


def sign_in(client: Client, login: str = REN, password: str = PASSWORD, **extra):
    return client.post(LOGIN, {"login": login, "password": password}, **extra)


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/2fa/").status_code == 200


def words(answer) -> str:
    """What is read on the page, without tokens and typed values."""
    page = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", page)


def test_login_name_and_address_open_the_home_page(world):
    for login in (REN, f"  {REN} ", "ren@test.example", "REN@Test.Example"):
        client = Client()
        answer = sign_in(client, login)
        assert (answer.status_code, answer["Location"]) == (302, "/"), login
        assert is_signed_in(client)


def test_every_page_asks_for_a_login_and_returns_to_itself(world):
    answer = Client().get("/organization/members/?q=1")
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{LOGIN}?next=/organization/members/")


@pytest.mark.parametrize(
    "login", [REN, "ren@test.example", "999999", "nobody@test.example", "' OR 1=1 --", "なし"]
)
def test_the_answer_does_not_tell_who_exists(world, login):
    """The same words whether the login name exists or not, and whatever it looks like."""
    answer = sign_in(Client(), login, "a wrong password")
    assert answer.status_code == 200
    assert WRONG in answer.content.decode()
    assert words(answer) == words(sign_in(Client(), "000005", "a wrong password"))


@pytest.mark.parametrize("known", [True, False])
def test_the_page_for_a_forgotten_password_does_not_tell_who_exists(world, known):
    address = "ren@test.example" if known else "nobody@test.example"
    client = Client()
    answer = client.post("/accounts/password/reset/", {"email": address}, follow=True)
    assert answer.status_code == 200
    assert words(answer) == words(
        Client().post("/accounts/password/reset/", {"email": "yui@test.example"}, follow=True)
    )
    assert sum(address in message.to for message in mail.outbox if "http" in message.body) == known


def test_ten_wrong_passwords_stop_the_login_name_for_five_minutes(world):
    client = Client()
    answers = [sign_in(client, password=f"wrong number {n}") for n in range(12)]
    assert [answer.status_code for answer in answers] == [200] * 9 + [429] * 3
    page = answers[-1].content.decode()
    assert LOCKED in page
    assert "5分ほど待ってから、もう一度ログインしてください。" in page
    assert sign_in(Client()).status_code == 429, "the right password does not help"
    assert sign_in(Client(), "000005").status_code == 302, "somebody else is not stopped"
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=5)):
        assert sign_in(Client()).status_code == 302


def test_a_login_name_that_does_not_exist_is_stopped_just_the_same(world):
    answers = [sign_in(Client(), "999999", "wrong") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 9 + [429] * 2


SPELLINGS = [REN, f" {REN}", f"{REN} ", "ren@test.example", "REN@test.example", "Ren@TEST.example"]
FORGED = ["X-Forwarded-For", "X-Real-IP", "Forwarded", "CF-Connecting-IP", "True-Client-IP", "Client-IP"]


def test_no_spelling_and_no_header_gives_an_eleventh_try(world):
    """The count belongs to the account: not to a spelling, an address, a browser or a forwarded header."""
    checked = 0
    for number in range(60):
        client = Client(REMOTE_ADDR=f"10.0.{number}.1")
        headers = {name: f"192.0.2.{number}" for name in FORGED} | {"User-Agent": f"browser {number}"}
        answer = sign_in(client, SPELLINGS[number % len(SPELLINGS)], f"wrong {number}", headers=headers)
        checked += answer.status_code == 200
    assert checked <= 10
    assert sign_in(Client()).status_code == 429


def test_a_right_password_forgets_the_wrong_ones(world):
    for _ in range(9):
        sign_in(Client(), password="wrong")
    assert sign_in(Client()).status_code == 302
    assert sign_in(Client(), password="wrong").status_code == 200


def test_no_password_is_kept_with_the_attempts(world):
    sign_in(Client(), password="canary-password-7Q")
    rows = list(AccessAttempt.objects.values())
    assert len(rows) == 1
    assert "canary" not in str(rows)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"login": "", "password": ""},
        {"login": REN},
        {"password": PASSWORD},
        {"login": REN, "password": [PASSWORD + "x", PASSWORD + "y"]},
        {"login": [REN, "000005"], "password": "wrong"},
        {"login": "x" * 5000, "password": "y" * 5000},
        {"login": "\x00", "password": "\x00"},
    ],
    ids=lambda fields: ",".join(f"{key}={str(value)[:12]!a}" for key, value in fields.items()) or "nothing",
)
def test_a_half_filled_form_signs_nobody_in(world, fields):
    client = Client()
    answer = client.post(LOGIN, fields)
    assert answer.status_code == 200
    assert not is_signed_in(client)


def test_who_was_suspended_is_not_let_in_and_is_out_at_once(world):
    client = Client()
    sign_in(client)
    assert is_signed_in(client)
    Account.objects.filter(pk=world.ren.account.pk).update(is_active=False)
    assert not is_signed_in(client)
    again = Client()
    sign_in(again)
    assert not is_signed_in(again)


def test_who_left_is_out_at_once(world):
    client = world.client("ren")
    assert client.get("/").status_code == 200
    world.ren.left_on = timezone.localdate() - timedelta(days=1)
    world.ren.save(update_fields=["left_on"])
    assert client.get("/").status_code == 403


def test_a_changed_password_ends_the_other_sessions(world):
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    account = world.ren.account
    account.set_password("another horse battery staple")
    account.save()
    assert not is_signed_in(here)
    assert not is_signed_in(elsewhere)


def test_signing_in_gives_a_new_session(world):
    """A session that somebody planted before the login is worth nothing after it."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store["planted"] = True
    store.create()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    sign_in(client)
    assert is_signed_in(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != store.session_key
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    assert not is_signed_in(stranger)


def test_signing_out_needs_a_press_and_ends_the_session(world):
    client = Client()
    sign_in(client)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)
    ended = client.post("/accounts/logout/")
    assert ended["Clear-Site-Data"] == '"cache", "storage"'
    stale = Client()
    stale.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not is_signed_in(stale)


def test_the_cookies_are_for_this_host_and_for_no_script(world):
    client = Client()
    client.get(LOGIN)
    sign_in(client)
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (
            True,
            "Lax",
            "/",
            "",
        )


def test_a_session_ends_after_half_an_hour_without_a_page(world):
    now = timezone.now()
    client = Client()
    with time_machine.travel(now):
        sign_in(client)
        client.get("/")
    with time_machine.travel(now + timedelta(minutes=29)):
        assert client.get("/").status_code == 200
    with time_machine.travel(now + timedelta(minutes=57)):
        assert client.get("/").status_code == 200
    with time_machine.travel(now + timedelta(minutes=89)):
        answer = client.get("/organization/members/")
        assert answer.status_code == 302
        assert answer["Location"] == f"{LOGIN}?next=/organization/members/"


def test_asking_in_the_background_is_no_activity(world):
    now = timezone.now()
    client = Client()
    with time_machine.travel(now):
        sign_in(client)
        client.get("/")
    for minutes in range(5, 30, 5):
        with time_machine.travel(now + timedelta(minutes=minutes)):
            assert client.get("/", headers={"X-Dodai-Poll": "1"}).status_code == 200
    with time_machine.travel(now + timedelta(minutes=31)):
        assert client.get("/").status_code == 302


def test_a_session_ends_after_twelve_hours_however_busy(world):
    now = timezone.now()
    client = Client()
    with time_machine.travel(now):
        sign_in(client)
    for minutes in range(20, 12 * 60, 20):
        with time_machine.travel(now + timedelta(minutes=minutes)):
            assert client.get("/").status_code == 200, minutes
    with time_machine.travel(now + timedelta(hours=12, minutes=1)):
        assert client.get("/").status_code == 302


FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "//testserver@evil.example/",
    "https://testserver.evil.example/",
    "/%09/evil.example",
    "\t//evil.example",
    "ｈttps://evil.example/",
    "//evil。example/",
]


@pytest.mark.parametrize("target", FOREIGN)
def test_the_login_leads_to_no_other_house(world, target):
    client = Client()
    answer = client.post(f"{LOGIN}?next=x", {"login": REN, "password": PASSWORD, "next": target})
    assert answer.status_code == 302
    assert not re.match(r"^\s*(?:[a-z]+:|[\\/]{2}|/[\\\t])", answer["Location"], re.I), answer["Location"]


def test_the_login_leads_back_to_the_page_that_was_asked_for(world):
    client = Client()
    answer = client.post(LOGIN, {"login": REN, "password": PASSWORD, "next": "/organization/members/?q=1"})
    assert answer["Location"] == "/organization/members/?q=1"


PASSWORDS = {
    "short-pass1": "12",
    "x" * 129: "128字",
    "1q2w3e4r5t6y": "",
    "dodai-horse-battery": "会社名、製品名、ログイン名",
    "a horse of テスト商事": "会社名、製品名、ログイン名",
    "horse-000004-battery": "会社名、製品名、ログイン名",
    "ren@test.example": "",
}


@pytest.mark.parametrize(
    "password", PASSWORDS, ids=lambda password: password[:20].encode("unicode_escape").decode()
)
def test_a_weak_password_is_refused_in_a_sentence(world, password):
    client = Client()
    sign_in(client)
    answer = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )
    world.ren.account.refresh_from_db()
    assert world.ren.account.check_password(PASSWORD)
    assert answer.status_code == 200
    assert PASSWORDS[password] in answer.content.decode()


@pytest.mark.parametrize(
    "password", ["　馬 電池 ホチキス 正しい　です！", "x9" * 64, "correct  horse\tbattery"]
)
def test_any_characters_and_128_of_them_make_a_password(world, password):
    client = Client()
    sign_in(client)
    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )
    assert sign_in(Client(), password=password).status_code == 302


def test_a_password_changes_only_with_the_old_one(world):
    client = Client()
    sign_in(client)
    new = "another horse battery"
    client.post("/accounts/password/change/", {"oldpassword": "wrong", "password1": new, "password2": new})
    world.ren.account.refresh_from_db()
    assert world.ren.account.check_password(PASSWORD)


def test_the_link_for_a_forgotten_password_works_once_and_for_its_owner(world):
    Client().post("/accounts/password/reset/", {"email": "ren@test.example"})
    link = re.search(r"https?://testserver(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)
    assert link
    new = "another horse battery"
    for expected in (True, False):
        client = Client()
        page = client.get(link[1], follow=True)
        form = page.redirect_chain[-1][0] if page.redirect_chain else link[1]
        client.post(form, {"password1": new + str(expected), "password2": new + str(expected)})
        assert not is_signed_in(client), "a reset link is no login"
    world.ren.account.refresh_from_db()
    world.yui.account.refresh_from_db()
    assert world.ren.account.check_password(new + "True")
    assert world.yui.account.check_password(PASSWORD)


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/email/",
        "/accounts/password/set/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/abc/",
        "/accounts/login/code/confirm/",
        "/accounts/3rdparty/",
        "/accounts/3rdparty/signup/",
        "/accounts/social/login/cancelled/",
    ],
)
def test_what_we_do_not_offer_is_not_there(world, address):
    assert world.client("ren").get(address).status_code == 404
    assert Client().get(address).status_code in {302, 404}


def test_nobody_signs_up_by_themselves(world):
    before = Account.objects.count()
    Client().post("/accounts/signup/", {"username": "x1", "password1": PASSWORD, "password2": PASSWORD})
    assert Account.objects.count() == before
