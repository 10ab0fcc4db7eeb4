"""The SMART check of a sentence, as the wizard asks it. Nothing is stored."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import get_language
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from dodai import smart
from dodai.api.errors import READ_PROBLEMS
from dodai.organization.http import MemberRequest

router = Router(tags=["lint"])


class LintIn(Schema):
    """``fields`` are those of ``dodai lint --format jsonl`` (baseline, target, deadline, outcome, …)."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(min_length=1, max_length=2000)]
    fields: Annotated[dict[str, Any], Field(max_length=40)] = {}


class FindingOut(Schema):
    rule: str
    letter: str
    severity: str
    span: tuple[int, int]
    message: str
    suggestion: str


class LintOut(Schema):
    findings: list[FindingOut]
    lamps: dict[str, str]
    blocks: bool


@router.post("", response={200: LintOut, **READ_PROBLEMS})
def lint(request: MemberRequest, payload: LintIn) -> dict[str, Any]:
    """Findings in reading order, with the words they point at."""
    language = "en" if (get_language() or "ja").startswith("en") else "ja"
    found = smart.check(payload.text, smart.context_of(payload.fields), lang=language)
    return {
        "findings": [one.as_record() for one in found],
        "lamps": {letter: str(lamp) for letter, lamp in smart.lamps(found).items()},
        "blocks": smart.blocks(found),
    }
