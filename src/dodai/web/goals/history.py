"""What moved and who moved it: audit events of a goal and its sheet as differences people can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from dodai.audit.models import AuditEvent
from dodai.goals.models import Goal, GoalSheet, OrgGoal, SheetComment
from dodai.indicators.models import IndicatorVersion
from dodai.organization.models import Member
from dodai.web.templatetags.writing import figure
from dodai.work.models import Outcome, WorkItem

TITLES = {
    "goal.added": pgettext_lazy("記録", "目標を追加"),
    "goal.copied": pgettext_lazy("記録", "前期から写して追加"),
    "goal.adopted": pgettext_lazy("記録", "ひな形から追加"),
    "goal.written": pgettext_lazy("記録", "内容を変更"),
    "goal.work_chosen": pgettext_lazy("記録", "業務を変更"),
    "goal.outcomes_chosen": pgettext_lazy("記録", "成果を変更"),
    "goal.measured": pgettext_lazy("記録", "指標と水準表を変更"),
    "goal.milestones_set": pgettext_lazy("記録", "節目を変更"),
    "goal.restored": pgettext_lazy("記録", "目標を元に戻した"),
    "goal.removed": pgettext_lazy("記録", "目標を削除"),
    "finding.dismissed": pgettext_lazy("記録", "点検の指摘を外した"),
    "finding.reinstated": pgettext_lazy("記録", "点検の指摘を戻した"),
    "sheet.opened": pgettext_lazy("記録", "目標シートを開始"),
    "sheet.weighted": pgettext_lazy("記録", "ウェイトを変更"),
    "sheet.submitted": pgettext_lazy("記録", "承認を申請"),
    "sheet.withdrawn": pgettext_lazy("記録", "申請を取り下げ"),
    "sheet.sent_back": pgettext_lazy("記録", "差戻し"),
    "sheet.first_approved": pgettext_lazy("記録", "一次承認"),
    "sheet.approved": pgettext_lazy("記録", "承認（第1版を確定）"),
    "sheet.excluded": pgettext_lazy("記録", "評価対象外に変更"),
    "sheet.evaluators_named": pgettext_lazy("記録", "評価者を指定"),
}
_SHOWN = 200
_ONE_SITTING = timedelta(minutes=30)  # autosave writes often; one sitting reads as one change
#: How a goal came to be: everything was empty before, so there is no difference to show.
_BEGINNINGS = frozenset({"goal.added", "goal.copied", "goal.adopted", "goal.restored"})
_QUIET = frozenset({"step", "typed_as", "copied_from", "catalogue_id"})


@dataclass
class Entry:
    """One line of the history; ``changes`` are {field, old, new} for the diff component."""

    name: str
    title: str
    at: datetime
    who: str
    reason: str
    raw: dict[str, list[Any]]
    changes: list[dict[str, str]] = field(default_factory=list)

    @property
    def tone(self) -> str:
        return "info" if self.name.startswith("sheet.") else ""


def of_goal(goal: Goal) -> list[Entry]:
    """Newest first: what happened to the goal, and what happened to the sheet it stands on."""
    wanted = Q(entity="goal", entity_id=str(goal.pk)) | Q(entity="goalsheet", entity_id=str(goal.sheet_id))
    entries = _entries(AuditEvent.objects.filter(wanted))
    kept = [entry for entry in entries if _concerns(entry, goal.pk)]
    _describe(kept)
    said = [entry for entry in kept if entry.changes or entry.name != "goal.written"]
    return _newest_first([*said, *_words_on(goal.sheet_id)])


def of_sheet(sheet: GoalSheet) -> list[Entry]:
    entries = _entries(AuditEvent.objects.filter(entity="goalsheet", entity_id=str(sheet.pk)))
    _describe(entries)
    return _newest_first(entries)


def _words_on(sheet_id: int) -> list[Entry]:
    """Comments stand among the changes: they say why."""
    notes = SheetComment.objects.filter(sheet=sheet_id, kind=SheetComment.Kind.NOTE).select_related("author")
    return [
        Entry("sheet.commented", pgettext("記録", "コメント"), note.at, note.author.name, note.text, {})
        for note in notes.order_by("-at")[:_SHOWN]
    ]


def _newest_first(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _entries(events: models.QuerySet[AuditEvent]) -> list[Entry]:
    rows = list(events.order_by("-sequence")[:_SHOWN])[::-1]
    people = {
        member.account_id: member.name
        for member in Member.objects.filter(account__in={row.account_id for row in rows if row.account_id})
    }
    merged: list[Entry] = []
    for row in rows:
        title = TITLES.get(row.name)
        if title is None:
            continue
        who = people.get(row.account_id, row.actor_label)
        if row.on_behalf_of:
            who = _("%(principal)s（%(delegate)s代行）") % {"principal": row.on_behalf_of, "delegate": who}
        entry = Entry(row.name, str(title), row.at, who, row.reason, dict(row.changes))
        before = merged[-1] if merged else None
        if before and _is_same_sitting(before, entry):
            _merge(before, entry)
        else:
            merged.append(entry)
    return merged[::-1]


def _is_same_sitting(before: Entry, entry: Entry) -> bool:
    same = before.name == entry.name and before.who == entry.who
    return same and entry.name.startswith("goal.") and entry.at - before.at < _ONE_SITTING


def _merge(before: Entry, entry: Entry) -> None:
    """The first old value and the last new one; what came back to where it was drops out."""
    for name, (old, new) in entry.raw.items():
        first = before.raw[name][0] if name in before.raw else old
        before.raw[name] = [first, new]
    before.raw = {name: pair for name, pair in before.raw.items() if pair[0] != pair[1]}
    before.at = entry.at


def _concerns(entry: Entry, goal_id: int) -> bool:
    if entry.name != "sheet.weighted":
        return True
    pair = entry.raw.get(str(goal_id))
    entry.raw = {"weight": pair} if pair else {}
    return pair is not None


def _describe(entries: list[Entry]) -> None:
    """Ids become names with a handful of queries for the whole history."""
    names = _Names(entries)
    for entry in entries:
        if entry.name in _BEGINNINGS:
            continue
        if entry.name == "sheet.weighted" and "weight" not in entry.raw:
            entry.changes = [
                {"field": names.goal(key), "old": f"{old}%", "new": f"{new}%"}
                for key, (old, new) in entry.raw.items()
            ]
            continue
        entry.changes = [
            {"field": _label(name), "old": names.text(name, old), "new": names.text(name, new)}
            for name, (old, new) in entry.raw.items()
            if name not in _QUIET and not entry.name.startswith("finding.")
        ]


def _label(name: str) -> str:
    special = {
        "work_items": _("業務"),
        "outcomes": _("成果"),
        "indicators": _("指標"),
        "milestones": _("節目"),
        "evaluators": _("評価者"),
    }
    if name in special:
        return special[name]
    try:
        return str(Goal._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return name


class _Names:
    """Names for the ids that occur in the changes, each kind looked up once."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        found: dict[str, set[int]] = {}
        for entry in entries:
            for name, values in entry.raw.items():
                for value in values:
                    found.setdefault(name, set()).update(_ids(name, value))
        self._names: dict[str, dict[int, str]] = {}
        sources: Mapping[str, type[models.Model]] = {
            "work_items": WorkItem,
            "outcomes": Outcome,
            "indicators": IndicatorVersion,
            "parent_org_goal": OrgGoal,
            "parent_goal": Goal,
            "evaluators": Member,
        }
        for name, model in sources.items():
            ids = found.get(name, set())
            self._names[name] = (
                {row.pk: str(row) for row in model._base_manager.filter(pk__in=ids)} if ids else {}
            )
        goals = {
            int(key)
            for entry in entries
            if entry.name == "sheet.weighted"
            for key in entry.raw
            if key.isdecimal()
        }
        self._goals = {row.pk: str(row) for row in Goal._base_manager.filter(pk__in=goals)} if goals else {}

    def goal(self, key: str) -> str:
        return self._goals.get(int(key), key) if key.isdecimal() else key

    def text(self, name: str, value: Any) -> str:
        if value in (None, "", [], {}):
            return ""
        if name == "indicators":
            return "、".join(self._indicator(one) for one in value)
        if name == "milestones":
            return "、".join(f"{one['title']}（{_day(one['due_on'])}）" for one in value)
        if name in self._names:
            ids = value if isinstance(value, list) else [value]
            return "、".join(self._names[name].get(pk, str(pk)) for pk in ids if pk is not None)
        return _plain(name, value)

    def _indicator(self, facts: Mapping[str, Any]) -> str:
        name = self._names["indicators"].get(facts["indicator_version_id"], "")
        numbers = [figure_of(facts[key]) for key in ("baseline", "target") if facts.get(key) is not None]
        return f"{name} {' → '.join(numbers)}".strip()


def figure_of(value: str) -> str:
    return figure(Decimal(value))


def _ids(name: str, value: Any) -> set[int]:
    if name in ("work_items", "outcomes", "evaluators") and isinstance(value, list):
        return {pk for pk in value if isinstance(pk, int)}
    if name == "indicators" and isinstance(value, list):
        return {one["indicator_version_id"] for one in value}
    if name in ("parent_org_goal", "parent_goal") and isinstance(value, int):
        return {value}
    return set()


def _plain(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if name == "deadline":
        return _day(str(value))
    if name == "weight":
        return f"{value}%"
    choices = {"goal_type": Goal.Type, "difficulty_planned": Goal.Difficulty}
    if name in choices:
        return str(choices[name](value).label)
    return str(value)


def _day(value: str) -> str:
    return f"{date.fromisoformat(value):%Y/%m/%d}"
