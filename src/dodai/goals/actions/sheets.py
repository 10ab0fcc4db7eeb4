"""Opening a sheet, naming its evaluators, taking it out of the evaluation, and words on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.errors import NotAllowed, Refused
from dodai.cycles.models import Cycle
from dodai.goals import permissions
from dodai.goals.actions.holding import hold_sheet, reason_of
from dodai.goals.models import GoalSheet, SheetComment
from dodai.goals.rules import SHORTEST_REASON
from dodai.organization.models import Assignment, Grade, Leave, Member
from dodai.organization.reporting import evaluators_of, unit_path

_ONE_DAY = timedelta(days=1)


@transaction.atomic
def open_sheet(
    cycle: Cycle, *, by: Member, member: Member | None = None, segment: int | None = None
) -> GoalSheet:
    """Start the sheet of ``member`` (default: oneself) for one segment of the cycle.

    A segment is a continuous 本務 in one unit; without a number it is today's, else the nearest.
    上司 and 人事 may open it as 代理. Refused for 派遣受入, 役員 and whoever is on leave throughout.
    """
    owner = member or by
    if not permissions.can_open_sheet(by, owner):
        raise NotAllowed(_("目標シートを始められるのは、本人・上司・人事だけです。"))
    if not cycle.accepts_goals:
        raise Refused(_("この期間はまだ公開されていないか、締められています。公開後に始めてください。"))
    _require_evaluatee(owner)
    number, span = _choose(segments_of(owner, cycle), segment)
    _require_presence(owner, span)
    if GoalSheet.objects.filter(member=owner, cycle=cycle, segment=number).exists():
        raise Refused(_("この期間の目標シートはすでにあります。"))
    sheet = GoalSheet(
        member=owner,
        cycle=cycle,
        segment=number,
        segment_from=span.first,
        segment_to=span.last,
        unit_id=span.unit_id,
    )
    take_snapshot(sheet)
    sheet.save(force_insert=True)
    for_other = owner.name if owner.pk != by.pk else ""
    record("sheet.opened", sheet, by=by.user, on_behalf_of=for_other)
    return sheet


@transaction.atomic
def name_evaluators(
    sheet: GoalSheet, *, by: Member, version: int, first: Member, second: Member | None, reason: str
) -> GoalSheet:
    """人事 names the evaluators where the organisation gives none, or the wrong ones."""
    sheet = hold_sheet(sheet, version=version)
    if not permissions.can_name_evaluators(by, sheet):
        raise NotAllowed(_("評価者を指定できるのは人事だけです。自分の目標シートには指定できません。"))
    if sheet.status not in {*_BEFORE_APPROVAL}:
        raise Refused(_("承認した目標シートの評価者は変えられません。"))
    if sheet.member_id in {first.pk, second.pk if second else None}:
        raise Refused(_("本人は自分の評価者になれません。別の人を選んでください。"))
    if second is not None and first.pk == second.pk:
        raise Refused(_("一次評価者と二次評価者に同じ人は選べません。"))
    before = [sheet.first_evaluator_id, sheet.second_evaluator_id]
    sheet.first_evaluator, sheet.second_evaluator, sheet.evaluators_named = first, second, True
    sheet.keep("first_evaluator", "second_evaluator", "evaluators_named")
    record(
        "sheet.evaluators_named",
        sheet,
        by=by.user,
        changes={"evaluators": [before, [first.pk, second.pk if second else None]]},
        reason=reason_of(reason, shortest=1),
    )
    return sheet


@transaction.atomic
def exclude(sheet: GoalSheet, *, by: Member, version: int, reason: str) -> GoalSheet:
    """人事 marks the sheet 評価対象外 with a reason, for example too short a service."""
    sheet = hold_sheet(sheet, version=version)
    if not permissions.can_exclude(by, sheet):
        raise NotAllowed(_("評価対象外にできるのは人事だけです。自分の目標シートはほかの人事が扱います。"))
    sheet.exclude(reason_of(reason, shortest=SHORTEST_REASON))
    sheet.keep("status", "excluded_reason")
    record("sheet.excluded", sheet, by=by.user, reason=sheet.excluded_reason)
    return sheet


@transaction.atomic
def comment(sheet: GoalSheet, *, by: Member, text: str) -> SheetComment:
    """A word on the sheet; it changes nothing else."""
    if not permissions.can_comment(by, sheet):
        raise NotAllowed(_("コメントできるのは、本人・上司・人事だけです。"))
    if not text.strip():
        raise Refused(_("コメントが空です。コメントを書いてください。"))
    said = SheetComment.objects.create(sheet=sheet, author=by, text=text.strip(), at=timezone.now())
    record("sheet.commented", sheet, by=by.user)
    return said


def take_snapshot(sheet: GoalSheet) -> None:
    """Unit path, grade and evaluators of today (kept inside the segment); saved by the caller."""
    day = min(max(timezone.localdate(), sheet.segment_from), sheet.segment_to)
    grade = Grade.objects.on(day).filter(member=sheet.member).first()
    sheet.unit_path = unit_path(sheet.unit_id, day)
    sheet.grade_code = grade.grade_code if grade else ""
    sheet.band = grade.band if grade else Grade.Band.STAFF
    if not sheet.evaluators_named:
        sheet.first_evaluator, sheet.second_evaluator = evaluators_of(sheet.member, day)


@dataclass(frozen=True, slots=True)
class Span:
    """One continuous 本務 inside a cycle, both days counted."""

    unit_id: int
    first: date
    last: date


def segments_of(member: Member, cycle: Cycle) -> list[Span]:
    """The stretches of the cycle during which the person's 本務 was in one unit."""
    rows = (
        Assignment.objects.primary()
        .filter(member=member, valid_from__lte=cycle.period_to)
        .order_by("valid_from")
        .values_list("unit_id", "valid_from", "valid_to")
    )
    leaving = member.left_on or date.max
    spans: list[Span] = []
    for unit_id, valid_from, valid_to in rows:
        first = max(valid_from, cycle.period_from)
        last = min(valid_to - _ONE_DAY if valid_to else date.max, cycle.period_to, leaving)
        if first > last:
            continue
        before = spans[-1] if spans else None
        if before and before.unit_id == unit_id and before.last + _ONE_DAY == first:
            spans[-1] = Span(unit_id, before.first, last)
        else:
            spans.append(Span(unit_id, first, last))
    return spans


