"""取込: a file on its way into the house, and the rows it would change."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from dodai.core.errors import Refused
from dodai.core.rows import Row
from dodai.exchange.querysets import ImportBatchQuerySet
from dodai.organization.models import Member


def _quarantine(_batch: ImportBatch, _name: str) -> str:
    """A random name outside every web root; the name people gave is kept as text only."""
    return f"imports/{uuid.uuid4().hex}"


class ImportBatch(Row):
    """One upload from the moment it was taken in until it was carried out or given up.

    受付 → 処理中 → 確認待ち → 受付 → 処理中 → 完了; the file is read again after every answer, and the
    difference shown is the difference written.
    """

    class Kind(models.TextChoices):
        PEOPLE = "people", _("社員名簿")
        WORK = "work", _("業務棚卸")

    class State(models.TextChoices):
        ACCEPTED = "accepted", _("受付")
        RUNNING = "running", _("処理中")
        REVIEWING = "reviewing", _("確認待ち")
        COMPLETED = "completed", _("完了")
        FAILED = "failed", _("失敗")
        DISCARDED = "discarded", _("取りやめ")

    kind = models.CharField(_("種類"), max_length=8, choices=Kind.choices)
    state = models.CharField(_("状態"), max_length=10, choices=State.choices, default=State.ACCEPTED)
    is_confirmed = models.BooleanField(_("実行の指示"), default=False)
    file = models.FileField(_("ファイル"), upload_to=_quarantine)
    file_name = models.CharField(_("ファイル名"), max_length=255)
    sha256 = models.CharField(max_length=64)
    second_file = models.FileField(_("異動一覧"), upload_to=_quarantine, blank=True)
    second_name = models.CharField(max_length=255, blank=True)
    as_of = models.DateField(_("基準日"))
    encoding = models.CharField(_("文字コード"), max_length=16, blank=True)
    found_encoding = models.CharField(max_length=16, blank=True)
    mapping = models.JSONField(_("列の対応"), default=dict, blank=True)
    answers = models.JSONField(_("質問への答え"), default=dict, blank=True)
    accepts_proposals = models.BooleanField(_("提案を受け入れる"), default=False)
    sheets = models.JSONField(default=list, blank=True)
    questions = models.JSONField(default=list, blank=True)
    counts = models.JSONField(_("件数"), default=dict, blank=True)
    skipped = models.JSONField(default=list, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    is_ready = models.BooleanField(default=False)
    progress = models.PositiveIntegerField(_("進み"), default=0)
    total = models.PositiveIntegerField(_("全体"), default=0)
    result = models.JSONField(_("結果"), default=dict, blank=True)
    failure = models.TextField(_("失敗の理由"), blank=True)
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("実行者"))
    created_at = models.DateTimeField(_("受付日時"), auto_now_add=True)
    touched_at = models.DateTimeField(auto_now_add=True, editable=False)
    finished_at = models.DateTimeField(_("完了日時"), null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("取込")
        verbose_name_plural = _("取込")
        ordering = ("-created_at", "-pk")
        indexes = [models.Index(fields=["created_by", "-created_at"])]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_waiting(self) -> bool:
        """A job has to act; the page asks again by itself."""
        return self.state in (self.State.ACCEPTED, self.State.RUNNING)

    @property
    def can_be_answered(self) -> bool:
        return self.state == self.State.REVIEWING

    @property
    def can_run(self) -> bool:
        return self.state == self.State.REVIEWING and self.is_ready and bool(self.changes)

    @property
    def changes(self) -> int:
        """Rows that would be added or changed."""
        return int(self.counts.get("add", 0)) + int(self.counts.get("update", 0))

    @property
    def open_questions(self) -> list[dict[str, object]]:
        return [question for question in self.questions if question["answer"] is None]

    def answer(self) -> None:
        """Answers are taken while the preview is looked at; the file is then read again."""
        if not self.can_be_answered:
            raise Refused(str(_("確認待ちの取込だけを直せます。")))
        self.state = self.State.ACCEPTED

    def confirm(self) -> None:
        if self.state != self.State.REVIEWING:
            raise Refused(str(_("確認待ちの取込だけを実行できます。")))
        if not self.is_ready:
            raise Refused(str(_("エラーか、答えていない質問があります。直してから実行してください。")))
        if not self.changes:
            raise Refused(str(_("追加も更新もありません。取り込むものがないため、実行できません。")))
        self.state, self.is_confirmed = self.State.ACCEPTED, True

    def discard(self, *, at: datetime) -> None:
        if self.state not in (self.State.REVIEWING, self.State.FAILED, self.State.ACCEPTED):
            raise Refused(str(_("処理中か完了した取込は取りやめられません。")))
        self.state, self.finished_at = self.State.DISCARDED, at


class ImportRow(models.Model):
    """One row of the preview, staged in slices: what it is, and what it would change."""

    class Status(models.TextChoices):
        ERROR = "error", _("エラー")
        QUESTION = "question", _("確認が必要")
        ADD = "add", _("追加")
        UPDATE = "update", _("更新")
        SAME = "same", _("変更なし")
        SKIPPED = "skipped", _("対象外")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    sheet = models.CharField(max_length=255, blank=True)
    row = models.PositiveIntegerField()
    label = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices)
    differences = models.JSONField(default=list, blank=True)
    findings = models.JSONField(default=list, blank=True)
    original = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("取込の行")
        verbose_name_plural = _("取込の行")
        ordering = ("position",)
        indexes = [models.Index(fields=["batch", "status", "position"])]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"
