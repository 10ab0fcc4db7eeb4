"""Who may do what with the indicator library."""

from __future__ import annotations

from dodai.indicators.models import Indicator
from dodai.indicators.querysets import functions_led_by
from dodai.organization.models import Member
from dodai.work.models import Outcome

HR = frozenset({"hr", "hr_head"})


def can_propose(member: Member) -> bool:
    """Everyone may propose; a proposal can be used by its writer at once."""
    return bool(member.pk)


def can_propose_restricted(member: Member) -> bool:
    """Definitions for the people who run a procedure (通報) are kept by 人事責任者."""
    return "hr_head" in member.roles


def can_decide(member: Member, indicator: Indicator) -> bool:
    """人事, or a 部門長 of the indicator's department: approve, publish, revise and retire."""
    if indicator.restricted:
        return "hr_head" in member.roles
    if member.roles & HR:
        return True
    return functions_led_by(member).filter(function=indicator.function).exists()


def can_approve(member: Member, indicator: Indicator) -> bool:
    return can_decide(member, indicator)


def can_publish(member: Member, indicator: Indicator) -> bool:
    return can_decide(member, indicator)


def can_retire(member: Member, indicator: Indicator) -> bool:
    """A proposal may also be taken back by its writer."""
    if indicator.status == Indicator.Status.PROPOSED and indicator.proposed_by_id == member.pk:
        return True
    return can_decide(member, indicator)


def can_revise(member: Member, indicator: Indicator) -> bool:
    """Its writer while it is a proposal; afterwards those who decide."""
    if indicator.status == Indicator.Status.PROPOSED and indicator.proposed_by_id == member.pk:
        return True
    return can_decide(member, indicator)


def can_load_catalogue(member: Member) -> bool:
    return bool(member.roles & HR)


def can_see_through(member: Member, outcome: Outcome) -> bool:
    """The writer of an outcome chooses how it is seen."""
    return outcome.owner_id == member.pk
