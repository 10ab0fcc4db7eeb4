"""What the sentence contains: times, numbers, measures. The rules look here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from dodai.smart import morphology
from dodai.smart.context import Context
from dodai.smart.lexicon import lexicon
from dodai.smart.typed import normalise


class Reading:
    """One sentence beside its form. A feature is worked out once, when the first rule asks for it."""

    def __init__(self, text: str, context: Context, *, veto: bool = True) -> None:
        self.lexicon = lexicon()
        self.typed = normalise(text, self.lexicon.replacements, self.lexicon.kanji_number)
        self.text = self.typed.text
        self.context = context
        self.veto = veto

    # ── looking for words ──

    def search(self, name: str) -> re.Match[str] | None:
        """The first place where a list of the lexicon matches."""
        return self.lexicon.patterns[name].search(self.text)

    def has(self, name: str) -> bool:
        return self.search(name) is not None

    def word(self, name: str) -> re.Match[str] | None:
        """As `search`, for wording lists: skips words in quotes, in names and inside other nouns."""
        return next(self._own_words(name), None)

    def _own_words(self, name: str) -> Iterator[re.Match[str]]:
        for found in self.lexicon.patterns[name].finditer(self.text):
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

    # ── time ──

    @cached_property
    def deadline(self) -> bool:
        return self.has("DEADLINE")

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
        return self.has("LEADTIME") or self.has("EVENT_DUE")

    @cached_property
    def timed(self) -> bool:
        return self.deadline or self.cadence or self.bizday or self.context.has_deadline

    # ── measures ──

    @cached_property
    def timeless(self) -> str:
        """The sentence with its times blanked out, so that 9月末 is not read as nine of something."""
        text = self.text
        for name in ("DEADLINE", "CADENCE"):
            text = self.lexicon.patterns[name].sub(lambda found: " " * len(found[0]), text)
        return text

    @cached_property
    def numbers(self) -> list[tuple[int, int]]:
        """Places of numbers that carry a unit or a comparison."""
        places = [found.span() for found in self.lexicon.patterns["NUMBER_UNIT"].finditer(self.timeless)]
        taken = {start for start, _ in places}
        compared = self.lexicon.patterns["NUMBER_COMPARED"].finditer(self.timeless)
        places += [found.span() for found in compared if found.start() not in taken]
        counted = self.lexicon.patterns["CADENCE_COUNT"].finditer(self.text)
        return places + [found.span(1) for found in counted if found.start(1) not in taken]

    @cached_property
    def zero(self) -> bool:
        return self.has("M_ZERO")

    @cached_property
    def milestone(self) -> bool:
        """Something is finished, and it is known by when."""
        return self.has("MILESTONE") and (self.deadline or self.context.has_deadline)

    @cached_property
    def measured(self) -> bool:
        """Something in the sentence or beside it can be measured (measure_ok of the rules)."""
        return bool(
            self.context.indicators
            or self.numbers
            or self.zero
            or self.bizday
            or self.milestone
            or self.has("RUBRIC")
            or self.has("HALF_DOUBLE")
            or self.has("EVENT_DUE")
        )
