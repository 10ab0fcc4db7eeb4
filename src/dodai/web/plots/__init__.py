"""Pictures drawn on the server: plain data in, coordinates out; the templates only write the SVG down.

Sizes are SVG user units. Nothing here knows Django; every picture carries the sentence that describes it.
"""

from .balance import Balance
from .bars import Bar
from .burnup import BurnUp, Point, Target
from .courses import Course, Courses
from .levels import Level, LevelCurve
from .matrix import Bubble, Matrix
from .meter import Band, Meter
from .spark import Spark

__all__ = [
    "Balance",
    "Band",
    "Bar",
    "Bubble",
    "BurnUp",
    "Course",
    "Courses",
    "Level",
    "LevelCurve",
    "Matrix",
    "Meter",
    "Point",
    "Spark",
    "Target",
]
