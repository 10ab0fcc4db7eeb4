"""Running the real ``dodai`` command, and finding every process that belongs to one data folder."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

PATIENCE_SECONDS = 240


def environment(folder: Path, **changes: str) -> dict[str, str]:
    """What a newcomer's shell would give, with a data folder of its own."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "DODAI_DEMO": "1",
        "DODAI_DATA": str(folder),
    } | changes


def dodai(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dodai.ops.cli", *words]
    return subprocess.run(
        command, env=env, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """``dodai start`` as a process of its own; what it says goes to a file."""

    def __init__(self, folder: Path, said: Path) -> None:
        self.folder, self.said, self.port = folder, said, free_port()
        with said.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dodai.ops.cli", "start"],
                env=environment(folder, DODAI_PORT=str(self.port)),
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def text(self) -> str:
        return self.said.read_text()

    def wait_for(self, words: str) -> str:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while words not in self.text:
            assert self.process.poll() is None, self.text
            assert time.monotonic() < deadline, self.text
            time.sleep(0.1)
        return self.text

    def stop(self, number: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=60)


def processes_of(folder: Path) -> list[str]:
    """The command lines of all processes that were started with this data folder."""
    wanted = f"DODAI_DATA={folder}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return sorted(line for line in found if line)
