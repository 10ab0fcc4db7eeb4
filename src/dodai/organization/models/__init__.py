"""部門と役割: the company, its dated units, its people and what they may do."""

from dodai.organization.models.company import Company, Holiday
from dodai.organization.models.members import Assignment, Grade, Leave, Member
from dodai.organization.models.roles import Delegation, Role, RoleAssignment
from dodai.organization.models.units import OrgUnit, OrgUnitLine, OrgUnitVersion, UnitHead

__all__ = [
    "Assignment",
    "Company",
    "Delegation",
    "Grade",
    "Holiday",
    "Leave",
    "Member",
    "OrgUnit",
    "OrgUnitLine",
    "OrgUnitVersion",
    "Role",
    "RoleAssignment",
    "UnitHead",
]
