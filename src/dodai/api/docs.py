"""The page that tells what the API offers, made from its own OpenAPI document; no script, no foreign host."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from dodai.organization.http import MemberRequest

#: What each operation does, for people; the OpenAPI document keeps the English of the code.
TEXTS = {
    "GET /api/goals": gettext_lazy("見られる目標の一覧。期間・本人・言葉で絞り込めます。"),
    "GET /api/goals/{goal_id}": gettext_lazy("目標1件。版はETagに入ります。"),
    "PATCH /api/goals/{goal_id}": gettext_lazy(
        "自分の目標の一部を書き換えます。古い版は412と相手の内容を返します。"
    ),
    "POST /api/sheets/{sheet_id}/goals": gettext_lazy("作成中の目標シートに目標を追加します。"),
    "GET /api/sheets": gettext_lazy("見られる目標シートの一覧。waiting=trueで、自分の承認を待つものだけ。"),
    "GET /api/sheets/{sheet_id}": gettext_lazy("目標シート1件。版はETagに入ります。"),
    "POST /api/sheets/{sheet_id}/submission": gettext_lazy("自分の目標シートを承認申請します。"),
    "POST /api/sheets/{sheet_id}/withdrawal": gettext_lazy("承認される前に、自分の申請を取り下げます。"),
    "POST /api/sheets/{sheet_id}/approval": gettext_lazy("次の承認（一次か二次）をします。"),
    "POST /api/sheets/{sheet_id}/return": gettext_lazy("コメントを付けて差し戻します。"),
    "GET /api/work-items": gettext_lazy("見られる業務の一覧（廃止を除く）。"),
    "GET /api/indicators": gettext_lazy("使える指標の一覧。version_idを目標の指標に使います。"),
    "POST /api/lint": gettext_lazy("文をSMARTで点検します。何も保存しません。"),
}


def view_of(api: NinjaAPI) -> Any:
    @require_safe
    def docs(request: MemberRequest) -> HttpResponse:
        return render(request, "api/docs.html", {"groups": groups_of(api)})

    return docs


def groups_of(api: NinjaAPI) -> list[dict[str, Any]]:
    """Operations by tag: method, address, what it does, what it may answer."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for address, operations in api.get_openapi_schema()["paths"].items():
        for method, operation in operations.items():
            groups.setdefault(operation["tags"][0], []).append(
                {
                    "method": method.upper(),
                    "address": address,
                    "text": TEXTS[f"{method.upper()} {address}"],
                    "answers": [int(status) for status in operation["responses"]],
                }
            )
    return [{"tag": tag, "operations": operations} for tag, operations in groups.items()]
