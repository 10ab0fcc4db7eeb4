"""役割: what is assigned to people; 本人, 上司 and 部門長 are relations, not rows."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dodai.core.spans import DatedQuerySet, DatedRow
from dodai.organization.models.members import Member


class Role(models.TextChoices):
    HR = "hr", _("人事（評価事務局）")
    HR_HEAD = "hr_head", _("人事責任者")
    EXECUTIVE = "executive", _("経営")
    AUDITOR = "auditor", _("監査")
    SYSTEM_ADMIN = "system_admin", _("システム管理者")


class RoleAssignment(DatedRow):
    """One role of one person for a time; 監査 names the case it looks into."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    role = models.CharField(_("役割"), max_length=12, choices=Role.choices)
    case_number = models.CharField(_("案件番号"), max_length=40, blank=True)

    objects = DatedQuerySet["RoleAssignment"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("役割の割当")
        verbose_name_plural = _("役割の割当")
        indexes = [models.Index(fields=["member", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.member_id} {self.role}"


class Delegation(DatedRow):
    """代理: ``delegate`` acts for ``principal``; every act is recorded as 「X（Y代行）」."""

    principal = models.ForeignKey(Member, models.CASCADE, related_name="+", verbose_name=_("本来の担当"))
    delegate = models.ForeignKey(Member, models.CASCADE, related_name="+", verbose_name=_("代理"))
    reason = models.CharField(_("理由"), max_length=200)

    objects = DatedQuerySet["Delegation"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("代理の設定")
        verbose_name_plural = _("代理の設定")
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                name="nobody_deputises_for_themselves",
                condition=~models.Q(principal=models.F("delegate")),
            ),
        ]
        indexes = [models.Index(fields=["delegate", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.delegate_id} → {self.principal_id}"
