"""Dates as people in Japan write them, with eras, and the ways the product shows them."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from dodai.core.text import UnreadableText, gettext_noop

EraDisplay = Literal["none", "beside", "only"]  # 和暦表示: なし / 併記 / 和暦のみ

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
WEEKDAYS = "月火水木金土日"

_WORDING = {
    "empty": gettext_noop("日付が入っていません。2026/4/1のように入れてください。"),
    "unknown": gettext_noop(
        "「%(text)s」は日付として読めません。2026/4/1または令和8年4月1日のように入れてください。"
    ),
    "year_missing": gettext_noop("「%(text)s」には年がありません。2026/4/1のように年から入れてください。"),
    "year_short": gettext_noop("「%(text)s」は西暦か和暦か分かりません。西暦4桁か元号を入れてください。"),
    "year_last": gettext_noop("「%(text)s」は年が後ろにあります。2026/4/1の順で入れてください。"),
    "has_time": gettext_noop("「%(text)s」に時刻が含まれています。日付だけを入れてください。"),
    "no_such_month": gettext_noop("%(month)s月はありません。月は1〜12で入れてください。"),
    "no_such_day": gettext_noop(
        "%(year)s年%(month)s月%(day)s日はありません。この月は%(last)s日までです。日を直してください。"
    ),
    "out_of_range": gettext_noop("「%(text)s」は扱えません。1900年から2100年までの日付を入れてください。"),
    "era_over": gettext_noop("%(era)sは%(limit)sまでです。%(right)sと入れてください。"),
    "era_not_begun": gettext_noop("%(era)sは%(limit)sからです。%(right)sと入れてください。"),
    "weekday_differs": gettext_noop("%(date)sは%(weekday)s曜日です。日付か曜日を直してください。"),
}


@dataclass(frozen=True)
class Era:
    name: str
    letter: str
    first: date
    last: date  # 明治 and 大正 ended on the day the next era began


ERAS = (
    Era("明治", "M", date(1868, 1, 25), date(1912, 7, 30)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 25)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("令和", "R", date(2019, 5, 1), date.max),
)
_SOLAR_CALENDAR = date(1873, 1, 1)  # before it an era date is not a Gregorian one
_ERA_OF = {spelling: era for era in ERAS for spelling in (era.name, era.name[0], era.letter)}

_ERA = "(?P<era>明治|大正|昭和|平成|令和|[明大昭平令]|[MTSHR])"
_YEAR = r"(?P<year>元|\d{1,4})"
_REST_KANJI = r"年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日?|(?P<end>末)日?)"
_REST_SIGN = r"(?P<sign>[/.-])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"
_REST_DIGITS = r"(?P<month>\d\d)(?P<day>\d\d)"
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        f"(?:{_ERA}\\.?)?{_YEAR}{_REST_KANJI}",
        f"(?:{_ERA}\\.?)?{_YEAR}{_REST_SIGN}",
        rf"(?P<year>\d{{4}}){_REST_DIGITS}",
        rf"{_ERA}(?P<year>\d\d){_REST_DIGITS}",
    )
)
_WITHOUT_YEAR = re.compile(r"\d{1,2}([/.-])\d{1,2}|\d{1,2}月(?:\d{1,2}日?|末日?)", re.ASCII)
_YEAR_LAST = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}", re.ASCII)
_TIME = re.compile(r"(?<=\S)(?: +|T)(\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)$", re.ASCII)
_WEEKDAY = re.compile(f"(?:\\(([{WEEKDAYS}])(?:曜日?)?\\)|([{WEEKDAYS}])曜日?)$")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))


def read_date(text: str) -> date:
    """The date in 2026/4/1, 20260401, 2026年4月1日（水）, R8.4.1, 令和8年9月末日 and their full-width forms.

    Raises ``UnreadableText`` with the reason and what to do.
    """
    typed = " ".join(text.split())
    if not typed:
        raise _unreadable("empty")
    body = unicodedata.normalize("NFKC", typed).translate(_DASHES)
    body, weekday = _split_weekday(_without_midnight(body, typed))
    if re.search(r"\d \d", body):
        raise _unreadable("unknown", text=typed)
    day = _date_of(body.replace(" ", "").upper(), typed)
    if weekday and weekday != WEEKDAYS[day.weekday()]:
        raise _unreadable("weekday_differs", date=western_date(day), weekday=WEEKDAYS[day.weekday()])
    return day


@dataclass(frozen=True, order=True)
class DateRange:
    """From the first day to the last, both counted."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return date_range(self.first, self.last)

    @property
    def days(self) -> int:
        """Calendar days; 0 when the range is empty."""
        return max(0, (self.last - self.first).days + 1)

    def overlap(self, other: DateRange) -> int:
        """Calendar days that lie in both."""
        return DateRange(max(self.first, other.first), min(self.last, other.last)).days


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def prose_date(day: date, era: EraDisplay = "none") -> str:
    """2026年4月1日（水）, 2026年（令和8年）4月1日（水） or 令和8年4月1日（水）: sentences and headings."""
    weekday = f"（{WEEKDAYS[day.weekday()]}）"
    if era == "none" or era_of(day) is None:
        return western_date(day) + weekday
    if era == "only":
        return era_date(day) + weekday
    return f"{day.year}年（{era_year(day)}年）{day.month}月{day.day}日{weekday}"


