"""ホーム: what I owe today, where the period stands, my goals, and who waits for me."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dodai.organization.http import MemberRequest
from dodai.web.context import current_cycle
from dodai.web.home import today


@require_safe
def home(request: MemberRequest) -> HttpResponse:
    cycle = current_cycle(request)
    on = timezone.localdate()
    return render(request, "home/home.html", {"page": today.read(request.member, cycle, on), "today": on})


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers; nothing about the company is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
