"""The one company of an installation and the days it works."""

from __future__ import annotations

from datetime import time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dodai.core.rows import Row, RowQuerySet


class Company(Row):
    """会社. Exactly one row; its settings decide periods, due dates and how dates are shown."""

    class EraDisplay(models.TextChoices):
        NONE = "none", _("なし")
        BESIDE = "beside", _("併記")
        ONLY = "only", _("和暦のみ")

    name = models.CharField(_("会社名"), max_length=120)
    name_kana = models.CharField(_("会社名（カナ）"), max_length=120, blank=True)
    corporate_no = models.CharField(_("法人番号"), max_length=13, blank=True)
    time_zone = models.CharField(_("時間帯"), max_length=64, default="Asia/Tokyo")
    fiscal_year_start_month = models.PositiveSmallIntegerField(
        _("事業年度の開始月"), default=4, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    closing_day = models.PositiveSmallIntegerField(
        _("締め日"),
        default=0,
        validators=[MaxValueValidator(28)],
        help_text=_("0は末日。1〜28は毎月その日。"),
    )
    era_display = models.CharField(
        _("和暦表示"), max_length=8, choices=EraDisplay.choices, default=EraDisplay.BESIDE
    )
    weekly_off = models.JSONField(_("毎週の休日"), default=list, help_text=_("月曜が0、日曜が6。"))
    business_from = models.TimeField(_("始業"), default=time(9, 0))
    business_to = models.TimeField(_("終業"), default=time(18, 0))
    break_from = models.TimeField(_("休憩の開始"), default=time(12, 0))
    break_to = models.TimeField(_("休憩の終了"), default=time(13, 0))
    is_demo = models.BooleanField(_("デモ"), default=False, editable=False)

    objects = RowQuerySet["Company"].as_manager()

    class Meta:
        verbose_name = _("会社")
        verbose_name_plural = _("会社")
        constraints = [
            models.CheckConstraint(name="one_company_only", condition=models.Q(pk=1)),
            models.CheckConstraint(
                name="company_fiscal_month_is_a_month",
                condition=models.Q(fiscal_year_start_month__range=(1, 12)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Holiday(Row):
    """A day that differs from the weekly rule, beside the bundled 国民の祝日."""

    class Kind(models.TextChoices):
        NATIONAL = "national", _("国民の祝日")
        COMPANY = "company", _("会社休日")
        WORKING = "working", _("振替出勤日")

    day = models.DateField(_("日付"), unique=True)
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("区分"), max_length=8, choices=Kind.choices, default=Kind.COMPANY)

    objects = RowQuerySet["Holiday"].as_manager()

    class Meta:
        verbose_name = _("休日")
        verbose_name_plural = _("休日")
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