def western_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def era_date(day: date) -> str:
    """令和8年4月1日; the western date where the solar calendar had not begun."""
    if era_of(day) is None:
        return western_date(day)
    return f"{era_year(day)}年{day.month}月{day.day}日"


def era_year(day: date) -> str:
    """令和8, 令和元: the era and its year, without 年."""
    era = era_of(day)
    if era is None:
        return str(day.year)
    number = day.year - era.first.year + 1
    return f"{era.name}{'元' if number == 1 else number}"


def era_of(day: date) -> Era | None:
    """The era a day belongs to; the day of a change belongs to the new one."""
    if day < _SOLAR_CALENDAR:
        return None
    return next(era for era in reversed(ERAS) if era.first <= day)


def table_date(day: date) -> str:
    """2026/04/01: tables and files."""
    return f"{day.year:04}/{day.month:02}/{day.day:02}"


def date_range(first: date, last: date) -> str:
    return f"{table_date(first)}〜{table_date(last)}"


def time_range(start: time, end: time) -> str:
    return f"{start:%H:%M}〜{end:%H:%M}"


def _without_midnight(body: str, typed: str) -> str:
    """Spreadsheets paste a date as 2026/4/1 0:00; any other time is more than a date."""
    found = _TIME.search(body)
    if found is None:
        return body
    if set(found[1]) - set("0:."):
        raise _unreadable("has_time", text=typed)
    return body[: found.start()]


def _split_weekday(body: str) -> tuple[str, str | None]:
    found = _WEEKDAY.search(body)
    if found is None:
        return body, None
    return body[: found.start()].rstrip(), found[1] or found[2]


def _date_of(body: str, typed: str) -> date:
    found = next((match for form in _FORMS if (match := form.fullmatch(body))), None)
    if found is None:
        raise _unreadable(_why_unknown(body), text=typed)
    parts = found.groupdict()
    era, typed_year = parts.get("era"), parts["year"]
    if era is None and len(typed_year) != 4:
        raise _unreadable("year_short", text=typed)
    year = 1 if typed_year == "元" else int(typed_year)
    if era is not None:
        year += _ERA_OF[era].first.year - 1
    if not year or not EARLIEST.year <= year <= LATEST.year:
        raise _unreadable("out_of_range", text=typed)
    day = _day_of(year, int(parts["month"]), parts.get("day"))
    if era is not None:
        _check_era(_ERA_OF[era], day)
    return day


def _day_of(year: int, month: int, day: str | None) -> date:
    """``day`` None is 末日."""
    if not 1 <= month <= 12:
        raise _unreadable("no_such_month", month=month)
    last = month_end(year, month)
    if day is None:
        return last
    if not 1 <= int(day) <= last.day:
        raise _unreadable("no_such_day", year=year, month=month, day=int(day), last=last.day)
    return last.replace(day=int(day))


def _check_era(era: Era, day: date) -> None:
    if day > era.last:
        raise _unreadable("era_over", era=era.name, limit=western_date(era.last), right=era_date(day))
    if day < era.first:
        raise _unreadable("era_not_begun", era=era.name, limit=western_date(era.first), right=era_date(day))


def _why_unknown(body: str) -> str:
    if _YEAR_LAST.fullmatch(body):
        return "year_last"
    return "year_missing" if _WITHOUT_YEAR.fullmatch(body) else "unknown"


def _unreadable(reason: str, **params: object) -> UnreadableText:
    return UnreadableText(reason, _WORDING[reason], params)
