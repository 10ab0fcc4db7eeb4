"""A08: from 600 to 5. Possible where something is abolished, automated or cleared up, else a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dodai.smart.finding import Severity
from dodai.smart.lexicon import Thresholds
from dodai.smart.reading import Reading
from dodai.smart.rules.mark import Mark, at

SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "億": 10**8}
SECONDS = {"秒": 1, "分": 60, "時間": 3600, "営業日": 8 * 3600, "日": 24 * 3600}
WIDE_POINTS = 50  # of a rate


def marks(reading: Reading) -> Iterator[Mark]:
    found, severity = next(_leaps(reading), (None, None))
    if found is None:
        return
    if not (reading.has("MEANS") or reading.has("CLEANUP")):
        yield at("A08", found, severity)
    elif severity is Severity.WARN:
        yield at("A08", found, Severity.INFO)


def _leaps(reading: Reading) -> Iterator[tuple[re.Match[str], Severity]]:
    """Every large change in the sentence; the very large ones are worth more than a tip."""
    limits, patterns = reading.lexicon.thresholds, reading.patterns
    for found in patterns["CUT"].finditer(reading.text):
        cut = Decimal(found[1]) / 100 if found[1] else Decimal(found[2]) / 10
        if cut > limits.stretch_limit:
            yield found, _loud(cut >= limits.leap_limit)
    for name in ("TIMES", "FRACTION"):
        for found in patterns[name].finditer(reading.text):
            times = Decimal(found[1] or found[2])
            if times >= limits.rise_limit:
                yield found, _loud(times >= limits.wild_rise)
    for found in patterns["FROM_TO"].finditer(reading.timeless):
        if severity := _size(found, limits):
            yield found, severity


def _size(found: re.Match[str], limits: Thresholds) -> Severity | None:
    """How far a 「NからMへ」 goes. To zero is a goal of its own kind."""
    baseline, target = _ends(found)
    if not baseline or not target:
        return None
    rate = "%" in (found[4] or "")[:1] + (found[8] or "")[:1]
    if target < baseline:
        cut = 1 - target / baseline
        return None if cut < limits.leap_limit else _loud(cut >= limits.wild_leap and not rate)
    if rate:
        return Severity.INFO if target - baseline >= WIDE_POINTS else None
    times = target / baseline
    return None if times < limits.rise_limit else _loud(times >= limits.wild_rise)


def _loud(wild: bool) -> Severity:
    return Severity.WARN if wild else Severity.INFO


def _ends(found: re.Match[str]) -> tuple[Decimal, Decimal]:
    """Baseline and target in one unit; zeros when the units cannot be compared (3社から290万円へ)."""
    billions, digits, scale, unit, to_billions, to_digits, to_scale, to_unit = found.groups()
    baseline = _scaled(billions, digits, scale)
    target = _scaled(to_billions, to_digits, to_scale or ("" if to_unit else scale))
    if not unit or not to_unit or unit[0] == to_unit[0]:
        return baseline, target
    into = next((seconds for name, seconds in SECONDS.items() if to_unit.startswith(name)), 0)
    if found.string[: found.start()].endswith(tuple(SECONDS)):  # 3分20秒 is not 20秒
        into = 0
    return baseline * SECONDS.get(unit, 0), target * into


def _scaled(billions: str | None, digits: str, scale: str | None) -> Decimal:
    """1億2,000万 → 120,000,000."""
    return Decimal(digits.replace(",", "")) * SCALES[scale or ""] + int(billions or 0) * SCALES["億"]
