"""Actual, plan, forecast and target of one goal over its cycle: will it finish?"""

from dataclasses import dataclass, field
from datetime import date

from .scale import Number, Scale, nice_ceiling, written

LEFT, RIGHT, TOP, BOTTOM = 44, 700, 24, 252


@dataclass(frozen=True)
class Point:
    on: date
    value: Number


@dataclass(frozen=True)
class Target:
    """A target and the day from which it holds; ``was`` marks one that a 期中変更 replaced."""

    value: Number
    since: date
    until: date
    label: str
    was: bool = False


@dataclass(frozen=True)
class BurnUp:
    """Everything in time order. ``forecast`` is low, middle and high at the end, in this pace."""

    start: date
    end: date
    actual: tuple[Point, ...]
    targets: tuple[Target, ...]
    summary: str
    today: date | None = None
    plan: tuple[Point, ...] = ()
    forecast: tuple[Number, Number, Number] | None = None
    unit: str = ""
    width: int = field(default=720, init=False)
    height: int = field(default=290, init=False)

    @property
    def _values(self) -> list[float]:
        values = [float(point.value) for point in (*self.actual, *self.plan)]
        values += [float(target.value) for target in self.targets]
        return values + [float(value) for value in self.forecast or ()]

    @property
    def _x(self) -> Scale:
        return Scale(self.start.toordinal(), self.end.toordinal(), LEFT, RIGHT)

    @property
    def _y(self) -> Scale:
        low = min([0.0, *self._values])
        return Scale(low, nice_ceiling(max([1e-9, *self._values])), BOTTOM, TOP)

    def _at(self, on: date, value: Number) -> str:
        return f"{written(self._x(on.toordinal()))},{written(self._y(value))}"

    def _path(self, points: tuple[Point, ...]) -> str:
        return " ".join(self._at(point.on, point.value) for point in points)

    @property
    def actual_line(self) -> str:
        return self._path(self.actual) if len(self.actual) > 1 else ""

    @property
    def area(self) -> str:
        """The ground under the actual line, as points of a polygon."""
        if len(self.actual) < 2:
            return ""
        x = self._x
        first, last = x(self.actual[0].on.toordinal()), x(self.actual[-1].on.toordinal())
        floor = written(self._y(max(self._y.low, 0)))
        return f"{written(first)},{floor} {self.actual_line} {written(last)},{floor}"

    @property
    def plan_line(self) -> str:
        return self._path(self.plan) if len(self.plan) > 1 else ""

    @property
    def here(self) -> dict[str, str] | None:
        """The last actual value, its number beside it."""
        if not self.actual:
            return None
        last = self.actual[-1]
        x, y = self._x(last.on.toordinal()), self._y(last.value)
        near_end = x > RIGHT - 60
        return {
            "x": written(x),
            "y": written(y),
            "text_x": written(x - 10 if near_end else x + 10),
            "text_y": written(y + 20),
            "anchor": "end" if near_end else "start",
            "value": f"{float(last.value):g}",
        }

    @property
    def forecast_line(self) -> str:
        if self.forecast is None or not self.actual:
            return ""
        last = self.actual[-1]
        return f"{self._at(last.on, last.value)} {self._at(self.end, self.forecast[1])}"

    @property
    def forecast_range(self) -> str:
        if self.forecast is None or not self.actual:
            return ""
        last = self.actual[-1]
        low, _, high = self.forecast
        return f"{self._at(last.on, last.value)} {self._at(self.end, high)} {self._at(self.end, low)}"

    @property
    def target_lines(self) -> list[dict[str, object]]:
        x = self._x
        return [
            {
                "x1": written(x(target.since.toordinal())),
                "x2": written(x(target.until.toordinal())),
                "y": written(self._y(target.value)),
                "text_y": written(self._y(target.value) - 8),
                "moved": not target.was and target.since > self.start,
                "target": target,
            }
            for target in self.targets
        ]

    @property
    def grid(self) -> list[dict[str, str]]:
        y = self._y
        steps = [y.low + (y.high - y.low) * i / 4 for i in range(5)]
        return [
            {"y": written(y(step)), "text_y": written(y(step) + 4), "value": f"{step:g}"} for step in steps
        ]

    @property
    def months(self) -> list[dict[str, object]]:
        """Month names in the middle of their month, and a line where each begins."""
        x, result = self._x, []
        begins = self.start
        while begins <= self.end:
            following = date(begins.year + begins.month // 12, begins.month % 12 + 1, 1)
            ends = min(following, self.end)
            left, right = x(begins.toordinal()), x(ends.toordinal())
            result.append({"line": written(left), "x": written((left + right) / 2), "month": begins.month})
            begins = following
        return result

    @property
    def today_x(self) -> str:
        if self.today is None or not self.start <= self.today <= self.end:
            return ""
        return written(self._x(self.today.toordinal()))
