"""The check itself: read the sentence, ask every rule, say what was found in the person's language."""

from __future__ import annotations

from collections.abc import Mapping

from dodai.smart import morphology
from dodai.smart.context import Context, SheetContext
from dodai.smart.finding import Finding, Severity, in_order
from dodai.smart.reading import Reading
from dodai.smart.rewrite import propose, slots_of
from dodai.smart.rulebook import rulebook
from dodai.smart.rules import attainable, copied, measurable, relevant, safe, sheet, specific, timely
from dodai.smart.rules.mark import Mark
from dodai.smart.wording import wording

NOTHING = Context()
REWRITTEN = {"M01", "M02", "M03", "M13", "S03", "S11"}
LETTERS = (specific, measurable, attainable, relevant, timely, safe, copied)


def check(
    text: str,
    context: Context | None = None,
    *,
    lang: str = "ja",
    severities: Mapping[str, Severity] | None = None,
    veto: bool = True,
) -> list[Finding]:
    """The findings on one goal.

    `severities` are those of the 評価制度 and replace the rule's own where the rule allows it. `veto=False`
    leaves the morphology out; the wording lists alone then decide.
    """
    reading = Reading(text, context or NOTHING, veto=veto)
    marks = (mark for letter in LETTERS for mark in letter.marks(reading))
    return in_order(_say(mark, reading, lang, severities or {}) for mark in marks)


def check_sheet(
    context: SheetContext, *, lang: str = "ja", severities: Mapping[str, Severity] | None = None
) -> list[Finding]:
    """The findings on a goal sheet as a whole (W01–W10)."""
    return in_order(_say(mark, None, lang, severities or {}) for mark in sheet.marks(context))


def _say(mark: Mark, reading: Reading | None, lang: str, severities: Mapping[str, Severity]) -> Finding:
    rule, said = rulebook()[mark.rule], wording(lang)
    start, end, name = _place(mark, reading) if reading else (0, 0, "")
    fills = {"語": name, **(slots_of(reading.context) if reading else {}), **mark.fills}
    return Finding(
        rule.id,
        rule.letter,
        _severity(mark, severities),
        start,
        end,
        reading.typed.raw[start:end] if reading else "",
        said.message(rule.id, fills),
        said.suggestion(rule.id, fills)
        + (_example(reading.context, lang) if reading and rule.id in REWRITTEN else ""),
    )


def _example(context: Context, lang: str) -> str:
    """The goal as a template, once the form knows what is measured or from where to where."""
    known = slots_of(context)
    if not known.keys() & {"指標", "基準値", "目標値"}:
        return ""
    return wording(lang).names["example"] + propose(context, lang=lang)


def _place(mark: Mark, reading: Reading) -> tuple[int, int, str]:
    """The span in the typed text, widened to whole words for wording lists, and the word's name."""
    end, name = mark.end, reading.text[mark.start : mark.end]
    lists = reading.lexicon.lists
    if (
        name
        and reading.veto
        and any(lists[words].vetoed for words in rulebook()[mark.rule].lexicon if words in lists)
    ):
        end, name = morphology.whole_word(reading.tokens, reading.text, mark.start, mark.end)
    return *reading.typed.place(mark.start, end), name


def _severity(mark: Mark, severities: Mapping[str, Severity]) -> Severity:
    """The policy may make a rule milder or stricter; a demotion inside the rule stays a demotion."""
    rule = rulebook()[mark.rule]
    own = mark.severity or rule.severity
    if not rule.policy_adjustable or mark.rule not in severities:
        return own
    wanted = severities[mark.rule]
    if own is Severity.INFO and rule.severity is not Severity.INFO:
        return Severity.INFO
    return wanted
