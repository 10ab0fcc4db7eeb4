"""社員: who works here, where, in which grade, and when they are away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dodai.core.rows import Row
from dodai.core.spans import DatedQuerySet, DatedRow
from dodai.core.text import normalise_for_search
from dodai.organization.models.units import OrgUnit
from dodai.organization.querysets import AssignmentQuerySet, MemberQuerySet

if TYPE_CHECKING:
    from dodai.accounts.models import Account


class Member(Row):
    """社員. The number is text: leading zeros count. Names are kept exactly as written."""

    class EmploymentType(models.TextChoices):
        REGULAR = "regular", _("正社員")
        CONTRACT = "contract", _("契約社員")
        REEMPLOYED = "reemployed", _("嘱託")
        PART_TIME = "part_time", _("パート")
        SECONDED_IN = "seconded_in", _("出向受入")
        DISPATCHED = "dispatched", _("派遣受入")
        DIRECTOR = "director", _("役員")

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="member"
    )
    member_no = models.CharField(_("社員番号"), max_length=32, unique=True)
    family_name = models.CharField(_("姓"), max_length=60)
    given_name = models.CharField(_("名"), max_length=60, blank=True)
    family_kana = models.CharField(_("セイ"), max_length=60, blank=True)
    given_kana = models.CharField(_("メイ"), max_length=60, blank=True)
    display_name = models.CharField(
        _("表示名"), max_length=120, blank=True, help_text=_("旧姓やビジネスネームを使う場合に入れます。")
    )
    email = models.EmailField(_("メールアドレス"), blank=True)
    employment_type = models.CharField(
        _("雇用区分"), max_length=12, choices=EmploymentType.choices, default=EmploymentType.REGULAR
    )
    hired_on = models.DateField(_("入社日"), null=True, blank=True)
    left_on = models.DateField(_("退職日"), null=True, blank=True, help_text=_("最後の在籍日。"))
    note = models.TextField(_("備考"), blank=True)
    search = models.CharField(max_length=400, blank=True, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("社員")
        verbose_name_plural = _("社員")
        ordering = ("family_kana", "given_kana", "member_no")
        indexes = [models.Index(fields=["family_kana", "given_kana", "member_no"])]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """姓 名 with one half-width space, or the chosen display name."""
        return self.display_name or f"{self.family_name} {self.given_name}".strip()

    @property
    def user(self) -> Account | None:
        """The login behind the person, for audit events; None when there is none."""
        return self.account

    @property
    def is_evaluatee(self) -> bool:
        """派遣受入 and 役員 have no goal sheet of their own."""
        return self.employment_type not in {self.EmploymentType.DISPATCHED, self.EmploymentType.DIRECTOR}

    def is_employed(self, on: date) -> bool:
        hired = self.hired_on is None or self.hired_on <= on
        return hired and (self.left_on is None or on <= self.left_on)

    def index(self) -> None:
        """Recompute what searching reads (kana and width folded, variants of one kanji unified)."""
        parts = [
            self.member_no,
            self.display_name,
            f"{self.family_name}{self.given_name}",
            f"{self.family_kana}{self.given_kana}",
            self.email,
        ]
        self.search = normalise_for_search(" ".join(part for part in parts if part))[:400]

    @cached_property
    def roles(self) -> frozenset[str]:
        """Codes of the roles assigned today; read once per request."""
        from dodai.organization.models.roles import RoleAssignment

        today = timezone.localdate()
        return frozenset(RoleAssignment.objects.on(today).filter(member=self).values_list("role", flat=True))


class Grade(DatedRow):
    """等級: the grade code and its band from a day on (GradeHistory of the domain model)."""

    class Band(models.TextChoices):
        STAFF = "staff", _("担当")
        LEAD = "lead", _("主任・リーダー")
        MANAGER = "manager", _("管理職")

    member = models.ForeignKey(Member, models.CASCADE, related_name="grades")
    grade_code = models.CharField(_("等級"), max_length=16)
    band = models.CharField(_("等級帯"), max_length=8, choices=Band.choices, default=Band.STAFF)

    objects = DatedQuerySet["Grade"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("等級")
        verbose_name_plural = _("等級")
        indexes = [models.Index(fields=["member", "valid_from"])]

    def __str__(self) -> str:
        return self.grade_code


class Assignment(DatedRow):
    """所属. On each day of employment there is one 本務; the shares of a day add up to 100."""

    class Kind(models.TextChoices):
        PRIMARY = "primary", _("本務")
        CONCURRENT = "concurrent", _("兼務")

    class Reason(models.TextChoices):
        HIRED = "hired", _("入社")
        TRANSFERRED = "transferred", _("異動")
        PROMOTED = "promoted", _("昇格")
        REORGANISED = "reorganised", _("組織改編")
        SECONDED = "seconded", _("出向")
        RETURNED = "returned", _("復職")
        CONCURRENT = "concurrent", _("兼務")

    member = models.ForeignKey(Member, models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    post = models.CharField(_("役職"), max_length=60, blank=True)
    kind = models.CharField(_("本務・兼務"), max_length=10, choices=Kind.choices, default=Kind.PRIMARY)
    allocation_percent = models.PositiveSmallIntegerField(_("比率"), default=100)
    supervisor = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("上司")
    )
    reason = models.CharField(_("発令の理由"), max_length=12, choices=Reason.choices, default=Reason.HIRED)

    objects = AssignmentQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("所属")
        verbose_name_plural = _("所属")
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                name="assignment_share_is_a_percentage", condition=Q(allocation_percent__range=(1, 100))
            ),
        ]
        indexes = [
            models.Index(fields=["member", "kind", "valid_from"]),
            models.Index(fields=["unit", "valid_from"]),
            models.Index(fields=["supervisor", "valid_from"]),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} @ {self.unit_id}"


class Leave(DatedRow):
    """休業. The kind is for 人事 only; everyone else reads 「休業中」."""

    class Kind(models.TextChoices):
        MATERNITY = "maternity", _("産前産後")
        CHILDCARE = "childcare", _("育児")
        FAMILY_CARE = "family_care", _("介護")
        SICK = "sick", _("私傷病")
        OTHER = "other", _("その他")

    member = models.ForeignKey(Member, models.CASCADE, related_name="leaves")
    kind = models.CharField(_("休業区分"), max_length=12, choices=Kind.choices)

    objects = DatedQuerySet["Leave"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("休業")
        verbose_name_plural = _("休業")
        indexes = [models.Index(fields=["member", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.member_id} {self.valid_from}"
