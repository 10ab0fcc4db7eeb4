"""個人設定, and S8: whoever is shut out is out on the next request."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dodai.organization import actions
from dodai.organization.models import RoleAssignment
from tests.world import PASSWORD

TODAY = timezone.localdate()


def text(answer):
    return answer.content.decode()


def sign_in(world, who):
    """Through the login page, as a person does, so that the session is listed."""
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 Firefox/140.0")
    typed = {"login": world.people[who].account.login_name, "password": PASSWORD}
    assert client.post(reverse("account_login"), typed).status_code == 302
    return client


def test_the_language_changes_with_the_menu_and_comes_back_to_the_page(world):
    client = world.client("ren")
    answer = client.post(reverse("profile:language"), {"language": "en", "next": "/organization/"})
    assert answer["Location"] == "/organization/"
    assert 'lang="en"' in text(client.get("/organization/"))
    away = client.post(reverse("profile:language"), {"language": "ja", "next": "//example.org/"})
    assert away["Location"] == "/"


def test_shortcuts_can_be_switched_off(world):
    client = world.client("ren")
    assert 'data-shortcuts="on"' in text(client.get(reverse("profile:profile")))
    client.post(reverse("profile:profile"), {"language": "ja"})
    assert 'data-shortcuts="on"' not in text(client.get(reverse("profile:profile")))


def test_another_browser_is_signed_out(world):
    here, there = sign_in(world, "ren"), sign_in(world, "ren")
    page = text(here.get(reverse("profile:profile")))
    assert "この端末" in page
    assert "ログアウトさせる" in page
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post(reverse("profile:session_end", args=[other.pk]))
    assert there.get("/organization/").status_code == 302
    assert here.get("/organization/").status_code == 200


def test_nobody_signs_out_somebody_else(world):
    sign_in(world, "ren")
    session = UserSession.objects.get(user=world.ren.account)
    assert world.client("kei").post(reverse("profile:session_end", args=[session.pk])).status_code == 404
    assert UserSession.objects.filter(pk=session.pk).exists()


# --- S8 ---


def is_out(client, address="/organization/"):
    """Sent to the login page, or told that there is nothing here for them."""
    answer = client.get(address)
    return answer.status_code in {302, 403, 404}


@pytest.mark.parametrize("how", ["session", "login"])
def test_a_suspended_account_is_out_on_the_next_request(world, how):
    client = sign_in(world, "ren") if how == "login" else world.client("ren")
    assert client.get("/organization/").status_code == 200
    actions.suspend(world.ren, by=world.kei, version=1, reason="紛失の連絡")
    assert is_out(client)
    assert client.post(reverse("profile:language"), {"language": "en"}).status_code == 302
    world.ren.account.refresh_from_db()
    assert world.ren.account.language == "ja"


def test_a_suspended_person_cannot_sign_in_again(world):
    actions.suspend(world.ren, by=world.kei, version=1, reason="紛失の連絡")
    client = Client()
    client.post(reverse("account_login"), {"login": "000004", "password": PASSWORD})
    assert is_out(client)


def test_a_restored_account_needs_a_new_login(world):
    client = sign_in(world, "ren")
    actions.suspend(world.ren, by=world.kei, version=1, reason="紛失の連絡")
    world.ren.refresh_from_db()
    actions.restore(world.ren, by=world.kei, version=2)
    assert is_out(client)
    assert sign_in(world, "ren").get("/organization/").status_code == 200


def test_a_leaver_is_out_on_the_next_request(world):
    client = sign_in(world, "ren")
    actions.leave_company(world.ren, by=world.mei, version=1, left_on=TODAY - timedelta(days=1))
    assert is_out(client)


def test_a_person_who_leaves_later_works_until_the_last_day(world):
    client = world.client("ren")
    actions.leave_company(world.ren, by=world.mei, version=1, left_on=TODAY)
    assert client.get("/organization/").status_code == 200


def test_a_revoked_role_is_gone_on_the_next_request(world):
    client = world.client("mei")
    assert client.get(reverse("settings:company")).status_code == 200
    actions.revoke_role(RoleAssignment.objects.get(member=world.mei), by=world.hiro, version=1)
    assert client.get(reverse("settings:company")).status_code == 403
    assert (
        client.post(reverse("organization:leaving", args=[world.ren.pk]), {"version": 1}).status_code == 403
    )


def test_a_transfer_takes_the_view_of_the_old_line_away(world):
    grade = reverse("organization:member", args=[world.ren.pk])
    client = world.client("hana")
    assert "S2" in text(client.get(grade))
    actions.transfer(
        world.ren, by=world.mei, version=1, on=TODAY, unit=world.units["legal"], supervisor=world.aki
    )
    assert "S2" not in text(client.get(grade))


def test_a_new_initial_password_ends_every_session(world):
    client = sign_in(world, "ren")
    actions.issue_password(world.ren, by=world.kei, version=1)
    assert is_out(client)
