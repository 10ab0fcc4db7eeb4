"""Files for the person to keep: templates, one's own rows, and a file with its faults beside the rows."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dodai.core.errors import NotAllowed
from dodai.exchange import actions, exports, permissions
from dodai.exchange.models import ImportBatch
from dodai.organization.http import MemberRequest
from dodai.web.exchange.forms import PurposeForm
from dodai.web.exchange.showing import PREPARATION


@require_safe
def template(request: MemberRequest, kind: str) -> HttpResponse:
    names = {
        "people": _("社員名簿_ひな形"),
        "transfers": _("異動一覧_ひな形"),
        "work": _("業務棚卸表_ひな形"),
    }
    return _file(exports.template(kind), names[kind], "xlsx")


@require_safe
def work(request: MemberRequest, kind: str) -> HttpResponse:
    """The work the member may see, in the columns of the import."""
    table = exports.work_table(request.member)
    return _file(exports.file_bytes("work", table, kind), _dated(_("業務棚卸表")), kind)


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: MemberRequest) -> HttpResponseBase:
    if not permissions.can_export_people(request.member):
        raise NotAllowed(_("社員名簿を書き出せるのは人事だけです。"))
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        table = exports.export_people(
            by=request.member, purpose=form.cleaned_data["purpose"], on=timezone.localdate()
        )
        kind = form.cleaned_data["format"]
        return _file(exports.file_bytes("people", table, kind), _dated(_("社員名簿")), kind)
    return render(request, "exchange/people_export.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def faults(request: MemberRequest, pk: int) -> HttpResponse:
    """The rows as they came, with a first column エラー."""
    batch = get_object_or_404(ImportBatch.objects.visible_to(request.member), pk=pk)
    name = f"{batch.file_name.rpartition('.')[0] or PREPARATION[batch.kind]['title']}_{_('エラー')}"
    return _file(exports.fault_bytes(batch, actions.faults_of(batch)), name, "xlsx")


def _dated(name: str) -> str:
    return f"{name}_{timezone.localdate():%Y%m%d}"


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    """A download and nothing else: never shown, never sniffed, never run."""
    response = HttpResponse(content, content_type=exports.FORMATS[kind])
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.{kind}")
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response
