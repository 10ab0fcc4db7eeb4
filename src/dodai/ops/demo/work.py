"""The demo's inventory of work with its outcomes, mostly confirmed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from dodai.ops.demo.people import Cast, load
from dodai.organization.models import Assignment, Member
from dodai.work import actions
from dodai.work.models import Outcome, WorkItem
from dodai.work.sheet_rows import WorkRow

#: Every n-th piece of work still waits for its supervisor, so that there is something to confirm.
_UNCONFIRMED_EVERY = 9
#: Values that were unreadable in the sheets the company had before: they are asked for on the board.
_ASKED = {"minutes_per_run": "minutes", "runs_per_year": "runs", "importance": "importance"}


def build(cast: Cast) -> dict[str, WorkItem]:
    """Import the inventory as 人事, confirm most of it as the supervisors; by name."""
    units = {row.member_id: row.unit_id for row in Assignment.objects.filter(kind="primary", valid_to=None)}
    rows = [_row(line, entry, cast, units) for line, entry in enumerate(load("work.toml")["work"], start=1)]
    actions.import_rows(rows, by=cast.hr)
    items = {item.name: item for item in WorkItem.objects.select_related("owner")}
    supervisors = {
        row.member_id: row.supervisor
        for row in Assignment.objects.filter(kind="primary", valid_to=None).select_related(
            "supervisor__account"
        )
    }
    for number, item in enumerate(items.values()):
        boss = supervisors.get(item.owner_id) if item.owner_id else None
        if boss is not None and number % _UNCONFIRMED_EVERY:
            actions.confirm(item, by=boss, version=item.version)
            item.refresh_from_db()
    return items


def _row(line: int, entry: dict[str, Any], cast: Cast, units: dict[int, int]) -> WorkRow:
    """The unit is the owner's where the owner belongs to the department, else the department itself."""
    owner = cast.people.get(entry.get("owner", ""))
    if owner is not None and owner.left_on is not None and owner.account_id is None:
        owner = None
    department = cast.units[entry["department"]]
    backup = cast.people.get(entry.get("backup", ""))
    category_l, category_m, category_s = entry["category"]
    minutes = entry.get("minutes")
    return WorkRow(
        line=line,
        unit=units.get(owner.pk, department.pk) if owner else department.pk,
        name=entry["name"],
        owner=owner.pk if owner else None,
        backups=(backup.pk,) if backup and backup.pk in units else (),
        category_l=category_l,
        category_m=category_m,
        category_s=category_s,
        frequency=entry.get("frequency", ""),
        minutes_per_run=Decimal(minutes) if minutes is not None else None,
        runs_per_year=entry.get("runs"),
        importance=entry.get("importance"),
        capable_people=(2 if backup else 1) if owner else None,
        manual_status=entry.get("manual", ""),
        improvement_room=entry.get("room"),
        open_questions={name: "不明" for name, key in _ASKED.items() if key not in entry},
        outlook="reduce" if entry.get("importance", 3) <= 2 and entry.get("room", 0) >= 4 else "keep",
    )


def outcome_of(item: WorkItem, words: list[str], by: Member) -> Outcome:
    """The outcome of a piece of work, written once and found again afterwards."""
    beneficiary, thing, state, category = words
    known = Outcome.objects.filter(work_items=item, thing=thing, state=state).first()
    return known or actions.write_outcome(
        item,
        by=by,
        values={"beneficiary": beneficiary, "thing": thing, "state": state, "category": category},
    )
