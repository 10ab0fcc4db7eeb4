"""重要度×頻度: which work deserves a goal, and which can go. Area is hours a month."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import sqrt

from .scale import Number, written

CELL_WIDTH, CELL_HEIGHT, LEFT, TOP = 110, 96, 56, 8
SMALLEST, LARGEST = 6.0, 28.0


@dataclass(frozen=True)
class Bubble:
    """One piece of work. ``column`` counts frequencies from the rarest, ``row`` is importance 1 to 5."""

    name: str
    url: str
    column: int
    row: int
    hours: Number = 0
    spoken: str = ""
    ring: bool = False
    star: bool = False
    warn: bool = False
    selected: bool = False


@dataclass(frozen=True)
class Placed:
    """A bubble with its place in the picture."""

    bubble: Bubble
    x: float
    y: float
    radius: float
    room: int  # full-width letters that fit under it

    @property
    def cx(self) -> str:
        return written(self.x)

    @property
    def cy(self) -> str:
        return written(self.y)

    @property
    def r(self) -> str:
        return written(self.radius)

    @property
    def ring_r(self) -> str:
        return written(self.radius + 3.5)

    @property
    def hours(self) -> str:
        return f"{float(self.bubble.hours):g}h" if self.radius >= 12 else ""

    @property
    def text_y(self) -> str:
        return written(self.y + 4)

    @property
    def name_y(self) -> str:
        return written(self.y + 45)

    @property
    def name(self) -> str:
        name = self.bubble.name
        return name if len(name) <= self.room else name[: self.room - 1] + "…"

    @property
    def badge_at(self) -> str:
        return f"{written(self.x + self.radius * 0.72 + 8)} {written(self.y - self.radius * 0.72 - 3)}"


@dataclass(frozen=True)
class Fold:
    """The rest of a crowded cell: 「+3」, a link to the rows of that cell."""

    count: int
    x: float
    y: float
    url: str
    spoken: str

    @property
    def left(self) -> str:
        return written(self.x - 22)

    @property
    def cx(self) -> str:
        return written(self.x)

    @property
    def top(self) -> str:
        return written(self.y - 13)

    @property
    def text_y(self) -> str:
        return written(self.y + 4)


@dataclass(frozen=True)
class Matrix:
    """Six frequencies by five grades. ``cell_url`` ends open and takes ``column`` and ``row``."""

    bubbles: tuple[Bubble, ...]
    columns: tuple[str, ...]
    summary: str
    cell_url: str = ""
    rows: tuple[int, ...] = (5, 4, 3, 2, 1)
    left: int = field(default=LEFT, init=False)
    top: int = field(default=TOP, init=False)

    @property
    def right(self) -> int:
        return LEFT + CELL_WIDTH * len(self.columns)

    @property
    def bottom(self) -> int:
        return TOP + CELL_HEIGHT * len(self.rows)

    @property
    def size(self) -> str:
        return f"0 0 {self.right + 4} {self.bottom + 44}"

    @property
    def row_lines(self) -> list[int]:
        return [TOP + CELL_HEIGHT * i for i in range(len(self.rows) + 1)]

    @property
    def column_lines(self) -> list[int]:
        return [LEFT + CELL_WIDTH * i for i in range(len(self.columns) + 1)]

    @property
    def row_heads(self) -> list[tuple[int, int]]:
        return [(row, TOP + CELL_HEIGHT * i + 52) for i, row in enumerate(self.rows)]

    @property
    def column_heads(self) -> list[tuple[str, int]]:
        return [(name, LEFT + CELL_WIDTH * i + CELL_WIDTH // 2) for i, name in enumerate(self.columns)]

    @property
    def often_x(self) -> int:
        """Where the frequent half begins: the zones of candidates start here."""
        return LEFT + CELL_WIDTH * (len(self.columns) // 2)

    @property
    def zone_width(self) -> int:
        return self.right - self.often_x

    @property
    def zone_height(self) -> int:
        return CELL_HEIGHT * 2

    @property
    def cut_y(self) -> int:
        return TOP + CELL_HEIGHT * 3

    def _radius(self, hours: Number, most: float, largest: float) -> float:
        share = sqrt(float(hours) / most) if most > 0 and float(hours) > 0 else 0.0
        return max(SMALLEST, share * largest)

    def _cell(self, column: int, row: int) -> list[Bubble]:
        inside = [bubble for bubble in self.bubbles if bubble.column == column and bubble.row == row]
        return sorted(inside, key=lambda bubble: (not bubble.selected, -float(bubble.hours), bubble.name))

    def _cells(self) -> Iterable[tuple[int, int, list[Bubble]]]:
        for column in range(len(self.columns)):
            for row in self.rows:
                if inside := self._cell(column, row):
                    yield column, row, inside

    def _corner(self, column: int, row: int) -> tuple[float, float]:
        return LEFT + CELL_WIDTH * column, TOP + CELL_HEIGHT * self.rows.index(row)

    @property
    def placed(self) -> list[Placed]:
        """One bubble in the middle of its cell, two side by side, of more the two that weigh most."""
        most = max((float(bubble.hours) for bubble in self.bubbles), default=0.0)
        result = []
        for column, row, inside in self._cells():
            x, y = self._corner(column, row)
            if len(inside) == 1:
                radius = self._radius(inside[0].hours, most, LARGEST)
                result.append(Placed(inside[0], x + CELL_WIDTH / 2, y + 39, radius, 8))
                continue
            shown = inside[:2] if len(inside) == 2 else inside[:1]
            for bubble, part in zip(shown, (0.26, 0.74), strict=False):
                radius = min(self._radius(bubble.hours, most, LARGEST), 20.0)
                result.append(Placed(bubble, x + CELL_WIDTH * part, y + 39, radius, 4))
        return result

    @property
    def folds(self) -> list[Fold]:
        result = []
        for column, row, inside in self._cells():
            if len(inside) > 2:
                x, y = self._corner(column, row)
                url = self.cell_url.replace("{column}", str(column)).replace("{row}", str(row))
                spoken = "、".join(bubble.name for bubble in inside[1:])
                result.append(Fold(len(inside) - 1, x + CELL_WIDTH * 0.74, y + 39, url, spoken))
        return result

    @property
    def selected_cell(self) -> tuple[float, float] | None:
        chosen = next((bubble for bubble in self.bubbles if bubble.selected), None)
        if chosen is None:
            return None
        x, y = self._corner(chosen.column, chosen.row)
        return x + 2, y + 2
