"""What the board looks up, each thing once and as often for ten rows as for a thousand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.audit.models import AuditEvent
from dodai.core.errors import NotAllowed
from dodai.goals.models import Goal
from dodai.indicators.models import OutcomeIndicator
from dodai.organization.http import MemberRequest
from dodai.organization.models import Assignment, Member, OrgUnitVersion
from dodai.organization.querysets import units_led_by
from dodai.web.work.asked import Asked
from dodai.work import permissions, rules
from dodai.work.actions.items import UNDOABLE
from dodai.work.models import Outcome, WorkItem
from dodai.work.querysets import READS_ALL, OutcomeQuerySet, WorkItemQuerySet

#: A board of more rows says so and asks to be narrowed; nothing on it grows beyond this.
MOST = 1000
_MOST_CHOICES = 200


@dataclass(frozen=True)
class Entry:
    """One piece of work as the whole board knows it: enough to sort, count and place it."""

    pk: int
    version: int
    unit_id: int
    owner_id: int | None
    owner: str
    owner_kana: str
    name: str
    frequencies: tuple[str, ...]
    importance: int | None
    minutes: Decimal | None
    runs: int | None
    capable: int | None
    improvement_room: int | None
    manual: str
    outlook: str
    status: str
    asks: bool
    has_outcome: bool
    has_number: bool

    @cached_property
    def annual_hours(self) -> Decimal | None:
        return rules.annual_hours(self.minutes, self.runs)

    @property
    def monthly_hours(self) -> Decimal | None:
        return None if self.annual_hours is None else self.annual_hours / 12

    @cached_property
    def column(self) -> rules.Column | None:
        return rules.column(self.frequencies)

    @property
    def place(self) -> int | None:
        """The column of the matrix, counted from the rarest."""
        return None if self.column is None else list(rules.Column).index(self.column)

    @property
    def is_placed(self) -> bool:
        return self.column is not None and self.importance is not None

    @property
    def quadrant(self) -> rules.Quadrant | None:
        return rules.quadrant(self.importance, self.column)

    @property
    def is_to_go(self) -> bool:
        return self.outlook != WorkItem.Outlook.KEEP

    @property
    def rests_on_one(self) -> bool:
        return rules.dependence(self.capable) == rules.Dependence.HIGH


@dataclass
class Index:
    """All rows the board is about, at most ``MOST`` of them."""

    entries: list[Entry]
    is_cut: bool = False

    @cached_property
    def hours(self) -> Decimal:
        """Of one year; work with an open question is left out."""
        return sum((entry.annual_hours or Decimal(0) for entry in self.entries), Decimal(0))

    @property
    def monthly_hours(self) -> Decimal:
        return self.hours / 12

    @property
    def without_outcome(self) -> int:
        return sum(not entry.has_outcome for entry in self.entries)

    @property
    def asking(self) -> int:
        return sum(entry.asks for entry in self.entries)

    @property
    def resting_on_one(self) -> int:
        return sum(entry.rests_on_one for entry in self.entries)

    @property
    def unowned(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.owner_id is None]

    @property
    def unplaced(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.is_placed]


@dataclass
class Choices:
    """What the selects of the tool bar offer: (id, name)."""

    units: list[tuple[int, str]] = field(default_factory=list)
    people: list[tuple[int, str]] = field(default_factory=list)

    def unit_name(self, pk: int | None) -> str:
        return dict(self.units).get(pk or 0, "")


def visible_items(request: MemberRequest) -> WorkItemQuerySet:
    found = WorkItem.objects.visible_to(request.member).select_related("owner", "confirmed_by")
    return permissions.with_rights(found, request.member)


def find_item(request: MemberRequest, pk: int) -> WorkItem:
    return get_object_or_404(visible_items(request), pk=pk)


def find_editable(request: MemberRequest, pk: int) -> WorkItem:
    """Whoever sees it but may not write is told so, before anything they sent is looked at."""
    item = find_item(request, pk)
    if not permissions.rights_of(request.member, [item]).can_edit(item):
        raise NotAllowed(_("この業務を編集できるのは、主担当と直属の上司だけです。"))
    return item


def asked_items(member: Member, asked: Asked) -> WorkItemQuerySet:
    """The rows of the board as a queryset, beginning with an indexed column."""
    today = timezone.localdate()
    items: WorkItemQuerySet = WorkItem.objects.all()
    whose = asked.whose
    if asked.unit is not None:
        items = items.in_subtree_of(asked.unit, on=today)
    if whose == "me":
        items = items.held_by(member)
    elif whose == "none":
        items = items.visible_to(member).unowned()
    elif whose.isdigit():
        items = items.visible_to(member).held_by(int(whose))
    else:
        items = items.visible_to(member)
        if asked.unit is None:
            items = items.filter(_around(member))
    return _narrowed(items, asked)


def index_of(member: Member, asked: Asked) -> Index:
    """One query; beyond ``MOST`` rows the board is cut and says so."""
    entries = _entries(asked_items(member, asked), most=MOST + 1)
    is_cut = len(entries) > MOST
    if asked.column is not None:  # the most frequent of several frequencies decides, so not the database
        entries = [entry for entry in entries if entry.place == asked.column]
    return Index(entries[:MOST], is_cut=is_cut)


def entry_of(pk: int) -> Entry:
    """One row that no longer fits what the board was asked for. The caller found it visible before."""
    return _entries(WorkItem.objects.filter(pk=pk))[0]


_LIGHT = (
    "pk", "version", "unit_id", "owner_id", "owner_name", "owner__family_kana", "name", "frequency",
    "more_frequencies", "importance", "minutes_per_run", "runs_per_year", "capable_people",
    "improvement_room", "manual_status", "manual_updated_on", "outlook", "status", "open_questions",
    "has_outcome", "has_number",
)  # fmt: skip


def _entries(items: WorkItemQuerySet, most: int | None = None) -> list[Entry]:
    with_outcome = Outcome.objects.current().filter(work_items=OuterRef("pk"))
    numbers = OutcomeIndicator.objects.filter(
        outcome__work_items=OuterRef("pk"), outcome__removed_at=None, indicator__kind="quantitative"
    )
    rows = items.annotate(
        owner_name=_name_of("owner__"), has_outcome=Exists(with_outcome), has_number=Exists(numbers)
    )
    return [_entry(row) for row in rows.values_list(*_LIGHT)[:most]]


def choices_for(member: Member, asked: Asked) -> Choices:
    """Units and people in one query: the person's own units, those they lead, and who works there."""
    today = timezone.localdate()
    units: QuerySet[OrgUnitVersion] = OrgUnitVersion.objects.on(today)
    if not member.roles & READS_ALL:
        mine = Assignment.objects.on(today).filter(member=member).values("unit")
        units = units.filter(Q(unit__in=mine) | Q(unit__in=units_led_by(member, on=today)))
    units = units.filter(pk__in=units.order_by("sort_order", "pk").values("pk")[:_MOST_CHOICES])
    rows = units.order_by().values_list(Value(1), F("sort_order"), F("unit_id"), F("name"))
    if asked.unit is not None:
        staff = Assignment.objects.in_subtree_of(asked.unit, on=today).on(today)
        if not member.roles & READS_ALL:
            staff = staff.filter(Q(unit__in=units_led_by(member, on=today)) | Q(member=member))
        staff = staff.filter(pk__in=staff.order_by("pk").values("pk")[:_MOST_CHOICES])
        people = staff.order_by().values_list(Value(2), Value(0), F("member_id"), _name_of("member__"))
        rows = rows.union(people)
    found = sorted(rows)
    return Choices(
        units=[(pk, name) for kind, _order, pk, name in found if kind == 1],
        people=sorted(
            {(pk, name) for kind, _order, pk, name in found if kind == 2}, key=lambda each: each[1]
        ),
    )


