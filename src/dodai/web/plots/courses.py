"""業務 → 成果 → 指標 → 目標 as stones laid upwards: what is missing is outlined with its count."""

from dataclasses import dataclass

from .scale import written

WIDTH, HEIGHT, GAP = 480, 70, 4
NARROWEST = 92  # room for the words of a gap
SHORTEST = 168.0  # room for the words on a stone; the number beside it stays exact


@dataclass(frozen=True)
class Course:
    """One step: how many of the work items have come this far, and what the rest lacks."""

    name: str
    count: int
    url: str = ""
    missing: str = ""
    missing_url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Laid:
    course: Course
    y: int
    step: int
    width: float
    gap: int
    percent: int

    @property
    def stone_width(self) -> str:
        return written(self.width)

    @property
    def gap_x(self) -> str:
        return written(self.width + GAP)

    @property
    def gap_width(self) -> str:
        return written(NARROWEST)

    @property
    def gap_middle(self) -> str:
        return written(self.width + GAP + NARROWEST / 2)


@dataclass(frozen=True)
class Courses:
    """From the ground up: the first course is the widest, each later one at most as wide."""

    courses: tuple[Course, ...]
    summary: str

    @property
    def height(self) -> int:
        return len(self.courses) * (HEIGHT + GAP)

    @property
    def laid(self) -> list[Laid]:
        if not self.courses:
            return []
        most = max(self.courses[0].count, 1)
        result = []
        below = self.courses[0].count
        for step, course in enumerate(self.courses):
            gap = below - course.count
            room = WIDTH if step == 0 else WIDTH - NARROWEST - GAP
            width = max(room * course.count / most, SHORTEST)
            y = (len(self.courses) - 1 - step) * (HEIGHT + GAP)
            percent = int(course.count * 100 / most + 0.5)
            result.append(Laid(course, y, step, width, gap, percent))
            below = course.count
        return result
