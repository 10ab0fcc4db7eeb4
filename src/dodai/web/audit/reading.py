"""Which events a person may read, and how a row of the log is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from dodai.audit.models import AuditEvent
from dodai.audit.querysets import AuditEventQuerySet
from dodai.goals.models import Goal, GoalSheet
from dodai.organization import permissions
from dodai.organization.models import Member, OrgUnitVersion
from dodai.web.audit.wording import ENTITIES, KEYS, NAMES
from dodai.work.models import WorkItem

SCOPES = ("all", "operations", "own")


def scopes_of(member: Member) -> list[str]:
    """The logs open to the person, widest first; everyone has their own."""
    found = ["own"]
    if permissions.can_read_operations(member):
        found.insert(0, "operations")
    if permissions.can_read_all_events(member):
        found.insert(0, "all")
    return found


def events_for(member: Member, scope: str) -> AuditEventQuerySet:
    """The events of a scope the person has; 人事 never reads what is about themselves."""
    events = AuditEvent.objects.latest_first()
    if scope == "own":
        assert member.account is not None
        return events.done_by(member.account)
    if scope == "operations":
        events = events.operations()
    return events.exclude(_about(member)) if permissions.is_hr(member) else events


def _about(member: Member) -> Q:
    """Rows whose subject is the person or belongs to them."""
    own = {
        "goalsheet": GoalSheet.objects.filter(member=member).values_list("pk", flat=True),
        "goal": Goal.objects.filter(sheet__member=member).values_list("pk", flat=True),
        "workitem": WorkItem.objects.filter(owner=member).values_list("pk", flat=True),
    }
    about = Q(entity="member", entity_id=str(member.pk))
    for entity, ids in own.items():
        about |= Q(entity=entity, entity_id__in=[str(pk) for pk in ids])
    return about


@dataclass(frozen=True)
class Line:
    """One event in words."""

    event: AuditEvent
    title: str
    subject: str
    changes: list[tuple[str, str, str]]
    fits: bool

    @property
    def who(self) -> str:
        if self.event.on_behalf_of:
            return f"{self.event.actor_label}（{self.event.on_behalf_of}）"
        return self.event.actor_label


def lines(events: list[AuditEvent]) -> list[Line]:
    """The events of a page; names of people and units come with one query each."""
    people = _named(events, "member")
    units = _named(events, "orgunit")
    names = {("member", str(one.pk)): one.name for one in Member.objects.filter(pk__in=people)}
    if units:
        versions = OrgUnitVersion.objects.filter(unit__in=units).order_by("valid_from")
        names |= {("orgunit", str(one.unit_id)): one.name for one in versions}
    return [
        Line(
            event=event,
            title=str(NAMES.get(event.name, event.name)),
            subject=_subject(event, names),
            changes=_changes(event),
            fits=event.digest == event.expected_digest(),
        )
        for event in events
    ]


def _named(events: list[AuditEvent], entity: str) -> list[int]:
    return [int(event.entity_id) for event in events if event.entity == entity and event.entity_id.isdigit()]


def _subject(event: AuditEvent, names: dict[tuple[str, str], str]) -> str:
    entity = str(ENTITIES.get(event.entity, event.entity))
    name = names.get((event.entity, event.entity_id))
    return f"{entity}：{name}" if name else f"{entity} {event.entity_id}"


def _changes(event: AuditEvent) -> list[tuple[str, str, str]]:
    """(field, before, after); anything that is no pair is shown as it stands."""
    found = []
    for key, pair in event.changes.items():
        before, after = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)
        found.append((_field(event.entity, key), _text(before), _text(after)))
    return found


def _field(entity: str, key: str) -> str:
    if key in KEYS:
        return str(KEYS[key])
    for model in apps.get_models():
        if model._meta.model_name == entity:
            for field in model._meta.concrete_fields:
                if field.name == key:
                    return str(field.verbose_name)
    return key


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, list):
        return "〜".join(_text(one) for one in value)
    return str(value)
