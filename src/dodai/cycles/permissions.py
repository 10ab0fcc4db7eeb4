"""Who may run periods and the rules they are run by."""

from __future__ import annotations

from dodai.organization.models import Member


def can_run_cycles(member: Member) -> bool:
    """人事 prepares, opens and runs periods."""
    return bool(member.roles & {"hr", "hr_head"})


def can_edit_policies(member: Member) -> bool:
    return bool(member.roles & {"hr", "hr_head"})


def can_open_policies(member: Member) -> bool:
    """The rules are no secret; every person may read how they are evaluated."""
    return bool(member.pk)
