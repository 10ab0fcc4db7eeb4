"""The data files: complete, readable, and in step with each other."""

import re
from pathlib import Path

import pytest

from dodai.smart import rulebook, wording
from dodai.smart.archetype import coach_questions
from dodai.smart.lexicon import lexicon
from dodai.smart.wording import SLOT


def test_both_languages_say_something_for_every_rule():
    for lang in ("ja", "en"):
        assert set(wording(lang).messages) == set(wording(lang).suggestions) == set(rulebook())


def test_both_languages_have_the_same_keys():
    ja, en = wording("ja"), wording("en")

    assert set(ja.templates) == set(en.templates)
    assert set(ja.names) == set(en.names)
    assert set(ja.coach) == set(en.coach)
    assert set(ja.cli) == set(en.cli)


def test_a_translated_sentence_has_the_slots_of_the_japanese_one():
    ja, en = wording("ja"), wording("en")
    for rule in rulebook():
        assert set(SLOT.findall(en.messages[rule])) == set(SLOT.findall(ja.messages[rule])), rule
        assert set(SLOT.findall(en.suggestions[rule])) <= {"語", *SLOT.findall(ja.suggestions[rule])}, rule
    for kind, template in ja.templates.items():
        assert set(SLOT.findall(en.templates[kind])) <= set(SLOT.findall(template)), kind


def test_no_english_sentence_holds_japanese():
    en = wording("en")
    japanese = re.compile("[ぁ-んァ-ヶ]")
    for text in (*en.messages.values(), *en.suggestions.values(), *en.names.values(), *en.cli.values()):
        assert not japanese.search(SLOT.sub("", text)), text


def test_every_slot_of_an_english_template_has_an_english_name():
    en = wording("en")
    for template in en.templates.values():
        assert set(SLOT.findall(template)) <= set(en.slots)


def test_an_unknown_language_reads_as_japanese():
    assert wording("fr").lang == "ja"
    assert wording("en-GB").lang == "en"


@pytest.mark.parametrize("name", lexicon().lists)
def test_every_alternative_is_a_regular_expression(name):
    for alternative in lexicon().lists[name].alternatives:
        re.compile(alternative)


def test_no_alternative_matches_nothing_at_all():
    for name, pattern in lexicon().patterns.items():
        if name not in (
            "LEVEL_END",
            "LEVEL_BEFORE",
        ):  # asked at a place, where the end of the text is an answer
            assert not pattern.match(""), name


def test_lists_name_rules_that_exist_and_the_rules_name_them_back():
    for entry in lexicon().lists.values():
        assert set(entry.used_by) <= set(rulebook()), entry.name
    for rule in rulebook().values():
        assert set(rule.lexicon) <= set(lexicon().patterns), rule.id


def test_the_coach_asks_four_questions():
    for lang in ("ja", "en"):
        assert [question.key for question in coach_questions(lang)] == [
            "demand",
            "good_case",
            "duration",
            "avoidable",
        ]


def test_every_rule_has_a_line_in_the_documentation():
    page = (Path(__file__).parents[2] / "docs/smart.md").read_text("utf-8")
    lines = {line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")}

    assert set(rulebook()) <= lines
