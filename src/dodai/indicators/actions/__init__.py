"""The verbs of the indicator library: ``indicators.actions.publish(indicator, by=member, version=2)``."""

from dodai.indicators.actions.catalogue import load_catalogue
from dodai.indicators.actions.definitions import approve, propose, publish, retire, revise
from dodai.indicators.actions.outcomes import look_away, see_through

__all__ = [
    "approve",
    "load_catalogue",
    "look_away",
    "propose",
    "publish",
    "retire",
    "revise",
    "see_through",
]
