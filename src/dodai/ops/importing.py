"""What the two import commands share: take the file in, say what it would do, carry it out or say why not."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from dodai.core.dates import read_date
from dodai.core.errors import Refused, Unreadable
from dodai.exchange import actions
from dodai.exchange.models import ImportBatch, ImportRow
from dodai.exchange.starting import default_day
from dodai.organization.models import Member, Role, RoleAssignment

SHOWN = 40  # rows with something to say that are printed


class ImportCommand(BaseCommand):
    """Exit code 0: written, or nothing to change. 1: a fault or an open question, and nothing was written."""

    kind = ImportBatch.Kind.PEOPLE

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", metavar="社員番号", help="who does it; default: the first 人事責任者")
        parser.add_argument("--as-of", type=_day, metavar="DATE", help="基準日; default: start of the 年度")
        parser.add_argument("--encoding", default="", choices=("", "utf-8", "cp932", "utf-16"))
        parser.add_argument("--accept-proposals", action="store_true", help="take every proposed reading")
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            type=_answer,
            metavar="ID=VALUE",
            help="answer one question",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")

    def handle(self, *, file: Path, **options: Any) -> None:
        by = _member(options["by"])
        try:
            batch = self._receive(file, by, options)
            batch = self._review(batch, by, options)
            self._say(batch)
            self._finish(batch, by, dry_run=options["dry_run"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _receive(self, file: Path, by: Member, options: dict[str, Any]) -> ImportBatch:
        second = options.get("transfers")
        opened = [_opened(path) for path in (file, second) if path]
        try:
            return actions.receive(
                opened[0],
                by=by,
                kind=self.kind,
                as_of=options["as_of"] or default_day(),
                second_file=opened[1] if len(opened) > 1 else None,
            )
        finally:
            for each in opened:
                each.close()

    def _review(self, batch: ImportBatch, by: Member, options: dict[str, Any]) -> ImportBatch:
        actions.proceed(batch.pk)
        batch = ImportBatch.objects.get(pk=batch.pk)
        decided = dict(options["answer"])
        if batch.can_be_answered and (decided or options["accept_proposals"] or options["encoding"]):
            actions.answer(
                batch,
                by=by,
                version=batch.version,
                answers=decided,
                accepts_proposals=options["accept_proposals"],
                encoding=options["encoding"],
            )
            actions.proceed(batch.pk)
            batch = ImportBatch.objects.get(pk=batch.pk)
        return batch

    def _say(self, batch: ImportBatch) -> None:
        if batch.state == ImportBatch.State.FAILED:
            raise CommandError(batch.failure)
        counts = "／".join(
            f"{label}{batch.counts.get(status, 0)}" for status, label in ImportRow.Status.choices
        )
        encoding = f"（{batch.found_encoding}）" if batch.found_encoding else ""
        self.stdout.write(f"{batch.file_name}{encoding}  {counts}")
        if hours := batch.result.get("hours"):
            self.stdout.write(_("年間 %(hours)s 時間") % {"hours": hours})
        for line in _telling_rows(batch):
            self.stdout.write(line)
        for question in batch.questions:
            self.stdout.write(_question_line(question))

    def _finish(self, batch: ImportBatch, by: Member, *, dry_run: bool) -> None:
        if not batch.is_ready:
            actions.discard(batch, by=by, version=batch.version)
            raise CommandError(
                _(
                    "エラーか、答えていない質問があります。何も書き込んでいません。--accept-proposalsか--answerで答えられます。"
                )
            )
        if dry_run or not batch.changes:
            actions.discard(batch, by=by, version=batch.version)
            self.stdout.write(_("変更はありません。") if not batch.changes else _("確認だけで終わりました。"))
            return
        actions.confirm(batch, by=by, version=batch.version)
        actions.proceed(batch.pk)
        batch = ImportBatch.objects.get(pk=batch.pk)
        if batch.state != ImportBatch.State.COMPLETED:
            raise CommandError(batch.failure)
        self.stdout.write(_("取り込みました。") + " " + " ".join(f"{k}={v}" for k, v in batch.result.items()))


def _telling_rows(batch: ImportBatch) -> Iterable[str]:
    telling = batch.rows.exclude(status__in=("add", "same"), findings=[])
    shown = [row for row in telling if row.status in ("error", "question", "update") or _is_loud(row)]
    for row in shown[:SHOWN]:
        place = f"{row.sheet} {row.row}".strip()
        told = [finding["sentence"] for finding in row.findings if finding["level"] != "normalised"]
        told += [f"{each['label']}：{each['before']} → {each['after']}" for each in row.differences]
        yield f"  [{row.get_status_display()}] {place}: {row.label}  {' '.join(told)}"
    if len(shown) > SHOWN:
        yield f"  … {len(shown) - SHOWN}"


def _is_loud(row: ImportRow) -> bool:
    return any(finding["level"] in ("notice", "asked") for finding in row.findings)


def _question_line(question: dict[str, Any]) -> str:
    answer = question["answer"]
    state = answer if answer is not None else _("未回答") if question["required"] else _("後で入力")
    proposal = f"  {_('提案')}={question['proposal']}" if question["proposal"] is not None else ""
    return f"  ? {question['id']}  {question['sentence']}（{question['count']}）{proposal}  → {state}"


def _member(number: str | None) -> Member:
    """Whoever was named, or the first 人事責任者 of today: an import always has somebody who did it."""
    if number:
        member = Member.objects.filter(member_no=number).first()
    else:
        role = RoleAssignment.objects.filter(role=Role.HR_HEAD, valid_to=None).order_by("pk").first()
        member = role.member if role else None
    if member is None:
        raise CommandError(_("実行者がいません。--byに人事の社員番号を入れてください。"))
    return member


def _opened(path: Path) -> File[bytes]:
    try:
        return File(path.open("rb"), name=path.name)
    except OSError as error:
        raise CommandError(_("ファイル「%(name)s」を開けません。") % {"name": path}) from error


def _day(text: str) -> date:
    try:
        return read_date(text)
    except Unreadable as error:
        raise ArgumentTypeError(str(error)) from error


def _answer(text: str) -> tuple[str, str]:
    key, sign, value = text.rpartition("=")
    if not sign:
        raise ArgumentTypeError(f"ID=VALUE: {text}")
    return key, value
