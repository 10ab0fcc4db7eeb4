"""What happened to a piece of work, as differences people can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from dodai.audit.models import AuditEvent
from dodai.core.numbers import format_number
from dodai.organization.models import Member
from dodai.web.work.wording import label_of
from dodai.work.models import WorkItem

MOST = 30
_TITLES: dict[str, str | Promise] = {
    "work_item.added": pgettext_lazy("記録", "業務を追加"),
    "work_item.edited": pgettext_lazy("記録", "業務を編集"),
    "work_item.placed": pgettext_lazy("記録", "重要度と頻度を変更"),
    "work_item.assigned": pgettext_lazy("記録", "担当を変更"),
    "work_item.backups_set": pgettext_lazy("記録", "副担当を変更"),
    "work_item.confirmed": pgettext_lazy("記録", "業務を確認"),
    "work_item.retired": pgettext_lazy("記録", "業務を廃止"),
    "work_item.restored": pgettext_lazy("記録", "業務を戻した"),
    "work_item.undone": pgettext_lazy("記録", "変更を元に戻した"),
    "work_item.review_due": pgettext_lazy("記録", "12か月確認がなく、見直し要に変更"),
    "work_items.imported": pgettext_lazy("記録", "一覧から取り込み"),
    "work_items.import_undone": pgettext_lazy("記録", "取り込みを元に戻した"),
    "work_items.taken_from_template": pgettext_lazy("記録", "ひな形から追加"),
}
_PEOPLE = ("owner", "confirmed_by")


@dataclass(frozen=True)
class Happening:
    title: str
    at: datetime
    who: str
    changes: list[dict[str, str]]


def history_of(item: WorkItem) -> list[Happening]:
    """The newest first. Changes by a table stand in the event of the unit, keyed by the item."""
    key = str(item.pk)
    by_table = Q(entity="orgunit", entity_id=str(item.unit_id)) & (
        Q(changes__changed__has_key=key) | Q(changes__added__has_key=key)
    )
    events = list(
        AuditEvent.objects.filter(Q(entity="workitem", entity_id=key) | by_table).order_by("-sequence")[:MOST]
    )
    shown = Shown(changes_in(event, key) for event in events)
    people = {member.account_id: member.name for member in Member.objects.filter(
        account__in={event.account_id for event in events if event.account_id}
    )}  # fmt: skip
    return [
        Happening(
            title=str(_TITLES.get(event.name, event.name)),
            at=event.at,
            who=people.get(event.account_id, "" if event.account_id is None else event.actor_label),
            changes=shown.differences(changes_in(event, key)),
        )
        for event in events
    ]


def changes_in(event: AuditEvent, key: str) -> Mapping[str, list[Any]]:
    if event.entity == "workitem":
        return dict(event.changes)
    changed: Mapping[str, Mapping[str, list[Any]]] = event.changes.get("changed") or {}
    return changed.get(key, {})


class Shown:
    """Stored values in words: labels of fields, words of choices, names of people."""

    def __init__(self, changes: Iterable[Mapping[str, list[Any]]]) -> None:
        ids: set[int] = set()
        for each in changes:
            for name in _PEOPLE:
                ids |= {pk for pk in each.get(name, []) if pk}
            for side in each.get("backups", []):
                ids |= set(side or [])
        found = Member.objects.filter(pk__in=ids) if ids else ()
        self.names = {member.pk: member.name for member in found}

    def differences(self, changes: Mapping[str, list[Any]]) -> list[dict[str, str]]:
        return [
            {"field": label_of(name), "old": self.text(name, old), "new": self.text(name, new)}
            for name, (old, new) in changes.items()
        ]

    def text(self, name: str, value: Any) -> str:
        if value in (None, "", [], {}):
            return ""
        if name in _PEOPLE:
            return self.names.get(value, "")
        if name == "backups":
            return "、".join(self.names.get(pk, "") for pk in value)
        if name == "open_questions":
            return "、".join(label_of(each) for each in value)
        if name == "peak_months":
            return "、".join(_("%(month)s月") % {"month": month} for month in value)
        choices = dict(getattr(WorkItem._meta.get_field(name), "choices", None) or ())
        if isinstance(value, list):
            frequencies = dict(WorkItem.Frequency.choices)
            return "、".join(str(frequencies.get(each, each)) for each in value)
        if name == "minutes_per_run":
            return format_number(Decimal(str(value)))
        return str(choices.get(value, value))
