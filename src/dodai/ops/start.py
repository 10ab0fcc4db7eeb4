"""Bringing an installation up on this machine, in the order a newcomer expects."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from dodai.organization.models import Company

Say = Callable[[str], object]

_HOST = "127.0.0.1"
_WAIT_SECONDS = 60


def start(say: Say, *, only_prepare: bool = False) -> None:
    """Check, migrate, create the demo where the database is empty, serve until Ctrl-C."""
    port = _port()
    _require_writable(settings.DATA)
    _require_free(port)
    _prepare(say)
    if only_prepare:
        return
    # Ctrl-C reaches the whole terminal group; the children are told by us, in order, exactly once.
    signal.signal(signal.SIGTERM, _interrupt)
    children = [
        _spawn(_web_command(port)),
        _spawn(_dodai("db_worker", "--verbosity", "0")),
        _spawn(_dodai("scheduler")),
    ]
    try:
        _wait_until_answering(port, children[0])
        _greet(say, port)
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        raise CommandError(
            _("プロセスが予期せず終了したので、Dodaiを止めました。上の記録を確認してください。")
        )
    except KeyboardInterrupt:
        say("")
        say(_("Dodaiを止めています。"))
    finally:
        _stop(children)
    say(_("止まりました。データは%(folder)sに残っています。") % {"folder": settings.DATA})


def _port() -> int:
    typed = os.environ.get("DODAI_PORT", "8000")
    if not typed.isdigit() or not 1 <= int(typed) <= 65535:
        raise CommandError(
            _("DODAI_PORTには1〜65535の数を入れてください（いまは「%(typed)s」）。") % {"typed": typed}
        )
    return int(typed)


def _require_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        raise CommandError(
            _("データの置き場所%(folder)sに書き込めません。DODAI_DATAで別のフォルダを指定してください。")
            % {"folder": folder}
        ) from None


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            raise CommandError(
                _("ポート%(port)sはほかのプログラムが使っています。DODAI_PORTで別の番号を指定してください。")
                % {"port": port}
            ) from None


def _prepare(say: Say) -> None:
    say(_("データベースを準備しています。"))
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if settings.DEMO and not Company.objects.exists():
        say(_("デモの会社を作っています。"))
        call_command("demo", verbosity=0)


def _dodai(*words: str) -> list[str]:
    return [sys.executable, "-m", "dodai.ops.cli", *words]


def _web_command(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", _HOST, "--port", str(port)),
        *("--workers", os.environ.get("DODAI_WORKERS", "2"), "--blocking-threads", "4"),
        *("--log-level", "warning", "--no-ws", "dodai.config.wsgi:application"),
    ]


def _spawn(command: list[str]) -> subprocess.Popen[bytes]:
    """A child in its own group, so that a Ctrl-C in the terminal does not reach it twice."""
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603


def _wait_until_answering(port: int, web: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < deadline:
        if web.poll() is not None:
            raise CommandError(_("ウェブサーバーを起動できませんでした。上の記録を確認してください。"))
        try:
            with urllib.request.urlopen(f"http://{_HOST}:{port}/health/", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise CommandError(_("ウェブサーバーが%(seconds)s秒たっても応答しません。") % {"seconds": _WAIT_SECONDS})


def _greet(say: Say, port: int) -> None:
    from dodai.ops.demo import LOGINS, PASSWORD

    say("")
    say(f"  Dodai（土台）  http://{_HOST}:{port}")
    company = Company.objects.get()
    if company.is_demo:
        say("")
        say(_("  デモの会社：%(company)s（架空の会社と人です）") % {"company": company.name})
        say(_("  パスワードは全員 %(password)s") % {"password": PASSWORD})
        for login in LOGINS:
            say(f"    {login.member_no}  {login.label}")
    say("")
    say(_("  止めるにはCtrl-Cを押します。"))
    sys.stdout.flush()


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGINT if child is not children[0] else signal.SIGTERM)
    for child in children:
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            child.kill()


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
