"""Numbers as people in accounts write them, kept exact; one way of rounding for everything shown."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from dodai.core.text import UnreadableText, gettext_noop

LONGEST = 18  # digits; more is a code or an accident, not a quantity

_WORDING = {
    "empty": gettext_noop("数字が入っていません。数字を入れてください。"),
    "digits_only": gettext_noop("「%(text)s」は数字として読めません。数字だけで入れてください。"),
    "comma_misplaced": gettext_noop(
        "「%(text)s」はカンマの位置が合いません。3桁ごとに入れるか、省いてください。"
    ),
    "too_many_places": gettext_noop(
        "「%(text)s」は小数の桁が多すぎます。小数は%(places)s桁までで入れてください。"
    ),
    "whole_only": gettext_noop("「%(text)s」は整数ではありません。小数点の無い数字を入れてください。"),
    "too_long": gettext_noop("「%(text)s」は桁が多すぎます。%(longest)s桁までの数字を入れてください。"),
}

_MINUS = "▲△▴▵-−‐‑‒–—―ー"
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_LOOKS_GROUPED = re.compile(r"[\d,]*,[\d,]*(?:\.\d*)?", re.ASCII)


def read_decimal(text: str, *, places: int | None = None) -> Decimal:
    """The exact number in １２３, 1,234, 98.5％, ▲5, △5, −5, (5); the percent sign falls away as a unit.

    ``places`` is how many decimals are allowed. Raises ``UnreadableText`` with a reason.
    """
    typed = " ".join(text.split())
    body, is_negative = _sign(unicodedata.normalize("NFKC", typed).strip())
    body = body.removesuffix("%").rstrip()
    if not typed:
        raise _unreadable("empty")
    if not (_PLAIN.fullmatch(body) or _GROUPED.fullmatch(body)):
        raise _unreadable("comma_misplaced" if _LOOKS_GROUPED.fullmatch(body) else "digits_only", text=typed)
    value = Decimal(body.replace(",", ""))
    _check_size(value, typed, places)
    return -value if is_negative and value else value


def read_whole(text: str) -> int:
    """A whole number such as a count, minutes or a weight."""
    return int(read_decimal(text, places=0))


def round_half_up(value: Decimal | Fraction | int, places: int) -> Decimal:
    """Rounded as people round by hand: 0.05 becomes 0.1, and −0.05 becomes −0.1."""
    scaled = abs(Fraction(value)) * 10**places
    whole = (2 * scaled + 1) // 2
    return Decimal((value < 0 and whole != 0, _digits(whole), -places))


def _digits(whole: int) -> tuple[int, ...]:
    return tuple(int(digit) for digit in str(whole))


def format_number(value: Decimal | int, places: int | None = None) -> str:
    """1,234.5: half-width with thousands separators; ``places`` None drops zeros at the end."""
    number = Decimal(value)
    if places is not None:
        return f"{round_half_up(number, places):,f}"
    shown = f"{number:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def plain(value: Decimal | int) -> str:
    """The shortest exact text of a number (12.5, 100, −0 as 0): for JSON, fields and files."""
    return format_number(value).replace(",", "") if value else "0"


def _sign(body: str) -> tuple[str, bool]:
    """The number without its sign; accounts also write a negative amount in brackets."""
    if body.startswith("(") and body.endswith(")"):
        return body[1:-1].strip(), True
    if body[:1] in tuple(_MINUS):
        return body[1:].lstrip(), True
    return body.removeprefix("+").lstrip(), False


def _check_size(value: Decimal, typed: str, places: int | None) -> None:
    _, digits, exponent = value.as_tuple()
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if max(len(digits), decimals) > LONGEST:
        raise _unreadable("too_long", text=typed[:40], longest=LONGEST)
    if places is not None and value != round_half_up(value, places):
        raise _unreadable("too_many_places" if places else "whole_only", text=typed, places=places)


def _unreadable(reason: str, **params: object) -> UnreadableText:
    return UnreadableText(reason, _WORDING[reason], params)
