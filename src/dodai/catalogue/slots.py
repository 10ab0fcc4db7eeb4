"""Examples of goals with their sample dates and numbers turned into visible slots (［期限］, ［目標値］…).

A goal example is never stored with its samples: somebody else's level would become a target by habit.
Numbers inside the name of an indicator (入社1年以内離職率) are part of the name and stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dodai.catalogue.entries import GoalTemplate
from dodai.catalogue.lookup import indicators
from dodai.catalogue.reading import load

DEADLINE, MILESTONE_DATE, PERIOD = "期限", "節目の期日", "期間"
BASELINE, TARGET, NUMBER, LEVEL_TEXT = "基準値", "目標値", "数値", "段階の説明"

_SLOT = re.compile(r"［([^［］]+)］")
_DATE = re.compile(r"(?:\d{4}年)?\d{1,2}月末|(?:\d{4})?年度末|[上下]期末")
_PERIOD = re.compile(r"[上下]期(?=通算|\d)")
_AMOUNT = r"\d[\d,]*(?:\.\d+)?"
_LEVEL = re.compile(r"(?<=レベル)\d(?:（[^（）]*）)?")
_PAIR = re.compile(rf"({_AMOUNT})([^\d、。（）［］]{{0,6}}?から[^\d、。（）［］]{{0,2}})({_AMOUNT})")
_COMPARED = re.compile(rf"{_AMOUNT}(?=[^\d、。（）［］]{{0,4}}?(?:以上|以下|以内|未満|とする|とし|にする))")
_ZERO = re.compile(r"(?<!\d)0(?=[件回]とする)")
_ANY = re.compile(_AMOUNT)
_PER_CASE = "1件当たり"  # what is measured, not how much of it
_HOLE = "\ue000"  # stands for a name while numbers are replaced


def with_empty_slots(example: GoalTemplate) -> str:
    """The text of an example, ready to be filled: no sample date or number is left in it."""
    text, names = _set_names_aside(example)
    text = _dates(text)
    text = _PERIOD.sub(f"［{PERIOD}］", text)
    text = _measure(text, example)
    text = _ANY.sub(f"［{NUMBER}］", text)
    for name in names:
        text = text.replace(_HOLE, name, 1)
    return text


def empty_slots(text: str) -> tuple[str, ...]:
    """The names of the slots that still wait, in order, each once."""
    return tuple(dict.fromkeys(_SLOT.findall(text)))


def fill_slots(text: str, values: Mapping[str, str]) -> str:
    """The text with what is known put in; a slot without a value, or with an empty one, stays visible."""
    return _SLOT.sub(lambda slot: values.get(slot[1]) or slot[0], text)


def _set_names_aside(example: GoalTemplate) -> tuple[str, list[str]]:
    """Names that contain a digit, replaced by holes, and those names in the order of their holes."""
    known = [one.name for place in load() for one in indicators(place.code, with_restricted=True)]
    digits = sorted((name for name in (*known, example.extra_indicator) if _ANY.search(name)), key=len)
    pattern = re.compile("|".join([*(re.escape(name) for name in reversed(digits)), _PER_CASE]))
    return pattern.sub(_HOLE, example.text), pattern.findall(example.text)


def _dates(text: str) -> str:
    """The last date is the deadline, the ones before it are milestones."""
    left = len(_DATE.findall(text))

    def slot(_: re.Match[str]) -> str:
        nonlocal left
        left -= 1
        return f"［{MILESTONE_DATE if left else DEADLINE}］"

    return _DATE.sub(slot, text)


def _measure(text: str, example: GoalTemplate) -> str:
    """The baseline and target of the goal; other numbers of the sentence are its circumstances."""
    if example.method == "rubric":
        return _LEVEL.sub(f"［{TARGET}］（［{LEVEL_TEXT}］）", text)
    pair = _last(_PAIR, text)
    if pair:
        return _put(text, pair, f"［{BASELINE}］{pair[2]}［{TARGET}］")
    target = _last(_ZERO if example.method == "zero" else _COMPARED, text)
    return _put(text, target, f"［{TARGET}］") if target else text


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(reversed(list(pattern.finditer(text)))), None)


def _put(text: str, found: re.Match[str], slot: str) -> str:
    return text[: found.start()] + slot + text[found.end() :]
