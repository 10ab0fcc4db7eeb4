"""What no template may contain: inline code, unescaped routes into a tag, and words we do not use."""

from __future__ import annotations

import ast
import re
import zipfile
from pathlib import Path

import lucide
import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

import dodai
from dodai.web.templatetags.icons import MARKS, PICTURES

SOURCE = Path(dodai.__file__).parent
ROOT = SOURCE / "web" / "templates"
TEMPLATES = sorted(ROOT.rglob("*.html"))
SCRIPTS = sorted((SOURCE / "web" / "static" / "js").rglob("*.js"))
PYTHON = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)

# Where a value is written without escaping, and why that is safe.
REVIEWED_SAFE = {"mfa/totp/activate_form.html"}  # the QR code that allauth draws from our own key

CJK = "ぁ-んァ-ヶー一-龯々"


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _plain(text: str) -> str:
    """The words of a template: no comments, no expressions; tags of translation keep their sentence."""
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", text, flags=re.S)
    text = re.sub(r"""{% translate (["'])(.*?)\1[^%]*%}""", r"\2", text)
    return re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S)


def _said(path: Path) -> list[str]:
    """The sentences a Python file marks for translation."""
    sentences = []
    for node in ast.walk(ast.parse(path.read_text())):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
        ):
            sentences += [
                a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
            ]
    return sentences


INLINE = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style",
    "a handler": r"<[^>]*\son[a-z]+\s*=",
    "hx-on": r"hx-on",
    "code in an address": r"javascript:",
    "code in htmx values": r"js:\{|hx-vars",
    "a script without a file": r"<script(?![^>]*\ssrc=)",
    "autoescape off": r"autoescape off",
    "a filtered trigger": r"hx-trigger=\"[^\"]*\[",
}


@pytest.mark.parametrize("what", INLINE)
def test_no_template_has_inline(what):
    found = [_name(path) for path in TEMPLATES if re.search(INLINE[what], path.read_text(), re.I)]

    assert not found


def test_unescaped_values_are_reviewed():
    found = {_name(path) for path in TEMPLATES if re.search(r"\|\s*safe\b", path.read_text())}

    assert found == REVIEWED_SAFE


def _declared() -> dict[str, set[str]]:
    """Component → the inputs its <c-vars> names."""
    declared = {}
    for path in (ROOT / "components").rglob("*.html"):
        inside = re.search(r"<c-vars\s(.*?)/?>", path.read_text(), re.S)
        words = re.sub(r"=\"[^\"]*\"", "", inside[1]).replace("/", "").split() if inside else []
        name = (
            str(path.relative_to(ROOT / "components"))
            .removesuffix(".html")
            .replace("_", "-")
            .replace("/", ".")
        )
        declared[name] = {word.lstrip(":") for word in words}
    return declared


USE = re.compile(
    r"<c-(?!vars|slot)([\w.-]+)((?:\s+[:\w.@-]+(?:=\"[^\"]*\"|='[^']*')?|\s+{[{%].*?[%}]})*)\s*/?>", re.S
)


def test_bound_attributes_are_declared():
    """A bound attribute that falls through to {{ attrs }} is not escaped."""
    declared = _declared()
    found = [
        f"{_name(path)}: <c-{component} :{bound}>"
        for path in TEMPLATES
        for component, attributes in USE.findall(path.read_text())
        for bound in re.findall(r"\s:([\w-]+)=", attributes)
        if bound.replace("-", "_") not in declared.get(component, set())
    ]

    assert not found


def test_every_component_in_use_exists():
    declared = _declared()
    found = {
        f"{_name(path)}: <c-{component}>"
        for path in TEMPLATES
        for component in re.findall(r"<c-(?!vars|slot)([\w.-]+)", path.read_text())
        if component not in declared
    }

    assert not found