_BEFORE_APPROVAL = (
    GoalSheet.Status.DRAFTING,
    GoalSheet.Status.SUBMITTED,
    GoalSheet.Status.RETURNED,
    GoalSheet.Status.FIRST_APPROVED,
)


def _require_evaluatee(owner: Member) -> None:
    if not owner.is_evaluatee:
        raise Refused(
            _("%(name)sさんは「%(kind)s」なので、目標シートの対象ではありません。")
            % {"name": owner.name, "kind": owner.get_employment_type_display()}
        )


def _choose(spans: list[Span], segment: int | None) -> tuple[int, Span]:
    if not spans:
        raise Refused(_("この期間に本務の所属がありません。人事に所属の登録を依頼してください。"))
    if segment is not None:
        if not 1 <= segment <= len(spans):
            raise Refused(_("この期間に区間%(segment)sはありません。") % {"segment": segment})
        return segment, spans[segment - 1]
    today = timezone.localdate()
    number = max((number for number, span in enumerate(spans, 1) if span.first <= today), default=1)
    return number, spans[number - 1]


def _require_presence(owner: Member, span: Span) -> None:
    """Refuse when every day of the segment is a day of leave."""
    free_from = span.first
    leaves = Leave.objects.filter(member=owner, valid_from__lte=span.last).order_by("valid_from")
    for begins, ends in leaves.values_list("valid_from", "valid_to"):
        if begins > free_from:
            return
        free_from = max(free_from, ends or date.max)
    if free_from > span.last:
        raise Refused(
            _("%(name)sさんはこの区間を通して休業中なので、目標シートを作りません。") % {"name": owner.name}
        )
