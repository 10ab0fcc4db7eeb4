"""From a phrase to indicators: which of the library a person probably means, and of which type they are.

Counts set by others (M06) and counts of activity (M12) open the 量→転換 coach: the catalogue names what
to measure instead, and the count stays as 参考値.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q

from dodai.core.text import normalise_for_search
from dodai.indicators.models import Indicator, IndicatorVersion
from dodai.organization.models import Member

SHOWN = 5
COACHED = frozenset({"M06", "M12"})
_LIKELY = 0.18  # below it the words have nothing in common but an ending
_CUES = (
    (r"満足|アンケート|csat", "satisfaction"),
    (r"円滑|迅速|遵守|期日|期限", "deadline_adherence"),
    (r"ゼロ|遅延|誤り|漏れ|精度|訂正|ミス", "zero_maintain"),
    (r"時間|日数|短縮|復旧|リードタイム", "lead_time"),
    (r"率|意識|啓発", "rate"),
    (r"丁寧|わかりやす|分かりやす|質$", "rubric"),
    (r"削減額|効果額|費用", "effect"),
)
_CUE_BONUS = 0.3
_SHARES = frozenset({"deadline_adherence", "rate"})  # what a count usually turns into
_SHARE_BONUS = 0.4
_SAME_WORD = (("問い合わせ", "問合せ"),)
_DULL = frozenset({"向上", "件数", "回数", "対応", "処理", "の実", "実施", "時間", "平均"})


@dataclass(frozen=True)
class Proposal:
    """One indicator of the library, and how near it is to what was typed."""

    version: IndicatorVersion
    score: float
    replaces: str = ""  # the count this indicator is measured instead of

    @property
    def is_rubric(self) -> bool:
        return self.version.indicator.kind == Indicator.Kind.QUALITATIVE

    @property
    def archetype(self) -> str:
        return "rubric" if self.is_rubric else self.version.archetype


@dataclass(frozen=True)
class Proposed:
    """What the product proposes for a phrase: the type first, then indicators of it and a rubric."""

    archetype: str
    proposals: tuple[Proposal, ...]
    coached: bool = False

    @property
    def archetypes(self) -> list[tuple[str, str]]:
        return [(code, str(label)) for code, label in IndicatorVersion.Archetype.choices]

    @property
    def archetype_label(self) -> str:
        return str(IndicatorVersion.Archetype(self.archetype).label) if self.archetype else ""


def propose(
    text: str, member: Member, function: str, *, rules: Iterable[str] = (), archetype: str = ""
) -> Proposed:
    """Indicators for a phrase. ``archetype`` is what the person chose instead of the proposed type."""
    coached = bool(COACHED & set(rules))
    ranked = rank(text, library(member, function))
    if archetype:
        return Proposed(archetype, tuple(_of_type(archetype, ranked)[:SHOWN]), coached)
    likely = [one for one in ranked if one.score >= _LIKELY]
    best = next((one for one in likely if not one.is_rubric), None)
    cue = cue_of(text)
    if cue and cue != "rubric" and best is None:
        # The words hint at a type but name nothing of the library: everything of that type is offered.
        rubrics = [one for one in likely if one.is_rubric][:1]
        return Proposed(cue, tuple(_of_type(cue, ranked)[: SHOWN - 1] + rubrics), coached)
    if cue == "rubric" or best is None:
        return Proposed("rubric" if likely else cue, tuple(likely[:SHOWN]), coached)
    return Proposed(best.archetype, tuple(_numbers_and_words(likely)), coached)


def library(member: Member, function: str) -> list[IndicatorVersion]:
    """The current versions a person of this department may use; other departments' by search."""
    shown = Indicator.objects.visible_to(member).usable()
    if function and function != "XX":
        shown = shown.filter(Q(function=function) | Q(function="XX"))
    return [
        indicator.current
        for indicator in shown.select_related("current__indicator").order_by("code")[:400]
        if indicator.current is not None
    ]


def rank(text: str, versions: Sequence[IndicatorVersion]) -> list[Proposal]:
    """Nearest first. Pairs of letters are compared: that finds Japanese words without a word list."""
    wanted = _pairs(text)
    if not wanted:
        return []
    cue = cue_of(text)
    found = []
    for version in versions:
        count = version.converts_from
        score = _share(wanted, version.name) + _share(wanted, version.definition) / 2
        score += 2 * _share(wanted, count)
        proposal = Proposal(version, score, count if _share(wanted, count) > 0.5 else "")
        bonus = _CUE_BONUS if score and proposal.archetype == cue else 0.0
        bonus += _SHARE_BONUS if proposal.replaces and proposal.archetype in _SHARES else 0.0
        found.append(Proposal(version, score + bonus, proposal.replaces))
    return sorted(found, key=lambda one: -one.score)


def cue_of(text: str) -> str:
    """The type the words themselves hint at; empty where they hint at none."""
    folded = normalise_for_search(text)
    return next((archetype for pattern, archetype in _CUES if re.search(pattern, folded)), "")


def _of_type(archetype: str, ranked: list[Proposal]) -> list[Proposal]:
    return [one for one in ranked if one.archetype == archetype]


def _numbers_and_words(likely: list[Proposal]) -> list[Proposal]:
    """Numbers first, and one 評価段階表 beside them: a sheet needs both."""
    numbers = [one for one in likely if not one.is_rubric][: SHOWN - 1]
    return numbers + [one for one in likely if one.is_rubric][:1]


def _share(wanted: frozenset[str], text: str) -> float:
    """How much of what is wanted stands in the text; endings such as 件数 weigh little."""
    if not text:
        return 0.0
    present = _pairs(text)
    weight = {pair: 0.4 if pair in _DULL else 1.0 for pair in wanted}
    return sum(weight[pair] for pair in wanted if pair in present) / sum(weight.values())


@lru_cache(maxsize=2048)
def _pairs(text: str) -> frozenset[str]:
    folded = normalise_for_search(text).replace(" ", "")
    for other, word in _SAME_WORD:
        folded = folded.replace(other, word)
    return frozenset(folded[at : at + 2] for at in range(len(folded) - 1))
