"""`dodai import people FILE`: the preview and the result of a roster, at the terminal."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import CommandParser

from dodai.exchange.models import ImportBatch
from dodai.ops.importing import ImportCommand


class Command(ImportCommand):
    help = "Import a roster (社員名簿), with transfers (異動一覧) if there are any. Twice changes nothing."
    kind = ImportBatch.Kind.PEOPLE

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--transfers", type=Path, metavar="FILE", help="異動一覧")
