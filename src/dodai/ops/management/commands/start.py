"""``dodai start``: prepare everything, then run the web server and the job worker together."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from dodai.ops.start import start


class Command(BaseCommand):
    help = "Prepare the database and start the web server, the job worker and the scheduler."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="prepare everything, then stop")

    def handle(self, *, check: bool, **options: object) -> None:
        try:
            start(self.stdout.write, only_prepare=check)
        except CommandError as refusal:
            self.stderr.write(str(refusal))  # the sentence alone, without the name of an exception
            raise SystemExit(1) from None
