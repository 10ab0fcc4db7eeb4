"""A context out of a loose record: a JSON object or a row of somebody's table, with the names they use.

What cannot be read is left out instead of guessed, so a strange column never turns into a finding. A field
that is there but empty counts as empty only for 成果 and 業務, where emptiness is the point (R01, R02).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from dodai.core.dates import read_date
from dodai.core.text import UnreadableText
from dodai.smart.context import Context, IndicatorFact
from dodai.smart.lexicon import read_table


@dataclass(frozen=True, slots=True)
class Fields:
    names: dict[str, str]  # accepted name → field
    words: dict[str, dict[str, str]]  # for fields with fixed words: accepted word → word


@cache
def fields() -> Fields:
    table = read_table("fields.toml")
    names = {
        _fold(name): field for field, accepted in table.items() if type(accepted) is list for name in accepted
    }
    words = {
        group: {_fold(name): word for word, accepted in entries.items() for name in (word, *accepted)}
        for group, entries in table.items()
        if type(entries) is dict
    }
    return Fields(names, words)


def field_of(name: object) -> str | None:
    """Which field a column heading or JSON key means, if any."""
    return fields().names.get(_fold(name))


def context_of(record: Mapping[str, Any]) -> Context:
    """The structured fields of a record under any of their accepted names; nested `context` is read too."""
    nested = record.get("context")
    merged = {**record, **nested} if isinstance(nested, Mapping) else record
    given = {
        field: value for name, value in merged.items() if value is not None and (field := field_of(name))
    }
    period = _period(given)
    return Context(
        indicators=_indicators(given),
        criteria=_text(given.get("criteria")),
        baseline=_number(given.get("baseline")),
        target=_number(given.get("target")),
        direction=_word("directions", given.get("direction")),
        unit=_text(given.get("unit")),
        stretch_limit=_number(given.get("stretch_limit")),
        history=_history(given.get("history")),
        zero_definition=_text(given.get("zero_definition")),
        goal_type=_word("goal_types", given.get("goal_type")) or _text(given.get("goal_type")) or None,
        band=_word("bands", given.get("band")) or "担当",
        weight=_whole(given.get("weight")),
        milestones=_count(given.get("milestones")),
        deadline=_deadline(given.get("deadline")),
        period=period,
        text_deadline=_date(given.get("text_deadline")),
        links=_links(given["links"]) if "links" in given else None,
        outcome=_text(given["outcome"]) if "outcome" in given else None,
        parent_status=_text(given.get("parent_status")) or None,
        dependency=True if given.get("dependency") else None,
        prev_text=_text(given.get("prev_text")),
        peer_text=_text(given.get("peer_text")),
        parent_text=_text(given.get("parent_text")),
    )


def _fold(name: object) -> str:
    return "".join(unicodedata.normalize("NFKC", str(name)).lower().split())


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _word(group: str, value: object) -> str | None:
    return fields().words[group].get(_fold(value)) if value else None


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = Decimal(_fold(value).replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _whole(value: object) -> int | None:
    """A weight as whole percent; 0.3 is read as 30."""
    number = _number(_fold(value).rstrip("%点") if value is not None else None)
    if number is None:
        return None
    return int(number * 100) if 0 < number < 1 else int(number)


def _count(value: object) -> int | None:
    if isinstance(value, (list, tuple)):
        return len(value)
    return _whole(value)


def _deadline(value: object) -> date | str | None:
    """A date where it is one; other words (9月末, 上期末) still say that there is a deadline."""
    return _date(value) or _text(value) or None


def _date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return read_date(value) if isinstance(value, str) else None
    except UnreadableText:
        return None


def _period(given: Mapping[str, Any]) -> tuple[date, date] | None:
    value = given.get("period")
    begin, end = given.get("period_from"), given.get("period_to")
    if isinstance(value, (list, tuple)) and len(value) == 2:
        begin, end = value
    opens, closes = _date(begin), _date(end)
    return (opens, closes) if opens and closes else None


def _history(value: object) -> tuple[Decimal, ...] | int | None:
    if isinstance(value, (list, tuple)):
        return tuple(number for number in map(_number, value) if number is not None)
    number = _number(value)
    return None if number is None else int(number)


def _links(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, (list, tuple)) else [value]
    return tuple(text for text in map(_text, items) if text)


def _indicators(given: Mapping[str, Any]) -> tuple[IndicatorFact, ...]:
    """A list of objects, one object, or the bare name of an indicator in a column of its own."""
    value = given.get("indicators")
    items = value if isinstance(value, (list, tuple)) else [value] if value else []
    return tuple(_indicator(item, given) for item in items if item)


def _indicator(item: object, given: Mapping[str, Any]) -> IndicatorFact:
    if not isinstance(item, Mapping):
        # A table rarely has columns for source and frequency, so a bare name is not asked for them (M08).
        return IndicatorFact(
            _text(item),
            target=_number(given.get("target")),
            source=_text(given.get("source")) or "-",
            frequency=_text(given.get("frequency")) or "-",
        )
    return IndicatorFact(
        _text(item.get("name")),
        _word("indicator_kinds", item.get("kind")) or "quantitative",
        _number(item.get("target")),
        _text(item.get("source")),
        _text(item.get("frequency")),
    )
