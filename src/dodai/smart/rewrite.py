"""Rewrites: templates filled from the form, never free text; an unknown value stays visible as a slot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from dodai.smart.context import Context
from dodai.smart.wording import wording

KINDS = ("改善", "維持", "節目", "定性", "提案", "育成")


def rewrite(kind: str, slots: Mapping[str, str], *, lang: str = "ja") -> str:
    """The template of a kind with its slots filled: `rewrite("改善", {"対象": "経費精算", …})`."""
    said = wording(lang)
    return said.fill(said.templates[kind], {"0": "0", **slots})


def kind_for(context: Context) -> str:
    """Which template fits what the form says."""
    if context.goal_type in ("提案", "育成"):
        return context.goal_type
    if any(indicator.kind == "rubric" for indicator in context.indicators):
        return "定性"
    if context.direction == "zero" or context.target == 0 or _keeps(context):
        return "維持"
    if context.milestones and not context.indicators:
        return "節目"
    return "改善"


def propose(context: Context, slots: Mapping[str, str] | None = None, *, lang: str = "ja") -> str:
    """The whole goal as a template, from the fields of the form and what else is known."""
    return rewrite(kind_for(context), {**slots_of(context), **(slots or {})}, lang=lang)


def slots_of(context: Context) -> dict[str, str]:
    """The slots that the fields can fill; empty ones are left out."""
    name = next((indicator.name for indicator in context.indicators if indicator.name), "")
    target = context.target
    if target is None:
        target = next((i.target for i in context.indicators if i.target is not None), None)
    known = {
        "指標": name,
        "基準値": _number(context.baseline),
        "目標値": _number(target),
        "単位": context.unit,
        "期限": _date(context.deadline),
        "違反の定義": context.zero_definition,
        "以下/以上": {"lower": "以下", "higher": "以上"}.get(context.direction or "", ""),
        "短縮/引き上げ": {"lower": "短縮", "higher": "引き上げ"}.get(context.direction or "", ""),
    }
    return {slot: value for slot, value in known.items() if value}


def _keeps(context: Context) -> bool:
    return context.goal_type == "業務" and context.baseline is not None and context.baseline == context.target


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _date(value: date | str | None) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else value or ""
