"""Server time, queries and bytes of the main pages at growing company sizes, on both databases.

    bin/bench pages                       1,000, 10,000 and 100,000 people
    bin/bench pages --sizes 1000,10000    other sizes
    bin/bench pages --databases sqlite    one database only

Each figure is shown beside a bare signed-in page (the frame alone) of the same process, measured in turn
with it, so that a slow machine does not change the ratio.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cluster import postgres_cluster

ROUNDS, WARM_UP = 40, 5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_measure(options.one)))
        return 0
    sizes = [int(size) for size in options.sizes.split(",")]
    for database in options.databases.split(","):
        _show(database, [_in_child(database, size) for size in sizes], sizes)
    return 0


def _in_child(database: str, size: int) -> dict[str, Any]:
    """A fresh process and a fresh database for each size."""
    left_out: list[str] = []
    with tempfile.TemporaryDirectory(prefix="dodai-bench-", ignore_cleanup_errors=True) as folder:
        environment = dict(os.environ) | {"DODAI_DEMO": "1", "DODAI_DATA": folder}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "bench.pages", "--one", str(size)]
        if database == "sqlite":
            return _run(command, environment)
        with postgres_cluster(left_out) as url:
            if not url:
                print(f"LEFT OUT: {left_out[0]}")
                return {}
            return _run(command, environment | {"DATABASE_URL": url})


def _run(command: list[str], environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _show(database: str, results: list[dict[str, Any]], sizes: list[int]) -> None:
    if not all(results):
        return
    print(f"\n{database}: p50 ms / p95 ms · ratio to the bare page · queries · kB compressed")
    for page in results[0]["pages"]:
        cells = []
        for size, result in zip(sizes, results, strict=True):
            row, bare = result["pages"][page], result["pages"]["bare"]
            cells.append(
                f"{size:>7,}: {row['p50']:6.1f} / {row['p95']:6.1f}  ×{row['p50'] / bare['p50']:.1f}  "
                f"{row['queries']:2d} q  {row['kilobytes']:5.1f} kB"
            )
        growth = results[-1]["pages"][page]["p50"] / results[0]["pages"][page]["p50"]
        print(f"  {page:<14}" + " | ".join(cells) + f" | growth ×{growth:.2f}")
    filled = [
        f"{size:,}: {result['seconds_to_fill']:.0f} s" for size, result in zip(sizes, results, strict=True)
    ]
    print("  (filling took " + ", ".join(filled) + ")")


def _measure(size: int) -> dict[str, Any]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench.seed import seed

    Path(os.environ["DODAI_DATA"]).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    started = time.perf_counter()
    seeded = seed(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    filled = time.perf_counter() - started
    calls = _calls(seeded)
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(WARM_UP + ROUNDS):
        for name, call in calls.items():
            started = time.perf_counter()
            call()
            if turn >= WARM_UP:
                times[name].append((time.perf_counter() - started) * 1000)
    return {
        "seconds_to_fill": filled,
        "pages": {name: _row(times[name], calls[name]) for name in calls},
    }


def _row(times: list[float], call: Callable[[], Any]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = call()
    quantiles = statistics.quantiles(times, n=20)
    return {
        "p50": statistics.median(times),
        "p95": quantiles[18],
        "queries": sum(
            1 for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
        ),
        "kilobytes": len(gzip.compress(answer.content, 6)) / 1000,
    }


def _calls(seeded: Any) -> dict[str, Callable[[], Any]]:
    """The pages as the people of the seeded company open them."""
    from django.test import Client
    from django.urls import reverse

    from dodai.goals.models import Goal
    from dodai.organization.models import Member

    def signed_in(pk: int) -> Client:
        client = Client()
        client.force_login(
            Member.objects.select_related("account").get(pk=pk).account,
            backend="django.contrib.auth.backends.ModelBackend",
        )
        return client

    head, person, hr = signed_in(seeded.head), signed_in(seeded.person), signed_in(seeded.hr)

    def page(client: Client, address: str) -> Callable[[], Any]:
        def call() -> Any:
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
            return answer

        return call

    words = iter(range(1, 1_000_000))

    def save() -> Any:
        goal = Goal.objects.only("version").get(pk=seeded.goal)
        address = reverse("goals:step", args=[seeded.goal, "statement"])
        answer = person.post(address, _typed(goal.version, next(words)), headers={"HX-Request": "true"})
        assert answer.status_code in {200, 204}, answer.status_code
        return answer

    return {
        "bare": page(head, reverse("bare")),
        "home": page(head, reverse("home:home")),
        "board": page(head, reverse("work:board")),
        "board (unit)": page(head, reverse("work:board") + "?scope=unit"),
        "goal list": page(head, reverse("goals:goals")),
        "goal list (HR)": page(hr, reverse("goals:goals") + "?scope=all"),
        "goal page": page(person, reverse("goals:goal", args=[seeded.goal])),
        "approvals": page(head, reverse("sheets:approvals")),
        "saving a goal": save,
    }


def _typed(version: int, number: int) -> dict[str, str]:
    return {"version": str(version), "title": f"期限内率を{90 + number % 9}%以上にする", "autosave": "1"}


if __name__ == "__main__":
    sys.exit(main())
