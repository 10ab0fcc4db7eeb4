"""承認申請, 取下げ, 差戻し, 一次承認 and 二次承認: the state machine of a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.errors import NotAllowed, Refused
from dodai.goals import permissions
from dodai.goals.actions.holding import hold_sheet, reason_of
from dodai.goals.actions.sheets import take_snapshot
from dodai.goals.checking import SheetCheck, check_sheet
from dodai.goals.freezing import policy_body, sheet_body
from dodai.goals.models import Goal, GoalSheet, SheetComment, SheetVersion
from dodai.goals.policy import policy_of
from dodai.goals.rules import SHORTEST_REASON, Obstacle
from dodai.organization.models import Member

_SNAPSHOT = ("unit_path", "grade_code", "band", "first_evaluator", "second_evaluator")


class NotReady(Refused):
    """承認申請 is stopped; ``check`` says by what, goal by goal."""

    def __init__(self, message: str, check: SheetCheck) -> None:
        super().__init__(message)
        self.check = check


@transaction.atomic
def submit(sheet: GoalSheet, *, by: Member, version: int, reason: str = "") -> GoalSheet:
    """承認申請 by 本人. Errors stop it (``NotReady``); warnings that were neither fixed nor dismissed need
    a reason of ten characters. Unit, grade and evaluators are those of today from here on."""
    sheet = hold_sheet(sheet, version=version)
    if not permissions.can_submit(by, sheet):
        raise NotAllowed(_("承認申請できるのは本人だけです。"))
    now = timezone.now()
    sheet.submit(at=now)
    _require_open_cycle(sheet)
    take_snapshot(sheet)
    _require_ready(sheet, reason)
    sheet.keep("status", "submitted_at", *_SNAPSHOT)
    _say(sheet, by, SheetComment.Kind.SUBMITTED, reason, now)
    record("sheet.submitted", sheet, by=by.user, reason=reason.strip())
    return sheet


@transaction.atomic
def withdraw(sheet: GoalSheet, *, by: Member, version: int) -> GoalSheet:
    """本人 takes the sheet back before anybody approved it."""
    sheet = hold_sheet(sheet, version=version)
    if not permissions.can_withdraw(by, sheet):
        raise NotAllowed(_("取り下げられるのは本人だけです。"))
    sheet.withdraw()
    sheet.keep("status", "submitted_at")
    _say(sheet, by, SheetComment.Kind.WITHDRAWN, "", timezone.now())
    record("sheet.withdrawn", sheet, by=by.user)
    return sheet


@transaction.atomic
def send_back(sheet: GoalSheet, *, by: Member, version: int, comment: str) -> GoalSheet:
    """差戻し by 一次 or 二次 with what has to change, in at least ten characters."""
    sheet = hold_sheet(sheet, version=version)
    if not permissions.can_send_back(by, sheet):
        raise NotAllowed(_("差し戻せるのは一次評価者か二次評価者だけです。"))
    second = not permissions.can_approve_first(by, sheet)
    comment = comment.strip()
    if len(comment) < SHORTEST_REASON:
        raise Refused(
            _("差戻しのコメントが短すぎます。直してほしい点を%(shortest)s字以上で書いてください。")
            % {"shortest": SHORTEST_REASON}
        )
    sheet.send_back()
    sheet.keep("status", "submitted_at", "first_approved_by", "first_approved_at")
    principal = permissions.principal_behind(by, sheet, second=second)
    _say(sheet, by, SheetComment.Kind.RETURNED, comment, timezone.now(), principal)
    record("sheet.sent_back", sheet, by=by.user, reason=comment, **_on_behalf(by, principal))
    return sheet


@transaction.atomic
def approve(sheet: GoalSheet, *, by: Member, version: int, comment: str = "") -> GoalSheet:
    """The approval that comes next: 一次 while 承認待ち, 二次 while 一次承認."""
    held = hold_sheet(sheet, version=version)
    return _approve_second(held, by, comment) if held.awaits_second else _approve_first(held, by, comment)


@transaction.atomic
def approve_first(sheet: GoalSheet, *, by: Member, version: int, comment: str = "") -> GoalSheet:
    """一次承認. Where the policy has one stage it is the last one and freezes version 1."""
    return _approve_first(hold_sheet(sheet, version=version), by, comment)


@transaction.atomic
def approve_second(sheet: GoalSheet, *, by: Member, version: int, comment: str = "") -> GoalSheet:
    """二次承認: the goals count from here on; version 1 and the policy are frozen."""
    return _approve_second(hold_sheet(sheet, version=version), by, comment)


@transaction.atomic
def approve_many(
    sheets: Iterable[int] | Mapping[int, int], *, by: Member, comment: str = ""
) -> list[GoalSheet]:
    """Approve several sheets, each at its own stage. One that is not permitted refuses all, nothing
    changes. ``sheets`` is ``{id: version}`` as seen on the screen, or plain ids."""
    versions = dict(sheets) if isinstance(sheets, Mapping) else dict.fromkeys(sheets)
    visible = set(GoalSheet.objects.visible_to(by).filter(pk__in=versions).values_list("pk", flat=True))
    if not versions or visible != set(versions):
        raise NotAllowed(_("承認できない目標シートが含まれています。どれも承認していません。"))
    done = []
    for pk in sorted(versions):
        held = hold_sheet(pk, version=versions[pk])
        second = held.awaits_second
        done.append(_approve_second(held, by, comment) if second else _approve_first(held, by, comment))
    return done


def _approve_first(sheet: GoalSheet, by: Member, comment: str) -> GoalSheet:
    if not permissions.can_approve_first(by, sheet):
        raise NotAllowed(_("一次承認できるのは一次評価者だけです。"))
    _require_open_cycle(sheet)
    is_last = policy_of(sheet.cycle).stages == 1
    now = timezone.now()
    sheet.approve_first(by=by, at=now, is_last=is_last)
    sheet.keep("status", "first_approved_by", "first_approved_at", "approved_by", "approved_at")
    if is_last:
        _freeze(sheet, by, now)
    principal = permissions.principal_behind(by, sheet, second=False)
    _say(sheet, by, SheetComment.Kind.APPROVED, comment, now, principal)
    name = "sheet.approved" if is_last else "sheet.first_approved"
    record(name, sheet, by=by.user, reason=comment.strip(), **_on_behalf(by, principal))
    return sheet


def _approve_second(sheet: GoalSheet, by: Member, comment: str) -> GoalSheet:
    if not permissions.can_approve_second(by, sheet):
        raise NotAllowed(_("二次承認できるのは二次評価者だけです。一次承認をした人は二次承認できません。"))
    _require_open_cycle(sheet)
    now = timezone.now()
    sheet.approve_second(by=by, at=now)
    sheet.keep("status", "approved_by", "approved_at")
    _freeze(sheet, by, now)
    principal = permissions.principal_behind(by, sheet, second=True)
    _say(sheet, by, SheetComment.Kind.APPROVED, comment, now, principal)
    record("sheet.approved", sheet, by=by.user, reason=comment.strip(), **_on_behalf(by, principal))
    return sheet


def _freeze(sheet: GoalSheet, by: Member, at: datetime) -> None:
    """Version 1: what was agreed, word for word, beside the rules it was agreed under."""
    for goal in sheet.goals.filter(state=Goal.State.DRAFT):
        goal.state = Goal.State.AGREED
        goal.keep("state")
    SheetVersion.objects.create(
        sheet=sheet,
        number=sheet.versions.count() + 1,
        body=sheet_body(sheet),
        policy=policy_body(sheet.cycle),
        frozen_at=at,
        frozen_by=by,
    )


def _require_open_cycle(sheet: GoalSheet) -> None:
    if not sheet.cycle.accepts_goals:
        raise Refused(_("この期間は締められているので、目標シートを進められません。"))


def _require_ready(sheet: GoalSheet, reason: str) -> None:
    check = check_sheet(sheet)
    missing = [
        Obstacle(key)
        for key, evaluator, needed in (
            ("first_evaluator_missing", sheet.first_evaluator_id, 1),
            ("second_evaluator_missing", sheet.second_evaluator_id, 2),
        )
        if evaluator is None and policy_of(sheet.cycle).stages >= needed
    ]
    if missing:
        check = SheetCheck(check.goals, check.findings, (*missing, *check.obstacles))
    if check.blocks:
        numbers = dict(sheet.goals.values_list("pk", "number"))
        raise NotReady(
            _("承認申請できません。次の点を直してください。\n%(reasons)s")
            % {"reasons": "\n".join(check.sentences(numbers))},
            check,
        )
    if check.needs_reason and len(reason.strip()) < SHORTEST_REASON:
        raise NotReady(
            _("注意が%(count)s件あります。直すか、このまま申請する理由を%(shortest)s字以上で書いてください。")
            % {"count": len(check.warnings), "shortest": SHORTEST_REASON},
            check,
        )
    if reason.strip():
        reason_of(reason, shortest=1)


def _say(
    sheet: GoalSheet, by: Member, kind: str, text: str, at: datetime, principal: Member | None = None
) -> None:
    SheetComment.objects.create(
        sheet=sheet, author=by, on_behalf_of=principal, kind=kind, text=text.strip(), at=at
    )


def _on_behalf(by: Member, principal: Member | None) -> dict[str, Any]:
    """「X（Y代行）」: the evaluator's name first, then who acted."""
    if principal is None:
        return {}
    label = _("%(principal)s（%(delegate)s代行）") % {"principal": principal.name, "delegate": by.name}
    return {"label": label, "on_behalf_of": principal.name}
