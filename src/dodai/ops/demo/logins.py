"""Who signs in to see what: one person for each role of the product."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "minato-2026-tameshi"  # noqa: S105  (printed at start; only a loopback demo has it)


@dataclass(frozen=True, slots=True)
class Login:
    """A login of the demo: 社員番号 and what the person is for."""

    member_no: str
    label: str | Promise


LOGINS = (
    Login("001371", _("金子 真由美　本人（経理課の担当）")),
    Login("001175", _("平野 健一　上司・一次評価者（経理課長）")),
    Login("001042", _("酒井 美咲　二次評価者・部門長（経理部長）")),
    Login("001070", _("高橋 誠　兼務先上司（総務課長）")),
    Login("001091", _("杉山 久美子　空席の施設管理課長を代行（総務部長）")),
    Login("001063", _("村田 恵　人事（評価事務局）")),
    Login("001049", _("新井 沙織　人事責任者")),
    Login("001014", _("港 隆一　経営")),
    Login("001084", _("遠藤 裕子　監査")),
    Login("001154", _("原田 麻衣　システム管理者")),
)
