"""The pages for addresses that do not exist and for our own mistakes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from dodai.core.tracing import request_id


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


@login_not_required
def not_offered(_request: HttpRequest) -> HttpResponse:
    """An address that the login library has and we do not."""
    raise Http404


def our_mistake(request: HttpRequest) -> HttpResponse:
    """Drawn without the request: whatever failed may have been the database."""
    return HttpResponse(render_to_string("500.html", {"request_id": request_id.get()}), status=500)
