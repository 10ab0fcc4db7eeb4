"""The dated tree of units as plain data: who stands above whom on which days, and what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Placement:
    """A unit hangs under ``parent`` from ``first`` until the day before ``until``; None is open."""

    unit: int
    parent: int | None
    first: date
    until: date | None


@dataclass(frozen=True)
class Line:
    """``ancestor`` stands ``depth`` levels above ``unit`` on these days; depth 0 is the unit itself."""

    unit: int
    ancestor: int
    depth: int
    first: date
    until: date | None


@dataclass(frozen=True)
class TreeFault:
    """``circle``: a unit would stand above itself. ``no_parent``: the unit above does not exist that day."""

    kind: Literal["circle", "no_parent"]
    day: date


Tree = Mapping[int, Sequence[Placement]]


def tree_of(placements: Iterable[Placement]) -> Tree:
    """The placements by unit, earliest first."""
    tree: dict[int, list[Placement]] = defaultdict(list)
    for placement in placements:
        tree[placement.unit].append(placement)
    for rows in tree.values():
        rows.sort(key=lambda placement: placement.first)
    return dict(tree)


def tree_fault(unit: int, tree: Tree) -> TreeFault | None:
    """What is wrong on the way from the unit up to the top, on any day it exists."""
    for placement in tree.get(unit, ()):
        fault = _fault_above(placement, tree, {unit})
        if fault is not None:
            return fault
    return None


def lines_of(unit: int, tree: Tree) -> list[Line]:
    """All lines of a unit in a tree without faults; neighbouring spans of the same place are one line."""
    found: list[Line] = []
    for placement in tree.get(unit, ()):
        found.extend(_climb(unit, placement, tree, 0))
    return _joined(found)


def covers(placements: Sequence[Placement], first: date, until: date | None) -> date | None:
    """The first day in the span that no placement covers; None when the unit exists throughout."""
    day = first
    for placement in placements:
        if placement.first > day:
            return day
        if placement.until is None:
            return None
        day = max(day, placement.until)
        if until is not None and day >= until:
            return None
    return day


def _fault_above(placement: Placement, tree: Tree, seen: set[int]) -> TreeFault | None:
    if placement.parent is None:
        return None
    if placement.parent in seen:
        return TreeFault("circle", placement.first)
    above = tree.get(placement.parent, ())
    gap = covers(above, placement.first, placement.until)
    if gap is not None:
        return TreeFault("no_parent", gap)
    for part in _clipped(above, placement):
        fault = _fault_above(part, tree, seen | {placement.parent})
        if fault is not None:
            return fault
    return None


def _climb(unit: int, placement: Placement, tree: Tree, depth: int) -> Iterator[Line]:
    yield Line(unit, placement.unit, depth, placement.first, placement.until)
    if placement.parent is not None:
        for part in _clipped(tree.get(placement.parent, ()), placement):
            yield from _climb(unit, part, tree, depth + 1)


def _clipped(placements: Sequence[Placement], within: Placement) -> Iterator[Placement]:
    for placement in placements:
        first = max(placement.first, within.first)
        until = _earlier(placement.until, within.until)
        if until is None or first < until:
            yield replace(placement, first=first, until=until)


def _earlier(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)


def _joined(lines: list[Line]) -> list[Line]:
    joined: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.ancestor, line.depth, line.first)):
        last = joined[-1] if joined else None
        if last and (last.ancestor, last.depth, last.until) == (line.ancestor, line.depth, line.first):
            joined[-1] = replace(last, until=line.until)
        else:
            joined.append(line)
    return joined
