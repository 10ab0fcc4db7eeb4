"""``dodai start`` as a person runs it: what it says, what it leaves behind, and how it ends."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import sqlite3
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from dodai.ops.demo import LOGINS, PASSWORD
from tests.ops.processes import Running, dodai, environment, free_port, processes_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("installation") / "data"


@pytest.fixture(scope="module")
def first(folder) -> Iterator[Running]:
    """The first start on an empty folder, left running for the tests below."""
    running = Running(folder, folder.parent / "first.txt")
    try:
        running.wait_for("Ctrl-C")
        yield running
    finally:
        running.stop()


class Browser:
    def __init__(self, address: str) -> None:
        self.address, self.jar = address, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path) as answer:
            return answer.read().decode()

    def sign_in(self, login: str, password: str) -> http.client.HTTPResponse:
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', self.get("/accounts/login/"))
        assert token
        form = urlencode({"login": login, "password": password, "csrfmiddlewaretoken": token[1]})
        return self.opener.open(self.address + "/accounts/login/", form.encode())


def _refused(*words: str, **changes: str) -> str:
    """What the command says on refusing: one line, no traceback, nothing on standard output."""
    done = dodai(*words, env=changes)
    assert done.returncode != 0
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_a_taken_port_is_told_in_one_sentence(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        sentence = _refused("start", **environment(tmp_path / "data", DODAI_PORT=str(port)))
    assert sentence == (
        f"ポート{port}はほかのプログラムが使っています。DODAI_PORTで別の番号を指定してください。"
    )
    assert not (tmp_path / "data" / "dodai.sqlite3").exists()


@pytest.mark.parametrize("typed", ["0", "70000", "http", "-1"])
def test_a_port_that_is_none_is_told_in_one_sentence(tmp_path, typed):
    sentence = _refused("start", **environment(tmp_path / "data", DODAI_PORT=typed))
    assert sentence == f"DODAI_PORTには1〜65535の数を入れてください（いまは「{typed}」）。"


def test_a_data_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path):
    """Below a regular file nobody can write, not even root."""
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "data"
    sentence = _refused("start", **environment(folder, HOME=str(tmp_path), DODAI_PORT=str(free_port())))
    assert sentence == (
        f"データの置き場所{folder}に書き込めません。DODAI_DATAで別のフォルダを指定してください。"
    )


def test_an_empty_folder_becomes_a_demo_with_its_logins_told(first):
    text = first.text
    assert first.address in text
    assert "架空の会社と人です" in text
    assert PASSWORD in text
    for login in LOGINS:
        assert f"{login.member_no}  {login.label}" in text
    assert "Traceback" not in text


def test_the_server_says_that_it_is_well(first):
    with urllib.request.urlopen(first.address + "/health/") as answer:
        assert answer.status == 200


def test_server_worker_and_scheduler_run(first, folder):
    lines = "\n".join(processes_of(folder))
    assert "granian" in lines
    assert "db_worker" in lines
    assert "scheduler" in lines


@pytest.mark.parametrize("login", LOGINS, ids=lambda login: login.member_no)
def test_each_told_login_opens_the_home_page(first, login):
    browser = Browser(first.address)
    with browser.sign_in(login.member_no, PASSWORD) as answer:
        assert (answer.status, answer.url) == (200, first.address + "/")
    assert "sessionid" in {cookie.name for cookie in browser.jar}


def test_styles_are_served_with_a_name_that_changes_with_them(first):
    page = Browser(first.address).get("/accounts/login/")
    (style,) = re.findall(r'href="(/static/css/app\.[0-9a-f]+\.css)"', page)
    with urllib.request.urlopen(first.address + style) as answer:
        assert "immutable" in answer.headers["Cache-Control"]


def test_another_host_name_is_refused(first):
    """The demo answers on the loopback address only, under its own names."""
    asking = http.client.HTTPConnection("127.0.0.1", first.port)
    asking.request("GET", "/health/", headers={"Host": "dodai.example"})
    assert asking.getresponse().status == 400
    asking.close()


def test_the_data_folder_is_locked_for_a_second_installation_on_the_port(first):
    sentence = _refused("start", **environment(first.folder, DODAI_PORT=str(first.port)))
    assert str(first.port) in sentence


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_whole_and_starts_again_with_the_same_data(first, folder, number):
    first.stop()
    before = _contents(folder)
    again = Running(folder, folder.parent / f"again-{number}.txt")
    try:
        text = again.wait_for("Ctrl-C")
        assert "デモの会社を作っています" not in text
        assert _contents(folder) == before
    finally:
        ended = again.stop(number)
    assert ended == 0
    assert "データは" in again.text
    assert str(folder) in again.text
    assert "Traceback" not in again.text
    assert processes_of(folder) == []


def _contents(folder: Path) -> tuple[object, ...]:
    """The key, and how much of everything there is."""
    database = sqlite3.connect(folder / "dodai.sqlite3")
    tables = ("organization_member", "work_workitem", "goals_goal", "audit_auditevent")
    counts = [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
    database.close()
    return ((folder / "secret.key").read_text(), *counts)
