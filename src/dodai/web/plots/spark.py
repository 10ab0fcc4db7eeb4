"""A line in a table row: is it on track?"""

from collections.abc import Iterator
from dataclasses import dataclass

from .scale import Number, Scale, written

WIDTH, HEIGHT, SIDE, EDGE = 112, 28, 4, 5


@dataclass(frozen=True)
class Spark:
    """Values in time order, ``None`` where one is missing, against one target.

    ``slots`` is the number of points the whole cycle will have, so that the line grows to the right.
    ``direction`` is ``higher``, ``lower`` or empty; ``tone`` ``bad`` colours the last point.
    """

    values: tuple[Number | None, ...]
    target: Number | None
    summary: str
    slots: int = 0
    direction: str = ""
    tone: str = ""
    unit: str = ""
    names: tuple[str, ...] = ()

    @property
    def known(self) -> list[Number]:
        return [value for value in self.values if value is not None]

    @property
    def _y(self) -> Scale:
        reach = [*self.known, *([] if self.target is None else [self.target])]
        return Scale.over(reach, HEIGHT - EDGE, EDGE)

    def _x(self, index: int) -> float:
        last = max(self.slots, len(self.values)) - 1
        return Scale(0, max(last, 1), SIDE, WIDTH - SIDE)(index)

    @property
    def points(self) -> list[tuple[int, float, float]]:
        y = self._y
        return [(i, self._x(i), y(value)) for i, value in enumerate(self.values) if value is not None]

    @property
    def lines(self) -> list[str]:
        """Unbroken runs as ``points`` of a polyline; a single point alone draws no line."""
        runs: list[list[tuple[int, float, float]]] = []
        for point in self.points:
            if runs and runs[-1][-1][0] == point[0] - 1:
                runs[-1].append(point)
            else:
                runs.append([point])
        return [" ".join(f"{written(x)},{written(y)}" for _, x, y in run) for run in runs if len(run) > 1]

    @property
    def gaps(self) -> list[str]:
        """Hatching, as path data, between the points around a missing value."""
        found = []
        for before, after in zip(self.points, self.points[1:], strict=False):
            if after[0] - before[0] > 1:
                start, room = before[1] + 4, int(after[1] - before[1] - 8)
                found.append(
                    "".join(f"M{written(start + at)} 24l10 -20" for at in range(0, max(room - 9, 1), 6))
                )
        return found

    @property
    def target_y(self) -> str:
        return "" if self.target is None else written(self._y(self.target))

    @property
    def last(self) -> dict[str, str] | None:
        if not self.points:
            return None
        _, x, y = self.points[-1]
        return {"x": written(x), "y": written(y)}

    @property
    def rows(self) -> Iterator[tuple[str, Number | None]]:
        """The same numbers as a table."""
        names = self.names or tuple(str(i + 1) for i in range(len(self.values)))
        return zip(names, self.values, strict=False)
