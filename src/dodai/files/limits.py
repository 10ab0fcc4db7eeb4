"""How much of a file is read before it is refused. Every figure has its unit in the name."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one uploaded table may cost. The defaults hold for every door; settings may lower them."""

    upload_bytes: int = 20 * MEGABYTE
    unpacked_bytes: int = 200 * MEGABYTE
    ratio: int = 100  # unpacked bytes for one packed byte
    ratio_from_bytes: int = MEGABYTE  # below this size a high ratio harms nobody
    entries: int = 1_000  # files inside one workbook
    rows: int = 200_000  # of one sheet
    columns: int = 200
    cell_characters: int = 32_767  # what Excel allows in one cell
    output_bytes: int = 256 * MEGABYTE  # what the child may answer
    memory_bytes: int = 1024 * MEGABYTE  # address space of the child
    cpu_seconds: int = 30
    wall_seconds: int = 30
    open_files: int = 64


DEFAULT = Limits()
