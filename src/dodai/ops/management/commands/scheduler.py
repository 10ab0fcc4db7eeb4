"""``dodai scheduler``: the loop of the timed jobs; safe to run several times."""

from __future__ import annotations

import contextlib

from django.core.management.base import BaseCommand

from dodai.ops.scheduler import serve_forever


class Command(BaseCommand):
    help = "Run timed jobs when they are due. Several schedulers together do each run once."

    def handle(self, **options: object) -> None:
        with contextlib.suppress(KeyboardInterrupt):
            serve_forever()
