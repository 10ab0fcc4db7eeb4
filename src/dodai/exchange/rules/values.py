"""One cell as a value: what has one meaning is read, anything else is None and left to the desk."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from dodai.core.dates import month_end, read_date
from dodai.core.errors import Unreadable
from dodai.core.numbers import read_decimal
from dodai.core.text import to_katakana
from dodai.files.tables import Cell

UNREADABLE_MARKS = frozenset("?？\ufffd〓□■")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_ABOUT = re.compile(r"^(?:約|およそ|概ね|おおむね|ほぼ)|(?:程度|くらい|ぐらい|前後)$")
_HOURS = re.compile(r"(\d+(?:\.\d+)?)(?:時間|h|hr|hrs|hour|hours|H)(?:(\d+)(?:分|m|min)?)?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")
_TIMES = re.compile(r"(?:年間?|年に?)?([\d,]+)(?:回|件|人|名|本|通|度)?(?:/年|程度)?")
_WITH_MONTH = re.compile(r"(有|有り|あり|古い)\((?:(\d{4})|(?:令和|R)(\d{1,2}))[年/.-](\d{1,2})月?\)")


def narrow(text: str) -> str:
    """Half width, single spaces, trimmed: for codes, numbers and signs, never for free text."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def squeezed(text: str) -> str:
    """Free text without line breaks, with its ends trimmed; characters stay as written."""
    return "".join(line.strip() for line in text.splitlines()).strip()


def code(cell: Cell) -> str:
    """A number that is a name: leading zeros stay, width goes."""
    if isinstance(cell, Decimal | int) and not isinstance(cell, bool):
        return str(cell)
    return narrow(str(cell)).replace(" ", "") if cell is not None else ""


def kana(text: str) -> str:
    return to_katakana(text)


def email(text: str) -> str:
    """Lower case and half width; empty text stays empty, nonsense raises ``ValueError``."""
    address = narrow(text).replace(" ", "").lower()
    if address and not _EMAIL.fullmatch(address):
        raise ValueError(address)
    return address


def path(text: str) -> str:
    """A unit as 管理本部/経理部, whatever sign and width separated it."""
    flat = narrow(text)
    for sign in ("＞", ">", "\\", "→", "・・"):
        flat = flat.replace(sign, "/")
    return "/".join(part.strip() for part in flat.split("/") if part.strip())


def day(cell: Cell) -> date | None:
    """A date or None for an empty cell; raises ``Unreadable`` with the reason."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = narrow(str(cell)) if cell is not None else ""
    return read_date(text) if text else None


def percent(cell: Cell) -> Decimal | None:
    if cell is None or cell == "":
        return None
    try:
        return Decimal(cell) if isinstance(cell, int | Decimal) else read_decimal(str(cell))
    except Unreadable:
        return None


def minutes(cell: Cell) -> Decimal | None:
    """Minutes in 40, ４０, 35分, 約25, 5時間, 3h, 1時間30分, 4,800 and a cell with a time of day."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, time):
        return Decimal(cell.hour * 60 + cell.minute)
    if isinstance(cell, timedelta):
        return Decimal(int(cell.total_seconds())) / 60
    if isinstance(cell, int | Decimal):
        return Decimal(cell) if cell > 0 else None
    text = _ABOUT.sub("", narrow(str(cell or "")).replace(" ", ""))
    if found := _HOURS.fullmatch(text):
        return Decimal(found[1]) * 60 + Decimal(found[2] or 0)
    return _positive(text.removesuffix("分").removesuffix("min"))


def clock_minutes(text: str) -> Decimal | None:
    """1:30 typed as text: an hour and a half, most likely."""
    found = _CLOCK.fullmatch(narrow(text))
    return Decimal(found[1]) * 60 + Decimal(found[2]) if found else None


