"""Why a file cannot be read or written, as an id, a place and a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dodai.core.text import UnreadableText, gettext_noop

REASONS: Mapping[str, str] = {
    "empty": gettext_noop("ファイルに何も入っていません。中身のあるファイルを選んでください。"),
    "too_big": gettext_noop("ファイルが%(limit)s MBを超えています。分けて取り込んでください。"),
    "unpacked_too_big": gettext_noop(
        "展開すると%(limit)s MBを超えるファイルです。不要なシートや画像を消してください。"
    ),
    "ratio": gettext_noop(
        "圧縮の比率が高すぎるファイルです。Excelで開いて保存し直してから、もう一度選んでください。"
    ),
    "too_many_entries": gettext_noop(
        "ファイルの中の部品が%(limit)s個を超えています。必要なシートだけの新しいファイルにしてください。"
    ),
    "too_many_rows": gettext_noop("行が%(limit)s行を超えています。分けて取り込んでください。"),
    "too_many_columns": gettext_noop(
        "列が%(limit)s列を超えています。使わない列の書式や値を消してください。"
    ),
    "cell_too_long": gettext_noop("1つのセルの文字が%(limit)s字を超えています。短くしてください。"),
    "too_much_output": gettext_noop(
        "表の中身が多すぎて読めません。必要な行と列だけにしてから取り込んでください。"
    ),
    "took_too_long": gettext_noop(
        "読み取りに時間がかかりすぎました。行を分けるか、Excelで保存し直してください。"
    ),
    "not_readable_here": gettext_noop(
        "読み取りの途中で中断しました。表が大きすぎるか壊れています。Excelで開いて保存し直してください。"
    ),
    "broken": gettext_noop("ファイルが壊れていて読めません。Excelで開いて保存し直してください。"),
    "not_a_table": gettext_noop("CSVでもxlsxでもないファイルです。CSVかxlsxで保存し直してください。"),
    "old_or_locked": gettext_noop(
        "古いxls形式か、パスワード付きのファイルです。パスワードを外し、xlsxで保存し直してください。"
    ),
    "encrypted": gettext_noop(
        "暗号化されたファイルです。パスワードを外して保存し直してください。"
    ),
    "unsafe_entry": gettext_noop(
        "ファイルの中に使えない名前の部品があります。Excelで開いて保存し直してください。"
    ),
    "control_character": gettext_noop(
        "文字でない値が混ざっています。CSVかxlsxで保存し直してください。"
    ),
    "encoding": gettext_noop(
        "文字コードを判別できません。UTF-8（BOM付き）かShift_JIS（CP932）で保存し直してください。"
    ),
    "no_sheet": gettext_noop("シートがありません。表のあるファイルを選んでください。"),
}  # fmt: skip


class UnreadableFile(UnreadableText):
    """``row`` counts from 1 as people see it, ``column`` is a letter; both may be missing."""

    def __init__(
        self,
        reason: str,
        params: Mapping[str, object] | None = None,
        *,
        sheet: str = "",
        row: int | None = None,
        column: str = "",
    ) -> None:
        super().__init__(reason, REASONS[reason], params)
        self.sheet, self.row, self.column = sheet, row, column


@dataclass(frozen=True, slots=True)
class Unwritable:
    """One character that the chosen encoding does not have, and where it stands."""

    row: int  # 1 is the header
    column: int  # from 0
    character: str
    text: str


class UnwritableText(UnreadableText):
    """The table holds characters that the encoding lacks; they are listed, never replaced."""

    def __init__(self, found: Sequence[Unwritable]) -> None:
        characters = "".join(dict.fromkeys(item.character for item in found))
        super().__init__(
            "unwritable",
            gettext_noop(
                "Shift_JIS（CP932）に無い文字「%(characters)s」があります。"
                "UTF-8のCSVかxlsxで書き出してください。"
            ),
            {"characters": characters},
        )
        self.found = tuple(found)
