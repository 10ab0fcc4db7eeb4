"""目標: what one person sets out to reach, seen through indicators, tied to work and outcomes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dodai.core.rows import Row, RowQuerySet
from dodai.core.text import normalise_for_search
from dodai.goals.models.org_goals import OrgGoal
from dodai.goals.models.sheets import GoalSheet
from dodai.goals.querysets import DependencyQuerySet, GoalQuerySet
from dodai.indicators.models import IndicatorVersion
from dodai.organization.models import Assignment, Member, OrgUnit
from dodai.work.models import Outcome, WorkItem


class Goal(Row):
    """目標 of one sheet. Its text, weight and measures are frozen by the approval of the sheet."""

    class Type(models.TextChoices):
        OPERATION = "operation", _("業務")
        IMPROVEMENT = "improvement", _("改善")
        PROPOSAL = "proposal", _("提案")
        DEVELOPMENT = "development", _("育成")
        COLLABORATION = "collaboration", _("連携")

    class Difficulty(models.TextChoices):
        HIGH = "high", _("高")
        NORMAL = "normal", _("標準")
        LOW = "low", _("低")

    class Progress(models.TextChoices):
        NOT_STARTED = "not_started", _("未着手")
        ON_TRACK = "on_track", _("順調")
        AT_RISK = "at_risk", _("注意")
        LATE = "late", _("遅延")
        ACHIEVED = "achieved", _("達成")

    class State(models.TextChoices):
        DRAFT = "draft", _("下書き")
        AGREED = "agreed", _("合意")
        CANCELLED = "cancelled", _("中止")
        SETTLED = "settled", _("清算")
        EVALUATED = "evaluated", _("評価済")
        CLOSED = "closed", _("締め")

    class Step(models.TextChoices):
        """Where the wizard is taken up again."""

        WORK = "work", _("業務を選ぶ")
        OUTCOME = "outcome", _("成果を書く")
        INDICATOR = "indicator", _("指標を選ぶ")
        STATEMENT = "statement", _("目標を書く")
        REVIEW = "review", _("確認")

    sheet = models.ForeignKey(GoalSheet, models.CASCADE, related_name="goals")
    number = models.PositiveSmallIntegerField(_("No."), default=1)
    goal_type = models.CharField(_("種別"), max_length=14, choices=Type.choices, default=Type.OPERATION)
    title = models.CharField(_("目標"), max_length=40, blank=True)
    statement = models.TextField(_("達成状態"), blank=True)
    criteria = models.TextField(_("達成基準"), blank=True)
    reason_outcome = models.TextField(_("何のため"), blank=True)
    approach = models.TextField(_("進め方・工夫"), blank=True)
    weight = models.PositiveSmallIntegerField(_("ウェイト"), default=0)
    difficulty_planned = models.CharField(
        _("難易度"), max_length=6, choices=Difficulty.choices, default=Difficulty.NORMAL
    )
    difficulty_reason = models.CharField(_("難易度の理由"), max_length=200, blank=True)
    deadline = models.DateField(_("期限"), null=True, blank=True)
    parent_org_goal = models.ForeignKey(
        OrgGoal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("上位目標（組織）")
    )
    parent_goal = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("上位目標（上司）")
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("兼務先")
    )
    progress_status = models.CharField(
        _("進み具合"), max_length=12, choices=Progress.choices, default=Progress.NOT_STARTED
    )
    state = models.CharField(_("状態"), max_length=10, choices=State.choices, default=State.DRAFT)
    step = models.CharField(max_length=10, choices=Step.choices, default=Step.WORK)
    learning_goal = models.BooleanField(_("学習目標"), default=False)
    is_public = models.BooleanField(_("同僚に公開"), default=False)
    typed_as = models.CharField(_("最初の言葉"), max_length=300, blank=True)
    catalogue_id = models.CharField(max_length=16, blank=True, editable=False)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    work_items = models.ManyToManyField(WorkItem, related_name="+", blank=True, verbose_name=_("業務"))
    outcomes = models.ManyToManyField(Outcome, related_name="+", blank=True, verbose_name=_("成果"))
    search = models.CharField(max_length=400, blank=True, editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("目標")
        verbose_name_plural = _("目標")
        ordering = ("sheet_id", "number", "pk")
        constraints = [
            models.CheckConstraint(name="goal_weight_is_a_percentage", condition=Q(weight__lte=100)),
        ]
        indexes = [
            models.Index(fields=["sheet", "number"]),
            models.Index(fields=["parent_org_goal", "state"]),
            models.Index(fields=["state", "deadline"]),
        ]

    def __str__(self) -> str:
        return self.title or self.typed_as

    @property
    def is_editable(self) -> bool:
        return self.state == self.State.DRAFT and self.sheet.is_editable

    def index(self) -> None:
        parts = [self.title, self.statement, self.criteria]
        self.search = normalise_for_search(" ".join(part for part in parts if part))[:400]


class GoalIndicator(Row):
    """How a goal is measured: which version, from where to where, and the 水準表 fixed at approval.

    ``scale`` is the JSON form of ``indicators.rules`` (decimals as strings).
    """

    class Part(models.TextChoices):
        MEASURE = "measure", _("評価に使う")
        COUNTER = "counter", _("対になる指標")
        REFERENCE = "reference", _("参考値")

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="goal_indicators")
    indicator_version = models.ForeignKey(IndicatorVersion, models.PROTECT, related_name="+")
    part = models.CharField(_("使い方"), max_length=10, choices=Part.choices, default=Part.MEASURE)
    order = models.PositiveSmallIntegerField(default=1)
    baseline = models.DecimalField(_("基準値"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_period = models.CharField(_("基準値の期間"), max_length=60, blank=True)
    baseline_n = models.PositiveIntegerField(_("基準値の件数"), null=True, blank=True)
    target = models.DecimalField(_("目標値"), max_digits=18, decimal_places=4, null=True, blank=True)
    threshold = models.DecimalField(_("最低水準"), max_digits=18, decimal_places=4, null=True, blank=True)
    stretch = models.DecimalField(_("挑戦水準"), max_digits=18, decimal_places=4, null=True, blank=True)
    method = models.CharField(_("方式"), max_length=12, blank=True)
    scale = models.JSONField(_("水準表"), default=dict, blank=True)
    zero_definition = models.TextField(_("対象と違反の定義"), blank=True)
    exposure = models.PositiveIntegerField(_("対象件数"), null=True, blank=True)
    sub_weight = models.PositiveSmallIntegerField(_("配分"), default=100)

    objects = RowQuerySet["GoalIndicator"].as_manager()

    class Meta:
        ordering = ("goal_id", "order", "pk")
        constraints = [
            models.CheckConstraint(
                name="goal_indicator_share_is_a_percentage", condition=Q(sub_weight__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id}: {self.indicator_version_id}"


class Milestone(Row):
    """節目: a date on the way, with its share where the goal is measured by milestones."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="milestones")
    title = models.CharField(_("節目"), max_length=80)
    due_on = models.DateField(_("期日"))
    weight = models.PositiveSmallIntegerField(_("配分"), default=0)
    done_on = models.DateField(_("完了日"), null=True, blank=True)

    objects = RowQuerySet["Milestone"].as_manager()

    class Meta:
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.title


