"""The dated tree against a walk by hand on random days."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dodai.organization.rules.tree import Placement, covers, lines_of, tree_fault, tree_of

START = date(2026, 1, 1)


def day(number):
    return START + timedelta(days=number)


@st.composite
def placements(draw):
    """Up to six units, each with up to three placements one after another."""
    rows = [Placement(1, None, day(0), None)]
    for unit in range(2, draw(st.integers(2, 6)) + 1):
        cuts = sorted(draw(st.sets(st.integers(0, 30), min_size=1, max_size=3)))
        ends = [*cuts[1:], draw(st.sampled_from([None, 40]))]
        for first, until in zip(cuts, ends, strict=True):
            parent = draw(st.integers(1, 6).filter(lambda other, me=unit: other != me))
            rows.append(Placement(unit, parent, day(first), None if until is None else day(until)))
    return rows


def walk(unit, on, rows):
    """The ancestors of a unit on a day, climbed one step at a time; None when it never ends or breaks."""
    path = [unit]
    while True:
        here = [
            row
            for row in rows
            if row.unit == path[-1] and row.first <= on and (not row.until or on < row.until)
        ]
        if not here:
            return None
        if here[0].parent is None:
            return path
        if here[0].parent in path:
            return None
        path.append(here[0].parent)


def exists(unit, on, rows):
    return any(row.unit == unit and row.first <= on and (not row.until or on < row.until) for row in rows)


@given(placements())
@settings(max_examples=120, deadline=None)
def test_a_tree_has_no_fault_exactly_when_every_day_can_be_climbed(rows):
    tree = tree_of(rows)
    for unit in tree:
        sound = all(walk(unit, day(n), rows) for n in range(45) if exists(unit, day(n), rows))
        assert (tree_fault(unit, tree) is None) == sound


@given(placements())
@settings(max_examples=120, deadline=None)
def test_lines_are_what_a_walk_finds_on_each_day(rows):
    tree = tree_of(rows)
    if any(tree_fault(unit, tree) for unit in tree):
        return
    for unit in tree:
        lines = lines_of(unit, tree)
        for number in range(45):
            on = day(number)
            here = sorted(
                (ln.depth, ln.ancestor) for ln in lines if ln.first <= on and (not ln.until or on < ln.until)
            )
            path = walk(unit, on, rows) if exists(unit, on, rows) else []
            assert here == list(enumerate(path))


def test_two_units_may_change_places_on_one_day():
    rows = [
        Placement(1, None, day(0), None),
        Placement(2, 1, day(0), day(9)),
        Placement(3, 2, day(0), day(9)),
        Placement(3, 1, day(9), None),
        Placement(2, 3, day(9), None),
    ]
    tree = tree_of(rows)
    assert tree_fault(2, tree) is None
    assert tree_fault(3, tree) is None


def test_a_rename_leaves_one_line():
    tree = tree_of(
        [Placement(1, None, day(0), None), Placement(2, 1, day(0), day(5)), Placement(2, 1, day(5), None)]
    )
    assert len(lines_of(2, tree)) == 2


def test_the_first_day_without_the_unit_is_named():
    spans = [Placement(1, None, day(0), day(5)), Placement(1, None, day(7), None)]
    assert covers(spans, day(0), day(5)) is None
    assert covers(spans, day(0), None) == day(5)
    assert covers(spans, day(7), None) is None
    assert covers([], day(1), None) == day(1)
