"""Taking the rows a verb works on: always the sheet first, so that two verbs never wait for each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from dodai.core.errors import NotAllowed, Refused
from dodai.goals import permissions
from dodai.goals.freezing import as_json
from dodai.goals.models import Goal, GoalSheet
from dodai.organization.models import Member

M = TypeVar("M", bound=models.Model)


def hold_sheet(sheet: GoalSheet | int, *, version: int | None = None) -> GoalSheet:
    """Lock the sheet; with a version also refuse when somebody was faster."""
    pk = sheet if isinstance(sheet, int) else sheet.pk
    if version is not None:
        return GoalSheet.objects.hold(pk, version=version)
    return GoalSheet.objects.select_for_update(of=("self",)).get(pk=pk)


def hold_own_sheet(sheet: GoalSheet | int, *, by: Member, version: int | None = None) -> GoalSheet:
    """The sheet, locked, in a state in which its owner may write on it."""
    held = hold_sheet(sheet, version=version)
    if not permissions.can_write(by, held):
        raise NotAllowed(_("この目標シートに書き込めるのは本人だけです。"))
    if not held.is_editable:
        raise Refused(
            _("目標シートは「%(status)s」なので、書き換えられません。差戻しか取下げの後に直してください。")
            % {"status": held.get_status_display()}
        )
    return held


def hold_own_goal(goal: Goal | int, *, by: Member, version: int) -> Goal:
    """The goal, locked together with its sheet, while its owner may still write on it."""
    pk = goal if isinstance(goal, int) else goal.pk
    sheet = hold_own_sheet(Goal.objects.values_list("sheet_id", flat=True).get(pk=pk), by=by)
    held: Goal = Goal.objects.hold(pk, version=version)
    held.sheet = sheet
    if held.state != Goal.State.DRAFT:
        raise Refused(_("合意した目標は、期中変更でだけ変えられます。"))
    return held


def assign(row: models.Model, fields: Mapping[str, Any], allowed: Iterable[str]) -> dict[str, list[Any]]:
    """Put the values on the row and check them; answers what changed as ``{name: [before, after]}``.

    A field outside ``allowed`` is refused: nobody writes owner, state or number through a form.
    """
    unknown = sorted(set(fields) - set(allowed))
    if unknown:
        raise Refused(_("書き換えられない項目です：%(names)s") % {"names": "、".join(unknown)})
    changes: dict[str, list[Any]] = {}
    for name, value in fields.items():
        before = as_json(getattr(row, name))
        setattr(row, name, value)
        after = as_json(getattr(row, name))
        if before != after:
            changes[name] = [before, after]
    check_fields(row, changes)
    return changes


def check_fields(row: models.Model, names: Iterable[str]) -> None:
    """The limits the model declares (length, choices, range), as one sentence per field."""
    wanted = set(names)
    others = {field.name for field in row._meta.fields if field.name not in wanted}
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        said = [
            _("%(field)s：%(message)s")
            % {"field": row._meta.get_field(name).verbose_name, "message": " ".join(messages)}  # type: ignore[union-attr]
            for name, messages in error.message_dict.items()
        ]
        raise Refused("\n".join(said)) from error


def chosen(rows: models.QuerySet[M], ids: Iterable[M | int], refusal: str) -> list[M]:
    """The rows with these ids, in that order; an id that is not among them refuses everything."""
    wanted = list(dict.fromkeys(one if isinstance(one, int) else one.pk for one in ids))
    found = {row.pk: row for row in rows.filter(pk__in=wanted)}
    if len(found) != len(wanted):
        raise Refused(refusal)
    return [found[pk] for pk in wanted]


def reason_of(text: str, *, shortest: int) -> str:
    """A reason as typed, long enough to mean something."""
    reason = text.strip()
    if len(reason) < shortest:
        raise Refused(_("理由が短すぎます。%(shortest)s字以上で書いてください。") % {"shortest": shortest})
    return reason
