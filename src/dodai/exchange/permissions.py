"""Who may bring files in and take them out: questions about the person."""

from __future__ import annotations

from dodai.exchange.models import ImportBatch
from dodai.organization.models import Member
from dodai.organization.permissions import can_edit_organization


def can_import(member: Member, kind: str) -> bool:
    """A roster is for 人事. Work may be brought in by anybody: each row asks who holds it."""
    return kind == ImportBatch.Kind.WORK or can_edit_organization(member)


def can_change(member: Member, batch: ImportBatch) -> bool:
    """Answer, carry out or give up: whoever took the file in."""
    return batch.created_by_id == member.pk and can_import(member, batch.kind)


def can_export_people(member: Member) -> bool:
    return can_edit_organization(member)
