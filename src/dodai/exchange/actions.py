"""The verbs of an import: take a file in, look through it, answer, confirm, carry out, give up.

Reading never happens inside a transaction; carrying out is one, so an import is there or it is not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.exchange import people, people_writing, permissions, work
from dodai.exchange.looking import Look, LookRow, Source, original_texts
from dodai.exchange.models import ImportBatch, ImportRow
from dodai.exchange.rules.desk import Question
from dodai.exchange.wording import sentence
from dodai.files.limits import DEFAULT
from dodai.organization.models import Member

SLICE = 500  # rows of one staging transaction, so that nobody waits for a long one


@transaction.atomic
def receive(
    file: File[bytes],
    *,
    by: Member,
    kind: str,
    as_of: date,
    second_file: File[bytes] | None = None,
) -> ImportBatch:
    """Put the file into quarantine; a job looks through it."""
    if not permissions.can_import(by, kind):
        raise NotAllowed(_("社員名簿を取り込めるのは人事だけです。"))
    for each in filter(None, (file, second_file)):
        if each.size > DEFAULT.upload_bytes:
            limit = DEFAULT.upload_bytes // 1024 // 1024
            raise Refused(
                _("ファイルが%(limit)s MBを超えています。分けて取り込んでください。") % {"limit": limit}
            )
    batch = ImportBatch(
        kind=kind,
        file=file,
        file_name=_base_name(file),
        sha256=_sha256(file),
        as_of=as_of,
        created_by=by,
    )
    if second_file is not None:
        batch.second_file, batch.second_name = second_file, _base_name(second_file)
    batch.save()
    record("import.received", batch, by=by.user, changes={"file": [None, batch.sha256], "kind": [None, kind]})
    return batch


@transaction.atomic
def answer(
    batch: ImportBatch,
    *,
    by: Member,
    version: int,
    answers: Mapping[str, str] | None = None,
    accepts_proposals: bool | None = None,
    mapping: Mapping[str, Mapping[str, int]] | None = None,
    encoding: str | None = None,
    as_of: date | None = None,
) -> ImportBatch:
    """What a person decided about the file; None leaves a decision as it was. The file is read again."""
    batch = _held(batch, by, version)
    batch.answer()
    if answers is not None:
        merged = {**batch.answers, **answers}
        batch.answers = {id_: text for id_, text in merged.items() if text}
    if accepts_proposals is not None:
        batch.accepts_proposals = accepts_proposals
    if mapping is not None:
        batch.mapping = {sheet: dict(columns) for sheet, columns in mapping.items()}
    if encoding is not None:
        batch.encoding = encoding
    if as_of is not None:
        batch.as_of = as_of
    decided = ("state", "answers", "accepts_proposals", "mapping", "encoding", "as_of")
    return batch.keep(*decided)


@transaction.atomic
def confirm(batch: ImportBatch, *, by: Member, version: int) -> ImportBatch:
    """Carry out what the preview shows; a job does it."""
    batch = _held(batch, by, version)
    batch.confirm()
    batch.keep("state", "is_confirmed")
    record("import.confirmed", batch, by=by.user, changes={"counts": [None, batch.counts]})
    return batch


@transaction.atomic
def discard(batch: ImportBatch, *, by: Member, version: int) -> ImportBatch:
    """Give it up; nothing was written, and the file is not kept."""
    batch = _held(batch, by, version)
    batch.discard(at=timezone.now())
    batch.keep("state", "finished_at")
    record("import.discarded", batch, by=by.user)
    return batch


def proceed(batch_id: int) -> None:
    """What a job does with a received batch: look through it, or carry it out. Safe to repeat."""
    batch = _claim(batch_id)
    if batch is None:
        return
    with _language_of(batch):
        try:
            if batch.is_confirmed:
                _carry_out(batch)
            else:
                _review(batch)
        except Conflict:
            _back_to_review(batch)
        except Refused as refusal:
            _fail(batch, str(refusal))


def _language_of(batch: ImportBatch) -> translation.override:
    """Questions and findings are kept as sentences: in the language of the person who will read them."""
    account = batch.created_by.user
    return translation.override(account.language if account else None)


def look_at(batch: ImportBatch) -> Look:
    """The preview of a batch beside today's data. Reads only."""
    source = Source(
        path=Path(batch.file.path),
        name=batch.file_name,
        as_of=batch.as_of,
        second_path=Path(batch.second_file.path) if batch.second_file else None,
        encoding=batch.encoding,
        mapping=batch.mapping,
        answers=batch.answers,
        accepts_proposals=batch.accepts_proposals,
    )
    if batch.kind == ImportBatch.Kind.PEOPLE:
        return people.look(source)
    return work.look(source, by=batch.created_by)