class GoalDependency(Row):
    """依存: what another department or person is asked for, and whether they agreed."""

    class Agreement(models.TextChoices):
        PENDING = "pending", _("未合意")
        AGREED = "agreed", _("合意")
        REFUSED = "refused", _("不可")

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="dependencies")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, blank=True, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    request = models.CharField(_("依頼内容"), max_length=200)
    due_on = models.DateField(_("期日"), null=True, blank=True)
    agreement = models.CharField(
        _("合意状態"), max_length=8, choices=Agreement.choices, default=Agreement.PENDING
    )
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("回答"), max_length=200, blank=True)
    proposed_due_on = models.DateField(_("再提案の期日"), null=True, blank=True)

    objects = DependencyQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="dependency_names_a_unit_or_a_person",
                condition=Q(unit__isnull=False) | Q(member__isnull=False),
            ),
            models.CheckConstraint(
                name="dependency_answered_by_and_at",
                condition=Q(answered_by=None, answered_at=None)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["unit", "agreement"]), models.Index(fields=["member", "agreement"])]

    def __str__(self) -> str:
        return self.request


class RemovedGoal(models.Model):
    """A draft taken off a sheet, kept whole so that 「元に戻す」 can write it again."""

    sheet = models.ForeignKey(GoalSheet, models.CASCADE, related_name="removed_goals")
    body = models.JSONField()
    removed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.body.get('title', '')}"


class FindingDismissal(models.Model):
    """「当てはまらない」: a finding of the SMART check set aside with a reason, shown to the approver."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="dismissals")
    rule = models.CharField(max_length=8)
    word = models.CharField(max_length=80, blank=True)
    reason = models.CharField(_("理由"), max_length=200)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "rule", "word"], name="finding_dismissed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.word}"
