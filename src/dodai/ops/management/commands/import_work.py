"""`dodai import work FILE`: the preview and the result of a work inventory, at the terminal."""

from __future__ import annotations

from dodai.exchange.models import ImportBatch
from dodai.ops.importing import ImportCommand


class Command(ImportCommand):
    help = "Import a work inventory (業務棚卸表). Twice changes nothing."
    kind = ImportBatch.Kind.WORK