@transaction.atomic
def _claim(batch_id: int) -> ImportBatch | None:
    """One job at a time: whoever finds it 受付 takes it, everybody else goes away."""
    batch = (
        ImportBatch.objects.select_for_update().filter(pk=batch_id, state=ImportBatch.State.ACCEPTED).first()
    )
    if batch is None:
        return None
    batch.state, batch.touched_at = ImportBatch.State.RUNNING, timezone.now()
    batch.keep("state", "touched_at")
    return batch


def _review(batch: ImportBatch) -> None:
    seen = look_at(batch)
    if not batch.mapping and (profile := _profile(batch, seen)):
        batch.mapping = profile
        seen = look_at(batch)
    _stage(batch, seen)
    with transaction.atomic():
        batch.sheets = [_sheet(layout) for layout in seen.layouts]
        batch.questions = [_question(question) for question in seen.desk.questions.values()]
        batch.counts, batch.fingerprint = seen.counts, seen.fingerprint
        batch.skipped = [asdict(item) for item in seen.skipped if item.kind == "sheet"]
        batch.is_ready, batch.found_encoding = seen.is_ready, seen.encoding
        batch.state = ImportBatch.State.REVIEWING
        batch.result = {"hours": f"{seen.hours:.2f}"} if isinstance(seen, work.WorkLook) else {}
        batch.keep(
            "sheets",
            "questions",
            "counts",
            "fingerprint",
            "skipped",
            "is_ready",
            "found_encoding",
            "state",
            "result",
            "mapping",
        )


def _profile(batch: ImportBatch, seen: Look) -> dict[str, dict[str, int]]:
    """The columns somebody chose by hand for a file with the same header, so that nobody chooses twice."""
    headers = {layout.sheet: list(layout.labels) for layout in seen.layouts}
    earlier = ImportBatch.objects.filter(kind=batch.kind, state=ImportBatch.State.COMPLETED).exclude(
        mapping={}
    )
    for each in earlier[:20]:
        known = {sheet["name"]: sheet["labels"] for sheet in each.sheets}
        if all(headers.get(name) == known.get(name) for name in each.mapping):
            return dict(each.mapping)
    return {}


def _stage(batch: ImportBatch, seen: Look) -> None:
    """Rows of the preview in slices, each its own short transaction; the progress is seen meanwhile."""
    ImportRow.objects.filter(batch=batch).delete()
    total = len(seen.rows)
    for start in range(0, total, SLICE):
        with transaction.atomic():
            ImportRow.objects.bulk_create(
                _staged(batch, position, row)
                for position, row in enumerate(seen.rows[start : start + SLICE], start=start)
            )
            batch.progress, batch.total = min(start + SLICE, total), total
            batch.touched_at = timezone.now()
            batch.keep("progress", "total", "touched_at")


def _staged(batch: ImportBatch, position: int, row: LookRow) -> ImportRow:
    return ImportRow(
        batch=batch,
        position=position,
        sheet=row.sheet,
        row=row.row,
        label=row.label,
        status=row.status,
        differences=[asdict(difference) for difference in row.differences],
        findings=[
            {
                "level": finding.level.value,
                "column": finding.place.column,
                "sentence": sentence(finding.code, finding.original, finding.value),
            }
            for finding in row.findings
        ],
        original=original_texts(row.original),
    )


def _carry_out(batch: ImportBatch) -> None:
    """Read outside, compare and write inside one transaction; what changed meanwhile is looked at again."""
    by = batch.created_by
    if not permissions.can_import(by, batch.kind):
        raise NotAllowed(_("取り込む権限がなくなりました。人事に依頼してください。"))
    with transaction.atomic():
        seen = look_at(batch)
        if seen.fingerprint != batch.fingerprint or not seen.is_ready:
            raise Conflict(_("確認のあとでデータが変わりました。内容をもう一度確認してください。"))
        if isinstance(seen, people.PeopleLook):
            batch.result = people_writing.carry_out(seen, by=by)
        elif isinstance(seen, work.WorkLook):
            batch.result = work.carry_out(seen, by=by) | {"hours": f"{seen.hours:.2f}"}
        batch.state, batch.finished_at = ImportBatch.State.COMPLETED, timezone.now()
        batch.keep("state", "finished_at", "result")
        record("import.completed", batch, by=by.user, changes={"result": [None, batch.result]})


