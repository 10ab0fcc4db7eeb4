"""The English catalogue is complete: every sentence, none empty, none guessed, the compiled file the same.

The sentences are collected here without gettext, so that the test runs on every machine; ``bin/messages``
collects them with gettext.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import dodai

SOURCE = Path(dodai.__file__).parent
FOLDER = SOURCE / "locale" / "en" / "LC_MESSAGES"
SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
JAPANESE = re.compile("[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!%)%[sd]|\{(\w*)\}")

#: Japanese that belongs into an English sentence: the product's names and words without an English twin.
KEPT = re.compile("土台|日本語")

Key = tuple[str, str]  # context, sentence


@cache
def _catalogue() -> Catalog:
    with (FOLDER / "django.po").open("rb") as file:
        return read_po(file, locale="en")


def _messages() -> list[Message]:
    return [message for message in _catalogue() if message.id]


def _key(message: Message) -> Key:
    """Read from the compiled file, plurals are lists and contexts are bytes."""
    first = message.id[0] if isinstance(message.id, tuple | list) else message.id
    context = message.context or ""
    return (context.decode() if isinstance(context, bytes) else context, str(first))


def _texts(message: Message) -> list[str]:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return [str(text or "") for text in strings]


def _sources(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def _sentences_of_code(tree: ast.AST) -> Iterator[Key]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        words = [part.value if isinstance(part, ast.Constant) else None for part in node.args]
        if name in SINGULAR | PLURAL and words and isinstance(words[0], str):
            yield "", words[0]
        elif name in WITH_CONTEXT and len(words) > 1:
            yield str(words[0]), str(words[1])


#: The calls that ``templatize`` leaves of a template, with the literals in them.
_LITERAL = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_MARKED = re.compile(rf"\b(_|gettext|ngettext|pgettext)\(\s*{_LITERAL}(?:,\s*{_LITERAL})?")


def _sentences_of_template(text: str) -> Iterator[Key]:
    for name, first, second in _MARKED.findall(templatize(text)):
        if name == "pgettext":
            yield ast.literal_eval(first), ast.literal_eval(second)
        else:
            yield "", ast.literal_eval(first)


@cache
def _used() -> frozenset[Key]:
    found: set[Key] = set()
    for path in SOURCE.rglob("*.py"):
        found.update(_sentences_of_code(ast.parse(path.read_text())))
    for path in SOURCE.rglob("*.html"):
        found.update(_sentences_of_template(path.read_text()))
    return frozenset(key for key in found if key[1])


def test_sentences_are_found_in_code_templates_and_components():
    sentences = {sentence for _, sentence in _used()}
    assert {"ログイン名", "ログイン名またはメールアドレス", "前の画面に戻る"} <= sentences
    assert len(sentences) > 500


def test_every_sentence_stands_in_the_catalogue():
    assert _used() - {_key(message) for message in _messages()} == set()


def test_every_sentence_of_the_catalogue_is_used():
    assert {_key(message) for message in _messages()} - _used() == set()


def test_no_sentence_is_empty():
    assert [
        _key(message) for message in _messages() if not all(text.strip() for text in _texts(message))
    ] == []


def test_no_sentence_is_a_guess_of_gettext():
    assert [_key(message) for message in _messages() if message.fuzzy] == []


def test_no_english_sentence_holds_japanese():
    found = {
        key: text
        for message in _messages()
        for key in [_key(message)[1]]
        for text in _texts(message)
        if JAPANESE.search(KEPT.sub("", text))
    }
    assert found == {}


def test_both_languages_have_the_same_places_for_values():
    """A singular may leave out the number; nothing may be added or lost elsewhere."""
    found = {}
    for message in _messages():
        wanted = {place for source in _sources(message) for place in _places(source)}
        *singular, last = [set(_places(text)) for text in _texts(message)]
        if last != wanted or any(places - wanted for places in singular):
            found[_key(message)[1]] = message.string
    assert found == {}


def _places(text: str) -> list[str]:
    return [match[0] for match in PLACEHOLDER.finditer(text)]


def test_line_breaks_and_edges_agree():
    found = {
        _key(message)[1]: text
        for message in _messages()
        for text in _texts(message)
        if text.startswith("\n") != _key(message)[1].startswith("\n")
        or text.endswith("\n") != _key(message)[1].endswith("\n")
    }
    assert found == {}


#: Signs of Japanese typesetting that look foreign in an English line.
@pytest.mark.parametrize("sign", list("。、（）「」：！？"))
def test_no_english_sentence_uses_japanese_signs(sign):
    found = [text for message in _messages() for text in _texts(message) if sign in KEPT.sub("", text)]
    assert [text for text in found if "（土台）" not in text] == []


def test_the_compiled_catalogue_is_the_written_one():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = read_mo(file)
    written = {(_key(message), tuple(_texts(message))) for message in _messages()}
    assert {(_key(message), tuple(_texts(message))) for message in compiled if message.id} == written
