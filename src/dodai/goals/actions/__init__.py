"""The verbs of goal setting. Callers write ``goals.actions.approve(sheet, by=member, version=3)``.

Every verb holds its row (``Conflict`` when somebody was faster), asks the permission (``NotAllowed``),
lets the row change itself (``Refused``), keeps it and leaves exactly one audit event.
"""

from dodai.goals.actions.approval import (
    NotReady,
    approve,
    approve_first,
    approve_many,
    approve_second,
    send_back,
    submit,
    withdraw,
)
from dodai.goals.actions.dependencies import (
    accept_proposal,
    add_dependency,
    answer_dependency,
    remove_dependency,
)
from dodai.goals.actions.dismissals import dismiss_finding, reinstate_finding
from dodai.goals.actions.goals import (
    add_goal,
    choose_outcomes,
    choose_work,
    measure,
    set_milestones,
    set_weights,
    write_goal,
)
from dodai.goals.actions.org_goals import (
    cancel_org_goal,
    contribute,
    create_org_goal,
    edit_org_goal,
    withdraw_contribution,
)
from dodai.goals.actions.reuse import adopt_example, copy_goal, remove_goal, restore_goal
from dodai.goals.actions.sheets import comment, exclude, name_evaluators, open_sheet

__all__ = [
    "NotReady",
    "accept_proposal",
    "add_dependency",
    "add_goal",
    "adopt_example",
    "answer_dependency",
    "approve",
    "approve_first",
    "approve_many",
    "approve_second",
    "cancel_org_goal",
    "choose_outcomes",
    "choose_work",
    "comment",
    "contribute",
    "copy_goal",
    "create_org_goal",
    "dismiss_finding",
    "edit_org_goal",
    "exclude",
    "measure",
    "name_evaluators",
    "open_sheet",
    "reinstate_finding",
    "remove_dependency",
    "remove_goal",
    "restore_goal",
    "send_back",
    "set_milestones",
    "set_weights",
    "submit",
    "withdraw",
    "withdraw_contribution",
    "write_goal",
]