def rows_of(member: Member, ids: Sequence[int]) -> list[WorkItem]:
    """The rows of one page with what they show, in the order of ``ids``."""
    outcomes = Outcome.objects.current().filter(work_items=OuterRef("pk")).order_by("pk")
    seen_by = OutcomeIndicator.objects.filter(
        outcome__work_items=OuterRef("pk"), outcome__removed_at=None
    ).order_by("pk")
    found = permissions.with_rights(
        WorkItem.objects.filter(pk__in=ids).select_related("owner"), member
    ).annotate(
        outcome_thing=Subquery(outcomes.values("thing")[:1]),
        outcome_state=Subquery(outcomes.values("state")[:1]),
        indicator_name=Subquery(seen_by.values("indicator__current__name")[:1]),
        has_goal=Exists(Goal.work_items.through.objects.filter(workitem=OuterRef("pk"))),
    )
    by_id = {row.pk: row for row in found}
    return [by_id[pk] for pk in ids if pk in by_id]


def with_indicators(outcomes: OutcomeQuerySet) -> OutcomeQuerySet:
    """Each outcome with the names of the indicators it is seen through, numbers first."""
    seen_by = OutcomeIndicator.objects.filter(outcome=OuterRef("pk"))
    first = seen_by.order_by("-indicator__kind", "pk").values("indicator__current__name")[:1]
    more = seen_by.values("outcome").annotate(number=Count("pk")).values("number")
    return outcomes.annotate(indicator_name=Subquery(first), indicator_count=Subquery(more))


