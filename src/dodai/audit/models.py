"""Who did what, when and why: append-only, chained, written in the action's own transaction."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dodai.audit.querysets import AuditEventQuerySet
from dodai.core.tracing import request_id

if TYPE_CHECKING:
    from dodai.accounts.models import Account

_ADVISORY_LOCK = 0x00D0DA1


class AuditEvent(models.Model):
    """監査ログの1行. ``sequence`` has no gaps; ``digest`` covers the row and the digest before it."""

    sequence = models.PositiveBigIntegerField(unique=True)
    name = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(default=timezone.now)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    actor_label = models.CharField(max_length=120, blank=True)
    on_behalf_of = models.CharField(max_length=120, blank=True)
    entity = models.CharField(max_length=64)
    entity_id = models.CharField(max_length=64)
    changes = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("監査ログ")
        verbose_name_plural = _("監査ログ")
        ordering = ("sequence",)
        indexes = [models.Index(fields=["entity", "entity_id", "sequence"])]

    def __str__(self) -> str:
        return f"{self.sequence} {self.name}"

    def expected_digest(self) -> str:
        """HMAC-SHA-256 over the canonical row; the key lies outside the database."""
        body = json.dumps(
            [
                1,  # version of the canonical form
                self.sequence,
                self.name,
                self.at.isoformat(),
                self.account_id,
                self.actor_label,
                self.on_behalf_of,
                self.entity,
                self.entity_id,
                self.changes,
                self.reason,
                self.request_id,
                self.previous_digest,
            ],
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        return hmac.new(settings.AUDIT_KEY.encode(), body.encode(), hashlib.sha256).hexdigest()


def record(
    name: str,
    subject: models.Model,
    *,
    by: Account | None,
    label: str = "",
    on_behalf_of: str = "",
    changes: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEvent:
    """Append one event about ``subject`` inside the caller's transaction.

    ``changes`` maps field names to ``[before, after]``; values must be JSON. ``by`` is None for the
    system itself. The chain is taken under a lock held until commit, so it never forks.
    """
    events = [(name, subject, changes or {})]
    return record_each(events, by=by, label=label, on_behalf_of=on_behalf_of, reason=reason)[0]


def record_each(
    events: Iterable[tuple[str, models.Model, dict[str, Any]]],
    *,
    by: Account | None,
    label: str = "",
    on_behalf_of: str = "",
    reason: str = "",
) -> list[AuditEvent]:
    """``record`` for many subjects of one action: name, subject and changes, in few queries."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of its action")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
    last = AuditEvent.objects.order_by("-sequence").only("sequence", "digest").first()
    first, digest = (last.sequence + 1, last.digest) if last else (1, "")
    chain = []
    for sequence, (name, subject, changes) in enumerate(events, start=first):
        event = AuditEvent(
            sequence=sequence,
            name=name,
            account=by,
            actor_label=label or (by.login_name if by else "system"),
            on_behalf_of=on_behalf_of,
            entity=subject._meta.label_lower.rsplit(".", 1)[-1],
            entity_id=str(subject.pk),
            changes=changes,
            reason=reason,
            request_id=request_id.get(),
            previous_digest=digest,
        )
        event.digest = digest = event.expected_digest()
        chain.append(event)
    return AuditEvent.objects.bulk_create(chain, batch_size=500)


def first_break_in_chain() -> int | None:
    """The sequence of the first event that does not fit, or None when the whole chain verifies."""
    before, expected = "", 1
    for event in AuditEvent.objects.order_by("sequence").iterator(chunk_size=1000):
        fits = (
            event.sequence == expected
            and event.previous_digest == before
            and hmac.compare_digest(event.digest, event.expected_digest())
        )
        if not fits:
            return event.sequence
        before, expected = event.digest, expected + 1
    return None


class TimedRun(models.Model):
    """One due time of a timed job; the unique key makes two schedulers do one run."""

    name = models.CharField(max_length=64)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "due_at"], name="one_run_per_due_time")]

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%Y-%m-%d %H:%M}"


class AnsweredForm(models.Model):
    """The answer that one form got: pressing its button twice is one effect and one answer.

    ``key`` is the random text its page carried; ``body_digest`` is keyed, so what was typed cannot be
    guessed from it. ``status`` is empty while the first press is still at work. Kept for a day.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    route = models.CharField(max_length=100)
    key = models.CharField(max_length=64)
    body_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    location = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "route", "key"], name="one_answer_per_form_key")
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.status or '…'}"
