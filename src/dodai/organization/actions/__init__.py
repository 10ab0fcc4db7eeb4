"""The verbs of the organization: the only code that writes the company, its units, people and logins."""

from dodai.organization.actions.accounts import (
    change_profile,
    close_leavers,
    end_own_session,
    issue_password,
    provision,
    restore,
    suspend,
)
from dodai.organization.actions.admission import Newcomer, SharedPost, admit
from dodai.organization.actions.assignments import add_concurrent, change_grade, end_concurrent, transfer
from dodai.organization.actions.company import add_holiday, change_company, remove_holiday
from dodai.organization.actions.demo import open_demo_logins
from dodai.organization.actions.founding import Founder, found_company
from dodai.organization.actions.leaves import end_leave, record_leave
from dodai.organization.actions.members import change_member, hire, leave_company
from dodai.organization.actions.roles import end_delegation, grant_role, revoke_role, set_delegation
from dodai.organization.actions.units import add_unit, change_unit, close_unit, name_head

__all__ = [
    "Founder",
    "Newcomer",
    "SharedPost",
    "add_concurrent",
    "add_holiday",
    "add_unit",
    "admit",
    "change_company",
    "change_grade",
    "change_member",
    "change_profile",
    "change_unit",
    "close_leavers",
    "close_unit",
    "end_concurrent",
    "end_delegation",
    "end_leave",
    "end_own_session",
    "found_company",
    "grant_role",
    "hire",
    "issue_password",
    "leave_company",
    "name_head",
    "open_demo_logins",
    "provision",
    "record_leave",
    "remove_holiday",
    "restore",
    "revoke_role",
    "set_delegation",
    "suspend",
    "transfer",
]
