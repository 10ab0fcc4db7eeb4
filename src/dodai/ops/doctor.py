"""Looks at a running installation and says, line by line, what is well and what to do about the rest."""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from dodai.audit import append_only
from dodai.audit.heads import first_missing_head
from dodai.audit.models import TimedRun, first_break_in_chain
from dodai.organization.models import RoleAssignment

State = Literal["good", "warn", "bad"]

_WAITS_TOO_LONG = timedelta(minutes=10)
_SCHEDULER_RESTS = timedelta(hours=2)
_LEAST_FREE_BYTES = 1024**3
_LEAST_SQLITE = (3, 40, 0)
_LEAST_POSTGRESQL = 140000
#: 2 is FULL; a database in memory has a journal of its own.
_WANTED_OF_SQLITE = {
    "journal_mode": {"wal", "memory"},
    "synchronous": {"2"},
    "foreign_keys": {"1"},
    "secure_delete": {"1"},
}


@dataclass(frozen=True)
class Verdict:
    """``bad`` has to be repaired, ``warn`` should be known."""

    state: State
    sentence: str


def examine() -> Iterator[Verdict]:
    """Every check in turn; one that needs tables waits until the migrations are in."""
    if pending := _pending_migrations():
        yield _say(
            "bad",
            _("適用していないマイグレーションが%(count)s件あります。dodai migrateを実行してください。"),
            count=pending,
        )
        return
    yield _say("good", _("データベースの形は最新です。"))
    for check in _CHECKS:
        yield from check()


def audit_heads_file() -> Path:
    """Where the end of the audit chain is noted; on another volume when DODAI_AUDIT_HEADS says so."""
    return Path(os.environ.get("DODAI_AUDIT_HEADS", "") or settings.DATA / "audit-heads.jsonl")


def _pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _database() -> Iterator[Verdict]:
    yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()


def _sqlite() -> Iterator[Verdict]:
    with connection.cursor() as cursor:
        version = cursor.execute("SELECT sqlite_version()").fetchone()[0]
        found = {
            name: str(cursor.execute(f"PRAGMA {name}").fetchone()[0]).lower() for name in _WANTED_OF_SQLITE
        }
        damage = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
    if tuple(map(int, version.split("."))) < _LEAST_SQLITE:
        yield _say("bad", _("SQLite %(version)sは古すぎます。3.40以上にしてください。"), version=version)
    wrong = [name for name, values in _WANTED_OF_SQLITE.items() if found[name] not in values]
    if wrong:
        yield _say("bad", _("SQLiteの設定が違います：%(names)s"), names="、".join(wrong))
    if damage != "ok":
        yield _say(
            "bad", _("データベースが壊れています。バックアップから戻してください：%(what)s"), what=damage
        )
    if not wrong and damage == "ok":
        yield _say("good", _("SQLite %(version)sの設定と中身に問題はありません。"), version=version)


def _postgresql() -> Iterator[Verdict]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0])
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        is_mighty = bool(cursor.fetchone()[0])
    if version < _LEAST_POSTGRESQL:
        yield _say("bad", _("PostgreSQLが古すぎます。14以上にしてください。"))
    if is_mighty:
        yield _say(
            "warn", _("データベースの利用者が管理者権限を持っています。権限の小さい利用者に変えてください。")
        )
    if version >= _LEAST_POSTGRESQL and not is_mighty:
        yield _say("good", _("PostgreSQLの版と権限に問題はありません。"))


def _audit() -> Iterator[Verdict]:
    if not append_only.is_installed(connection):
        yield _say("bad", _("監査ログを守るトリガーがありません。データベースを調べてください。"))
    broken = first_break_in_chain()
    missing = first_missing_head(audit_heads_file())
    if broken is not None:
        yield _say("bad", _("監査ログの%(number)s番が前の記録とつながりません。"), number=broken)
    if missing is not None:
        yield _say(
            "bad", _("監査ログの%(number)s番以降が、控えた記録と違うか無くなっています。"), number=missing
        )
    if broken is None and missing is None:
        yield _say("good", _("監査ログは初めから終わりまでつながっています。"))


def _data_folder() -> Iterator[Verdict]:
    folder = settings.DATA
    mode = stat.S_IMODE(folder.stat().st_mode)
    free = shutil.disk_usage(folder).free
    if not os.access(folder, os.W_OK):
        yield _say("bad", _("データの置き場所%(folder)sに書き込めません。"), folder=folder)
    if mode & stat.S_IRWXO:
        yield _say(
            "warn",
            _("データの置き場所%(folder)sを、ほかの利用者が読めます。chmod 700を実行してください。"),
            folder=folder,
        )
    if free < _LEAST_FREE_BYTES:
        yield _say("warn", _("データの置き場所の空きが1GBを切っています。"))
    if os.access(folder, os.W_OK) and not mode & stat.S_IRWXO and free >= _LEAST_FREE_BYTES:
        yield _say("good", _("データの置き場所%(folder)sに問題はありません。"), folder=folder)


def _jobs() -> Iterator[Verdict]:
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - _WAITS_TOO_LONG).count()
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=timezone.now() - timedelta(days=1)).count()
    if late:
        yield _say(
            "bad",
            _("10分以上待っている処理が%(count)s件あります。dodai db_workerが動いているか確かめてください。"),
            count=late,
        )
    if failed:
        yield _say("warn", _("この1日に失敗した処理が%(count)s件あります。"), count=failed)
    last = TimedRun.objects.order_by("-claimed_at").values_list("claimed_at", flat=True).first()
    if last is None or last < timezone.now() - _SCHEDULER_RESTS:
        yield _say("warn", _("定時の処理が2時間以上動いていません。dodai schedulerを動かしてください。"))
    if not late and not failed and last is not None:
        yield _say("good", _("処理はたまっていません。"))


def _secrets() -> Iterator[Verdict]:
    if settings.DEMO:
        yield _say("warn", _("体験用の設定で動いています。本物のデータを入れないでください。"))
        return
    yield _say("good", _("本番用の設定で動いています。"))


def _second_factor() -> Iterator[Verdict]:
    """人事責任者 and システム管理者 without a second factor are worth a sentence."""
    today = timezone.localdate()
    powerful = RoleAssignment.objects.on(today).filter(member__account__isnull=False)
    guarded = Authenticator.objects.values("user")
    bare = powerful.exclude(member__account__in=guarded).values("member").distinct().count()
    if bare:
        yield _say(
            "warn",
            _("役割のある人のうち%(count)s名が2段階認証を使っていません。設定を頼んでください。"),
            count=bare,
        )
    else:
        yield _say("good", _("役割のある人は全員、2段階認証を使っています。"))


def _sandbox() -> Iterator[Verdict]:
    if importlib.util.find_spec("resource") is None:
        yield _say(
            "warn", _("この環境では、取り込むファイルを読むときの上限が働きません。Linuxを使ってください。")
        )
    else:
        yield _say("good", _("取り込むファイルは、上限のある別のプロセスで読みます。"))


def _say(state: State, sentence: str, **values: object) -> Verdict:
    return Verdict(state, sentence % values)


_CHECKS: tuple[Callable[[], Iterator[Verdict]], ...] = (
    _database,
    _audit,
    _data_folder,
    _jobs,
    _secrets,
    _second_factor,
    _sandbox,
)
