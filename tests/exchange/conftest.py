"""Uploaded files of the tests go to a folder of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exchange import papers


@pytest.fixture(autouse=True)
def storage(settings, tmp_path: Path) -> Path:
    place = tmp_path / "files"
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": backend, "OPTIONS": {"location": str(place)}},
    }
    return place


@pytest.fixture
def paper(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def company(db: None) -> papers.Office:
    return papers.found()
