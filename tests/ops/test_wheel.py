"""A built wheel carries everything that Dodai needs to run, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (found,) = folder.glob("dodai-*.whl")
    return found


@pytest.fixture(scope="module")
def names(wheel) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def metadata(wheel) -> str:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("/METADATA")]
        return archive.read(name).decode()


def test_every_file_of_the_package_is_in_the_wheel(names):
    ours = {
        str(path.relative_to(SOURCE))
        for path in (SOURCE / "dodai").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert ours - names == set()
    assert {name for name in names - ours if ".dist-info/" not in name} == set()


@pytest.mark.parametrize(
    "name",
    [
        "dodai/web/templates/base.html",
        "dodai/web/templates/components/button.html",
        "dodai/web/static/css/app.css",
        "dodai/web/static/js/ime.js",
        "dodai/web/static/img/favicon.svg",
        "dodai/locale/en/LC_MESSAGES/django.po",
        "dodai/locale/en/LC_MESSAGES/django.mo",
        "dodai/catalogue/fa.toml",
        "dodai/smart/lexicon.toml",
        "dodai/smart/wording/ja.toml",
        "dodai/smart/wording/en.toml",
        "dodai/ops/demo/people.toml",
        "dodai/ops/matrix.toml",
    ],
)
def test_the_wheel_carries(names, name):
    assert name in names


@pytest.mark.parametrize(
    "requirement",
    ["noto-cjk-sans-jp-regular", "noto-cjk-sans-jp-bold", "sudachidict-small", "granian", "django[argon2]"],
)
def test_the_wheel_asks_for(metadata, requirement):
    assert f"\nRequires-Dist: {requirement}" in metadata


def test_the_tools_of_developers_are_not_asked_for(metadata):
    required = [line for line in metadata.splitlines() if line.startswith("Requires-Dist:")]
    assert not [line for line in required if any(tool in line for tool in ("pytest", "ruff", "playwright"))]


def test_the_command_and_the_licence_come_with_it(wheel, names):
    with zipfile.ZipFile(wheel) as archive:
        (entry,) = [name for name in names if name.endswith("entry_points.txt")]
        assert "dodai = dodai.ops.cli:main" in archive.read(entry).decode()
    assert [name for name in names if name.endswith(".dist-info/licenses/LICENSE")]


def test_the_unpacked_wheel_checks_a_goal_and_itself(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path / "site"), "DODAI_DEMO": "1"}
    environment["DODAI_DATA"] = str(tmp_path / "data")

    def dodai(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "dodai.ops.cli", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    linted = dodai("lint", "業務を効率化する。")
    assert "M" in linted.stdout, linted.stderr
    checked = dodai("check")
    assert checked.returncode == 0, checked.stderr
    collected = dodai("collectstatic", "--no-input", "--verbosity", "0")
    assert collected.returncode == 0, collected.stderr
    assert (tmp_path / "data" / "static" / "css" / "app.css").exists()
