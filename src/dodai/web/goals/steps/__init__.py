"""The five steps of the wizard, each a module with the same four questions."""

from dodai.goals.models import Goal
from dodai.web.goals.steps import indicator, outcome, review, statement, work
from dodai.web.goals.steps.frame import StepModule

MODULES: dict[str, StepModule] = {
    Goal.Step.WORK.value: work,
    Goal.Step.OUTCOME.value: outcome,
    Goal.Step.INDICATOR.value: indicator,
    Goal.Step.STATEMENT.value: statement,
    Goal.Step.REVIEW.value: review,
}
