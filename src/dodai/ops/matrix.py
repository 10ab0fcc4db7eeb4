"""The permission matrix: which routes exist, and which are declared in matrix.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

FILE = Path(__file__).with_name("matrix.toml")
PEOPLE = (
    "own",
    "lead",
    "chief",
    "peer",
    "other",
    "hr",
    "hr_head",
    "auditor",
    "executive",
    "admin",
    "anonymous",
)


@dataclass(frozen=True, slots=True)
class Route:
    """One named address: ``name`` as reverse() takes it, ``pattern`` as the browser sees it."""

    name: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Declared:
    """One entry of matrix.toml."""

    name: str
    allowed: dict[str, frozenset[str]] = field(default_factory=dict)
    object: str = ""
    query: str = ""
    body: str = ""
    safe: bool = False
    outside: bool = False
    why: str = ""

    def admits(self, method: str, person: str) -> bool:
        admitted = self.allowed.get(method, frozenset())
        if "public" in admitted:
            return True
        return person in admitted or ("all" in admitted and person != "anonymous")


def routes() -> list[Route]:
    """Every named address of the running product, from the URL resolver itself."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], prefix: str, namespace: str) -> Iterator[Route]:
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace or "") if part)
            yield from _walk(entry.url_patterns, path, inner)
        elif isinstance(entry, URLPattern):
            yield Route(f"{namespace}:{entry.name}" if namespace else str(entry.name), path)


@cache
def declared() -> dict[str, Declared]:
    """The entries of matrix.toml by route name."""
    with FILE.open("rb") as file:
        table = tomllib.load(file)
    return {name: _read(name, entry) for name, entry in table["routes"].items()}


def _read(name: str, entry: dict[str, Any]) -> Declared:
    methods: dict[str, frozenset[str]] = {
        key: frozenset(entry[key]) for key in ("GET", "POST", "PUT", "PATCH", "DELETE") if key in entry
    }
    unknown = {person for people in methods.values() for person in people} - {*PEOPLE, "all", "public"}
    if unknown:
        raise ValueError(f"matrix.toml: {name} names unknown people {sorted(unknown)}")
    return Declared(
        name,
        methods,
        entry.get("object", ""),
        entry.get("query", ""),
        entry.get("body", ""),
        entry.get("write") == "safe",
        bool(entry.get("outside")),
        entry.get("why", ""),
    )


def differences() -> list[str]:
    """Sentences about routes without an entry and entries without a route; empty when they agree."""
    existing, listed = {route.name for route in routes()}, set(declared())
    missing = [f"route {name} is not declared in ops/matrix.toml" for name in sorted(existing - listed)]
    gone = [f"ops/matrix.toml declares {name}, which is not a route" for name in sorted(listed - existing)]
    unexplained = [
        f"ops/matrix.toml: {entry.name} is open or outside without a reason (why)"
        for entry in declared().values()
        if (entry.outside or any("public" in people for people in entry.allowed.values())) and not entry.why
    ]
    return missing + gone + unexplained
