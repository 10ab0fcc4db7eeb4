"""openpyxl, only ever together with the guard against entity bombs and external entities."""

from __future__ import annotations

import openpyxl

if not openpyxl.DEFUSEDXML:
    raise RuntimeError("defusedxml is missing: openpyxl would expand the entities of an uploaded file")

__all__ = ["openpyxl"]
