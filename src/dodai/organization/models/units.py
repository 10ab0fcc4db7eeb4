"""組織: a unit keeps its identity for ever; its name, place and head are dated rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from dodai.core.rows import Row, RowQuerySet
from dodai.core.spans import DatedQuerySet, DatedRow

if TYPE_CHECKING:
    from dodai.organization.models.members import Member


class OrgUnit(Row):
    """組織の同一性. A reorganisation adds versions; people and work stay attached to the unit."""

    code = models.CharField(_("組織コード"), max_length=32, unique=True)

    objects = RowQuerySet["OrgUnit"].as_manager()

    class Meta:
        verbose_name = _("組織")
        verbose_name_plural = _("組織")

    def __str__(self) -> str:
        return self.code


class OrgUnitVersion(DatedRow):
    """What a unit is called and where it hangs, from a day on."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("会社")
        HEADQUARTERS = "headquarters", _("本部")
        DEPARTMENT = "department", _("部")
        SECTION = "section", _("課")
        SUBSECTION = "subsection", _("係")
        OFFICE = "office", _("室")
        TEAM = "team", _("チーム")

    class Function(models.TextChoices):
        """The five back-office departments carry the codes of the catalogue."""

        GENERAL_AFFAIRS = "GA", _("総務")
        HUMAN_RESOURCES = "HR", _("人事")
        FINANCE = "FA", _("経理・財務")
        LEGAL = "LG", _("法務")
        IT = "IT", _("情報システム")
        OTHER = "XX", _("その他")

    unit = models.ForeignKey(OrgUnit, models.CASCADE, related_name="versions")
    name = models.CharField(_("組織名"), max_length=80)
    kind = models.CharField(_("種類"), max_length=12, choices=Kind.choices, default=Kind.SECTION)
    function = models.CharField(_("機能"), max_length=2, choices=Function.choices, default=Function.OTHER)
    parent = models.ForeignKey(OrgUnit, models.PROTECT, null=True, blank=True, related_name="+")
    sort_order = models.PositiveIntegerField(_("並び順"), default=0)

    objects = DatedQuerySet["OrgUnitVersion"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("組織の版")
        verbose_name_plural = _("組織の版")
        indexes = [models.Index(fields=["unit", "valid_from"])]

    def __str__(self) -> str:
        return self.name


class OrgUnitLine(models.Model):
    """Which units stand above a unit on which days (depth 0 = itself); derived from the versions.

    ``organization.actions`` rebuilds it whenever a version changes, so that 「自部門より下」 is one
    indexed look-up at any size instead of a walk through the tree.
    """

    unit = models.ForeignKey(OrgUnit, models.CASCADE, related_name="+")
    ancestor = models.ForeignKey(OrgUnit, models.CASCADE, related_name="+")
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["ancestor", "valid_from"]),
            models.Index(fields=["unit", "depth"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.ancestor_id}"


class UnitHead(DatedRow):
    """組織の長. ``member`` None means the head is vacant; ``deputy`` acts then (代行者)."""

    unit = models.ForeignKey(OrgUnit, models.CASCADE, related_name="heads")
    member = models.ForeignKey("organization.Member", models.PROTECT, null=True, blank=True, related_name="+")
    deputy = models.ForeignKey("organization.Member", models.PROTECT, null=True, blank=True, related_name="+")

    objects = DatedQuerySet["UnitHead"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("組織の長")
        verbose_name_plural = _("組織の長")
        indexes = [
            models.Index(fields=["member", "valid_from"]),
            models.Index(fields=["deputy", "valid_from"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.member_id or '空席'}"

    @property
    def acting(self) -> Member | None:
        """Who answers for the unit: the head, or the deputy while the post is vacant."""
        return self.member or self.deputy
