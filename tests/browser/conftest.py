"""A real Chromium in front of a live server: two widths, with and without JavaScript, and axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import world as worlds
from tests.fonts import font_configuration

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright keeps an event loop in this thread

DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return font_configuration(tmp_path_factory.mktemp("fonts"))


@pytest.fixture(scope="session")
def browser(fonts: Path) -> Iterator[Browser]:
    """The system's Chromium where there is one, else the one playwright installed."""
    system = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
    ]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=system,
            args=[*quiet, "--no-first-run", *(["--no-sandbox"] if os.geteuid() == 0 else [])],
            env=dict(os.environ) | {"FONTCONFIG_FILE": str(fonts)},
        )
        yield chromium
        chromium.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: object, transactional_db: None) -> Iterator[OpenPage]:
    """``open_page("ren", "/work/", phone=False, script=True)`` → a signed-in page at that address.

    The fixture fails the test when the page reported a script error or a policy violation.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_(
        who: str | None, path: str = "/", *, phone: bool = False, script: bool = True, lang: str = "ja"
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,  # type: ignore[attr-defined]
            viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
            has_touch=phone,
            java_script_enabled=script,
            locale=lang,
            timezone_id="Asia/Tokyo",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if who is not None:
            session = worlds.session_of(who)
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]  # type: ignore[attr-defined]
            )
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda line: (
                faults.append(f"{page.url}: {line.text}") if "Content Security Policy" in line.text else None
            ),
        )
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """No serious or critical finding of axe on the page as it stands."""

    def check(page: Page) -> None:
        # Without preload axe reads the styles the page has, instead of fetching each file once more.
        found = Axe().run(page, options={"preload": False}).response["violations"]
        grave = [
            f"{violation['id']}: {violation['help']} {[node['target'] for node in violation['nodes']][:3]}"
            for violation in found
            if violation["impact"] in {"serious", "critical"}
        ]
        assert grave == [], page.url

    return check


@pytest.fixture
def world(transactional_db: None) -> worlds.World:
    return worlds.build()
