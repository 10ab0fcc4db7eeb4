"""The version of a row as ETag, and the version a caller saw as If-Match."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

from dodai.api.errors import VersionMissing
from dodai.core.rows import Row

_SEEN = re.compile(r'(?:W/)?"?(\d{1,9})"?', re.ASCII)


def seen_version(request: HttpRequest) -> int:
    """The number in ``If-Match``; one that is no version of ours fits no row."""
    header = request.headers.get("If-Match", "").strip()
    if not header:
        raise VersionMissing
    found = _SEEN.fullmatch(header)
    return int(found[1]) if found else 0


def tell_version(response: HttpResponse, row: Row) -> None:
    response["ETag"] = f'"{row.version}"'
