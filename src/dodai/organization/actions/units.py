"""組織 and its head. Nothing is overwritten: a change opens a new version from a day on."""

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
from dodai.organization.actions.differences import assign, plain
from dodai.organization.actions.lines import relocate
from dodai.organization.models import Assignment, Member, OrgUnit, OrgUnitVersion, UnitHead


@transaction.atomic
def add_unit(
    code: str,
    *,
    by: Member,
    name: str,
    kind: str,
    parent: OrgUnit | None,
    valid_from: date,
    function: str = OrgUnitVersion.Function.OTHER,
    sort_order: int = 0,
) -> OrgUnit:
    """A new unit under an existing one, from a day on."""
    _require_editor(by)
    if OrgUnit.objects.filter(code=code).exists():
        raise Refused(
            _("組織コード「%(code)s」は使われています。別のコードを入れてください。") % {"code": code}
        )
    if parent is None and OrgUnitVersion.objects.on(valid_from).filter(parent=None).exists():
        raise Refused(_("いちばん上の組織はすでにあります。上位組織を選んでください。"))
    unit = OrgUnit.objects.create(code=code)
    OrgUnitVersion.objects.create(
        unit=unit,
        name=name,
        kind=kind,
        function=function,
        parent=parent,
        sort_order=sort_order,
        valid_from=valid_from,
    )
    relocate([unit.pk])
    record(
        "unit.added",
        unit,
        by=by.user,
        changes={
            "name": [None, name],
            "parent": [None, plain(parent)],
            "valid_from": [None, valid_from.isoformat()],
        },
    )
    return unit


@transaction.atomic
def change_unit(unit: OrgUnit, *, by: Member, version: int, on: date, **values: Any) -> OrgUnit:
    """Rename or move a unit from a day on; ``values`` are fields of its version."""
    unit = OrgUnit.objects.hold(unit.pk, version=version)
    _require_editor(by)
    today = timezone.localdate()
    versions = OrgUnitVersion.objects.filter(unit=unit)
    dating.refuse_rewriting(versions, on, today=today)
    row = dating.row_from(versions, on)
    if row is None:
        raise Refused(_("%(day)sにはこの組織がありません。日付を直してください。") % {"day": prose_date(on)})
    if not row._state.adding and on < today:
        raise Refused(
            _("過去の版は書き換えられません。%(day)sより後の日付を入れてください。") % {"day": prose_date(on)}
        )
    changes = assign(row, values)
    if not changes:
        raise Refused(_("変更がありません。名称か上位組織を変えてください。"))
    if row.parent_id is None and "parent" in changes:
        raise Refused(_("いちばん上の組織はすでにあります。上位組織を選んでください。"))
    dating.store(row, *changes)
    if "parent" in changes:
        relocate([unit.pk])
    unit.keep()
    record("unit.changed", unit, by=by.user, changes={"on": [None, on.isoformat()], **changes})
    return unit


@transaction.atomic
def close_unit(unit: OrgUnit, *, by: Member, version: int, last_day: date) -> OrgUnit:
    """The unit exists for the last time on ``last_day``; nothing and nobody may be left in it."""
    unit = OrgUnit.objects.hold(unit.pk, version=version)
    _require_editor(by)
    after = last_day + timedelta(days=1)
    versions = OrgUnitVersion.objects.filter(unit=unit)
    dating.refuse_rewriting(versions, after, today=timezone.localdate())
    remains = Q(valid_to=None) | Q(valid_to__gt=after)
    if OrgUnitVersion.objects.filter(remains, parent=unit).exclude(unit=unit).exists():
        raise Refused(_("下に組織が残っています。先に、下の組織を移すか廃止してください。"))
    if Assignment.objects.filter(remains, unit=unit).exists():
        raise Refused(_("所属している社員がいます。先に、社員を異動してください。"))
    if not versions.filter(valid_from__lt=after).exists():
        raise Refused(_("組織ができる前の日付です。日付を直してください。"))
    dating.end_all(versions, after)
    dating.end_all(UnitHead.objects.filter(unit=unit), after)
    relocate([unit.pk])
    unit.keep()
    record("unit.closed", unit, by=by.user, changes={"last_day": [None, last_day.isoformat()]})
    return unit


@transaction.atomic
def name_head(
    unit: OrgUnit, *, by: Member, version: int, on: date, member: Member | None, deputy: Member | None = None
) -> UnitHead:
    """Who leads the unit from a day on; without a member the post is vacant and a deputy may act."""
    unit = OrgUnit.objects.hold(unit.pk, version=version)
    _require_editor(by)
    deputy = None if member else deputy
    for person in (member, deputy):
        if person is not None and not person.is_employed(on):
            raise Refused(
                _("%(day)sに在籍していない社員です。別の社員を選んでください。") % {"day": prose_date(on)}
            )
    if not OrgUnitVersion.objects.on(on).filter(unit=unit).exists():
        raise Refused(_("%(day)sにはこの組織がありません。日付を直してください。") % {"day": prose_date(on)})
    heads = UnitHead.objects.filter(unit=unit)
    dating.refuse_rewriting(heads, on, today=timezone.localdate())
    head = dating.row_from(heads, on) or UnitHead(unit=unit, valid_from=on, valid_to=_next_head(heads, on))
    changes = assign(head, {"member": member, "deputy": deputy})
    dating.store(head, "member", "deputy")
    unit.keep()
    record("unit.head_named", unit, by=by.user, changes={"on": [None, on.isoformat()], **changes})
    return head


def _next_head(heads: Any, on: date) -> date | None:
    """Where a planned head takes over, when nobody is named yet."""
    later = heads.filter(valid_from__gt=on).order_by("valid_from").first()
    return later.valid_from if later else None


def _require_editor(by: Member) -> None:
    if not permissions.can_edit_organization(by):
        raise NotAllowed(_("組織を変えられるのは人事だけです。"))
