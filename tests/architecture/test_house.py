"""The contracts of the house that import-linter cannot see."""

from __future__ import annotations

import ast
from pathlib import Path

from django.apps import apps

import dodai

FLOORS = ["accounts", "audit", "organization", "cycles", "work", "indicators", "goals", "exchange"]
SOURCE = Path(dodai.__file__).parent
WRITES = {
    "save", "create", "update", "delete", "keep",
    "bulk_create", "bulk_update", "get_or_create", "update_or_create",
}  # fmt: skip


def test_foreign_keys_only_point_down():
    for model in apps.get_models():
        if model._meta.app_label not in FLOORS:
            continue
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model._meta.app_label in FLOORS:
                here, there = model._meta.app_label, field.related_model._meta.app_label
                assert FLOORS.index(there) <= FLOORS.index(here), (
                    f"{model._meta.label}.{field.name} points up"
                )


def test_only_actions_write():
    doors = [path for door in ("web", "api", "ops") for path in (SOURCE / door).rglob("*.py")]
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno} .{node.func.attr}()"
        for path in doors
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and not _is_not_a_row(node.func)
    ]
    assert found == []


def _is_not_a_row(call: ast.Attribute) -> bool:
    """Dictionaries, sets and hashes also have ``update``; actions may be called by these names."""
    owner = call.value
    return isinstance(owner, ast.Name) and (
        owner.id == "actions" or owner.id.endswith(("context", "digest", "values"))
    )
