"""Who sees which sheets, goals and requests, as plain SQL for ``pk__in``.

These conditions stand in nearly every query of the floor. Written with the ORM they cost more time in
Python than in the database, and an OR over subqueries makes PostgreSQL read whole tables; as a UNION of
indexed look-ups they cost the same at every size of the company. Values are always parameters.
``%(me)s`` is the viewer and ``%(today)s`` the day; spans are half open.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from django.db.models.expressions import RawSQL
from django.utils import timezone

if TYPE_CHECKING:
    from dodai.organization.models import Member

#: A goal is shown to colleagues only once it was agreed; nobody reads over the shoulder.
SHOWN_TO_COLLEAGUES = ("agreed", "settled", "evaluated", "closed")
_SHOWN = ", ".join(f"'{state}'" for state in SHOWN_TO_COLLEAGUES)

_LED_UNITS = """
    SELECT line.unit_id FROM organization_orgunitline line
    JOIN organization_unithead head ON head.unit_id = line.ancestor_id
    WHERE (head.member_id = %(me)s OR (head.member_id IS NULL AND head.deputy_id = %(me)s))
      AND head.valid_from <= %(today)s AND (head.valid_to IS NULL OR head.valid_to > %(today)s)
      AND line.valid_from <= %(today)s AND (line.valid_to IS NULL OR line.valid_to > %(today)s)"""

_OWN_UNITS = """
    SELECT post.unit_id FROM organization_assignment post
    WHERE post.member_id = %(me)s
      AND post.valid_from <= %(today)s AND (post.valid_to IS NULL OR post.valid_to > %(today)s)"""

_LED_PEOPLE = f"""
    SELECT post.member_id FROM organization_assignment post
    WHERE post.supervisor_id = %(me)s
      AND post.valid_from <= %(today)s AND (post.valid_to IS NULL OR post.valid_to > %(today)s)
    UNION
    SELECT post.member_id FROM organization_assignment post
    WHERE post.unit_id IN ({_LED_UNITS})
      AND post.valid_from <= %(today)s AND (post.valid_to IS NULL OR post.valid_to > %(today)s)"""  # noqa: S608

_PRINCIPALS = """
    SELECT act.principal_id FROM organization_delegation act
    WHERE act.delegate_id = %(me)s
      AND act.valid_from <= %(today)s AND (act.valid_to IS NULL OR act.valid_to > %(today)s)"""

#: Your own; those you or the people you act for are named on; those of the people you lead today.
SHEETS = f"""
    SELECT id FROM goals_goalsheet WHERE member_id = %(me)s
    UNION SELECT id FROM goals_goalsheet WHERE first_evaluator_id = %(me)s
    UNION SELECT id FROM goals_goalsheet WHERE second_evaluator_id = %(me)s
    UNION SELECT id FROM goals_goalsheet WHERE first_evaluator_id IN ({_PRINCIPALS})
    UNION SELECT id FROM goals_goalsheet WHERE second_evaluator_id IN ({_PRINCIPALS})
    UNION SELECT id FROM goals_goalsheet WHERE member_id IN ({_LED_PEOPLE})"""  # noqa: S608

#: Sheets whose next step is the viewer's, also as 代理; whoever gave 一次 does not give 二次.
AWAITING_SHEETS = f"""
    SELECT id FROM goals_goalsheet WHERE first_evaluator_id = %(me)s AND status = 'submitted'
    UNION SELECT id FROM goals_goalsheet WHERE second_evaluator_id = %(me)s AND status = 'first_approved'
    UNION SELECT id FROM goals_goalsheet
    WHERE first_evaluator_id IN ({_PRINCIPALS}) AND status = 'submitted' AND member_id <> %(me)s
    UNION SELECT id FROM goals_goalsheet
    WHERE second_evaluator_id IN ({_PRINCIPALS}) AND status = 'first_approved' AND member_id <> %(me)s
      AND first_approved_by_id <> %(me)s"""  # noqa: S608

#: Requests to the viewer or to a unit of theirs.
ASKING = f"""
    SELECT ask.{{column}} FROM goals_goaldependency ask WHERE ask.member_id = %(me)s
    UNION SELECT ask.{{column}} FROM goals_goaldependency ask WHERE ask.unit_id IN ({_OWN_UNITS})
    UNION SELECT ask.{{column}} FROM goals_goaldependency ask WHERE ask.unit_id IN ({_LED_UNITS})"""  # noqa: S608

#: Goals of visible sheets; agreed goals their author shares with the unit; goals that ask for help.
GOALS = f"""
    SELECT goal.id FROM goals_goal goal WHERE goal.sheet_id IN ({SHEETS})
    UNION SELECT goal.id FROM goals_goalsheet sheet JOIN goals_goal goal ON goal.sheet_id = sheet.id
    WHERE sheet.unit_id IN ({_OWN_UNITS}) AND goal.is_public
      AND goal.state IN ({_SHOWN})
    UNION {ASKING.replace("{column}", "goal_id")}"""  # noqa: S608

DEPENDENCIES = f"""
    SELECT ask.id FROM goals_goaldependency ask JOIN goals_goal goal ON goal.id = ask.goal_id
    WHERE goal.sheet_id IN ({SHEETS})
    UNION {ASKING.replace("{column}", "id")}"""  # noqa: S608

#: Requests the viewer has to answer: named themselves, or as head of the unit.
AWAITING_DEPENDENCIES = f"""
    SELECT id FROM goals_goaldependency WHERE member_id = %(me)s AND agreement = 'pending'
    UNION SELECT id FROM goals_goaldependency
    WHERE unit_id IN ({_LED_UNITS}) AND member_id IS NULL AND agreement = 'pending'"""  # noqa: S608


def ids_for(sql: str, member: Member) -> RawSQL:
    """The ids one of the queries above finds for the viewer, for ``pk__in``."""
    text, names = _positional(sql)
    values = {"me": member.pk, "today": timezone.localdate().isoformat()}
    return RawSQL(text, [values[name] for name in names])  # noqa: S611 - constants of this module only


@cache
def _positional(sql: str) -> tuple[str, tuple[str, ...]]:
    """Django counts parameters: each name becomes ``%s``, in order."""
    names = tuple(re.findall(r"%\((\w+)\)s", sql))
    return re.sub(r"%\(\w+\)s", "%s", " ".join(sql.split())), names
