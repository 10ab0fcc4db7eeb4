"""STEP 3 指標: how an outcome is seen, as a number (定量) or as described levels (定性)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dodai.core.errors import Refused
from dodai.core.rows import Row, RowQuerySet
from dodai.core.text import normalise_for_search
from dodai.indicators.querysets import IndicatorQuerySet
from dodai.organization.models import Member, OrgUnitVersion
from dodai.work.models import Outcome


class Indicator(Row):
    """指標の同一性 in the library; what it means is in its versions, and goals keep the one they use."""

    class Kind(models.TextChoices):
        QUANTITATIVE = "quantitative", _("定量")
        QUALITATIVE = "qualitative", _("定性")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("提案")
        APPROVED = "approved", _("承認")
        PUBLISHED = "published", _("公開")
        RETIRED = "retired", _("廃止")

    code = models.CharField(_("コード"), max_length=24, unique=True)
    kind = models.CharField(_("定量・定性"), max_length=12, choices=Kind.choices)
    function = models.CharField(
        _("部門"),
        max_length=2,
        choices=OrgUnitVersion.Function.choices,
        default=OrgUnitVersion.Function.OTHER,
    )
    status = models.CharField(_("状態"), max_length=10, choices=Status.choices, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    restricted = models.BooleanField(_("閲覧を限定"), default=False)
    catalogue_id = models.CharField(max_length=16, blank=True, editable=False)
    current = models.ForeignKey(
        "IndicatorVersion", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    search = models.CharField(max_length=400, blank=True, editable=False)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("指標")
        verbose_name_plural = _("指標")
        indexes = [models.Index(fields=["function", "kind", "status"])]

    def __str__(self) -> str:
        return self.current.name if self.current else self.code

    def index(self, version: IndicatorVersion, levels: Iterable[str] = ()) -> None:
        """Recompute what searching reads; ``levels`` are the texts of a 評価段階表."""
        parts = [
            self.code,
            version.name,
            version.definition,
            version.formula_text,
            version.data_source,
            version.converts_from,
            *levels,
        ]
        self.search = normalise_for_search(" ".join(part for part in parts if part))[:400]

    _STEPS = {
        Status.PROPOSED: {Status.APPROVED, Status.PUBLISHED, Status.RETIRED},
        Status.APPROVED: {Status.PUBLISHED, Status.RETIRED},
        Status.PUBLISHED: {Status.RETIRED},
        Status.RETIRED: set(),
    }

    def move_to(self, status: str) -> None:
        if status not in self._STEPS[self.Status(self.status)]:
            raise Refused(
                str(_("この指標は「%(now)s」なので、「%(next)s」にできません。"))
                % {"now": self.get_status_display(), "next": self.Status(status).label}
            )
        self.status = status


class IndicatorVersion(models.Model):
    """One wording of a definition; never edited, a change is the next number."""

    class Direction(models.TextChoices):
        HIGHER = "higher", _("高い方が良い")
        LOWER = "lower", _("低い方が良い")
        RANGE = "range", _("範囲内")
        ZERO = "zero", _("ゼロ目標")
        MILESTONE = "milestone", _("節目")
        BINARY = "binary", _("可否")

    class Archetype(models.TextChoices):
        DEADLINE_ADHERENCE = "deadline_adherence", _("期限遵守")
        ZERO_MAINTAIN = "zero_maintain", _("ゼロ・維持")
        LEAD_TIME = "lead_time", _("リードタイム")
        RATE = "rate", _("率")
        VOLUME_CONVERTED = "volume_converted", _("量→転換")
        SATISFACTION = "satisfaction", _("満足度")
        EFFECT = "effect", _("効果額")
        MILESTONE = "milestone", _("節目")
        WITHIN_RANGE = "within_range", _("範囲内")
        RUBRIC = "rubric", _("段階評価")

    class Aggregation(models.TextChoices):
        SUM = "sum", _("合計")
        MEAN = "mean", _("平均")
        MEDIAN = "median", _("中央値")
        LAST = "last", _("最終値")
        MAX = "max", _("最大")
        MIN = "min", _("最小")
        RATIO = "ratio", _("率（Σ分子÷Σ分母）")
        VIOLATIONS = "violations", _("違反回数")

    class Controllability(models.TextChoices):
        OWN = "own", _("自分で動かせる")
        SHARED = "shared", _("共同")
        EXTERNAL = "external", _("外部要因")

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("版"), default=1)
    name = models.CharField(_("指標名"), max_length=80)
    definition = models.TextField(_("定義"), blank=True)
    formula_text = models.CharField(_("計算式"), max_length=200, blank=True)
    numerator = models.CharField(_("分子"), max_length=120, blank=True)
    denominator = models.CharField(_("分母"), max_length=120, blank=True)
    unit = models.CharField(_("単位"), max_length=20, blank=True)
    direction = models.CharField(_("良い方向"), max_length=10, choices=Direction.choices, blank=True)
    range_low = models.DecimalField(_("下限"), max_digits=18, decimal_places=4, null=True, blank=True)
    range_high = models.DecimalField(_("上限"), max_digits=18, decimal_places=4, null=True, blank=True)
    archetype = models.CharField(_("指標の型"), max_length=20, choices=Archetype.choices, blank=True)
    aggregation = models.CharField(_("集計"), max_length=10, choices=Aggregation.choices, blank=True)
    decimals = models.PositiveSmallIntegerField(_("小数の桁数"), default=1)
    data_source = models.CharField(_("データの出どころ"), max_length=120, blank=True)
    collector = models.CharField(_("集める人"), max_length=60, blank=True)
    frequency = models.CharField(_("測る頻度"), max_length=40, blank=True)
    lag_days = models.PositiveSmallIntegerField(_("確定までの日数"), default=0)
    counter_indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("対になる指標")
    )
    counter_note = models.CharField(_("対になる指標の説明"), max_length=120, blank=True)
    converts_from = models.CharField(
        _("置き換える件数"),
        max_length=60,
        blank=True,
        help_text=_("目標にしない件数のうち、この指標で見るもの。"),
    )
    demand_driven = models.BooleanField(_("需要起因"), default=False)
    controllability = models.CharField(
        _("自責度"), max_length=10, choices=Controllability.choices, default=Controllability.OWN
    )
    keep_method = models.CharField(_("維持するときの方式"), max_length=12, blank=True)
    improve_method = models.CharField(_("改善するときの方式"), max_length=12, blank=True)
    judges = models.JSONField(_("判定する人"), default=list, blank=True)
    evidence_required = models.BooleanField(_("証跡が必要"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("指標の版")
        verbose_name_plural = _("指標の版")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="indicator_version_is_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class RubricLevel(models.Model):
    """評価段階表: what one of the five levels looks like. 1, 3 and 5 must be described."""

    version = models.ForeignKey(IndicatorVersion, models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField(_("段階"))
    text = models.CharField(_("その段階の姿"), max_length=300, blank=True)

    class Meta:
        ordering = ("-level",)
        constraints = [
            models.UniqueConstraint(fields=["version", "level"], name="rubric_level_once"),
            models.CheckConstraint(name="rubric_level_is_one_to_five", condition=Q(level__range=(1, 5))),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.text}"


class OutcomeIndicator(Row):
    """The indicator through which an outcome is seen (the third stone of the chain)."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")

    objects = RowQuerySet["OutcomeIndicator"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outcome", "indicator"], name="indicator_once_per_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome_id} ⇐ {self.indicator_id}"
