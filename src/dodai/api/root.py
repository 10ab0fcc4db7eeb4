"""The API: the same verbs as the pages, for machines. Mounted once at /api/ by ``config.urls``."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from dodai.api import errors, goals, indicators, lint, sheets, work_items
from dodai.api.auth import SessionAuth
from dodai.api.docs import view_of

api = NinjaAPI(
    title="Dodai",
    version="1",
    description="目標管理の土台。ページと同じ権限・同じ動詞を使います。",
    auth=SessionAuth(),
    docs_url=None,
    docs_decorator=require_safe,
    urls_namespace="api",
)
errors.install(api)
api.add_router("/goals", goals.router)
api.add_router("/sheets", sheets.router)
api.add_router("/sheets", goals.sheet_goals)
api.add_router("/work-items", work_items.router)
api.add_router("/indicators", indicators.router)
api.add_router("/lint", lint.router)


def _addresses() -> list[Any]:
    """Ninja's patterns, read once (each reading makes new views). The operations answer 401 by
    themselves; the two pages about them stay behind the login."""
    patterns, _app, _namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.name not in ("openapi-json", "api-root"):
            login_not_required(pattern.callback)
    return [path("docs/", view_of(api), name="docs"), *patterns]


#: (patterns, application namespace, instance namespace), as ``path()`` takes it.
urls = (_addresses(), "api", "api")
