"""The SMART check of goals (目標): a library without Django, network or chance.

    from dodai.smart import Context, check, lamps
    findings = check("請求書処理を頑張る。")
    findings = check("差戻し率を8%から4%以下にする", Context(deadline=date(2026, 9, 30)))

The rules are data (rules.toml), as are the words they look for (lexicon.toml) and what they say (wording/).
"""

from dodai.smart.archetype import Archetype, CoachQuestion, coach_questions, opens_coach, propose_archetype
from dodai.smart.check import check, check_sheet
from dodai.smart.context import Context, IndicatorFact, SheetContext, SheetGoal
from dodai.smart.finding import Finding, Lamp, Severity, blocks, lamps, score
from dodai.smart.records import context_of, field_of
from dodai.smart.rewrite import kind_for, propose, rewrite, slots_of
from dodai.smart.rulebook import Rule, rulebook
from dodai.smart.wording import wording

__all__ = [
    "Archetype",
    "CoachQuestion",
    "Context",
    "Finding",
    "IndicatorFact",
    "Lamp",
    "Rule",
    "Severity",
    "SheetContext",
    "SheetGoal",
    "blocks",
    "check",
    "check_sheet",
    "coach_questions",
    "context_of",
    "field_of",
    "kind_for",
    "lamps",
    "opens_coach",
    "propose",
    "propose_archetype",
    "rewrite",
    "rulebook",
    "score",
    "slots_of",
    "wording",
]
