"""評価制度: its versions; a draft can be changed, a version a period has opened with can only be read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dodai.core.errors import NotAllowed
from dodai.cycles import actions, permissions
from dodai.cycles.models import Cycle, EvaluationPolicy
from dodai.organization.http import MemberRequest
from dodai.web.asking import Question, ask
from dodai.web.cycles.policy_form import PolicyForm


@require_http_methods(["GET", "HEAD", "POST"])
def policies(request: MemberRequest) -> HttpResponse:
    """All versions; POST makes the first one of a company that has none."""
    if request.method == "POST":
        _require_editor(request)
        made = actions.add_policy(_("標準"), by=request.member)
        return redirect("cycles:policy", pk=made.pk)
    used: dict[int, list[Cycle]] = {}
    for cycle in Cycle.objects.visible_to(request.member).newest_first():
        used.setdefault(cycle.policy_id, []).append(cycle)
    rows = [
        {"policy": policy, "cycles": used.get(policy.pk, [])}
        for policy in EvaluationPolicy.objects.order_by("name", "-number")
    ]
    return render(
        request,
        "cycles/policies.html",
        {"rows": rows, "may_edit": permissions.can_edit_policies(request.member)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: MemberRequest, pk: int) -> HttpResponse:
    """The settings of one version: fields for 人事 while it is a draft, values for everyone else."""
    if request.method == "POST":
        _require_editor(request)
    about = get_object_or_404(EvaluationPolicy, pk=pk)
    may_edit = permissions.can_edit_policies(request.member) and not about.is_frozen
    form = PolicyForm(request.POST or None, settings=about.settings)
    if not may_edit:
        for field in form.fields.values():
            field.disabled = True
    question = Question(
        title=str(about),
        button=_("保存"),
        back=reverse("cycles:policies"),
        back_label=_("評価制度に戻る"),
        done=_("評価制度を保存しました。"),
    )

    def write(_data: dict[str, Any], version: int) -> str:
        actions.change_policy(about, by=request.member, version=version, settings=form.settings())
        return reverse("cycles:policy", args=[pk])

    return ask(
        request,
        form,
        question,
        write,
        about=about,
        template="cycles/policy.html",
        more={
            "policy": about,
            "may_edit": may_edit,
            "may_copy": permissions.can_edit_policies(request.member),
        },
    )


@require_POST
def policy_version(request: MemberRequest, pk: int) -> HttpResponse:
    """The next version, beginning as a copy of this one."""
    _require_editor(request)
    about = get_object_or_404(EvaluationPolicy, pk=pk)
    made = actions.add_policy(about.name, by=request.member, like=about)
    messages.success(request, _("新しい版を作りました。次に公開する期間から使えます。"))
    return redirect("cycles:policy", pk=made.pk)


def _require_editor(request: MemberRequest) -> None:
    if not permissions.can_edit_policies(request.member):
        raise NotAllowed(_("評価制度を変えられるのは人事だけです。"))
