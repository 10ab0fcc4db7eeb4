"""What the sentence contains: times, numbers, measures. The rules look here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dodai.smart import morphology
from dodai.smart.context import Context
from dodai.smart.lexicon import lexicon
from dodai.smart.typed import normalise

LONGEST = 2_000  # characters; a goal has at most 300, and what follows is not read
ENDING = 7  # characters in which the last verb of a sentence stands
VAGUE_LISTS = (
    "S_EFFORT", "S_ADV", "S_STATE", "S_OTHER", "S_SLOGAN", "S_STATUSQUO", "M_DIR", "M_SUBJ", "T_FREQ_VAGUE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """A number that carries a unit or a comparison.

    `level` says whether success can be read off it, `describes` that it counts people, places or a rhythm.
    """

    start: int
    end: int
    level: bool
    describes: bool


class Reading:
    """One sentence beside its form. A feature is worked out once, when the first rule asks for it."""

    def __init__(self, text: str, context: Context, *, veto: bool = True) -> None:
        self.lexicon = lexicon()
        self.patterns = self.lexicon.patterns
        self.typed = normalise(text[:LONGEST], self.lexicon.replacements, self.lexicon.kanji_number)
        self.text = self.typed.text
        self.context = context
        self.veto = veto

    # ── looking for words ──

    def search(self, name: str) -> re.Match[str] | None:
        """The first place where a list of the lexicon matches."""
        return self.patterns[name].search(self.text)

    def has(self, name: str) -> bool:
        return self.patterns[name].search(self.text) is not None

    def word(self, name: str) -> re.Match[str] | None:
        """As `search`, for wording lists: skips words in quotes, in names and inside other nouns."""
        return next(self._own_words(name), None)

    def _own_words(self, name: str) -> Iterator[re.Match[str]]:
        for found in self.patterns[name].finditer(self.text):
            if not self.veto:
                yield found
            elif any(start <= found.start() < end for start, end in self.quoted):
                continue
            elif morphology.stands_alone(self.tokens, found.start()):
                yield found

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        return morphology.quoted(self.text)

    @cached_property
    def tokens(self) -> list[morphology.Token]:
        return morphology.tokens(self.text)

    @cached_property
    def vague(self) -> bool:
        """Some word leaves open what will be different."""
        return any(self.word(name) is not None for name in VAGUE_LISTS)

    @cached_property
    def done(self) -> bool:
        """The sentence ends with a verb that names a state in which the work is done."""
        return self.patterns["S_END"].search(self.text.rstrip("。")[-ENDING:]) is not None

    # ── time ──

    @cached_property
    def nameless(self) -> str:
        """Without names that hold digits: 36協定, Windows 11 and 2025年の崖 measure nothing."""
        return self.patterns["NAME"].sub(_blank, self.text)

    @cached_property
    def deadline(self) -> bool:
        return self.patterns["DEADLINE"].search(self.nameless) is not None

    @cached_property
    def cadence(self) -> bool:
        return self.has("CADENCE")

    @cached_property
    def bizday(self) -> bool:
        """毎月第5営業日まで: a deadline and a measure at once."""
        return self.has("BIZDAY") and self.has("BIZ_CONTEXT")

    @cached_property
    def lead_time(self) -> bool:
        """A time per case (3営業日以内, 入社日の前営業日まで) without the period it is judged over."""
        if self.has("EVENT_DUE"):
            return True
        return self.has("LEADTIME") and not (self.has("FROM_TO") or self.has("SUMMED"))

    @cached_property
    def timed(self) -> bool:
        return self.context.has_deadline or self.deadline or self.cadence or self.bizday

    @cached_property
    def firmly_timed(self) -> bool:
        """There is a deadline, and the sentence does not blur it (9月ごろ, 年内をめどに)."""
        return self.context.has_deadline or (self.deadline and not self.has("T_BLUR"))

    # ── measures ──

    @cached_property
    def timeless(self) -> str:
        """The sentence with its times blanked out too, so that 9月末 is not read as nine of something."""
        text = self.nameless
        for name in ("DEADLINE", "CADENCE"):
            text = self.patterns[name].sub(_blank, text)
        return text

    @cached_property
    def numbers(self) -> list[Number]:
        """Numbers that carry a unit or a comparison, in the order they stand in."""
        places = {
            found.start(): found.end() for found in self.patterns["NUMBER_UNIT"].finditer(self.timeless)
        }
        for found in self.patterns["NUMBER_COMPARED"].finditer(self.timeless):
            places.setdefault(*found.span())
        rhythm = {
            found.start(1): found.end(1) for found in self.patterns["CADENCE_COUNT"].finditer(self.text)
        }
        return [
            self._number(start, end, rhythm=start in rhythm)
            for start, end in sorted((rhythm | places).items())
        ]

    def _number(self, start: int, end: int, *, rhythm: bool) -> Number:
        describes = rhythm or self.patterns["SCOPE_UNIT"].search(self.text[start:end]) is not None
        return Number(start, end, self._is_level(start, end, describes=describes), describes)

    def _is_level(self, start: int, end: int, *, describes: bool) -> bool:
        """A level is compared or reached; a number of people, places or times a month only describes.

        5本作成する and 95%以上 are levels; 3名で進める, 5拠点の管理 and 月2回の定例 are not.
        """
        before, after = self.text[max(0, start - 8) : start], self.text[end:]
        if self.patterns["LEVEL_AFTER"].match(after) or "%" in self.text[start:end]:
            return True
        if describes:
            if before.endswith("全") and self.patterns["DELIVERED"].match(after):
                return True
            return before.endswith("→") or self.patterns["PEOPLE_REACH"].match(after) is not None
        return bool(
            self.patterns["LEVEL_BEFORE"].search(before)
            or self.patterns["LEVEL_END"].match(after)
            or self.patterns["DELIVERED"].match(after)
        )

    @cached_property
    def zero(self) -> bool:
        return self.has("M_ZERO")

    @cached_property
    def milestone(self) -> bool:
        """Something is finished, and it is known by when."""
        if not (self.context.has_deadline or self.deadline):
            return False
        aside = self.patterns["NOT_REACHED"]
        return any(
            not aside.match(self.text, found.end())
            for found in self.patterns["MILESTONE"].finditer(self.text)
        )

    @cached_property
    def measured_by_form(self) -> bool:
        """An indicator, or a level in the column 達成基準."""
        if self.context.indicators:
            return True
        return (
            bool(self.context.criteria) and Reading(self.context.criteria, Context(), veto=self.veto).measured
        )

    @cached_property
    def marked(self) -> bool:
        """A measure other than a plain number."""
        return (
            self.zero
            or self.bizday
            or self.milestone
            or self.has("RUBRIC")
            or self.has("HALF_DOUBLE")
            or self.has("EVENT_DUE")
            or self.has("DATE_SHIFT")
            or self.has("WHOLE")
        )

    @cached_property
    def measured(self) -> bool:
        """Something in the sentence or beside it can be counted (measure_ok of the rules)."""
        return self.measured_by_form or bool(self.numbers) or self.marked

    @cached_property
    def reached(self) -> bool:
        """The sentence itself says when it is reached."""
        return self.marked or any(number.level for number in self.numbers)

    @cached_property
    def hollow(self) -> bool:
        """There are numbers, but none of them is a level: 5名体制で見える化を進める."""
        if self.measured_by_form or self.reached or not self.numbers:
            return False
        if self.has("S_MEANS"):
            return False
        open_ended = self.has("VERB_END") and not self.done
        return open_ended or self.vague or all(map(self._only_describes, self.numbers))

    def _only_describes(self, number: Number) -> bool:
        """3名で, 月2回, and 34講座の運営: the number belongs to something else than the result."""
        return number.describes or self.text.startswith("の", number.end)

    @cached_property
    def shareless(self) -> bool:
        """Nothing but percentages, and nothing they could be a share of: 運用を頑張って80%以上にする."""
        if self.measured_by_form or self.marked or not self.numbers:
            return False
        if any(self.text[number.end - 1] not in "%割" for number in self.numbers) or self.has("RATE_NAME"):
            return False
        return self.has("SHARE_OF_NOTHING") or self.word("S_EFFORT") is not None

    @cached_property
    def settled(self) -> bool:
        """Words of attitude and degree weigh little in a sentence that can be judged anyway."""
        return self.measured and not self.hollow and not self.shareless


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
