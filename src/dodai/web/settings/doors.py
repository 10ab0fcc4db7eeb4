"""The doors of the settings page. One stands there only when the person may pass it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dodai.cycles.permissions import can_run_cycles
from dodai.organization import permissions
from dodai.organization.models import Member


@dataclass(frozen=True)
class Door:
    """``text`` says what lies behind; ``opens`` asks whether the person may pass."""

    route: str
    icon: str
    name: str | Promise
    text: str | Promise
    opens: Callable[[Member], bool]

    @property
    def url(self) -> str:
        """Empty while the step is not built."""
        try:
            return reverse(self.route)
        except NoReverseMatch:
            return ""


def _keeps_people(member: Member) -> bool:
    return permissions.can_edit_organization(member) or permissions.can_manage_accounts(member)


_GROUPS: tuple[tuple[Promise, tuple[Door, ...]], ...] = (
    (
        _("期と制度"),
        (
            Door(
                "cycles:cycles",
                "calendar",
                pgettext_lazy("見出し", "期間"),
                _("作成・公開・段階の日程"),
                can_run_cycles,
            ),
            Door(
                "cycles:policies",
                "evaluation",
                pgettext_lazy("見出し", "評価制度"),
                _("目標の決まりと評点の計算"),
                can_run_cycles,
            ),
            Door(
                "settings:company",
                "department",
                _("会社"),
                _("事業年度・締め日・和暦表示・就業時間"),
                permissions.can_edit_company,
            ),
            Door(
                "settings:calendar",
                "clock",
                _("休日とカレンダー"),
                _("会社休日と第n営業日"),
                permissions.can_edit_company,
            ),
        ),
    ),
    (
        _("組織と権限"),
        (
            Door(
                "organization:chart",
                "map",
                pgettext_lazy("見出し", "組織"),
                _("組織図・長・改編"),
                permissions.can_edit_organization,
            ),
            Door("organization:members", "people", _("社員"), _("所属・等級・アカウント"), _keeps_people),
            Door(
                "settings:roles",
                "shield",
                pgettext_lazy("見出し", "役割"),
                _("人事・経営・監査などの割り当て"),
                permissions.can_open_roles,
            ),
            Door(
                "settings:delegations",
                "share",
                pgettext_lazy("見出し", "代理"),
                _("評価者の代わりに承認する人"),
                permissions.can_open_delegations,
            ),
        ),
    ),
    (
        _("データと記録"),
        (
            Door(
                "exchange:exchange",
                "exchange",
                _("取り込み・書き出し"),
                _("名簿・異動・業務の一括登録"),
                permissions.can_edit_organization,
            ),
            Door(
                "audit:log", "audit", _("監査ログ"), _("だれが、いつ、何をしたか"), permissions.can_open_audit
            ),
        ),
    ),
)


def doors_for(member: Member) -> list[tuple[str, list[Door]]]:
    """(group, doors) without groups that are empty for the person."""
    groups = [
        (str(name), [door for door in doors if door.opens(member) and door.url]) for name, doors in _GROUPS
    ]
    return [group for group in groups if group[1]]
