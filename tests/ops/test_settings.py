"""A real installation refuses to run with half its settings; a demo refuses to be a real installation."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.ops.processes import dodai

KEY = "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHER_KEY = "another-" + KEY


def real(folder, **changes: str) -> dict[str, str]:
    """The environment of an installation behind a proxy with TLS."""
    return {
        "PATH": os.environ["PATH"],
        "DODAI_DATA": str(folder),
        "DODAI_SECRET_KEY": KEY,
        "DODAI_AUDIT_KEY": OTHER_KEY,
        "DODAI_HOSTS": "dodai.example",
    } | changes


def setting(environment: dict[str, str], expression: str) -> str:
    code = f"from django.conf import settings; print(repr(({expression})))"
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=environment | {"DJANGO_SETTINGS_MODULE": "dodai.config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


def test_a_real_installation_passes_the_check_before_deployment(tmp_path):
    checked = dodai("check", "--deploy", "--fail-level", "WARNING", env=real(tmp_path))
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("name", ["DODAI_SECRET_KEY", "DODAI_AUDIT_KEY"])
@pytest.mark.parametrize("value", ["", "short", "x" * 49])
def test_a_short_key_is_refused(tmp_path, name, value):
    refused = dodai("check", env=real(tmp_path, **{name: value}))
    assert refused.returncode != 0
    assert name in refused.stderr
    assert value not in refused.stderr or not value
    assert not list(tmp_path.iterdir())


def test_a_database_of_another_kind_is_refused(tmp_path):
    refused = dodai("check", env=real(tmp_path, DATABASE_URL="mysql://dodai@db/dodai"))
    assert refused.returncode != 0
    assert "postgres://" in refused.stderr


def test_a_real_installation_answers_its_own_hosts_over_tls_only(tmp_path):
    environment = real(tmp_path)
    assert setting(environment, "settings.ALLOWED_HOSTS") == "['dodai.example']"
    assert setting(environment, "settings.SECURE_SSL_REDIRECT, settings.DEBUG, settings.DEMO") == (
        "(True, False, False)"
    )
    cookies = "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE"
    assert setting(environment, cookies) == "('__Host-sessionid', '__Host-csrftoken', True)"


def test_a_demo_answers_on_this_machine_only_whatever_hosts_are_given(tmp_path):
    environment = {"PATH": os.environ["PATH"], "DODAI_DATA": str(tmp_path), "DODAI_DEMO": "1"}
    hosts = setting(environment | {"DODAI_HOSTS": "dodai.example"}, "settings.ALLOWED_HOSTS")
    assert "dodai.example" not in hosts
    assert "'*'" not in hosts


def test_a_demo_keeps_its_keys_to_itself(tmp_path):
    environment = {"PATH": os.environ["PATH"], "DODAI_DATA": str(tmp_path), "DODAI_DEMO": "1"}
    first = setting(environment, "settings.SECRET_KEY")
    assert setting(environment, "settings.SECRET_KEY") == first
    assert len(first) >= 50
    for name in ("secret.key", "audit.key"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_the_password_of_the_database_may_hold_any_sign(tmp_path):
    environment = real(tmp_path, DATABASE_URL="postgres://do%40dai:p%2Fw%3A1@db.example:5433/dodai")
    database = setting(
        environment, "{k: settings.DATABASES['default'][k] for k in ('USER', 'PASSWORD', 'PORT')}"
    )
    assert database == "{'USER': 'do@dai', 'PASSWORD': 'p/w:1', 'PORT': '5433'}"


def test_passwords_are_hashed_with_argon2_outside_the_tests(tmp_path):
    assert "Argon2" in setting(real(tmp_path), "settings.PASSWORD_HASHERS")
