"""The end of the chain, noted outside the database: only this shows that a tail was cut off."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from dodai.audit.models import AuditEvent


def note_head(path: Path) -> None:
    """Append the last event's number and digest; repeating it without a new event adds nothing."""
    last = AuditEvent.objects.latest_first().values("sequence", "digest").first()
    noted = _noted(path)
    if last is None or (noted and noted[-1]["sequence"] == last["sequence"]):
        return
    line = json.dumps(last | {"at": timezone.now().isoformat(timespec="seconds")}, sort_keys=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def first_missing_head(path: Path) -> int | None:
    """The first noted event that the database no longer holds as it was; None when all are there."""
    noted = _noted(path)
    numbers = [head["sequence"] for head in noted]
    stored = dict(AuditEvent.objects.filter(sequence__in=numbers).values_list("sequence", "digest"))
    return next((head["sequence"] for head in noted if stored.get(head["sequence"]) != head["digest"]), None)


def _noted(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
