"""Every pair of colours that stands on another is recomputed from the stylesheet itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dodai.web

CSS = Path(dodai.web.__file__).parent / "static" / "css"
TOKEN = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
TOKENS = {name: (light, dark) for name, light, dark in TOKEN.findall((CSS / "tokens.css").read_text())}

TEXT, SMALL, LINE = 7.0, 4.5, 3.0
PAIRS = [
    *[("ink", ground, TEXT) for ground in ("card", "page", "stripe", "selected", "well")],
    *[("ink", f"tint-{tint}", TEXT) for tint in ("info", "good", "warn", "bad")],
    *[("ink", f"heat-{heat}", TEXT) for heat in ("high", "good", "even", "low", "bad")],
    *[("ink-soft", ground, SMALL) for ground in ("card", "page", "stripe", "selected", "well")],
    *[(line, ground, LINE) for line in ("edge",) for ground in ("card", "page")],
    *[("ai", ground, SMALL) for ground in ("card", "page", "selected", "stripe")],
    *[
        (hue, ground, SMALL)
        for hue in ("ai-strong", "koke", "tsuchi", "shu", "visited")
        for ground in ("card", "page")
    ],
    ("tsuchi", "selected", SMALL),
    ("shu", "selected", SMALL),
    ("fuji", "card", SMALL),
    ("fuji", "tint-private", SMALL),
    *[("on-fill", fill, SMALL) for fill in ("ai", "ai-strong", "shu")],
    ("ink-neutral", "tint-neutral", SMALL),
    ("ink-neutral", "card", SMALL),
    *[(f"ink-{tone}", f"tint-{tone}", SMALL) for tone in ("info", "good", "warn", "bad")],
    ("card", "ink", TEXT),
]

# The agreed values of the light scheme: a changed colour must be changed knowingly.
AGREED = {
    "ink": "#1b1d21",
    "ink-soft": "#4a4e57",
    "edge": "#6a6f7a",
    "hair": "#d3d1ca",
    "ai": "#1d4e96",
    "ai-strong": "#163d78",
    "visited": "#5b3a86",
    "koke": "#2a6a3c",
    "tsuchi": "#7a5300",
    "shu": "#b0281a",
    "fuji": "#6b3f93",
    "page": "#f4f3ef",
    "card": "#ffffff",
    "selected": "#e9f0fa",
}


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_knows_its_ends():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "floor"), PAIRS, ids=lambda value: str(value))
def test_a_colour_can_be_read_on_its_ground(text, ground, floor, scheme):
    ratio = contrast(TOKENS[text][scheme], TOKENS[ground][scheme])

    assert ratio >= floor, f"--{text} on --{ground}: {ratio:.1f}"


@pytest.mark.parametrize(("name", "value"), AGREED.items())
def test_the_light_scheme_has_the_agreed_values(name, value):
    assert TOKENS[name][0] == value


def test_the_focus_ring_stands_out_from_its_gap_and_from_the_ground():
    gap = re.search(r"--focus-gap:\s*(#[0-9a-f]{6})", (CSS / "tokens.css").read_text())

    assert gap is not None
    assert contrast(TOKENS["ink"][0], gap[1]) >= 7
    assert contrast(TOKENS["ai"][0], gap[1]) >= 3
    assert contrast(TOKENS["ink"][0], TOKENS["card"][0]) >= 3


def test_only_the_tokens_name_raw_colours():
    paper = {"#fff", "#000", "#999"}  # print and the ground of a QR code
    found = {
        f"{path.name}: {colour}"
        for path in CSS.rglob("*.css")
        if path.name != "tokens.css"
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b", re.sub(r"#[a-z][\w-]*\s*[{,]", "", path.read_text()))
        if colour not in paper
    }

    assert not found


def test_every_colour_a_rule_asks_for_exists():
    names = set(re.findall(r"--([\w-]+):", "".join(path.read_text() for path in CSS.rglob("*.css"))))
    asked = {
        f"{path.name}: --{name}"
        for path in CSS.rglob("*.css")
        for name in re.findall(r"var\(--([\w-]+)\)", path.read_text())
        if name not in names
    }

    assert not asked


def test_every_stylesheet_is_part_of_the_one_that_pages_link():
    linked = set(re.findall(r'url\("([^"]+)"\)', (CSS / "app.css").read_text()))
    present = {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")} - {"app.css"}

    assert linked == present
