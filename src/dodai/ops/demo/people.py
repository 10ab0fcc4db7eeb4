"""The demo's company, units, people, logins and roles, built by the product's own verbs."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from dodai.ops.demo.logins import PASSWORD
from dodai.organization import actions
from dodai.organization.models import Company, Member, OrgUnit, Role

NAME = "株式会社みなと商事"
HR_HEAD, SYSTEM_ADMIN = "001049", "001154"
#: Where the known history of everybody begins.
SINCE = date(2020, 4, 1)
_ROLES = (
    ("001063", Role.HR),
    ("001224", Role.HR),
    ("001014", Role.EXECUTIVE),
    ("001007", Role.EXECUTIVE),
)
_AUDITOR = "001084"
_ON_LEAVE, _LEFT_BEFORE, _LEAVING = "001301", "001133", "001399"
_TRANSFERRED, _TRANSFERRED_TO, _NEW_SUPERVISOR = "001413", "U08", "001063"


@dataclass
class Cast:
    """The people and units of the demo by their number and code."""

    people: dict[str, Member]
    units: dict[str, OrgUnit]

    @property
    def hr(self) -> Member:
        return self.people["001063"]

    @property
    def hr_head(self) -> Member:
        return self.people[HR_HEAD]


def load(name: str) -> dict[str, Any]:
    """One of the TOML files beside this module."""
    return tomllib.loads(files("dodai.ops.demo").joinpath(name).read_text())


def build(today: date, half: tuple[date, date]) -> Cast:
    """Everybody at their place, with logins; ``half`` is the half-year of today."""
    data = load("people.toml")
    rows = {row["member_no"]: row for row in data["people"]}
    company, founders = actions.found_company(
        NAME,
        on=SINCE,
        hr_head=(HR_HEAD, *rows[HR_HEAD]["name"]),
        system_admin=(SYSTEM_ADMIN, *rows[SYSTEM_ADMIN]["name"]),
        is_demo=True,
    )
    hr_head = founders[0].member
    units = _units(data["units"], hr_head)
    actions.admit(
        [
            _newcomer(row, units, half)
            for number, row in rows.items()
            if number not in {HR_HEAD, SYSTEM_ADMIN}
        ],
        by=hr_head,
        on=SINCE,
    )
    people = {member.member_no: member for member in Member.objects.select_related("account")}
    for founder in (HR_HEAD, SYSTEM_ADMIN):
        _settle(people[founder], rows[founder], units, people)
    cast = Cast(people, units)
    _heads(data["units"], cast)
    _moves(cast, today, half)
    _logins(cast, company, today)
    return cast


def _units(rows: list[dict[str, str]], by: Member) -> dict[str, OrgUnit]:
    """The first row is the company itself, which exists already."""
    units = {rows[0]["code"]: OrgUnit.objects.get()}
    for order, row in enumerate(rows[1:], start=1):
        units[row["code"]] = actions.add_unit(
            row["code"],
            by=by,
            name=row["name"],
            kind=row["kind"],
            function=row["function"],
            parent=units[row["parent"]],
            valid_from=SINCE,
            sort_order=order,
        )
    return units


def _newcomer(row: dict[str, Any], units: dict[str, OrgUnit], half: tuple[date, date]) -> actions.Newcomer:
    shared: tuple[actions.SharedPost, ...] = ()
    if "concurrent" in row:
        shared = (actions.SharedPost(units[row["concurrent"]["unit"]].pk, row["concurrent"]["percent"]),)
    particulars = {
        "family_name": row["name"][0],
        "given_name": row["name"][1],
        "family_kana": row["kana"][0],
        "given_kana": row["kana"][1],
        "email": row["email"],
        "employment_type": row["employment"],
        "hired_on": row["hired_on"],
        "note": "デモの架空の人です。",
    }
    if row["member_no"] == _LEFT_BEFORE:
        particulars["left_on"] = half[0] - timedelta(days=1)
    leave = None
    if row["member_no"] == _ON_LEAVE:
        leave = ("childcare", half[0] - timedelta(days=50), half[1])
    return actions.Newcomer(
        member_no=row["member_no"],
        particulars=particulars,
        unit_id=units[row["unit"]].pk,
        post=row.get("post", ""),
        supervisor_no=row.get("supervisor", ""),
        grade_code=row["grade"],
        band=row["band"],
        shared=shared,
        leave=leave,
    )


def _settle(
    member: Member, row: dict[str, Any], units: dict[str, OrgUnit], people: dict[str, Member]
) -> None:
    """The two founders stood at the top of the company; they move to their own units."""
    by = people[HR_HEAD]
    actions.change_member(
        member,
        by=by,
        version=member.version,
        family_kana=row["kana"][0],
        given_kana=row["kana"][1],
        email=row["email"],
        hired_on=row["hired_on"],
    )
    member.refresh_from_db()
    day = SINCE + timedelta(days=1)
    actions.transfer(
        member,
        by=by,
        version=member.version,
        on=day,
        unit=units[row["unit"]],
        post=row.get("post", ""),
        supervisor=people[row["supervisor"]],
    )
    member.refresh_from_db()
    actions.change_grade(
        member, by=by, version=member.version, on=day, grade_code=row["grade"], band=row["band"]
    )
    member.refresh_from_db()


def _heads(rows: list[dict[str, str]], cast: Cast) -> None:
    for row in rows:
        unit = cast.units[row["code"]]
        unit.refresh_from_db()
        actions.name_head(
            unit,
            by=cast.hr_head,
            version=unit.version,
            on=SINCE + timedelta(days=1),
            member=cast.people.get(row["head"]),
            deputy=cast.people.get(row["deputy"]),
        )


def _moves(cast: Cast, today: date, half: tuple[date, date]) -> None:
    """One transfer in the middle of the half-year, and one person about to leave."""
    moved = cast.people[_TRANSFERRED]
    actions.transfer(
        moved,
        by=cast.hr_head,
        version=moved.version,
        on=half[0] + timedelta(days=31),
        unit=cast.units[_TRANSFERRED_TO],
        supervisor=cast.people[_NEW_SUPERVISOR],
    )
    leaver = cast.people[_LEAVING]
    actions.leave_company(
        leaver, by=cast.hr_head, version=leaver.version, left_on=min(today + timedelta(days=38), half[1])
    )
    for member in (moved, leaver):
        member.refresh_from_db()


def _logins(cast: Cast, company: Company, today: date) -> None:
    here = [member for member in cast.people.values() if member.is_employed(today)]
    actions.open_demo_logins(company, here, PASSWORD)
    for number, role in _ROLES:
        actions.grant_role(cast.people[number], by=cast.hr_head, role=role, valid_from=SINCE)
    actions.grant_role(
        cast.people[_AUDITOR],
        by=cast.hr_head,
        role=Role.AUDITOR,
        valid_from=SINCE,
        last_day=today + timedelta(days=365),
        case_number="デモ監査-01",
    )