def test_every_icon_and_mark_exists():
    with zipfile.ZipFile(Path(lucide.__file__).parent / "lucide.zip") as archive:
        drawn = {name.removesuffix(".svg") for name in archive.namelist()}
    assert set(PICTURES.values()) <= drawn
    found = {
        f"{_name(path)}: {name}"
        for path in TEMPLATES
        for name in re.findall(r"""(?:{% icon "|\sicon=")([\w-]+)\"""", path.read_text())
        if PICTURES.get(name, name) not in drawn
    } | {
        f"{_name(path)}: mark {name}"
        for path in TEMPLATES
        for name in re.findall(r"""(?:{% mark "|\smark=")([\w-]+)\"""", path.read_text())
        if name not in MARKS
    }

    assert not found


def test_every_static_file_exists():
    found = {
        f"{_name(path)}: {file}"
        for path in TEMPLATES
        for file in re.findall(r"""{% static ['"]([^'"]+)['"]""", path.read_text())
        if finders.find(file) is None
    }

    assert not found


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_the_template_can_be_read(path):
    assert get_template(_name(path))


def test_a_full_page_says_its_title():
    found = [
        _name(path)
        for path in TEMPLATES
        if re.search(r"""{% extends ["'](base|entrance)\.html""", path.read_text())
        and "{% block title %}" not in path.read_text()
        and _name(path) != "entrance.html"
    ]

    assert not found


WORDS = {
    "こちら": r"こちら",
    "circled digits": r"[①-⓿]",
    "a half-width space beside Latin": rf"[{CJK}] [A-Za-z]|[A-Za-z] [{CJK}]",
    "half-width brackets around Japanese": rf"\([^)]*[{CJK}][^)]*\)",
    "a foreign name for 目標管理": r"\b(OKR|KPI|MBO)s?\b",
    "させていただく": r"させていただ",
    "することができる": r"することができ",
}


@pytest.mark.parametrize("what", WORDS)
def test_no_template_says(what):
    found = [
        f"{_name(path)}: {match[0]}"
        for path in TEMPLATES
        for match in re.finditer(WORDS[what], _plain(path.read_text()))
    ]

    assert not found


@pytest.mark.parametrize("what", WORDS)
def test_no_sentence_in_the_code_says(what):
    found = [
        f"{path.relative_to(SOURCE)}: {sentence}"
        for path in PYTHON
        for sentence in _said(path)
        if re.search(WORDS[what], re.sub(r"%\(\w+\)[sd]|{\w*}", "1", sentence))
    ]

    assert not found


BUTTON = re.compile(
    r"<(?:c-button|c-link-button|button)\b[^>]*>(.*?)</(?:c-button|c-link-button|button)>", re.S
)


def test_a_button_is_a_verb_without_suru():
    found = [
        f"{_name(path)}: {word}"
        for path in TEMPLATES
        for label in BUTTON.findall(path.read_text())
        for word in [re.sub(r"<[^>]+>", "", _plain(label)).strip()]
        if re.search(r"[一-龯々ァ-ヶー]する$", word) or word.endswith("。")
    ]

    assert not found


def test_a_heading_over_a_table_is_the_noun_alone():
    found = [
        f"{_name(path)}: {title}"
        for path in TEMPLATES
        for title in re.findall(
            r"<c-(?:panel|table|page-head)\s[^>]*?(?:title|caption)=\"([^\"]*)\"", path.read_text()
        )
        if re.search(r"一覧['\" %}]*$", title)
    ]

    assert not found


# One behaviour each that cannot be told in eighty lines: editing like a spreadsheet, moving cards.
LONG_SCRIPTS = {"grid.js": 200, "matrix.js": 120}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_small_and_writes_text_only(path):
    text = path.read_text()

    assert len(text.splitlines()) <= LONG_SCRIPTS.get(path.name, 80)
    assert not re.search(
        r"innerHTML|insertAdjacentHTML|\beval\(|new Function|localStorage|sessionStorage", text
    )
