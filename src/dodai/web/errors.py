"""The pages for addresses that do not exist and for our own mistakes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from dodai.core.tracing import request_id


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def our_mistake(request: HttpRequest) -> HttpResponse:
    """Drawn without the request: whatever failed may have been the database."""
    return HttpResponse(render_to_string("500.html", {"request_id": request_id.get()}), status=500)
