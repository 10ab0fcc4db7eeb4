"""What every page passes through: a request id, the language, the person, and the refusals."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django_htmx.http import reswap, retarget

from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.core.tracing import request_id
from dodai.organization.http import MemberRequest, session_is_over
from dodai.organization.models import Company, Member

NextHandler = Callable[[HttpRequest], HttpResponseBase]


def client_ip(request: HttpRequest) -> str:
    """The address behind exactly the configured number of proxies; never "the first forwarded one"."""
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
        return forwarded[-settings.TRUSTED_PROXIES]
    return cast(str, request.META.get("REMOTE_ADDR", ""))


class RequestIdMiddleware:
    """Gives each request an id that appears in the answer, in the log and in audit events."""

    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        mine = uuid.uuid4().hex
        token = request_id.set(mine)
        request.request_id = mine  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = mine
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class LanguageMiddleware:
    """The language chosen in the account; Japanese before sign-in unless the login page was switched."""

    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = getattr(request.user, "language", None) or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends strangers to the login page; a part of a page gets 401 so that typed text stays in its form."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        answer: HttpResponseBase | None = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is not None and request.headers.get("HX-Request") == "true":
            return HttpResponse(status=401)
        return answer


class MemberMiddleware:
    """Puts the person behind the login on the request and ends idle or overlong sessions."""

    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponseBase | None:
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if session_is_over(request):
            logout(request)
            if request.headers.get("HX-Request") == "true":
                return HttpResponse(status=401)
            return redirect_to_login(request.get_full_path())
        member = Member.objects.filter(account=request.user).first()
        if member is None or not member.is_employed(timezone.localdate()):
            return render(request, "no_member.html", status=403)
        mine = cast(MemberRequest, request)
        mine.member = member
        member.account = mine.user
        mine.company = cast(Company, SimpleLazyObject(Company.objects.get))
        return None


class PrivatePageMiddleware:
    """Pages about people are never kept by a browser or a proxy, and differ for htmx requests."""

    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        if request.method == "POST" and request.path == settings.LOGOUT_PATH:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        patch_vary_headers(cast(HttpResponse, response), ["HX-Request", "Cookie"])
        return response


class RefusalMiddleware:
    """Turns a refusal of the domain into a page or a notice, once for all views."""

    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: MemberRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        return refusal_page(request, str(error), {NotAllowed: 403, Conflict: 409}.get(type(error), 422))


def refusal_page(request: MemberRequest, message: str, status: int) -> HttpResponse:
    """A refusal as a page of its own, or as a notice above the page that htmx is showing."""
    template = "_refusal.html" if request.htmx else "refused.html"
    page = render(request, template, {"message": message, "status": status}, status=status)
    # A button's own outerHTML swap would replace the notice area itself; innerHTML keeps it.
    return reswap(retarget(page, "#notices"), "innerHTML") if request.htmx else page
