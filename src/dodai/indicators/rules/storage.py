"""A scale as JSON and back: stable keys, decimals as strings, checked again when read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from dodai.core.numbers import plain
from dodai.indicators.rules.scales import (
    Anchor,
    AnchorTable,
    Binary,
    Improve,
    Method,
    Milestones,
    Overrun,
    Range,
    Ratio,
    RubricLevels,
    Scale,
    Zero,
    ZeroRate,
)

Json = dict[str, str | list[str] | list[list[str]]]


def scale_to_json(scale: Scale) -> Json:
    """What a JSON field keeps; the same scale always gives the same text."""
    stored: Json = {"method": scale.method.value}
    match scale:
        case Ratio(target) | Overrun(target):
            return stored | {"target": plain(target)}
        case Improve(baseline, target):
            return stored | {"baseline": plain(baseline), "target": plain(target)}
        case AnchorTable(anchors):
            return stored | {"anchors": [[plain(anchor.value), plain(anchor.r)] for anchor in anchors]}
        case Range(low, high, tolerance_low, tolerance_high):
            names = ("low", "high", "tolerance_low", "tolerance_high")
            values = (low, high, tolerance_low, tolerance_high)
            return stored | {name: plain(value) for name, value in zip(names, values, strict=True)}
        case Zero(steps, otherwise):
            return stored | {"steps": [plain(step) for step in steps], "otherwise": plain(otherwise)}
        case ZeroRate(allowance):
            return stored | {"allowance": plain(allowance)}
        case Milestones(late_1_10, late_11_plus):
            return stored | {"late_1_10": plain(late_1_10), "late_11_plus": plain(late_11_plus)}
        case Binary(late):
            return stored | {"late": plain(late)}
        case RubricLevels(marks):
            return stored | {"marks": [plain(mark) for mark in marks]}


def scale_from_json(stored: Mapping[str, object]) -> Scale:
    """The scale again. Raises ValueError for what never came from ``scale_to_json``."""
    try:
        return _READERS[Method(str(stored["method"]))](stored)
    except (KeyError, TypeError, ArithmeticError) as error:
        raise ValueError("this is not a stored scale") from error


def _decimal(value: object) -> Decimal:
    if not isinstance(value, str):
        raise TypeError("numbers are stored as strings")
    return Decimal(value)


def _decimals(values: object) -> tuple[Decimal, ...]:
    if isinstance(values, str) or not isinstance(values, Sequence):
        raise TypeError("a list is expected")
    return tuple(_decimal(value) for value in values)


def _anchors(rows: object) -> tuple[Anchor, ...]:
    if isinstance(rows, str) or not isinstance(rows, Sequence):
        raise TypeError("a list of pairs is expected")
    return tuple(Anchor(value, r) for value, r in map(_decimals, rows))


def _read_range(stored: Mapping[str, object]) -> Scale:
    names = ("low", "high", "tolerance_low", "tolerance_high")
    return Range(*(_decimal(stored[name]) for name in names))


_READERS: dict[Method, Callable[[Mapping[str, object]], Scale]] = {
    Method.RATIO: lambda stored: Ratio(_decimal(stored["target"])),
    Method.OVERRUN: lambda stored: Overrun(_decimal(stored["target"])),
    Method.IMPROVE: lambda stored: Improve(_decimal(stored["baseline"]), _decimal(stored["target"])),
    Method.ANCHORS: lambda stored: AnchorTable(_anchors(stored["anchors"])),
    Method.RANGE: _read_range,
    Method.ZERO: lambda stored: Zero(_decimals(stored["steps"]), _decimal(stored["otherwise"])),
    Method.ZERO_RATE: lambda stored: ZeroRate(_decimal(stored["allowance"])),
    Method.MILESTONE: lambda stored: Milestones(
        _decimal(stored["late_1_10"]), _decimal(stored["late_11_plus"])
    ),
    Method.BINARY: lambda stored: Binary(_decimal(stored["late"])),
    Method.RUBRIC: lambda stored: RubricLevels(_decimals(stored["marks"])),
}
