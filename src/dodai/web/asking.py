"""One question, one page: a small form, the verb it leads to, and the refusal beside the button.

Whatever was typed stays on the page; a person who may not ask at all gets the 403 of the middleware.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.core.rows import Row


@dataclass(frozen=True)
class Question:
    """``button`` is the verb; ``done`` the sentence afterwards; ``warning`` what should be known before."""

    title: str
    button: str
    back: str
    back_label: str
    done: str = ""
    lead: str = ""
    warning: str = ""
    tone: str = "primary"


Write = Callable[[dict[str, Any], int], str]


def ask(
    request: HttpRequest,
    form: forms.Form,
    question: Question,
    write: Write,
    *,
    about: Row | None = None,
    template: str = "asking.html",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form, or call ``write(cleaned_data, version)`` and go to the address it answers with."""
    version = about.version if about is not None else 0
    if request.method == "POST" and form.is_valid():
        try:
            target = write(form.cleaned_data, seen_version(request))
        except NotAllowed:
            raise
        except Conflict as conflict:
            version = getattr(conflict.theirs, "version", version)
            form.add_error(None, str(conflict))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if question.done:
                messages.success(request, question.done)
            return HttpResponseRedirect(target)
    context = {"form": form, "question": question, "version": version, **(more or {})}
    return render(request, template, context, status=422 if form.is_bound else 200)


def seen_version(request: HttpRequest) -> int:
    """The version the page was drawn with; without one nothing fits and nothing is written."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
