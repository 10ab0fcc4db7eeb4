from __future__ import annotations

from django.core.management.base import BaseCommand

from dodai.work.actions import mark_unconfirmed


class Command(BaseCommand):
    help = "Mark work that nobody confirmed for twelve months as 見直し要. Safe to run every day."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{mark_unconfirmed()} piece(s) of work marked")
