"""Through which indicator an outcome is seen."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.errors import NotAllowed, Refused
from dodai.indicators import permissions
from dodai.indicators.models import Indicator, OutcomeIndicator
from dodai.organization.models import Member
from dodai.work.models import Outcome


@transaction.atomic
def see_through(outcome: Outcome, *, by: Member, indicator: Indicator) -> OutcomeIndicator:
    """Tie an outcome to a definition of the library; doing it twice changes nothing."""
    if not permissions.can_see_through(by, outcome):
        raise NotAllowed(_("成果の指標を選べるのは、成果を書いた人だけです。"))
    if not Indicator.objects.visible_to(by).usable().filter(pk=indicator.pk).exists():
        raise Refused(_("選べない指標です。指標ライブラリから選び直してください。"))
    row = OutcomeIndicator.objects.filter(outcome=outcome, indicator=indicator).first()
    if row is None:
        row = OutcomeIndicator.objects.create(outcome=outcome, indicator=indicator)
        record("outcome.seen_through", outcome, by=by.user, changes={"indicator": [None, indicator.pk]})
    return row


@transaction.atomic
def look_away(outcome: Outcome, *, by: Member, indicator: Indicator) -> Outcome:
    """Untie them again."""
    if not permissions.can_see_through(by, outcome):
        raise NotAllowed(_("成果の指標を選べるのは、成果を書いた人だけです。"))
    row = OutcomeIndicator.objects.filter(outcome=outcome, indicator=indicator).first()
    if row is None:
        raise Refused(_("この成果は、その指標につながっていません。"))
    row.delete()
    record("outcome.no_longer_seen_through", outcome, by=by.user, changes={"indicator": [indicator.pk, None]})
    return outcome
