"""期間: the half-years all goals live in, their phases, and the rules they are run by."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dodai.core.errors import Refused
from dodai.core.rows import Row, RowQuerySet
from dodai.cycles.querysets import CycleQuerySet


class EvaluationPolicy(Row):
    """評価制度, one version. ``settings`` follows ``cycles.rules.Policy``; a cycle freezes the version."""

    name = models.CharField(_("名称"), max_length=80)
    number = models.PositiveIntegerField(_("版"), default=1)
    settings = models.JSONField(_("設定"), default=dict, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RowQuerySet["EvaluationPolicy"].as_manager()

    class Meta:
        verbose_name = _("評価制度")
        verbose_name_plural = _("評価制度")
        constraints = [
            models.UniqueConstraint(fields=["name", "number"], name="policy_version_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


class Cycle(Row):
    """期間（評価期間）. Phases are windows with due dates, not locks; only 確定 closes editing."""

    class Kind(models.TextChoices):
        YEAR = "year", _("年次")
        HALF = "half", _("半期")
        QUARTER = "quarter", _("四半期")

    class Status(models.TextChoices):
        PREPARING = "preparing", _("準備中")
        PUBLISHED = "published", _("公開")
        RUNNING = "running", _("運用中")
        EVALUATING = "evaluating", _("評価中")
        CALIBRATING = "calibrating", _("調整中")
        FINALISED = "finalised", _("確定")
        FEEDBACK = "feedback", _("フィードバック中")
        COMPLETED = "completed", _("完了")
        ARCHIVED = "archived", _("保管")

    name = models.CharField(_("名称"), max_length=60, unique=True)
    kind = models.CharField(_("種類"), max_length=8, choices=Kind.choices, default=Kind.HALF)
    period_from = models.DateField(_("開始日"))
    period_to = models.DateField(_("終了日"))
    policy = models.ForeignKey(EvaluationPolicy, models.PROTECT, related_name="+", verbose_name=_("評価制度"))
    status = models.CharField(_("状態"), max_length=12, choices=Status.choices, default=Status.PREPARING)
    announcement = models.TextField(_("お知らせ"), blank=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("期間")
        verbose_name_plural = _("期間")
        constraints = [
            models.CheckConstraint(
                name="cycle_ends_after_it_begins", condition=Q(period_to__gt=F("period_from"))
            ),
        ]
        indexes = [models.Index(fields=["period_from", "period_to"])]

    def __str__(self) -> str:
        return self.name

    @property
    def accepts_goals(self) -> bool:
        """Sheets can be written and approved from 公開 until the evaluation closes."""
        return self.status in {self.Status.PUBLISHED, self.Status.RUNNING, self.Status.EVALUATING}

    def contains(self, day: date) -> bool:
        return self.period_from <= day <= self.period_to

    _STEPS = {
        Status.PREPARING: {Status.PUBLISHED},
        Status.PUBLISHED: {Status.RUNNING},
        Status.RUNNING: {Status.EVALUATING},
        Status.EVALUATING: {Status.CALIBRATING},
        Status.CALIBRATING: {Status.FINALISED},
        Status.FINALISED: {Status.FEEDBACK, Status.CALIBRATING},
        Status.FEEDBACK: {Status.COMPLETED},
        Status.COMPLETED: {Status.ARCHIVED},
        Status.ARCHIVED: set(),
    }

    def move_to(self, status: str) -> None:
        if status not in self._STEPS[self.Status(self.status)]:
            raise Refused(
                str(_("この期間は「%(now)s」なので、「%(next)s」に進められません。"))
                % {"now": self.get_status_display(), "next": self.Status(status).label}
            )
        self.status = status


class CyclePhase(Row):
    """One step of a period with its window; departments are reminded by the due date."""

    class Kind(models.TextChoices):
        WORK_REVIEW = "work_review", _("業務の整理")
        GOAL_SETTING = "goal_setting", _("目標の設定")
        GOAL_APPROVAL = "goal_approval", _("目標の承認")
        INTERVIEW = "interview", _("四半期・中間面談")
        SELF_EVALUATION = "self_evaluation", _("自己評価")
        FIRST_EVALUATION = "first_evaluation", _("一次評価")
        SECOND_EVALUATION = "second_evaluation", _("二次評価")
        CALIBRATION = "calibration", _("調整会議")
        FINALISATION = "finalisation", _("確定")
        FEEDBACK = "feedback", _("フィードバック")
        APPEAL = "appeal", _("異議申出")

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="phases")
    kind = models.CharField(_("段階"), max_length=20, choices=Kind.choices)
    opens_on = models.DateField(_("開始日"))
    due_on = models.DateField(_("期限"))

    objects = RowQuerySet["CyclePhase"].as_manager()

    class Meta:
        verbose_name = _("段階")
        verbose_name_plural = _("段階")
        ordering = ("opens_on", "due_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "kind"], name="phase_once_per_cycle"),
            models.CheckConstraint(name="phase_is_due_after_opening", condition=Q(due_on__gte=F("opens_on"))),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def is_open(self, on: date) -> bool:
        return self.opens_on <= on <= self.due_on
