"""The 評価制度 of a cycle as goal setting reads it."""

from __future__ import annotations

from dodai.cycles.models import Cycle
from dodai.cycles.rules.policy import Policy
from dodai.smart import Severity


def policy_of(cycle: Cycle) -> Policy:
    """The settings in force for the cycle; what they leave out is the default."""
    return Policy.from_json(cycle.policy.settings)


def severities_of(policy: Policy) -> dict[str, Severity]:
    """How strict the company wants each SMART rule to be."""
    return {rule: Severity(severity) for rule, severity in policy.severities.items()}
