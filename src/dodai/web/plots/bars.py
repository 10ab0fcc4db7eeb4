"""A bar with the plan as a tick: how far, and how far it should be."""

from dataclasses import dataclass

from .scale import Number, written

LENGTH = 120


@dataclass(frozen=True)
class Bar:
    """``value`` of ``whole``; ``plan`` is where it should stand today. More than the whole fills the bar."""

    value: Number
    whole: Number = 100
    plan: Number | None = None
    tone: str = ""

    def _at(self, value: Number) -> str:
        share = float(value) / float(self.whole) if self.whole else 0.0
        return written(min(max(share, 0.0), 1.0) * LENGTH)

    @property
    def width(self) -> str:
        return self._at(self.value)

    @property
    def tick(self) -> str:
        return "" if self.plan is None else self._at(self.plan)
