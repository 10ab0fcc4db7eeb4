"""休業. The kind is kept for 人事 alone and never enters the audit trail."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.errors import NotAllowed, Refused
from dodai.organization import permissions
from dodai.organization.actions import dating
from dodai.organization.models import Leave, Member


@transaction.atomic
def record_leave(
    member: Member, *, by: Member, version: int, kind: str, first_day: date, last_day: date | None = None
) -> Leave:
    """Away from a day on; ``last_day`` None is open. Two leaves never overlap."""
    member = _held(member, by, version)
    after = last_day + timedelta(days=1) if last_day else None
    if last_day is not None and last_day < first_day:
        raise Refused(_("終了日が開始日より前です。日付を直してください。"))
    if not member.is_employed(first_day) or (last_day is not None and not member.is_employed(last_day)):
        raise Refused(_("在籍していない日が含まれています。日付を直してください。"))
    overlapping = Leave.objects.filter(Q(valid_to=None) | Q(valid_to__gt=first_day), member=member)
    if after is not None:
        overlapping = overlapping.filter(valid_from__lt=after)
    if overlapping.exists():
        raise Refused(_("同じ期間に休業が登録されています。先に、その休業の終了日を入れてください。"))
    leave = Leave.objects.create(member=member, kind=kind, valid_from=first_day, valid_to=after)
    member.keep()
    record("leave.recorded", member, by=by.user, changes=_days(first_day, last_day))
    return leave


@transaction.atomic
def end_leave(leave: Leave, *, by: Member, version: int, last_day: date) -> Leave | None:
    """復職: the last day away; a leave that never began is removed. ``version`` is the person's."""
    member = _held(leave.member, by, version)
    row = Leave.objects.get(pk=leave.pk)
    after = last_day + timedelta(days=1)
    if row.valid_to is not None and row.valid_to < after:
        raise Refused(_("休業はその日より前に終わっています。日付を直してください。"))
    dating.end(row, after)
    member.keep()
    record("leave.ended", member, by=by.user, changes=_days(row.valid_from, last_day))
    return row if row.pk else None


def _days(first: date, last: date | None) -> dict[str, list[str | None]]:
    return {"days": [first.isoformat(), last.isoformat() if last else None]}


def _held(member: Member, by: Member, version: int) -> Member:
    member = Member.objects.hold(member.pk, version=version)
    if not permissions.can_edit_organization(by):
        raise NotAllowed(_("休業を登録できるのは人事だけです。"))
    return member