def _back_to_review(batch: ImportBatch) -> None:
    """Something changed between the preview and the switch: show the new difference, write nothing."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        batch.is_confirmed, batch.state = False, ImportBatch.State.ACCEPTED
        batch.failure = _("確認のあとでデータが変わりました。内容をもう一度確認してください。")
        batch.keep("is_confirmed", "state", "failure")
    proceed(batch.pk)


def stop(batch_id: int) -> None:
    """Our mistake, not the file's: nothing was written, and the person is told."""
    batch = ImportBatch.objects.get(pk=batch_id)
    with _language_of(batch):
        _fail(
            batch,
            _("取り込みを途中で中止しました。何も書き込んでいません。システム管理者に連絡してください。"),
        )


@transaction.atomic
def take_up_again(*, untouched_for: timedelta) -> list[int]:
    """Batches whose job was killed or never came: carrying out is one transaction, so it may begin again.

    A job that is merely slow finds the version counted up, and its transaction falls back.
    """
    before = timezone.now() - untouched_for
    stalled = ImportBatch.objects.select_for_update().waiting().filter(touched_at__lt=before)
    ids = []
    for batch in stalled:
        batch.state, batch.touched_at = ImportBatch.State.ACCEPTED, timezone.now()
        batch.keep("state", "touched_at")
        ids.append(batch.pk)
    return ids


@transaction.atomic
def forget_files(*, finished_before: datetime) -> int:
    """The uploaded files and the rows of finished imports hold personal data; what was done stays known."""
    finished = (
        ImportBatch.objects.select_for_update().filter(finished_at__lt=finished_before).exclude(file="")
    )
    batches = list(finished)
    for batch in batches:
        for stored in filter(None, (batch.file, batch.second_file)):
            transaction.on_commit(partial(stored.storage.delete, str(stored.name)))
        ImportRow.objects.filter(batch=batch).delete()
        batch.file, batch.second_file = "", ""
        batch.keep("file", "second_file")
        record("import.file_forgotten", batch, by=None)
    return len(batches)


@transaction.atomic
def _fail(batch: ImportBatch, reason: str) -> None:
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    batch.state, batch.failure = ImportBatch.State.FAILED, reason
    batch.finished_at = timezone.now()
    batch.keep("state", "failure", "finished_at")
    record("import.failed", batch, by=batch.created_by.user)


def _held(batch: ImportBatch, by: Member, version: int) -> ImportBatch:
    batch = ImportBatch.objects.hold(batch.pk, version=version)
    if not permissions.can_change(by, batch):
        raise NotAllowed(_("この取込を進められるのは、ファイルを入れた本人だけです。"))
    return batch


def _question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "column": question.column,
        "about": question.about,
        "sentence": sentence(question.code, question.original, question.shown),
        "options": [[option.value, option.label] for option in question.options],
        "proposal": question.proposal,
        "required": question.required,
        "free": question.free,
        "answer": question.answer,
        "rows": [[place.sheet, place.row] for place in question.places[:20]],
        "count": len(question.places),
    }


def _sheet(layout: Any) -> dict[str, Any]:
    return {
        "name": layout.sheet,
        "top": layout.top + 1,
        "bottom": layout.bottom + 1,
        "labels": list(layout.labels),
        "columns": dict(layout.columns),
        "unmapped": [[index, label] for index, label in layout.unmapped],
    }


def _base_name(file: File[bytes]) -> str:
    return Path(file.name or "").name[:255]


def _sha256(file: File[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def faults_of(batch: ImportBatch) -> Iterator[tuple[Sequence[str], str]]:
    """Every row of the file as it came, and beside it what has to be corrected."""
    sheets = [sheet["name"] for sheet in batch.sheets]
    for row in ImportRow.objects.filter(batch=batch, sheet__in=sheets).exclude(original=[]):
        told = [finding["sentence"] for finding in row.findings if finding["level"] in ("error", "asked")]
        yield row.original, " ".join(told)
