"""A person of a roster beside what is stored today: what would be added, changed or left alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dodai.core.dates import table_date
from dodai.exchange.rules.roster_entries import (
    LABELS,
    Concurrent,
    LeaveSpan,
    PersonRow,
)
from dodai.exchange.rules.roster_words import (
    BAND_OPTIONS,
    EMPLOYMENT_OPTIONS,
    LEAVE_OPTIONS,
)
from dodai.exchange.rules.transfers import Move, Standing

_EMPLOYMENT = {option.value: option.label for option in EMPLOYMENT_OPTIONS}
_BANDS = {option.value: option.label for option in BAND_OPTIONS}
_LEAVES = {option.value: option.label for option in LEAVE_OPTIONS}
PARTICULARS = ("family_name", "given_name", "family_kana", "given_kana", "email", "note")


@dataclass(frozen=True, slots=True)
class Turn:
    """A 本務 that begins after the day of the roster."""

    on: date
    unit_path: str
    post: str


@dataclass(frozen=True, slots=True)
class PersonNow:
    """One stored person on the day of the roster. ``version`` is the row's when it was read."""

    id: int
    version: int
    member_no: str
    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    email: str
    note: str
    employment_type: str
    hired_on: date | None
    left_on: date | None
    unit_path: str = ""
    post: str = ""
    supervisor_no: str = ""
    grade: str = ""
    band: str = ""
    concurrent: tuple[Concurrent, ...] = ()
    leaves: tuple[LeaveSpan, ...] = ()
    later: tuple[Turn, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.family_name} {self.given_name}".strip()


@dataclass(frozen=True, slots=True)
class Difference:
    """One value before and after, as people read it. ``key`` is the field."""

    key: str
    label: str
    before: str
    after: str


def differences(row: PersonRow, now: PersonNow, columns: frozenset[str]) -> tuple[Difference, ...]:
    """Only columns the file has. An empty cell takes nothing away, except where emptiness says something:
    a post, a supervisor and a 兼務 that are no longer there."""
    found = [_plain(key, getattr(now, key), getattr(row, key)) for key in PARTICULARS if getattr(row, key)]
    if "employment_type" in columns:
        found.append(
            _plain("employment_type", _EMPLOYMENT[now.employment_type], _EMPLOYMENT[row.employment_type])
        )
    for key in ("hired_on", "left_on"):
        if getattr(row, key):
            found.append(_plain(key, _day(getattr(now, key)), _day(getattr(row, key))))
    if now.unit_path and row.unit_path:
        found.append(_plain("unit", now.unit_path, row.unit_path))
        found += [_plain(key, getattr(now, key), getattr(row, key)) for key in ("post",) if key in columns]
        if "supervisor_no" in columns:
            found.append(_plain("supervisor_no", now.supervisor_no, row.supervisor_no))
        if "concurrent_unit" in columns:
            found.append(_plain("concurrent_unit", _shares(now.concurrent), _shares(row.concurrent)))
        if row.grade:
            found.append(_plain("grade", _grade(now.grade, now.band), _grade(row.grade, row.band)))
    if row.leave and row.leave not in now.leaves:
        found.append(Difference("leave_kind", LABELS["leave_kind"], _leaves(now.leaves), _leave(row.leave)))
    return tuple(difference for difference in found if difference and difference.before != difference.after)


def newcomer(row: PersonRow) -> tuple[Difference, ...]:
    """What somebody new brings, for the preview."""
    shown = (
        ("unit", row.unit_path),
        ("post", row.post),
        ("grade", _grade(row.grade, row.band) if row.grade else ""),
        ("employment_type", _EMPLOYMENT[row.employment_type]),
        ("supervisor_no", row.supervisor_no),
        ("concurrent_unit", _shares(row.concurrent)),
        ("leave_kind", _leave(row.leave) if row.leave else ""),
        ("left_on", _day(row.left_on)),
    )
    return tuple(Difference(key, LABELS[key], "", value) for key, value in shown if value)


def standing(row: PersonRow | None, now: PersonNow | None) -> Standing:
    """Where a person stands when the roster has been taken over."""
    if row is None:
        assert now is not None
        return Standing(
            now.member_no,
            now.name,
            now.unit_path,
            now.post,
            now.grade,
            now.supervisor_no,
            tuple(post.unit_path for post in now.concurrent),
            now.left_on,
        )
    left = row.left_on or (now.left_on if now else None)
    units = tuple(post.unit_path for post in row.concurrent)
    return Standing(
        row.member_no, row.name, row.unit_path, row.post, row.grade, row.supervisor_no, units, left
    )


def is_done(move: Move, now: PersonNow | None) -> bool:
    """Whether a 発令 was carried out before: the 本務 that begins on its day is stored."""
    if now is None:
        return False
    if move.reason == "left":
        return now.left_on == move.effective_on
    return Turn(move.effective_on, move.unit_path, move.post) in now.later


def _plain(key: str, before: str, after: str) -> Difference:
    return Difference(key, LABELS[key], before, after)


def _day(day: date | None) -> str:
    return table_date(day) if day else ""


def _grade(code: str, band: str) -> str:
    return f"{code}（{_BANDS[band]}）" if code and band else code


def _shares(posts: tuple[Concurrent, ...]) -> str:
    return "、".join(
        f"{post.unit_path} {post.percent}%" for post in sorted(posts, key=lambda post: post.unit_path)
    )


def _leave(leave: LeaveSpan) -> str:
    return f"{_LEAVES[leave.kind]} {_day(leave.first)}〜{_day(leave.last)}"


def _leaves(leaves: tuple[LeaveSpan, ...]) -> str:
    return "、".join(map(_leave, leaves))
