"""Database triggers: an audit event can be added, never changed or taken away.

They guard against mistakes and against SQL as the application; whoever owns the server can drop them,
which the chain of digests then shows. SQLite forgets triggers when a migration remakes the table: such a
migration has to call ``install`` again.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_TABLE = "audit_auditevent"
_REFUSAL = "audit events are append-only"
_SQLITE = {
    "audit_event_is_not_changed": f"BEFORE UPDATE ON {_TABLE}",
    "audit_event_is_not_removed": f"BEFORE DELETE ON {_TABLE}",
}


def install(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
            )
            cursor.execute(
                f"CREATE TRIGGER audit_event_is_append_only BEFORE UPDATE OR DELETE ON {_TABLE} "
                "FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()"
            )
            return
        for name, moment in _SQLITE.items():
            cursor.execute(f"CREATE TRIGGER {name} {moment} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END")


def remove(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS audit_event_is_append_only ON {_TABLE}")
            return
        for name in _SQLITE:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def is_installed(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database itself refuses changes; ``dodai doctor`` asks."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT count(*) FROM pg_trigger "
                "WHERE tgname = 'audit_event_is_append_only' AND tgenabled <> 'D'"
            )
            return bool(cursor.fetchone()[0] == 1)
        cursor.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [_TABLE]
        )
        return bool(cursor.fetchone()[0] == len(_SQLITE))


def forwards(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    install(schema_editor.connection)


def backwards(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    remove(schema_editor.connection)
