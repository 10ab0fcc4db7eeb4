"""STEP 1 業務 and STEP 2 成果: the work people hold and what becomes true through it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dodai.core.errors import Refused
from dodai.core.rows import Row
from dodai.core.text import count_characters, normalise_for_search
from dodai.organization.models import Member, OrgUnit
from dodai.work.querysets import OutcomeQuerySet, WorkItemQuerySet

_ONE_TO_FIVE = (1, 5)
_SCALES = ("importance", "difficulty_level", "improvement_room")
LONGEST_NAME = 60


def _field(row: models.Model, name: str) -> models.Field[object, object]:
    field = row._meta.get_field(name)
    assert isinstance(field, models.Field)
    return field


class WorkItem(Row):
    """業務: one piece of work a unit holds. ``owner`` None is work nobody holds (担当者なし).

    A field that was unreadable on import stays empty with a question mark in ``open_questions``;
    it is asked for on the board and left out of sums until then.
    """

    class Frequency(models.TextChoices):
        DAILY = "daily", _("日次")
        WEEKLY = "weekly", _("週次")
        BIWEEKLY = "biweekly", _("隔週")
        MONTHLY = "monthly", _("月次")
        QUARTERLY = "quarterly", _("四半期")
        HALF_YEARLY = "half_yearly", _("半期")
        YEARLY = "yearly", _("年次")
        ON_DEMAND = "on_demand", _("随時")

    class Nature(models.TextChoices):
        ROUTINE = "routine", _("定型")
        JUDGEMENT = "judgement", _("判断")
        PLANNING = "planning", _("企画")
        DEMAND = "demand", _("対応")

    class Manual(models.TextChoices):
        CURRENT = "current", _("有")
        OLD = "old", _("古い")
        NONE = "none", _("無")

    class Outlook(models.TextChoices):
        KEEP = "keep", _("続ける")
        REDUCE = "reduce", _("減らす")
        STOP = "stop", _("やめる")

    class Status(models.TextChoices):
        DRAFT = "draft", _("下書き")
        ACTIVE = "active", _("有効")
        REVIEW_DUE = "review_due", _("見直し要")
        RETIRED = "retired", _("廃止")

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+", verbose_name=_("部門"))
    owner = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("主担当")
    )
    backups = models.ManyToManyField(
        Member, through="WorkItemBackup", related_name="+", verbose_name=_("副担当")
    )
    category_l = models.CharField(_("大分類"), max_length=60)
    category_m = models.CharField(_("中分類"), max_length=60, blank=True)
    category_s = models.CharField(_("小分類"), max_length=60, blank=True)
    name = models.CharField(_("業務名"), max_length=60)
    purpose = models.TextField(_("目的（何のため）"), blank=True)
    frequency = models.CharField(_("頻度"), max_length=12, choices=Frequency.choices, blank=True)
    more_frequencies = models.JSONField(_("ほかの頻度"), default=list, blank=True)
    minutes_per_run = models.DecimalField(
        _("1回の所要時間（分）"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    runs_per_year = models.PositiveIntegerField(_("年間回数"), null=True, blank=True)
    importance = models.PositiveSmallIntegerField(_("重要度"), null=True, blank=True)
    importance_reason = models.TextField(_("なぜ重要か"), blank=True)
    difficulty_level = models.PositiveSmallIntegerField(_("難しさ"), null=True, blank=True)
    capable_people = models.PositiveSmallIntegerField(_("担当可能人数"), null=True, blank=True)
    manual_status = models.CharField(_("マニュアル"), max_length=8, choices=Manual.choices, blank=True)
    manual_updated_on = models.DateField(_("マニュアルの更新日"), null=True, blank=True)
    improvement_room = models.PositiveSmallIntegerField(_("改善余地"), null=True, blank=True)
    ecrs = models.JSONField(_("ECRS"), default=list, blank=True)
    ecrs_memo = models.TextField(_("改善のメモ"), blank=True)
    outlook = models.CharField(_("これから"), max_length=8, choices=Outlook.choices, default=Outlook.KEEP)
    peak_months = models.JSONField(_("繁忙月"), default=list, blank=True)
    legal_deadline = models.CharField(_("法定期限"), max_length=120, blank=True)
    nature = models.CharField(_("業務の性質"), max_length=10, choices=Nature.choices, blank=True)
    system_refs = models.CharField(_("使用システム"), max_length=200, blank=True)
    external_ref = models.CharField(_("外部参照"), max_length=200, blank=True)
    note = models.TextField(_("備考"), blank=True)
    open_questions = models.JSONField(_("確認が必要な項目"), default=dict, blank=True)
    catalogue_id = models.CharField(max_length=16, blank=True, editable=False)
    status = models.CharField(_("状態"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    confirmed_on = models.DateField(_("確認日"), null=True, blank=True)
    confirmed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    search = models.CharField(max_length=400, blank=True, editable=False)

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("業務")
        verbose_name_plural = _("業務")
        constraints = [
            models.CheckConstraint(
                name="work_item_confirmed_on_and_by_come_together",
                condition=Q(confirmed_on=None, confirmed_by=None)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="work_item_scales_run_from_one_to_five",
                condition=(Q(importance=None) | Q(importance__range=_ONE_TO_FIVE))
                & (Q(difficulty_level=None) | Q(difficulty_level__range=_ONE_TO_FIVE))
                & (Q(improvement_room=None) | Q(improvement_room__range=_ONE_TO_FIVE)),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "status"]),
            models.Index(fields=["unit", "status"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def annual_hours(self) -> Decimal | None:
        """年間回数 × 1回の分 ÷ 60, exact; None while one of the two is missing."""
        if self.minutes_per_run is None or self.runs_per_year is None:
            return None
        return self.minutes_per_run * self.runs_per_year / 60

    @property
    def monthly_hours(self) -> Decimal | None:
        hours = self.annual_hours
        return None if hours is None else hours / 12

    @property
    def is_editable(self) -> bool:
        return self.status != self.Status.RETIRED

    @property
    def is_to_go(self) -> bool:
        """減らす or やめる was decided."""
        return self.outlook != self.Outlook.KEEP

    @property
    def rests_on_one(self) -> bool:
        """属人化 高: one person alone can do it."""
        return self.capable_people == 1

    def change(self, values: Mapping[str, object]) -> None:
        """Take new values of the work itself; an answered question is no longer open."""
        if not self.is_editable:
            raise Refused(str(_("廃止した業務は変更できません。業務を戻してから変更してください。")))
        for name, value in values.items():
            setattr(self, name, value.strip() if isinstance(value, str) else value)
        answered = {name for name in values if getattr(self, name) not in (None, "")}
        if any(name in self.open_questions for name in answered):
            self.open_questions = {
                name: text for name, text in self.open_questions.items() if name not in answered
            }
        self.refuse_flaws()

    def refuse_flaws(self) -> None:
        """What has to hold for any piece of work, whoever wrote it and wherever it came from."""
        if not self.name:
            raise Refused(str(_("業務名がありません。業務名を入れてください。")))
        if (over := count_characters(self.name) - LONGEST_NAME) > 0:
            raise Refused(str(_("業務名が%(over)s字長すぎます。60字以内で入れてください。")) % {"over": over})
        if not self.category_l:
            raise Refused(str(_("大分類がありません。大分類を入れてください。")))
        for name in _SCALES:
            value = getattr(self, name)
            if value is not None and not _ONE_TO_FIVE[0] <= value <= _ONE_TO_FIVE[1]:
                label = _field(self, name).verbose_name
                raise Refused(str(_("%(label)sは1から5までの数字で入れてください。")) % {"label": label})
        if self.capable_people is not None and self.capable_people < 1:
            raise Refused(str(_("担当可能人数は1以上の数字で入れてください。")))
        if self.minutes_per_run is not None and self.minutes_per_run <= 0:
            raise Refused(str(_("1回の所要時間は0より大きい数字で入れてください。")))
        asked = "runs_per_year" in self.open_questions
        if self.frequency == self.Frequency.ON_DEMAND and self.runs_per_year is None and not asked:
            raise Refused(str(_("随時の業務は年間の回数が決まりません。年間回数の目安を入れてください。")))
        self._check_choices()

    def _check_choices(self) -> None:
        for name in ("frequency", "manual_status", "outlook", "nature"):
            value = getattr(self, name)
            field = _field(self, name)
            if value and value not in dict(field.choices or ()):
                raise Refused(
                    str(_("「%(value)s」は%(label)sの選択肢にありません。選び直してください。"))
                    % {"value": value, "label": field.verbose_name}
                )

    def index(self) -> None:
        parts = [self.name, self.category_l, self.category_m, self.category_s, self.purpose]
        self.search = normalise_for_search(" ".join(part for part in parts if part))[:400]

    def confirm(self, *, by: Member, on: date) -> None:
        """The supervisor has looked at it; from here on it counts as 有効 for twelve months."""
        if self.status == self.Status.RETIRED:
            raise Refused(str(_("廃止した業務は確認できません。業務を戻してから確認してください。")))
        self.status = self.Status.ACTIVE
        self.confirmed_on, self.confirmed_by = on, by

    def retire(self) -> None:
        if self.status == self.Status.RETIRED:
            raise Refused(str(_("この業務はすでに廃止されています。")))
        self.status = self.Status.RETIRED

    def restore(self) -> None:
        if self.status != self.Status.RETIRED:
            raise Refused(str(_("廃止した業務だけを戻せます。")))
        self.status = self.Status.DRAFT


class WorkItemBackup(models.Model):
    """副担当 of one piece of work."""

    work_item = models.ForeignKey(WorkItem, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work_item", "member"], name="backup_once_per_work_item"),
        ]

    def __str__(self) -> str:
        return f"{self.work_item_id}: {self.member_id}"


class Outcome(Row):
    """成果（何のため）: for whom (誰に), what (何が) becomes how (どうなる)."""

    class Category(models.TextChoices):
        ACCURACY = "accuracy", _("正確性")
        PUNCTUALITY = "punctuality", _("期限順守")
        SPEED = "speed", _("速さ")
        COST = "cost", _("費用")
        SATISFACTION = "satisfaction", _("満足")
        RISK = "risk", _("リスク低減")
        COMPLIANCE = "compliance", _("法令順守")
        KNOWLEDGE = "knowledge", _("知識・人材")

    owner = models.ForeignKey(Member, models.PROTECT, related_name="+")
    beneficiary = models.CharField(_("誰に"), max_length=60)
    thing = models.CharField(_("何が"), max_length=80)
    state = models.CharField(_("どうなる"), max_length=120)
    category = models.CharField(_("分類"), max_length=12, choices=Category.choices, blank=True)
    evidence_hint = models.CharField(_("何を見れば分かるか"), max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    work_items = models.ManyToManyField(WorkItem, through="OutcomeLink", related_name="outcomes")

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("成果")
        verbose_name_plural = _("成果")
        constraints = [
            models.CheckConstraint(
                name="outcome_removed_at_and_by_come_together",
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["owner", "removed_at"])]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """「取引先に 支払が 期日どおり届いている」 as one readable sentence."""
        return str(_("%(whom)sに、%(what)sが%(state)s")) % {
            "whom": self.beneficiary,
            "what": self.thing,
            "state": self.state,
        }

    def write(self, values: Mapping[str, str]) -> None:
        """誰に・何が・どうなる belong together: an outcome with one of them missing says nothing."""
        if self.removed_at is not None:
            raise Refused(str(_("この成果は削除されています。新しく書いてください。")))
        for name, value in values.items():
            setattr(self, name, value.strip())
        for name in ("beneficiary", "thing", "state"):
            label = _field(self, name).verbose_name
            if not getattr(self, name):
                raise Refused(str(_("「%(label)s」がありません。入れてください。")) % {"label": label})
        for name in ("beneficiary", "thing", "state", "evidence_hint"):
            field = _field(self, name)
            over = len(getattr(self, name)) - (field.max_length or 0)
            if over > 0:
                raise Refused(
                    str(_("「%(label)s」が%(over)s字長すぎます。短くしてください。"))
                    % {"label": field.verbose_name, "over": over}
                )
        if self.category and self.category not in self.Category.values:
            raise Refused(str(_("成果の分類を選び直してください。")))

    def remove(self, *, by: Member, at: datetime) -> None:
        """Out of sight, but goals that were written from it keep their reason."""
        if self.removed_at is not None:
            raise Refused(str(_("この成果はすでに削除されています。")))
        self.removed_at, self.removed_by = at, by


class OutcomeLink(models.Model):
    """Which work leads to which outcome (many to many)."""

    work_item = models.ForeignKey(WorkItem, models.CASCADE, related_name="+")
    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work_item", "outcome"], name="outcome_once_per_work_item"),
        ]

    def __str__(self) -> str:
        return f"{self.work_item_id} → {self.outcome_id}"
