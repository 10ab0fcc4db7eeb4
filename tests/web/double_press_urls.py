"""One form for the tests of double presses: a page, a view that writes, and one that writes and fails."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path

from dodai.core.errors import Refused
from dodai.organization.http import MemberRequest
from dodai.web.idempotency import outside_transaction
from dodai.work import actions
from dodai.work.models import WorkItem


def page(request: HttpRequest) -> HttpResponse:
    form = engines["django"].from_string("<form method='post'>{% csrf_token %}</form>")
    return HttpResponse(form.render({}, request))


def write(request: MemberRequest) -> HttpResponse:
    item = WorkItem.objects.get(pk=request.POST["item"])
    values = {"beneficiary": "取引先", "thing": request.POST["thing"], "state": "届いている"}
    outcome = actions.write_outcome(item, by=request.member, values=values)
    if request.htmx:
        return HttpResponse("fragment")
    return redirect(f"/outcomes/{outcome.pk}/")


def refuse(request: MemberRequest) -> HttpResponse:
    raise Refused("いまは受け付けていません。")


def fail_after_writing(request: MemberRequest) -> HttpResponse:
    write(request)
    raise RuntimeError("our mistake")


@login_not_required
def anyone(request: HttpRequest) -> HttpResponse:
    return redirect("/")


presses = [
    path("page/", page, name="page"),
    path("write/", write, name="write"),
    path("upload/", outside_transaction(lambda request: write(request)), name="upload"),
    path("refuse/", refuse, name="refuse"),
    path("fail/", fail_after_writing, name="fail"),
    path("anyone/", anyone, name="anyone"),
]
urlpatterns = [path("presses/", include((presses, "presses"))), path("", include("dodai.config.urls"))]
handler404 = "dodai.web.errors.not_found"
handler500 = "dodai.web.errors.our_mistake"