def runs(cell: Cell) -> int | None:
    """How often in a year: 240, ２４０, 50回."""
    if isinstance(cell, bool | date | time | timedelta):
        return None
    if isinstance(cell, int | Decimal):
        return int(cell) if cell > 0 and cell == int(cell) else None
    found = _TIMES.fullmatch(_ABOUT.sub("", narrow(str(cell or "")).replace(" ", "")))
    number = _positive(found[1]) if found else None
    return int(number) if number is not None and number == int(number) else None


def scale(cell: Cell) -> int | None:
    """1 to 5; a word such as 高 is not on the scale and is never turned into a number."""
    if isinstance(cell, bool):
        return None
    try:
        number = Decimal(cell) if isinstance(cell, int | Decimal) else read_decimal(str(cell or ""))
    except Unreadable:
        return None
    return int(number) if number in (1, 2, 3, 4, 5) else None


def manual(text: str) -> tuple[str, date | None] | None:
    """有, 古い, 無 and the month in 有（2025年10月）, as the last day of that month."""
    flat = narrow(text).replace(" ", "")
    if flat in _MANUAL_WORDS:
        return _MANUAL_WORDS[flat], None
    found = _WITH_MONTH.fullmatch(flat)
    if found is None:
        return None
    year = int(found[2]) if found[2] else int(found[3]) + 2018
    month = int(found[4])
    return (_MANUAL_WORDS[found[1]], month_end(year, month)) if 1 <= month <= 12 else None


_MANUAL_WORDS = {
    "有": "current",
    "有り": "current",
    "あり": "current",
    "整備済": "current",
    "整備済み": "current",
    "古い": "old",
    "要更新": "old",
    "更新要": "old",
    "旧": "old",
    "無": "none",
    "無し": "none",
    "なし": "none",
    "未整備": "none",
}
MANUAL_SIGNS = {
    "○": "current",
    "〇": "current",
    "◯": "current",
    "◎": "current",
    "△": "old",
    "×": "none",
    "✕": "none",
}

_FREQUENCY_WORDS = {
    "daily": ("日次", "毎日", "日", "デイリー", "毎営業日", "営業日毎"),
    "weekly": ("週次", "毎週", "週", "ウィークリー"),
    "biweekly": ("隔週", "2週", "2週間", "隔週次"),
    "monthly": ("月次", "毎月", "月", "マンスリー"),
    "quarterly": ("四半期", "四半期次", "四半期毎", "四半期ごと", "毎四半期", "クォーター"),
    "half_yearly": ("半期", "半期次", "半期毎", "半期ごと", "半年", "半年毎", "半年ごと"),
    "yearly": ("年次", "毎年", "年", "年度", "年間"),
    "on_demand": (
        "随時",
        "都度",
        "その都度",
        "不定期",
        "必要時",
        "必要に応じて",
        "適宜",
        "依頼時",
        "発生時",
        "臨時",
    ),
}
_FREQUENCY = {word: code for code, words in _FREQUENCY_WORDS.items() for word in words}
_EVERY = re.compile(r"(日|週|月|年|四半期)に?(\d+)(?:回|度)?")
_PER_YEAR = {1: "yearly", 2: "half_yearly", 4: "quarterly", 12: "monthly"}


def frequency(text: str) -> str | None:
    """One of the eight codes. 月２回 is monthly: how often in a year has its own column."""
    flat = narrow(text).replace(" ", "")
    if flat in _FREQUENCY:
        return _FREQUENCY[flat]
    found = _EVERY.fullmatch(flat)
    if found is None:
        return None
    span, count = found[1], int(found[2])
    if span == "年":
        return _PER_YEAR.get(count)
    return {"日": "daily", "週": "weekly", "月": "monthly", "四半期": "quarterly"}[span] if count else None


def has_unreadable_mark(text: str) -> bool:
    """A sign that a program wrote where it had no character: ??田 was 𠮷田 once."""
    return bool(UNREADABLE_MARKS & set(text))


def _positive(text: str) -> Decimal | None:
    try:
        number = read_decimal(text)
    except Unreadable:
        return None
    return number if number > 0 else None
