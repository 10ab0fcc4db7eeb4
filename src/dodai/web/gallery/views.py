"""The gallery: what a component looks like before anybody builds a page with it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import samples
from .forms import SampleForm


@login_not_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    if not settings.LOCAL:
        raise Http404
    typed = {
        "target": "8.0",
        "due_on": "2026年2月30日",
        "criteria": "差戻しをできるだけ減らす",
        "importance": "4",
    }
    columns = []
    for scheme in ("light", "dark"):
        data = {f"{scheme}-{name}": value for name, value in typed.items()}
        columns.append({"scheme": scheme, "form": SampleForm(data, prefix=scheme)})
    return render(request, "gallery/components.html", {"columns": columns, **samples.everything()})
