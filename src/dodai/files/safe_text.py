"""Text that leaves the house never becomes a formula, and comes back as it was.

A spreadsheet calculates a csv cell that begins with one of the signs below. The writer puts an apostrophe
in front; text that already looks like the result gets one more, so that reading can take exactly one away.
"""

from __future__ import annotations

import re

DANGEROUS = "=+-@\t\r\n＝＋－＠"
_NEEDS_GUARD = re.compile(rf"'*[{re.escape(DANGEROUS)}]")
_GUARDED = re.compile(rf"'+[{re.escape(DANGEROUS)}]")
_NUMBER = re.compile(r"-\d+(?:\.\d+)?", re.ASCII)


def guarded(text: str) -> str:
    """The text as a csv cell that no program calculates; a plain negative number stays one."""
    if _NUMBER.fullmatch(text) or not _NEEDS_GUARD.match(text):
        return text
    return f"'{text}"


def unguarded(text: str) -> str:
    """The text as it was before ``guarded``."""
    return text[1:] if _GUARDED.match(text) else text
