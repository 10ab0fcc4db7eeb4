"""A form that is sent twice has one effect and gets one answer.

``{% csrf_token %}`` writes a random key into every form (``templatetags/keys.py``). The first press takes
the key in the transaction of its effect; a second press waits for it and is sent where the first was sent.
A press that was refused or drew the form again gives its key back. Requests that stay on the page are left
alone: autosave and live checks repeat themselves on purpose, and versions guard what they write.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TypeVar, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from dodai.audit import actions
from dodai.audit.models import AnsweredForm
from dodai.organization.http import MemberRequest
from dodai.web.middleware import NextHandler, refusal_page

FIELD = "idempotency_key"
_LONGEST_KEY = 64
#: What differs between two presses of the same form without meaning anything.
_NOT_TYPED = {FIELD, "csrfmiddlewaretoken"}

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def outside_transaction(view: View) -> View:
    """For a view that reads a file or waits for something: its key is taken and answered separately."""
    view.works_outside_transaction = True  # type: ignore[attr-defined]
    return view


@dataclass
class _Press:
    stack: ExitStack
    form: AnsweredForm | None = None


class OnceMiddleware:
    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST":
            return self.get_response(request)
        with ExitStack() as stack:
            press = request._dodai_press = _Press(stack)  # type: ignore[attr-defined]
            response = self.get_response(request)
            if press.form is not None:
                _settle(press.form, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_arguments: object
    ) -> HttpResponseBase | None:
        """Runs after every other middleware has let the person in; addresses of libraries are left alone."""
        route = request.resolver_match.view_name if request.resolver_match else ""
        if request.method != "POST" or ":" not in route or not request.user.is_authenticated:
            return None
        key = request.POST.get(FIELD, "")
        mine = cast(MemberRequest, request)
        if not 0 < len(key) <= _LONGEST_KEY or not _turns_page(mine):
            return None
        press: _Press = request._dodai_press  # type: ignore[attr-defined]
        digest = _digest(mine)
        if not (request.FILES or getattr(view, "works_outside_transaction", False)):
            press.stack.enter_context(transaction.atomic())
        form, is_first = actions.take_form(by=mine.user, route=route, key=key, body_digest=digest)
        if is_first:
            press.form = form
            return None
        return _answer_again(mine, form, digest)


def _settle(form: AnsweredForm, response: HttpResponseBase) -> None:
    if response.status_code >= 500 and transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    elif 300 <= response.status_code < 400:
        actions.keep_answer(form, status=response.status_code, location=response.headers["Location"])
    else:
        actions.release_form(form)


def _answer_again(request: MemberRequest, form: AnsweredForm, digest: str) -> HttpResponse:
    if form.body_digest != digest:
        sentence = _("この入力はすでに受け付けました。別の内容を送るときは、画面を開き直してください。")
        return refusal_page(request, sentence, 422)
    if form.status is None:
        sentence = _("同じ入力をいま処理しています。少し待ってから、画面を開き直してください。")
        return refusal_page(request, sentence, 409)
    return HttpResponse(status=form.status, headers={"Location": form.location})


def _turns_page(request: MemberRequest) -> bool:
    """Whether the browser leaves the page with this press; htmx and fetch() stay on it."""
    return not request.htmx and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _digest(request: MemberRequest) -> str:
    """A keyed digest of the address, everything typed and every file, in the order it was sent."""
    digest = salted_hmac("dodai.web.idempotency", request.get_full_path(), algorithm="sha256")
    for name, values in request.POST.lists():
        if name not in _NOT_TYPED:
            digest.update(repr((name, values)).encode())
    for name, files in request.FILES.lists():
        for file in files:
            digest.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()
