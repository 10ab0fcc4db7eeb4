"""定量:定性 as one bar of a hundred per cent with its words beside it."""

from dataclasses import dataclass

from .scale import Number, written

WIDTH = 320


@dataclass(frozen=True)
class Balance:
    """Two parts of a whole and the guide line between them (per cent of the first part)."""

    quantitative: Number
    qualitative: Number
    guide: Number | None = None
    unit: str = "%"

    @property
    def total(self) -> float:
        return float(self.quantitative) + float(self.qualitative)

    @property
    def share(self) -> int:
        """Per cent of the first part, half up."""
        return int(float(self.quantitative) * 100 / self.total + 0.5) if self.total else 0

    @property
    def rest(self) -> int:
        return 100 - self.share if self.total else 0

    @property
    def width(self) -> str:
        return written(WIDTH * self.share / 100)

    @property
    def rest_x(self) -> str:
        return written(WIDTH * self.share / 100 + 2)

    @property
    def rest_width(self) -> str:
        return written(max(WIDTH - WIDTH * self.share / 100 - 2, 0))

    @property
    def guide_x(self) -> str:
        return "" if self.guide is None else written(WIDTH * float(self.guide) / 100)
