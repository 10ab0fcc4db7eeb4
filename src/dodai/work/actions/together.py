"""The same verb for several selected items: all of them, or none and which one it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.organization.models import Member
from dodai.work.actions.items import assign, confirm, set_outlook
from dodai.work.models import WorkItem

#: Selected items: id → the version the person saw.
Selected = Mapping[int, int]


@transaction.atomic
def assign_together(selected: Selected, *, by: Member, owner: Member | None) -> list[WorkItem]:
    return _each(selected, by, lambda item, version: assign(item, by=by, version=version, owner=owner))


@transaction.atomic
def confirm_together(selected: Selected, *, by: Member) -> list[WorkItem]:
    return _each(selected, by, lambda item, version: confirm(item, by=by, version=version))


@transaction.atomic
def set_outlook_together(selected: Selected, *, by: Member, outlook: str) -> list[WorkItem]:
    return _each(
        selected, by, lambda item, version: set_outlook(item, by=by, version=version, outlook=outlook)
    )


def _each(selected: Selected, by: Member, verb: Callable[[WorkItem, int], WorkItem]) -> list[WorkItem]:
    if not selected:
        raise Refused(_("業務が選ばれていません。表の左端で業務を選んでください。"))
    visible = WorkItem.objects.visible_to(by).filter(pk__in=selected)
    found = {item.pk: item for item in visible}
    if len(found) != len(selected):
        raise Refused(_("選んだ業務の中に、見つからないものがあります。画面を開き直してください。"))
    done = []
    for pk, version in sorted(selected.items()):
        try:
            done.append(verb(found[pk], version))
        except Conflict as refusal:
            raise Conflict(_named(found[pk], refusal), theirs=refusal.theirs) from refusal
        except NotAllowed as refusal:
            raise NotAllowed(_named(found[pk], refusal)) from refusal
        except Refused as refusal:
            raise Refused(_named(found[pk], refusal)) from refusal
    return done


def _named(item: WorkItem, refusal: Refused) -> str:
    return _("「%(name)s」：%(reason)s") % {"name": item.name, "reason": refusal}