def hours_of_units(units: set[int]) -> dict[int, list[Decimal]]:
    """The hours of every piece of work of the units: what a percentile compares with."""
    hours: dict[int, list[Decimal]] = {unit: [] for unit in units}
    rows = WorkItem.objects.current().filter(unit__in=units)
    for unit, minutes, runs in rows.values_list("unit_id", "minutes_per_run", "runs_per_year")[: MOST * 10]:
        if (each := rules.annual_hours(minutes, runs)) is not None:
            hours[unit].append(each)
    return hours


def priority_of(entry: Entry, of_unit: Sequence[Decimal]) -> Decimal | None:
    """改善優先度 among the work of its unit."""
    hours = entry.annual_hours
    return rules.improvement_priority(
        effort=rules.effort_percentile(hours, of_unit) if hours is not None and of_unit else None,
        improvement_room=entry.improvement_room,
        capable_people=entry.capable,
        importance=entry.importance,
        manual=entry.manual,
    )


def last_change(item: WorkItem, by: Member, *, within: timedelta | None = None) -> int | None:
    """The event that the person may take back: their own change, and nobody's since."""
    event = AuditEvent.objects.filter(entity="workitem", entity_id=str(item.pk)).order_by("-sequence").first()
    if event is None or by.account is None or event.account_id != by.account.pk:
        return None
    if within is not None and event.at < timezone.now() - within:
        return None
    return event.pk if event.name in UNDOABLE else None


def _around(member: Member) -> Q:
    """全員 without a unit: everyone of the person's own units and of those they lead."""
    today = timezone.localdate()
    mine = Assignment.objects.on(today).filter(member=member).values("unit")
    return Q(unit__in=mine) | Q(unit__in=units_led_by(member, on=today))


def _narrowed(items: WorkItemQuerySet, asked: Asked) -> WorkItemQuerySet:
    items = items.filter(status=asked.status) if asked.status else items.current()
    if asked.q:
        items = items.matching(asked.q)
    if asked.outlook:
        items = items.filter(outlook=asked.outlook)
    if asked.importance is not None:
        items = items.filter(importance=asked.importance)
    match asked.lack:
        case "outcome":
            return items.without_outcome()
        case "answer":
            return items.asking()
        case "owner":
            return items.unowned()
        case "stand_in":
            return items.resting_on_one()
        case _:
            return items


def _name_of(prefix: str) -> Any:
    """姓 名 as the database writes it, or the chosen display name."""
    whole = Concat(F(f"{prefix}family_name"), Value(" "), F(f"{prefix}given_name"), output_field=CharField())
    return Case(
        When(**{f"{prefix}display_name__gt": ""}, then=F(f"{prefix}display_name")),
        default=whole,
        output_field=CharField(),
    )


def _entry(row: tuple[Any, ...]) -> Entry:
    pk, version, unit, owner, owner_name, kana, name, frequency, more, importance = row[:10]
    minutes, runs, capable, room, manual, updated_on = row[10:16]
    outlook, status, questions, has_outcome, has_number = row[16:]
    return Entry(
        pk=pk,
        version=version,
        unit_id=unit,
        owner_id=owner,
        owner=(owner_name or "").strip() if owner else "",
        owner_kana=kana or "",
        name=name,
        frequencies=tuple(code for code in (frequency, *more) if code),
        importance=importance,
        minutes=minutes,
        runs=runs,
        capable=capable,
        improvement_room=room,
        manual=rules.manual_state(manual, updated_on, on=timezone.localdate()),
        outlook=outlook,
        status=status,
        asks=bool(questions),
        has_outcome=has_outcome,
        has_number=has_number,
    )
