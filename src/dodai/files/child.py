"""The only process that parses uploaded files: ``python -m dodai.files.child LIMITS`` with the file as stdin.

It limits itself before anything is imported that could parse, answers in JSON lines on stdout and never
writes a file. Whatever happens to it, the parent answers with a refusal.
"""

from __future__ import annotations

import json
import sys


def main() -> None:
    asked = json.loads(sys.argv[1])
    _confine(asked["limits"])
    from dodai.files.parsing import answer  # only now: parsing imports the spreadsheet libraries

    answer(sys.stdin.buffer, sys.stdout.buffer, asked)


def _confine(limits: dict[str, int]) -> None:
    """Limits of the operating system; elsewhere than on POSIX the wall clock of the parent remains."""
    try:
        import resource
    except ImportError:
        return
    memory, cpu = limits["memory_bytes"], limits["cpu_seconds"]
    for what, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (ceiling, ceiling))


if __name__ == "__main__":
    main()
