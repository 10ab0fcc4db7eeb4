"""The desk where a file is looked through: what was understood, what has to be asked, what is wrong.

A question is asked once for all rows that raise it. Answers come from a person; a proposal counts as
answered only after somebody accepted the proposals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

SKIP = "-"  # the answer 「空欄のまま取り込む」


class Level(StrEnum):
    """How much a person has to do about it, least first."""

    NORMALISED = "normalised"  # one meaning; shown, nothing to do
    NOTICE = "notice"  # worth knowing
    PROPOSED = "proposed"  # a likely meaning, waits for consent
    ASKED = "asked"  # no likely meaning, waits for an answer
    ERROR = "error"  # cannot be imported like this


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file; ``row`` counts from 1, ``column`` is the label of our field."""

    sheet: str
    row: int
    column: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen at one place. ``code`` names its sentence in ``exchange.wording``."""

    level: Level
    code: str
    place: Place
    original: str = ""
    value: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(slots=True)
class Question:
    """``required`` ones keep the import from running; the others may be left for later."""

    id: str
    code: str
    column: str
    original: str
    options: tuple[Option, ...]
    proposal: str | None
    required: bool
    free: bool  # another answer than the options may be typed
    quiet: bool = False  # about a whole column: said once, not at every row
    about: str = ""  # the thing the question is about when the text alone does not say it
    answer: str | None = None
    places: list[Place] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.answer is None

    @property
    def shown(self) -> str:
        """The answer, or the proposal while there is none, in the words of its option."""
        value = self.answer if self.answer is not None else self.proposal or ""
        return next((option.label for option in self.options if option.value == value), value)


@dataclass(slots=True)
class Desk:
    """Collects while the rules read; two readings with the same answers say the same."""

    answers: Mapping[str, str] = field(default_factory=dict)
    accept_proposals: bool = False
    findings: list[Finding] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)

    def normalised(self, code: str, place: Place, original: str, value: str) -> None:
        self.findings.append(Finding(Level.NORMALISED, code, place, original, value))

    def notice(self, code: str, place: Place, original: str = "", value: str = "") -> None:
        self.findings.append(Finding(Level.NOTICE, code, place, original, value))

    def error(self, code: str, place: Place, original: str = "", value: str = "") -> None:
        self.findings.append(Finding(Level.ERROR, code, place, original, value))

    def propose(
        self,
        id: str,
        code: str,
        place: Place,
        original: str,
        proposal: str,
        *,
        options: tuple[Option, ...] = (),
        required: bool = True,
        free: bool = False,
        about: str = "",
        quiet: bool = False,
    ) -> str | None:
        """The agreed value, or None while nobody agreed. ``quiet`` says it once and not at every row."""
        return self._ask(id, code, place, original, proposal, options, required, free, about, quiet)

    def ask(
        self,
        id: str,
        code: str,
        place: Place,
        original: str,
        *,
        options: tuple[Option, ...] = (),
        required: bool = False,
        free: bool = True,
        about: str = "",
    ) -> str | None:
        """The given answer, or None while there is none; never a guess."""
        return self._ask(id, code, place, original, None, options, required, free, about)

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level == Level.ERROR]

    @property
    def open_questions(self) -> list[Question]:
        return [question for question in self.questions.values() if question.is_open]

    @property
    def is_ready(self) -> bool:
        """Whether the import may run: no error, and every question that must be answered is."""
        return not self.errors and not any(question.required for question in self.open_questions)

    def _ask(
        self,
        id: str,
        code: str,
        place: Place,
        original: str,
        proposal: str | None,
        options: tuple[Option, ...],
        required: bool,
        free: bool,
        about: str,
        quiet: bool = False,
    ) -> str | None:
        question = self.questions.get(id)
        if question is None:
            answer = self.answers.get(id)
            if answer is None and self.accept_proposals:
                answer = proposal
            question = Question(
                id, code, place.column, original, options, proposal, required, free, quiet, about, answer
            )
            self.questions[id] = question
        question.places.append(place)
        if quiet:
            return question.answer
        if question.answer is not None:
            self.normalised("answered_as", place, original, question.shown)
            return question.answer
        level = Level.PROPOSED if question.proposal is not None else Level.ASKED
        self.findings.append(Finding(level, code, place, original, question.shown, id))
        return question.answer
