"""Linear scales from values to SVG units."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Number = Decimal | float | int


def written(value: float) -> str:
    """A coordinate with one decimal: short, and the same on every machine."""
    return f"{value:.1f}"


def nice_ceiling(value: float) -> float:
    """The next 1, 2, 2.5 or 5 times a power of ten, for the top of an axis."""
    if value <= 0:
        return 1.0
    power = 1.0
    while value / power > 10:
        power *= 10
    while value / power <= 1:
        power /= 10
    return next(
        step * power for step in (1.0, 2.0, 2.5, 4.0, 5.0, 6.0, 8.0, 10.0) if value <= step * power + 1e-9
    )


@dataclass(frozen=True)
class Scale:
    """From ``low … high`` to ``start … end``; a flat range lands in the middle."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: Number) -> float:
        if self.high == self.low:
            return (self.start + self.end) / 2
        return self.start + (float(value) - self.low) / (self.high - self.low) * (self.end - self.start)

    @classmethod
    def over(cls, values: Sequence[Number], start: float, end: float) -> "Scale":
        numbers = [float(value) for value in values] or [0.0]
        return cls(min(numbers), max(numbers), start, end)
