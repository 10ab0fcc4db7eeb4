"""Pictures of the main screens for the documentation, from a fresh demo company.

bin/screenshots              writes docs/screenshots/NAME-WIDTH.png
bin/screenshots --to FOLDER  writes elsewhere (to look at before committing)
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from dodai.ops.demo.logins import PASSWORD
from tests.fonts import font_configuration

ROOT = Path(__file__).resolve().parent.parent
PERSON, LEADER, HR = "001371", "001175", "001063"
SIZES = {"1280": {"width": 1280, "height": 900}, "390": {"width": 390, "height": 844}}
#: name → who looks, at which address; a text in {braces} is a link's words to follow from there.
SCREENS: dict[str, tuple[str, str]] = {
    "home": (LEADER, "/"),
    "board-table": (LEADER, "/work/?scope=unit&view=table"),
    "board-matrix": (LEADER, "/work/?scope=unit&view=matrix"),
    "board-overlap": (LEADER, "/work/?scope=unit&view=overlap"),
    "goals": (LEADER, "/goals/?scope=team"),
    "wizard": (PERSON, "wizard"),
    "goal": (LEADER, "goal"),
    "sheet": (PERSON, "/sheets/"),
    "approvals": (LEADER, "/sheets/approvals/"),
    "approval": (LEADER, "approval"),
    "indicators": (PERSON, "/indicators/"),
    "org-goals": (PERSON, "/org-goals/"),
    "organization": (HR, "/organization/"),
    "import": (HR, "/exchange/"),
}

#: Screens without a fixed address: the list, what to find there, where that leads.
_WALKS = {
    "goal": ("/goals/", r"/goals/(\d+)/", "/goals/{}/"),
    "wizard": ("/sheets/", r"/goals/(\d+)/", "/goals/{}/steps/statement/"),
    "approval": ("/sheets/approvals/", r"/sheets/(\d+)/", "/sheets/{}/approval/"),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--only", default="")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--lang", default="ja")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="dodai-pictures-") as folder:
        port = _free_port()
        server = _start(port, folder)
        try:
            _draw(f"http://127.0.0.1:{port}", options, Path(folder))
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)
    return 0


def _start(port: int, folder: str) -> subprocess.Popen[bytes]:
    environment = dict(os.environ) | {"DODAI_DEMO": "1", "DODAI_PORT": str(port), "DODAI_DATA": folder}
    environment.pop("DATABASE_URL", None)
    server = subprocess.Popen(
        [sys.executable, "-m", "dodai.ops.cli", "start"], env=environment, stdout=subprocess.DEVNULL
    )
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=2):
                return server
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise RuntimeError("the demo did not start")


def _draw(address: str, options: argparse.Namespace, folder: Path) -> None:
    wanted = [name for name in SCREENS if not options.only or name in options.only.split(",")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[
                "--disable-background-networking",
                "--lang=ja",
                *(["--no-sandbox"] if os.geteuid() == 0 else []),
            ],
            env=dict(os.environ) | {"FONTCONFIG_FILE": str(font_configuration(folder))},
        )
        for width in SIZES:
            pages: dict[str, Page] = {}
            for name in wanted:
                who, where = SCREENS[name]
                if who not in pages:
                    pages[who] = _signed_in(browser, address, who, width, options)
                pages[who].set_viewport_size(SIZES[width])  # type: ignore[arg-type]
                _go(pages[who], where)
                _show_whole(pages[who], width)
                mark = "-dark" if options.dark else ""
                pages[who].screenshot(path=options.to / f"{name}-{width}{mark}.png", full_page=True)
                print(f"{name}-{width}{mark}.png", flush=True)
        browser.close()


def _show_whole(page: Page, width: str) -> None:
    """Make the window as tall as the page, so that bars fixed to its bottom stand at the bottom."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": int(width), "height": max(int(height), SIZES[width]["height"])})
    page.wait_for_timeout(400)


def _signed_in(browser: Browser, address: str, who: str, width: str, options: argparse.Namespace) -> Page:
    context = browser.new_context(
        base_url=address,
        viewport=SIZES[width],
        has_touch=width == "390",
        color_scheme="dark" if options.dark else "light",
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("form.login input[name=login], #id_login", who)
    page.fill("form.login input[name=password], #id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(re.compile(r"/$"))
    return page


def _go(page: Page, where: str) -> None:
    """Open an address, or walk to the screen that has no fixed one."""
    if where.startswith("/"):
        page.goto(where)
    else:
        list_of, pattern, target = _WALKS[where]
        page.goto(list_of)
        number = re.search(pattern, page.content())
        assert number, f"nothing to open on {list_of}"
        page.goto(target.format(number[1]))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
