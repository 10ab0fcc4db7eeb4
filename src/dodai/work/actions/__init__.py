"""The verbs of 業務 and 成果; the only code that writes them.

Each leaves one audit event in the same transaction. ``import_rows`` leaves one for each unit it
touched: its ``changes`` hold ``added`` (id → name) and ``changed`` (id → field → [before, after]), which is
what the history of an item and ``undo_import`` read.
"""

from dodai.work.actions.imports import import_rows, undo_import
from dodai.work.actions.items import (
    add,
    answer,
    assign,
    confirm,
    edit,
    place,
    restore,
    retire,
    set_backups,
    set_outlook,
    take,
    undo,
)
from dodai.work.actions.outcomes import (
    edit_outcome,
    link_outcome,
    remove_outcome,
    unlink_outcome,
    write_outcome,
)
from dodai.work.actions.sweep import mark_unconfirmed
from dodai.work.actions.templates import take_from_template
from dodai.work.actions.together import assign_together, confirm_together, set_outlook_together

__all__ = [
    "add",
    "answer",
    "assign",
    "assign_together",
    "confirm",
    "confirm_together",
    "edit",
    "edit_outcome",
    "import_rows",
    "link_outcome",
    "mark_unconfirmed",
    "place",
    "remove_outcome",
    "restore",
    "retire",
    "set_backups",
    "set_outlook",
    "set_outlook_together",
    "take",
    "take_from_template",
    "undo",
    "undo_import",
    "unlink_outcome",
    "write_outcome",
]
