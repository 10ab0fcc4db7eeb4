"""The page that tells what the API offers, made from its own OpenAPI document; no script, no foreign host."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from dodai.organization.http import MemberRequest


def view_of(api: NinjaAPI) -> Any:
    @require_safe
    def docs(request: MemberRequest) -> HttpResponse:
        return render(request, "api/docs.html", {"groups": groups_of(api)})

    return docs


def groups_of(api: NinjaAPI) -> list[dict[str, Any]]:
    """Operations by tag: method, address, what it does, what it may answer."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for address, operations in api.get_openapi_schema()["paths"].items():
        for method, operation in operations.items():
            groups.setdefault(operation["tags"][0], []).append(
                {
                    "method": method.upper(),
                    "address": address,
                    "text": operation.get("description", ""),
                    "answers": [int(status) for status in operation["responses"]],
                }
            )
    return [{"tag": tag, "operations": operations} for tag, operations in groups.items()]
