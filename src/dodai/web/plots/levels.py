"""水準表 as a curve: which result gives which degree of achievement."""

from dataclasses import dataclass, field

from .scale import Number, Scale, written

LEFT, RIGHT, TOP, BOTTOM = 44, 344, 28, 142


@dataclass(frozen=True)
class Level:
    """One line of the table of levels: from this result on, this degree (per cent) and this grade."""

    name: str
    value: Number
    degree: Number
    grade: str = ""
    goal: bool = False


@dataclass(frozen=True)
class LevelCurve:
    """Levels and where the value stands now. ``direction`` lower draws small values to the right."""

    levels: tuple[Level, ...]
    axis: str
    summary: str
    unit: str = ""
    direction: str = "higher"
    now: Number | None = None
    now_degree: Number | None = None
    width: int = field(default=360, init=False)
    height: int = field(default=190, init=False)

    @property
    def ordered(self) -> list[Level]:
        return sorted(self.levels, key=lambda level: float(level.degree))

    def written_value(self, value: Number) -> str:
        """All results of one table with the same number of decimals."""
        decimals = max((len(str(level.value).partition(".")[2]) for level in self.levels), default=0)
        return f"{float(value):,.{decimals}f}"

    @property
    def table(self) -> list[dict[str, object]]:
        """The table twin, best level first."""
        return [
            {"level": level, "value": self.written_value(level.value)} for level in reversed(self.ordered)
        ]

    @property
    def _x(self) -> Scale:
        values = [float(level.value) for level in self.levels]
        if self.now is not None:
            values.append(float(self.now))
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        start = LEFT + (RIGHT - LEFT) * 0.12
        return Scale(high, low, start, RIGHT) if self.direction == "lower" else Scale(low, high, start, RIGHT)

    @property
    def _y(self) -> Scale:
        degrees = [float(level.degree) for level in self.levels] or [0.0, 100.0]
        low, high = min(degrees), max(degrees)
        return Scale(low - (high - low) * 0.3 if high > low else low - 1, high, BOTTOM, TOP)

    @property
    def rules(self) -> list[dict[str, object]]:
        """Horizontal lines, one per degree; the one of the goal is the dashed target."""
        y = self._y
        return [
            {"y": written(y(level.degree)), "text_y": written(y(level.degree) + 4), "level": level}
            for level in self.ordered
        ]

    @property
    def marks(self) -> list[dict[str, object]]:
        x, y = self._x, self._y
        return [
            {"x": written(x(level.value)), "y": written(y(level.degree)), "level": level}
            for level in self.ordered
        ]

    @property
    def ticks(self) -> list[dict[str, object]]:
        """Labels under the axis; one that would touch its neighbour is left out, never the goal's."""
        x = self._x
        kept: list[tuple[float, Level]] = []
        for level in sorted(self.levels, key=lambda level: (not level.goal, x(level.value))):
            at = x(level.value)
            if all(abs(at - other) >= 30 for other, _ in kept):
                kept.append((at, level))
        return [
            {"x": written(at), "level": level, "text": self.written_value(level.value)}
            for at, level in sorted(kept, key=lambda pair: pair[0])
        ]

    @property
    def line(self) -> str:
        return " ".join(f"{mark['x']},{mark['y']}" for mark in self.marks)

    @property
    def target(self) -> dict[str, object] | None:
        return next(
            (mark for mark in self.marks if isinstance(mark["level"], Level) and mark["level"].goal), None
        )

    @property
    def target_label(self) -> dict[str, str] | None:
        mark = self.target
        if mark is None:
            return None
        return {"x": written(float(str(mark["x"])) - 8), "y": written(float(str(mark["y"])) - 9)}

    @property
    def here(self) -> dict[str, str] | None:
        if self.now is None or self.now_degree is None:
            return None
        y = min(max(self._y(self.now_degree), TOP), BOTTOM)
        return {"x": written(self._x(self.now)), "y": written(y), "text_y": written(y - 12)}
