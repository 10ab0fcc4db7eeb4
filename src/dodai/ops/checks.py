"""Refuse to start when the house does not stand as it should."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register

from dodai.ops import matrix


@register(Tags.security)
def every_route_is_declared(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [Error(sentence, id="dodai.E001") for sentence in matrix.differences()]
