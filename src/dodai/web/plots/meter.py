"""健全度 on its scale of a hundred: now, and a month ago."""

from dataclasses import dataclass

from .scale import Number, written

WIDTH = 460


@dataclass(frozen=True)
class Band:
    """One stretch of the scale with its word."""

    start: Number
    end: Number
    word: str
    tone: str

    @property
    def x(self) -> str:
        return written(WIDTH * float(self.start) / 100 + 1)

    @property
    def width(self) -> str:
        return written(WIDTH * (float(self.end) - float(self.start)) / 100 - 2)

    @property
    def middle(self) -> str:
        return written(WIDTH * (float(self.start) + float(self.end)) / 200)

    @property
    def end_x(self) -> str:
        return written(WIDTH * float(self.end) / 100)


@dataclass(frozen=True)
class Meter:
    bands: tuple[Band, ...]
    value: Number
    summary: str
    before: Number | None = None

    @property
    def x(self) -> str:
        return written(WIDTH * float(self.value) / 100)

    @property
    def anchor(self) -> str:
        return "end" if float(self.value) > 30 else "start"

    @property
    def before_x(self) -> str:
        return "" if self.before is None else written(WIDTH * float(self.before) / 100)

    @property
    def before_anchor(self) -> str:
        """The two labels lean away from each other."""
        return "start" if self.anchor == "end" else "end"
