"""Rules of 期間 and 評価制度, without a database."""

from dodai.cycles.rules.phases import (
    APPEAL_DAYS,
    Period,
    PhaseWindow,
    period_of,
    propose_phases,
)
from dodai.cycles.rules.policy import Policy, PolicyRefused

__all__ = [
    "APPEAL_DAYS",
    "Period",
    "PhaseWindow",
    "Policy",
    "PolicyRefused",
    "period_of",
    "propose_phases",
]
