"""A throw-away PostgreSQL cluster for one run of the tests, never the machine's own server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@contextmanager
def postgres_cluster(left_out: list[str]) -> Iterator[str]:
    """The URL of a fresh cluster on a loopback port; an empty text, and a line, where there is none."""
    binaries = _find() or _install()
    if binaries is None:
        left_out.append("PostgreSQL: no server binary was found and none could be installed")
        yield ""
        return
    with tempfile.TemporaryDirectory(prefix="dodai-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o777)
        data, port = Path(folder) / "data", _free_port()
        as_user = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
        _call(
            *as_user,
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "dodai",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
        )
        options = (
            f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} "
            "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"
        )
        log = Path(folder) / "log"
        _call(*as_user, binaries / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
        try:
            yield f"postgres://dodai@127.0.0.1:{port}/postgres"
        finally:
            _call(*as_user, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _find() -> Path | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("pg_ctl")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def _install() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("── installing postgresql", flush=True)
    subprocess.run(["apt-get", "update", "-q"], check=False, **_QUIET)
    subprocess.run(
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", "postgresql"], check=False, **_QUIET
    )
    return _find()


def _call(*words: object) -> None:
    done = subprocess.run(
        [str(word) for word in words], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
