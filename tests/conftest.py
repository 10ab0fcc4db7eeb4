"""Fixtures for all tests: the world, and no network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase

from dodai.audit import append_only
from tests import world as worlds


@pytest.fixture
def world(db: None) -> worlds.World:
    return worlds.build()


@pytest.fixture(scope="session", autouse=True)
def _audit_events_go_only_with_the_whole_test_database() -> Iterator[None]:
    """Emptying the tables after a transactional test is the one deletion the triggers would refuse."""
    empty = TransactionTestCase._fixture_teardown

    def empty_without_triggers(case: TransactionTestCase) -> None:
        append_only.remove(connection)
        empty(case)
        append_only.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_without_triggers)
        yield
