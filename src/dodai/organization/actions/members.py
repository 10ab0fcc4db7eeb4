"""社員: entry, changed particulars, and leaving."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.dates import prose_date
from dodai.core.errors import NotAllowed, Refused
from dodai.organization import permissions
from dodai.organization.actions import dating
from dodai.organization.actions.accounts import close_account
from dodai.organization.actions.assignments import check_stays, refuse_missing_unit
from dodai.organization.actions.differences import assign
from dodai.organization.actions.roles import refuse_losing_the_last_head
from dodai.organization.models import (
    Assignment,
    Delegation,
    Grade,
    Leave,
    Member,
    OrgUnit,
    RoleAssignment,
    UnitHead,
)

_PERSONAL = frozenset(
    {"family_name", "given_name", "family_kana", "given_kana", "display_name", "email", "note"}
)
_FIELDS = _PERSONAL | {"member_no", "employment_type", "hired_on"}


@transaction.atomic
def hire(
    *,
    by: Member,
    member_no: str,
    family_name: str,
    unit: OrgUnit,
    hired_on: date | None,
    assigned_from: date | None = None,
    post: str = "",
    supervisor: Member | None = None,
    grade_code: str = "",
    band: str = Grade.Band.STAFF,
    **particulars: Any,
) -> Member:
    """A person joins, with a 本務 and a grade. ``assigned_from`` is where the known history begins."""
    require_editor(by)
    if unknown := particulars.keys() - _FIELDS:
        raise TypeError(f"not a particular of a person: {sorted(unknown)}")
    if Member.objects.filter(member_no=member_no).exists():
        raise Refused(
            _("社員番号「%(number)s」は使われています。別の番号を入れてください。") % {"number": member_no}
        )
    begins = assigned_from or hired_on or timezone.localdate()
    refuse_missing_unit(unit, begins, None)
    member = Member(member_no=member_no, family_name=family_name, hired_on=hired_on, **particulars)
    member.index()
    member.save(force_insert=True)
    Assignment.objects.create(member=member, unit=unit, post=post, supervisor=supervisor, valid_from=begins)
    if grade_code:
        Grade.objects.create(member=member, grade_code=grade_code, band=band, valid_from=begins)
    check_stays(member)
    record(
        "member.hired",
        member,
        by=by.user,
        changes={"member_no": [None, member_no], "unit": [None, unit.pk], "from": [None, begins.isoformat()]},
    )
    return member


@transaction.atomic
def change_member(member: Member, *, by: Member, version: int, **particulars: Any) -> Member:
    """Names, mail address, kind of employment; unit, grade and leaving have verbs of their own."""
    member = Member.objects.hold(member.pk, version=version)
    require_editor(by)
    if unknown := particulars.keys() - _FIELDS:
        raise TypeError(f"not a particular of a person: {sorted(unknown)}")
    changes = assign(member, particulars, hidden=_PERSONAL)
    if not changes:
        return member
    if "member_no" in changes and Member.objects.filter(member_no=member.member_no).exists():
        raise Refused(
            _("社員番号「%(number)s」は使われています。別の番号を入れてください。")
            % {"number": member.member_no}
        )
    if member.hired_on and member.left_on and member.left_on < member.hired_on:
        raise Refused(_("退職日が入社日より前です。日付を直してください。"))
    check_stays(member)
    member.index()
    member.keep(*changes, "search")
    record("member.changed", member, by=by.user, changes=changes)
    return member


@transaction.atomic
def leave_company(member: Member, *, by: Member, version: int, left_on: date) -> Member:
    """The last day of employment. 所属, roles and 代理 end with it; past that day the login is shut."""
    member = Member.objects.hold(member.pk, version=version)
    require_editor(by)
    if member.left_on is not None:
        raise Refused(_("すでに退職日が入っています。"))
    if member.hired_on is not None and left_on < member.hired_on:
        raise Refused(_("退職日が入社日より前です。日付を直してください。"))
    after = left_on + timedelta(days=1)
    refuse_losing_the_last_head(member, after)
    _end_everything(member, after)
    member.left_on = left_on
    member.keep("left_on")
    check_stays(member)
    if left_on < timezone.localdate():
        close_account(member)
    record("member.left", member, by=by.user, changes={"left_on": [None, left_on.isoformat()]})
    return member


def _end_everything(member: Member, after: date) -> None:
    planned = Assignment.objects.filter(member=member, valid_from__gte=after).order_by("valid_from").first()
    if planned is not None:
        raise Refused(
            _("退職日より後の異動が%(day)sに入っています。先に、その異動を取り消してください。")
            % {"day": prose_date(planned.valid_from)}
        )
    dating.end_all(Assignment.objects.filter(member=member), after)
    dating.end_all(Grade.objects.filter(member=member), after)
    dating.end_all(Leave.objects.filter(member=member), after)
    dating.end_all(RoleAssignment.objects.filter(member=member), after)
    dating.end_all(Delegation.objects.filter(Q(principal=member) | Q(delegate=member)), after)
    _vacate_posts(member, after)


def _vacate_posts(member: Member, after: date) -> None:
    """A post without its head stays in the chart as 空席, so that somebody notices."""
    held = UnitHead.objects.filter(Q(member=member) | Q(deputy=member)).exclude(valid_to__lte=after)
    for head in held:
        row = dating.row_from(UnitHead.objects.filter(pk=head.pk), max(after, head.valid_from))
        if row is not None:
            row.member = None if row.member_id == member.pk else row.member
            row.deputy = None if row.deputy_id == member.pk else row.deputy
            dating.store(row, "member", "deputy")


def require_editor(by: Member) -> None:
    if not permissions.can_edit_organization(by):
        raise NotAllowed(_("社員の情報を変えられるのは人事だけです。"))
