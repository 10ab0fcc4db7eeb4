"""目標シート: what one person agreed with two evaluators for one segment of a cycle."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dodai.core.errors import Refused
from dodai.core.rows import Row
from dodai.cycles.models import Cycle
from dodai.goals.querysets import SheetQuerySet
from dodai.organization.models import Grade, Member, OrgUnit


class GoalSheet(Row):
    """One sheet = member × cycle × segment (a continuous 本務). The snapshot of unit, grade and
    evaluators is refreshed while drafting and stays as it is from the approval on."""

    class Status(models.TextChoices):
        DRAFTING = "drafting", _("作成中")
        SUBMITTED = "submitted", _("承認待ち")
        RETURNED = "returned", _("差戻し")
        FIRST_APPROVED = "first_approved", _("一次承認")
        RUNNING = "running", _("運用中")
        SETTLED = "settled", _("清算済")
        CLOSED = "closed", _("締め")
        EXCLUDED = "excluded", _("評価対象外")

    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("本人"))
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+", verbose_name=_("期間"))
    segment = models.PositiveSmallIntegerField(_("区間"), default=1)
    segment_from = models.DateField(_("区間の開始日"))
    segment_to = models.DateField(_("区間の終了日"))
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+", verbose_name=_("所属"))
    unit_path = models.CharField(_("所属（当時）"), max_length=300, blank=True)
    grade_code = models.CharField(_("等級"), max_length=16, blank=True)
    band = models.CharField(_("等級帯"), max_length=8, choices=Grade.Band.choices, default=Grade.Band.STAFF)
    first_evaluator = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("一次評価者")
    )
    second_evaluator = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("二次評価者")
    )
    evaluators_named = models.BooleanField(
        _("評価者を人事が指定"),
        default=False,
        help_text=_("指定した評価者は、異動があっても自動では変わりません。"),
    )
    status = models.CharField(_("状態"), max_length=16, choices=Status.choices, default=Status.DRAFTING)
    submitted_at = models.DateTimeField(null=True, blank=True)
    first_approved_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    first_approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    excluded_reason = models.CharField(_("対象外の理由"), max_length=200, blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("目標シート")
        verbose_name_plural = _("目標シート")
        constraints = [
            models.UniqueConstraint(fields=["member", "cycle", "segment"], name="one_sheet_per_segment"),
            models.CheckConstraint(
                name="sheet_first_approval_by_and_at",
                condition=Q(first_approved_by=None, first_approved_at=None)
                | Q(first_approved_by__isnull=False, first_approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="sheet_approval_by_and_at",
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="sheet_nobody_evaluates_themselves",
                condition=~Q(first_evaluator=models.F("member")) & ~Q(second_evaluator=models.F("member")),
            ),
        ]
        indexes = [
            models.Index(fields=["first_evaluator", "status"]),
            models.Index(fields=["second_evaluator", "status"]),
            models.Index(fields=["cycle", "status"]),
            models.Index(fields=["unit", "cycle"]),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} / {self.cycle_id} / {self.segment}"

    @property
    def is_editable(self) -> bool:
        """The owner writes while 作成中 or 差戻し; afterwards only through an approval or a revision."""
        return self.status in {self.Status.DRAFTING, self.Status.RETURNED}

    @property
    def awaits_first(self) -> bool:
        return self.status == self.Status.SUBMITTED

    @property
    def awaits_second(self) -> bool:
        return self.status == self.Status.FIRST_APPROVED

    def submit(self, *, at: datetime) -> None:
        if not self.is_editable:
            raise Refused(str(_("作成中か差戻しの目標シートだけを承認申請できます。")))
        self.status, self.submitted_at = self.Status.SUBMITTED, at

    def withdraw(self) -> None:
        if not self.awaits_first:
            raise Refused(str(_("承認待ちの目標シートだけを取り下げられます。")))
        self.status, self.submitted_at = self.Status.DRAFTING, None

    def send_back(self) -> None:
        if not (self.awaits_first or self.awaits_second):
            raise Refused(str(_("承認待ちか一次承認の目標シートだけを差し戻せます。")))
        self.status = self.Status.RETURNED
        self.submitted_at = None
        self.first_approved_by = self.first_approved_at = None

    def approve_first(self, *, by: Member, at: datetime, is_last: bool) -> None:
        """``is_last`` is True where the policy has one stage only (単段階)."""
        if not self.awaits_first:
            raise Refused(str(_("承認待ちの目標シートだけを承認できます。")))
        self.first_approved_by, self.first_approved_at = by, at
        self.status = self.Status.FIRST_APPROVED
        if is_last:
            self.approve_second(by=by, at=at)

    def approve_second(self, *, by: Member, at: datetime) -> None:
        if not self.awaits_second:
            raise Refused(str(_("一次承認の済んだ目標シートだけを承認できます。")))
        self.approved_by, self.approved_at = by, at
        self.status = self.Status.RUNNING

    def exclude(self, reason: str) -> None:
        if self.status in {self.Status.CLOSED, self.Status.SETTLED, self.Status.EXCLUDED}:
            raise Refused(str(_("この目標シートはすでに終わっているので、評価対象外にできません。")))
        self.status, self.excluded_reason = self.Status.EXCLUDED, reason


class SheetVersion(models.Model):
    """What was agreed, frozen: version 1 at the approval, the next ones through 期中変更.

    ``body`` holds the goals as they stood (decimals as strings), ``policy`` the settings in force.
    """

    sheet = models.ForeignKey(GoalSheet, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("版"))
    body = models.JSONField()
    policy = models.JSONField()
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="sheet_version_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} v{self.number}"


class SheetComment(models.Model):
    """A word on the sheet: why it was sent back, what was agreed at the approval."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("承認申請")
        RETURNED = "returned", _("差戻し")
        APPROVED = "approved", _("承認")
        WITHDRAWN = "withdrawn", _("取下げ")
        NOTE = "note", _("コメント")

    sheet = models.ForeignKey(GoalSheet, models.CASCADE, related_name="comments")
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.NOTE)
    text = models.TextField(_("コメント"), blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text[:40]
