"""Keeps ``OrgUnitLine`` equal to what the versions say, for the units a change touches."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from dodai.core.dates import prose_date
from dodai.core.errors import Refused
from dodai.organization.models import OrgUnitLine, OrgUnitVersion
from dodai.organization.rules.tree import Line, Placement, Tree, lines_of, tree_fault, tree_of


def stored_tree() -> Tree:
    """Every placement of every unit: one query, a few thousand rows in a very large company."""
    rows = OrgUnitVersion.objects.values_list("unit_id", "parent_id", "valid_from", "valid_to")
    return tree_of(Placement(*row) for row in rows)


def relocate(units: Collection[int], tree: Tree | None = None) -> None:
    """Check the places of the units and rebuild their lines and those of everything below them."""
    tree = tree or stored_tree()
    for unit in units:
        _refuse_faults(unit, tree)
    below = OrgUnitLine.objects.filter(ancestor__in=units).values_list("unit_id", flat=True)
    touched = {*units, *below}
    old = {
        Line(row.unit_id, row.ancestor_id, row.depth, row.valid_from, row.valid_to): row.pk
        for row in OrgUnitLine.objects.filter(unit__in=touched)
    }
    new = {line for unit in touched for line in lines_of(unit, tree)}
    OrgUnitLine.objects.filter(pk__in=[pk for line, pk in old.items() if line not in new]).delete()
    OrgUnitLine.objects.bulk_create(
        [
            OrgUnitLine(
                unit_id=line.unit,
                ancestor_id=line.ancestor,
                depth=line.depth,
                valid_from=line.first,
                valid_to=line.until,
            )
            for line in sorted(new - old.keys(), key=lambda line: (line.unit, line.depth, line.first))
        ]
    )


def _refuse_faults(unit: int, tree: Tree) -> None:
    fault = tree_fault(unit, tree)
    if fault is None:
        return
    sentence = {
        "circle": _(
            "%(day)sに、組織が自分より下の組織の下に入ってしまいます。別の上位組織を選んでください。"
        ),
        "no_parent": _("%(day)sに上位組織がありません。期間を直すか、別の上位組織を選んでください。"),
    }[fault.kind]
    raise Refused(sentence % {"day": prose_date(fault.day)})
