"""Import in four steps: 準備 → 内容の確認 → 実行 → 完了. One address shows each batch in its state."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dodai.core.errors import NotAllowed
from dodai.exchange import actions, jobs, permissions
from dodai.exchange.models import ImportBatch
from dodai.exchange.starting import default_day
from dodai.organization.http import MemberRequest
from dodai.web.exchange import showing
from dodai.web.exchange.forms import PeopleUploadForm, ReadingForm, UploadForm, answers_of, version_of

PER_PAGE = 50


@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    """What can be brought in and taken out, and 処理状況."""
    batches = ImportBatch.objects.visible_to(request.member).select_related("created_by")
    page = Paginator(batches, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_import_people": permissions.can_import(request.member, ImportBatch.Kind.PEOPLE),
        "may_export_people": permissions.can_export_people(request.member),
    }
    return render(request, "exchange/exchange.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: MemberRequest) -> HttpResponse:
    if not permissions.can_import(request.member, ImportBatch.Kind.PEOPLE):
        raise NotAllowed(_("社員名簿を取り込めるのは人事だけです。"))
    return _upload(request, ImportBatch.Kind.PEOPLE, PeopleUploadForm)


@require_http_methods(["GET", "HEAD", "POST"])
def work(request: MemberRequest) -> HttpResponse:
    return _upload(request, ImportBatch.Kind.WORK, UploadForm)


@require_safe
def batch(request: MemberRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    template = "exchange/_batch.html" if request.htmx else "exchange/batch.html"
    return render(request, template, _page(request, found))


@require_POST
def answers(request: MemberRequest, pk: int) -> HttpResponse:
    version, given = version_of(request.POST), answers_of(request.POST)
    found = actions.answer(_find(request, pk), by=request.member, version=version, answers=given)
    return _proceed(request, found)


@require_POST
def reading(request: MemberRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    form = ReadingForm(found, request.POST)
    if not form.is_valid():
        return render(request, "exchange/batch.html", _page(request, found, form), status=422)
    found = actions.answer(
        found,
        by=request.member,
        version=version_of(request.POST),
        mapping=form.mapping(),
        encoding=form.cleaned_data["encoding"],
        as_of=form.day,
    )
    return _proceed(request, found)


@require_POST
def execution(request: MemberRequest, pk: int) -> HttpResponse:
    found = actions.confirm(_find(request, pk), by=request.member, version=version_of(request.POST))
    return _proceed(request, found)


@require_POST
def withdrawal(request: MemberRequest, pk: int) -> HttpResponse:
    actions.discard(_find(request, pk), by=request.member, version=version_of(request.POST))
    return redirect("exchange:exchange")


def _upload(request: MemberRequest, kind: str, form_class: type[UploadForm]) -> HttpResponse:
    form = form_class(request.POST or None, request.FILES or None, initial={"as_of": default_day()})
    if request.method == "POST" and form.is_valid():
        found = actions.receive(
            form.cleaned_data["file"],
            by=request.member,
            kind=kind,
            as_of=form.cleaned_data["as_of"],
            second_file=form.cleaned_data.get("second_file"),
        )
        return _proceed(request, found)
    context = {"form": form, "kind": kind, "steps": showing.steps(), **showing.PREPARATION[kind]}
    return render(request, "exchange/upload.html", context, status=422 if form.errors else 200)


def _proceed(request: MemberRequest, found: ImportBatch) -> HttpResponse:
    """The job is queued with the decision it acts on; the page says where the result will be."""
    jobs.proceed.enqueue(found.pk)
    return redirect("exchange:batch", pk=found.pk)


def _find(request: MemberRequest, pk: int) -> ImportBatch:
    return get_object_or_404(ImportBatch.objects.visible_to(request.member), pk=pk)


def _page(request: MemberRequest, found: ImportBatch, form: ReadingForm | None = None) -> dict[str, Any]:
    return {
        **showing.page(found, request.GET),
        "may_change": permissions.can_change(request.member, found),
        "form": form or ReadingForm(found),
    }
