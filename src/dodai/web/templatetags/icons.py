"""Line icons and the drawn marks of progress. Templates ask for a role, not for a picture."""

from functools import lru_cache
from typing import Final

import lucide
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Role → name of the Lucide picture. A name that is no role is looked up in Lucide as it stands.
PICTURES: Final[dict[str, str]] = {
    "home": "house",
    "work": "list-checks",
    "goal": "goal",
    "goals": "goal",
    "map": "network",
    "interview": "messages-square",
    "evaluation": "clipboard-check",
    "department": "building-2",
    "checkin": "trending-up",
    "record": "book-open",
    "indicator": "ruler",
    "exchange": "arrow-left-right",
    "settings": "settings",
    "audit": "scroll-text",
    "notice": "bell",
    "help": "circle-question-mark",
    "person": "user",
    "people": "users",
    "search": "search",
    "filter": "list-filter",
    "more": "ellipsis",
    "add": "plus",
    "edit": "pencil",
    "remove": "trash-2",
    "close": "x",
    "check": "check",
    "info": "info",
    "warn": "triangle-alert",
    "clock": "clock",
    "lock": "lock",
    "undo": "undo-2",
    "back": "chevron-left",
    "left": "chevron-left",
    "right": "chevron-right",
    "down": "chevron-down",
    "up": "chevron-up",
    "import": "download",
    "export": "upload",
    "print": "printer",
    "file": "file",
    "link": "link",
    "idea": "lightbulb",
    "calendar": "calendar",
    "language": "languages",
    "logout": "log-out",
    "copy": "copy",
    "table": "table-2",
    "matrix": "chart-scatter",
    "share": "share-2",
    "key": "key-round",
    "shield": "shield-check",
    "sync": "refresh-cw",
}

# The six signs of progress, drawn on 16 × 16 so that they share weight and optical size.
MARKS: Final[dict[str, str]] = {
    "good": '<circle cx="8" cy="8" r="5.5"/>',
    "warn": '<path d="M8 2.6 14 13.3H2z"/>',
    "bad": '<path class="solid" d="M8 2.6 14 13.3H2z"/>',
    "done": '<circle cx="8" cy="8" r="6.3"/><circle cx="8" cy="8" r="2.7"/>',
    "none": '<path d="M3 8h10"/>',
    "stop": '<path d="m3.5 3.5 9 9M12.5 3.5l-9 9"/>',
}


@lru_cache(maxsize=256)
def picture(name: str, extra: str = "") -> SafeString:
    """An icon as inline SVG; it is decoration, so the word beside it carries the meaning."""
    attributes = {"class": f"icon {extra}".strip(), "aria_hidden": "true", "focusable": "false"}
    try:
        drawing = lucide._render_icon(PICTURES.get(name, name), None, **attributes)
    except lucide.IconDoesNotExist:  # decoration never breaks a page; a test checks the names in templates
        return mark_safe("")
    for attribute in (' width="24"', ' height="24"', ' stroke-width="2"'):
        drawing = drawing.replace(attribute, "", 1)
    return mark_safe(drawing)  # noqa: S308 - our own table and a packaged file


@lru_cache(maxsize=16)
def mark_of(name: str) -> SafeString:
    """One of the signs － ○ △ ▲ ◎ × as inline SVG."""
    return format_html(
        '<svg class="mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(MARKS[name]),  # noqa: S308 - our own table
    )


def symbol(name: str) -> SafeString:
    """A mark where there is one of that name behind ``mark:``, else an icon; nothing for an empty name."""
    if not name:
        return mark_safe("")
    if name.startswith("mark:"):
        return mark_of(name.removeprefix("mark:"))
    return picture(name)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """``{% icon "add" %}``: a decorative line icon."""
    return picture(str(name), extra) if name else mark_safe("")


@register.simple_tag
def mark(name: str) -> SafeString:
    """``{% mark "good" %}``: one of good, warn, bad, done, none, stop."""
    return mark_of(str(name))
