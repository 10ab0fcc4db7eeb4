"""``dodai doctor``: what is well and what to do about the rest; ends with 1 when a repair is needed."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand

from dodai.ops.doctor import examine

_SIGNS = {"good": "○", "warn": "△", "bad": "×"}


class Command(BaseCommand):
    help = "Check the database, the audit chain, the data folder and the jobs."
    requires_system_checks = []

    def handle(self, **options: object) -> None:
        is_ill = False
        for verdict in examine():
            self.stdout.write(f"{_SIGNS[verdict.state]} {verdict.sentence}")
            is_ill = is_ill or verdict.state == "bad"
        if is_ill:
            sys.exit(1)
