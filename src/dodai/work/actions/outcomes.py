"""成果: write the sentence, tie it to work, take it away."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.errors import NotAllowed, Refused
from dodai.organization.models import Member
from dodai.work import permissions
from dodai.work.changes import difference, snapshot
from dodai.work.models import Outcome, OutcomeLink, WorkItem

FIELDS = frozenset({"beneficiary", "thing", "state", "category", "evidence_hint"})


@transaction.atomic
def write_outcome(item: WorkItem, *, by: Member, values: Mapping[str, str]) -> Outcome:
    """Say what becomes true through this work, and for whom."""
    _allow(by, item)
    outcome = Outcome(owner=by)
    outcome.write(_known(values))
    outcome.save()
    OutcomeLink.objects.create(work_item=item, outcome=outcome)
    changes = {"sentence": [None, outcome.sentence], "work_items": [[], [item.pk]]}
    record("outcome.written", outcome, by=by.account, changes=changes)
    return outcome


@transaction.atomic
def edit_outcome(outcome: Outcome, *, by: Member, version: int, values: Mapping[str, str]) -> Outcome:
    """Reword it; every piece of work it is tied to sees the new words."""
    outcome = Outcome.objects.hold(outcome.pk, version=version)
    _allow_outcome(by, outcome)
    before = snapshot(outcome, _known(values))
    outcome.write(values)
    if changes := difference(before, snapshot(outcome, before)):
        outcome.keep(*changes)
        record("outcome.edited", outcome, by=by.account, changes=changes)
    return outcome


@transaction.atomic
def link_outcome(outcome: Outcome, *, by: Member, item: WorkItem) -> Outcome:
    """The same outcome also stands behind another piece of work."""
    _allow(by, item)
    if outcome.removed_at is not None:
        raise Refused(_("この成果は削除されています。ほかの成果を選んでください。"))
    _link, is_new = OutcomeLink.objects.get_or_create(work_item=item, outcome=outcome)
    if is_new:
        record("outcome.linked", outcome, by=by.account, changes={"work_items": [[], [item.pk]]})
    return outcome


@transaction.atomic
def unlink_outcome(outcome: Outcome, *, by: Member, item: WorkItem) -> Outcome:
    """This work no longer leads to the outcome; the outcome itself stays."""
    _allow(by, item)
    gone, _rows = OutcomeLink.objects.filter(work_item=item, outcome=outcome).delete()
    if gone:
        record("outcome.unlinked", outcome, by=by.account, changes={"work_items": [[item.pk], []]})
    return outcome


@transaction.atomic
def remove_outcome(outcome: Outcome, *, by: Member, version: int) -> Outcome:
    """Out of sight everywhere; goals that were written from it keep their reason."""
    outcome = Outcome.objects.hold(outcome.pk, version=version)
    _allow_outcome(by, outcome)
    outcome.remove(by=by, at=timezone.now())
    outcome.keep("removed_at", "removed_by")
    record("outcome.removed", outcome, by=by.account, changes={"sentence": [outcome.sentence, None]})
    return outcome


def _allow(by: Member, item: WorkItem) -> None:
    if not permissions.can_edit(by, item):
        raise NotAllowed(_("この業務の成果を書けるのは、主担当と直属の上司だけです。"))
    if not item.is_editable:
        raise Refused(_("廃止した業務には成果を書けません。業務を戻してから書いてください。"))


def _allow_outcome(by: Member, outcome: Outcome) -> None:
    items = WorkItem.objects.filter(pk__in=OutcomeLink.objects.filter(outcome=outcome).values("work_item"))
    if not permissions.can_write_outcome(by, outcome, items):
        raise NotAllowed(_("この成果を変更できるのは、書いた本人と業務の担当、直属の上司だけです。"))


def _known(values: Mapping[str, str]) -> Mapping[str, str]:
    if unknown := set(values) - FIELDS:
        raise KeyError(f"not fields of an outcome: {sorted(unknown)}")
    return values
