"""Everything bin/test checks, in the order that fails soonest; the last lines say what was left out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from tests.cluster import postgres_cluster

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def main() -> int:
    left_out: list[str] = []
    _get_chromium(left_out)
    steps: list[tuple[str, list[str], dict[str, str]]] = [
        ("lint", [str(BIN / "ruff"), "check", "."], {}),
        ("format", [str(BIN / "ruff"), "format", "--check", "."], {}),
        ("types", [str(BIN / "mypy")], {"DODAI_DEMO": "1", "DODAI_DATA": str(ROOT / ".mypy_cache")}),
        ("imports", [str(BIN / "lint-imports"), "--no-cache"], {}),
        (
            "migrations",
            [sys.executable, "-m", "dodai.ops.cli", "makemigrations", "--check", "--dry-run"],
            {"DODAI_DEMO": "1", "DODAI_DATA": str(ROOT / ".mypy_cache")},
        ),
        (
            "deploy check",
            [sys.executable, "-m", "dodai.ops.cli", "check", "--deploy", "--fail-level", "WARNING"],
            {
                "DODAI_SECRET_KEY": "a-secret-only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz",
                "DODAI_AUDIT_KEY": "another-secret-only-for-this-check-0123456789-abcdefghijklmnopqr",
                "DODAI_HOSTS": "dodai.example",
            },
        ),
        ("tests on SQLite", _pytest(), {}),
    ]
    failed: list[str] = []
    with ExitStack() as stack:
        url = stack.enter_context(postgres_cluster(left_out))
        if url:
            steps.append(("tests on PostgreSQL", _pytest(), {"DATABASE_URL": url}))
        for name, command, environment in steps:
            if not _run(name, command, environment):
                failed.append(name)
    print()
    for line in left_out:
        print(f"LEFT OUT: {line}")
    print(f"{'FAILED: ' + ', '.join(failed) if failed else 'All checks passed.'}")
    return 1 if failed else 0


def _pytest() -> list[str]:
    cores = str(os.cpu_count() or 2)
    # The journeys are long and few: whoever is idle takes some from the other.
    return [sys.executable, "-m", "pytest", "-q", "-n", cores, "--dist", "worksteal", *sys.argv[1:]]


def _run(name: str, command: list[str], environment: dict[str, str]) -> bool:
    print(f"\n── {name}", flush=True)
    started = time.monotonic()
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("DODAI_", "DATABASE_URL"))}
    done = subprocess.run(command, cwd=ROOT, env=kept | environment, check=False)
    print(
        f"── {name}: {'ok' if done.returncode == 0 else 'FAILED'} ({time.monotonic() - started:.0f} s)",
        flush=True,
    )
    return done.returncode == 0


def _get_chromium(left_out: list[str]) -> None:
    """Debian's package when root, otherwise Playwright's own; without either the journeys say so."""
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("── installing chromium", flush=True)
        subprocess.run(["apt-get", "update", "-q"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"], **quiet)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], **quiet)
    found = shutil.which("chromium") or list(Path.home().glob(".cache/ms-playwright/chromium*"))
    if not found:
        os.environ["PYTEST_ADDOPTS"] = "-m 'not browser'"
        left_out.append("browser journeys: no Chromium was found and none could be installed")


if __name__ == "__main__":
    sys.exit(main())
