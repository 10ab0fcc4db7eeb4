"""How an event is written on screen: what was done, to whom, and what changed, with names instead of keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field
from django.utils.translation import gettext as _

from dodai.audit.models import AuditEvent
from dodai.organization.models import Member, OrgUnitVersion
from dodai.web.audit.wording import ENTITIES, KEYS, NAMES

_PEOPLE_KEYS = frozenset({"member", "deputy", "supervisor", "principal", "delegate"})
_UNIT_KEYS = frozenset({"unit", "parent"})
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
#: Models whose rows an event about a person may have changed.
_BESIDE = {
    "member": ("assignment", "grade", "leave", "roleassignment"),
    "orgunit": ("orgunitversion", "unithead"),
}

Names = dict[tuple[str, int], str]


@dataclass(frozen=True)
class Line:
    """One event in words; ``fits`` is False when the row is not what was written."""

    event: AuditEvent
    title: str
    subject: str
    changes: list[tuple[str, str, str]]
    fits: bool

    @property
    def who(self) -> str:
        """The label of the moment: 「X（Y代行）」 where somebody acted for another."""
        behalf = self.event.on_behalf_of
        return (
            _("%(who)s（%(behalf)s代行）") % {"who": self.event.actor_label, "behalf": behalf}
            if behalf
            else (self.event.actor_label)
        )


def lines(events: list[AuditEvent]) -> list[Line]:
    """The events of a page; the names of people and units take one query each."""
    names = _names(events)
    return [
        Line(
            event=event,
            title=str(NAMES.get(event.name, event.name)),
            subject=_subject(event, names),
            changes=[_change(event.entity, key, value, names) for key, value in event.changes.items()],
            fits=event.digest == event.expected_digest(),
        )
        for event in events
    ]


def _names(events: list[AuditEvent]) -> Names:
    people, units = set(), set()
    for event in events:
        for key, value in [(event.entity, event.entity_id), *event.changes.items()]:
            ids = [int(one) for one in (value if isinstance(value, list) else [value]) if str(one).isdigit()]
            if key in _PEOPLE_KEYS:
                people.update(ids)
            elif key in _UNIT_KEYS or key == "orgunit":
                units.update(ids)
    names: Names = {("member", one.pk): one.name for one in Member.objects.filter(pk__in=people)}
    for version in OrgUnitVersion.objects.filter(unit__in=units).order_by("valid_from"):
        names["unit", version.unit_id] = version.name
    return names


def _subject(event: AuditEvent, names: Names) -> str:
    entity = str(ENTITIES.get(event.entity, event.entity))
    kind = "unit" if event.entity == "orgunit" else event.entity
    name = names.get((kind, int(event.entity_id))) if event.entity_id.isdigit() else None
    return f"{entity}：{name}" if name else f"{entity} {event.entity_id}"


def _change(entity: str, key: str, value: Any, names: Names) -> tuple[str, str, str]:
    """(field, before, after); a span of days is one value, not a change from one day to the other."""
    field = _field(entity, key)
    label = str(KEYS[key]) if key in KEYS else str(field.verbose_name) if field is not None else key
    if key == "days" or not (isinstance(value, list) and len(value) == 2):
        return label, "", _text(key, value, field, names)
    return label, _text(key, value[0], field, names), _text(key, value[1], field, names)


def _field(entity: str, key: str) -> Field[Any, Any] | None:
    """The field of that name on the subject, or on a row that belongs to it."""
    models = {model._meta.model_name: model for model in apps.get_models()}
    for name in (entity, *_BESIDE.get(entity, ())):
        if name in models:
            for field in models[name]._meta.concrete_fields:
                if field.name == key:
                    return field
    return None


def _text(key: str, value: Any, field: Field[Any, Any] | None, names: Names) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, list):
        return "〜".join(_text(key, one, field, names) for one in value)
    if key in _PEOPLE_KEYS | _UNIT_KEYS and str(value).isdigit():
        return names.get(("unit" if key in _UNIT_KEYS else "member", int(value)), str(value))
    if isinstance(value, str) and _ISO_DAY.match(value):
        return value.replace("-", "/")
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value)
