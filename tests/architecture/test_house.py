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
        f"{path.relative_to(SOURCE)}:{node.lineno} {ast.unparse(node)[:80]}"
        for path in doors
        for tree in [ast.parse(path.read_text())]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and not _is_not_a_row(node.func, _imported(tree))
    ]
    assert found == []


def _is_not_a_row(call: ast.Attribute, modules: set[str]) -> bool:
    """Dictionaries and sets also have ``update``, and a module of ours may name a function ``save``."""
    owner = ast.unparse(call.value)
    if call.attr == "update":
        return not any(word in owner for word in (".objects", ".filter(", ".exclude(", ".all()"))
    return owner in modules | {"module"}


def _imported(tree: ast.Module) -> set[str]:
    """Names of modules: imported, and written small as modules are."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if (alias.asname or alias.name).islower()
    }
