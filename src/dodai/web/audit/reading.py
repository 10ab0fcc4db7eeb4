"""Which events a person may read."""

from __future__ import annotations

from django.db.models import Q

from dodai.audit.models import AuditEvent
from dodai.audit.querysets import AuditEventQuerySet
from dodai.goals.models import Goal, GoalSheet
from dodai.organization import permissions
from dodai.organization.models import Member
from dodai.work.models import WorkItem


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
        assert member.account is not None  # the person is signed in
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
