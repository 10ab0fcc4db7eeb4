"""Every refusal as one shape of JSON, mapped once.

{"error": "conflict", "message": "…", "fields": {"title": ["…"]}, "theirs": {…}}
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.core.tracing import request_id
from dodai.goals.freezing import goal_body
from dodai.goals.models import Goal

logger = logging.getLogger(__name__)


class Problem(Schema):
    """What went wrong. ``fields`` names what could not be read, ``theirs`` is the stored goal when
    somebody was faster."""

    error: str
    message: str
    fields: dict[str, list[str]] | None = None
    theirs: dict[str, Any] | None = None
    request_id: str | None = None


class VersionMissing(Exception):
    """A write without ``If-Match``: nobody overwrites what they have not seen."""


#: The answers every operation may give beside its own.
READ_PROBLEMS = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
WRITE_PROBLEMS = READ_PROBLEMS | {412: Problem, 428: Problem}


def install(api: NinjaAPI) -> None:
    """One handler for each kind of error; the most specific class wins."""
    for kind, say in _ANSWERS.items():
        api.add_exception_handler(kind, partial(_answer, api, say))


Said = tuple[int, dict[str, Any]]


def _answer(
    api: NinjaAPI, say: Callable[[Any], Said], request: HttpRequest, error: Exception
) -> HttpResponse:
    if say is _our_mistake:
        if settings.DEBUG:
            raise error
        logger.exception("API request failed", exc_info=error, extra={"path": request.path})
    status, body = say(error)
    return api.create_response(request, body, status=status)


def _problem(status: int, error: str, message: str, **more: Any) -> Said:
    return status, {"error": error, "message": message, **more}


def _not_signed_in(_error: AuthenticationError) -> Said:
    return _problem(401, "not_signed_in", _("ログインしてください。"))


def _not_found(_error: Http404) -> Said:
    return _problem(404, "not_found", _("見つかりません。"))


def _told(error: HttpError) -> Said:
    """Ninja's own words: a failed CSRF check, or a body that is no JSON."""
    if error.status_code == 403:
        return _problem(403, "not_allowed", str(error))
    return _problem(422, "unreadable", _("入力を読み取れません。"))


def _unreadable(error: ValidationError) -> Said:
    fields: dict[str, list[str]] = {}
    for fault in error.errors:
        place = [str(part) for part in fault["loc"] if part not in ("body", "payload", "query", "path")]
        fields.setdefault(".".join(place) or "body", []).append(str(fault["msg"]))
    return _problem(422, "unreadable", _("入力を読み取れません。"), fields=fields)


def _refused(error: Refused) -> Said:
    return _problem(422, "refused", str(error))


def _not_allowed(error: NotAllowed) -> Said:
    return _problem(403, "not_allowed", str(error))


def _conflict(error: Conflict) -> Said:
    theirs = error.theirs
    more = {"theirs": {**goal_body(theirs), "version": theirs.version}} if isinstance(theirs, Goal) else {}
    return _problem(412, "conflict", str(error), **more)


def _version_missing(_error: VersionMissing) -> Said:
    return _problem(
        428, "version_missing", _("If-Matchヘッダーがありません。読んだときのETagを付けてください。")
    )


def _our_mistake(_error: Exception) -> Said:
    sentence = _("サーバーで問題が起きました。時間をおいて、もう一度送ってください。")
    return _problem(500, "our_mistake", sentence, request_id=request_id.get())


_ANSWERS: dict[type[Exception], Callable[[Any], Said]] = {
    AuthenticationError: _not_signed_in,
    Http404: _not_found,
    HttpError: _told,
    ValidationError: _unreadable,
    Refused: _refused,
    NotAllowed: _not_allowed,
    Conflict: _conflict,
    VersionMissing: _version_missing,
    Exception: _our_mistake,
}
