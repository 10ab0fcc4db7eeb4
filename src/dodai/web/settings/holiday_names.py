"""The names of the 国民の祝日 in the language of the page; the bundled library knows them in Japanese."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

#: Listed so that they are collected for the catalogue.
NAMES: Final = (
    gettext_noop("元日"),
    gettext_noop("成人の日"),
    gettext_noop("建国記念の日"),
    gettext_noop("天皇誕生日"),
    gettext_noop("春分の日"),
    gettext_noop("昭和の日"),
    gettext_noop("憲法記念日"),
    gettext_noop("みどりの日"),
    gettext_noop("こどもの日"),
    gettext_noop("海の日"),
    gettext_noop("山の日"),
    gettext_noop("敬老の日"),
    gettext_noop("秋分の日"),
    gettext_noop("スポーツの日"),
    gettext_noop("文化の日"),
    gettext_noop("勤労感謝の日"),
    gettext_noop("国民の休日"),
    gettext_noop("振替休日"),
)


def holiday_name(name: str) -> str:
    """「憲法記念日 振替休日」 is two names: the day, and that it stands in for a Sunday."""
    return " ".join(_(part) for part in name.split())
