"""組織目標: what the company, a department or a section sets out to reach."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dodai.core.errors import Refused
from dodai.core.rows import Row, RowQuerySet
from dodai.cycles.models import Cycle
from dodai.goals.querysets import OrgGoalQuerySet
from dodai.indicators.models import IndicatorVersion
from dodai.organization.models import Member, OrgUnit
from dodai.work.models import Outcome


class Contribution(models.TextChoices):
    DIRECT = "direct", _("直接")
    INDIRECT = "indirect", _("間接")
    PREREQUISITE = "prerequisite", _("前提")


class OrgGoal(Row):
    """組織目標 of one unit in one cycle; hangs below another with a way of contributing."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("有効")
        CANCELLED = "cancelled", _("中止")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+", verbose_name=_("組織"))
    title = models.CharField(_("組織目標"), max_length=60)
    statement = models.TextField(_("達成状態"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上位目標")
    )
    contribution = models.CharField(
        _("貢献方法"), max_length=12, choices=Contribution.choices, default=Contribution.DIRECT
    )
    owner = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("責任者"))
    indicator_version = models.ForeignKey(
        IndicatorVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("指標")
    )
    baseline = models.DecimalField(_("基準値"), max_digits=18, decimal_places=4, null=True, blank=True)
    target = models.DecimalField(_("目標値"), max_digits=18, decimal_places=4, null=True, blank=True)
    deadline = models.DateField(_("期限"))
    status = models.CharField(_("状態"), max_length=10, choices=Status.choices, default=Status.ACTIVE)

    objects = OrgGoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("組織目標")
        verbose_name_plural = _("組織目標")
        ordering = ("unit_id", "pk")
        indexes = [models.Index(fields=["cycle", "unit", "status"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_active(self) -> bool:
        return self.status == self.Status.ACTIVE

    def cancel(self) -> None:
        if not self.is_active:
            raise Refused(str(_("この組織目標はすでに中止されています。")))
        self.status = self.Status.CANCELLED


class OutcomeContribution(Row):
    """Which organisation goal an outcome serves, and how (held here because goals stand above work)."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="+")
    org_goal = models.ForeignKey(OrgGoal, models.CASCADE, related_name="+")
    how = models.CharField(
        _("貢献方法"), max_length=12, choices=Contribution.choices, default=Contribution.DIRECT
    )

    objects = RowQuerySet["OutcomeContribution"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outcome", "org_goal"], name="contribution_once_per_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome_id} → {self.org_goal_id}"
