"""所属: 異動, 兼務 and grades. Each verb leaves one 本務 a day and shares that add up to 100."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.dates import prose_date
from dodai.core.errors import NotAllowed, Refused
from dodai.core.spans import valid_on
from dodai.organization import permissions
from dodai.organization.actions import dating
from dodai.organization.actions.differences import assign
from dodai.organization.models import Assignment, Grade, Member, OrgUnit, OrgUnitVersion
from dodai.organization.rules.stays import Stay, stay_fault
from dodai.organization.rules.tree import Placement, covers


@transaction.atomic
def transfer(
    member: Member,
    *,
    by: Member,
    version: int,
    on: date,
    unit: OrgUnit,
    post: str = "",
    supervisor: Member | None = None,
    reason: str = Assignment.Reason.TRANSFERRED,
) -> Assignment:
    """The 本務 moves on a day: the old row ends, a new one begins. 兼務 go on with their shares."""
    member = _held(member, by, version)
    primaries = Assignment.objects.filter(member=member).primary()
    dating.refuse_rewriting(primaries, on, today=timezone.localdate())
    row = dating.row_from(primaries, on)
    if row is None:
        raise Refused(_("%(day)sに本務がありません。日付を直してください。") % {"day": prose_date(on)})
    _refuse_own_supervision(member, supervisor)
    refuse_missing_unit(unit, on, row.valid_to)
    changes = assign(row, {"unit": unit, "post": post, "supervisor": supervisor, "reason": reason})
    dating.store(row, "unit", "post", "supervisor", "reason")
    check_stays(member)
    member.keep()
    record("assignment.transferred", member, by=by.user, changes={"on": [None, on.isoformat()], **changes})
    return row


@transaction.atomic
def add_concurrent(
    member: Member,
    *,
    by: Member,
    version: int,
    on: date,
    unit: OrgUnit,
    percent: int,
    until: date | None = None,
    post: str = "",
    supervisor: Member | None = None,
) -> Assignment:
    """A 兼務 from a day on (until the day before ``until``); its share is taken from the 本務."""
    member = _held(member, by, version)
    _refuse_own_supervision(member, supervisor)
    refuse_missing_unit(unit, on, until)
    rows = Assignment.objects.filter(member=member)
    if rows.filter(valid_on(on), unit=unit).exists():
        raise Refused(_("この組織には、その日すでに所属しています。別の組織を選んでください。"))
    _move_share(member, on, until, -percent)
    row = Assignment.objects.create(
        member=member,
        unit=unit,
        kind=Assignment.Kind.CONCURRENT,
        allocation_percent=percent,
        post=post,
        supervisor=supervisor,
        reason=Assignment.Reason.CONCURRENT,
        valid_from=on,
        valid_to=until,
    )
    check_stays(member)
    member.keep()
    record(
        "assignment.concurrent_added",
        member,
        by=by.user,
        changes={
            "on": [None, on.isoformat()],
            "unit": [None, unit.pk],
            "allocation_percent": [None, percent],
        },
    )
    return row


@transaction.atomic
def end_concurrent(assignment: Assignment, *, by: Member, version: int, on: date) -> Member:
    """The 兼務 does not hold from the day on; the 本務 takes its share back. ``version`` is the person's."""
    member = _held(assignment.member, by, version)
    row = Assignment.objects.get(pk=assignment.pk)
    if row.kind != Assignment.Kind.CONCURRENT:
        raise Refused(_("本務は終わらせられません。異動か退職を登録してください。"))
    if row.valid_to is not None and row.valid_to <= on:
        raise Refused(_("この兼務は、その日より前に終わっています。日付を直してください。"))
    begins, until = max(on, row.valid_from), row.valid_to
    _move_share(member, begins, until, row.allocation_percent)
    dating.end(row, begins)
    check_stays(member)
    member.keep()
    record(
        "assignment.concurrent_ended",
        member,
        by=by.user,
        changes={"on": [None, on.isoformat()], "unit": [row.unit_id, None]},
    )
    return member


@transaction.atomic
def change_grade(member: Member, *, by: Member, version: int, on: date, grade_code: str, band: str) -> Grade:
    member = _held(member, by, version)
    grades = Grade.objects.filter(member=member)
    dating.refuse_rewriting(grades, on, today=timezone.localdate())
    row = dating.row_from(grades, on) or Grade(member=member, valid_from=on)
    changes = assign(row, {"grade_code": grade_code, "band": band})
    if not changes:
        raise Refused(_("等級が変わっていません。等級か等級帯を変えてください。"))
    dating.store(row, "grade_code", "band")
    member.keep()
    record("grade.changed", member, by=by.user, changes={"on": [None, on.isoformat()], **changes})
    return row


def check_stays(member: Member) -> None:
    """Refuse what the rule of 所属 does not allow; the transaction then leaves everything as it was."""
    stays = [
        Stay(row.valid_from, row.valid_to, row.allocation_percent, row.kind == Assignment.Kind.PRIMARY)
        for row in Assignment.objects.filter(member=member)
    ]
    fault = stay_fault(stays, hired_on=member.hired_on, left_on=member.left_on)
    if fault is None:
        return
    sentence = {
        "no_primary": _("%(day)sに本務がありません。所属の期間を直してください。"),
        "two_primaries": _("%(day)sに本務が2つあります。所属の期間を直してください。"),
        "shares": _("%(day)sの比率の合計が100%%になりません。兼務の比率を直してください。"),
        "before_entry": _("%(day)sは入社日より前です。所属の開始日か入社日を直してください。"),
        "after_leaving": _("%(day)sは退職日より後です。所属の期間を直してください。"),
    }[fault.kind]
    raise Refused(sentence % {"day": prose_date(fault.day)})


def refuse_missing_unit(unit: OrgUnit, first: date, until: date | None) -> None:
    """People can only belong to a unit on days on which it exists."""
    spans = (
        OrgUnitVersion.objects.filter(unit=unit).order_by("valid_from").values_list("valid_from", "valid_to")
    )
    gap = covers([Placement(unit.pk, None, *span) for span in spans], first, until)
    if gap is not None:
        raise Refused(
            _("%(day)sにはこの組織がありません。日付を直すか、別の組織を選んでください。")
            % {"day": prose_date(gap)}
        )


def _move_share(member: Member, first: date, until: date | None, percent: int) -> None:
    """Give the 本務 so many points more (or fewer) in the span, cutting its rows at both ends."""
    primaries = Assignment.objects.filter(member=member).primary()
    for day in filter(None, (first, until)):
        row = dating.row_from(primaries, day)
        if row is not None and row._state.adding:
            row.save(force_insert=True)
    inside = primaries.filter(valid_from__gte=first)
    for row in inside.filter(valid_from__lt=until) if until else inside:
        share = row.allocation_percent + percent
        if not 1 <= share <= 100:
            raise Refused(
                _("%(day)sの本務の比率が%(share)s%%になります。1〜100%%になるように直してください。")
                % {"day": prose_date(row.valid_from), "share": share}
            )
        row.allocation_percent = share
        row.keep("allocation_percent")


def _held(member: Member, by: Member, version: int) -> Member:
    member = Member.objects.hold(member.pk, version=version)
    if not permissions.can_edit_organization(by):
        raise NotAllowed(_("所属と等級を変えられるのは人事だけです。"))
    return member


def _refuse_own_supervision(member: Member, supervisor: Member | None) -> None:
    if supervisor is not None and supervisor.pk == member.pk:
        raise Refused(_("本人を上司にはできません。別の社員を選んでください。"))
