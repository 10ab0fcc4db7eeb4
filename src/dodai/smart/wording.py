"""What a finding says, in Japanese and English (wording/*.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dodai.smart.lexicon import read_table

LANGUAGES = ("ja", "en")
SLOT = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    lang: str
    messages: dict[str, str]
    suggestions: dict[str, str]
    templates: dict[str, str]
    slots: dict[str, str]  # how an empty slot is called in this language
    names: dict[str, str]  # letters, severities, archetypes
    coach: dict[str, dict[str, str]]
    cli: dict[str, str]

    def message(self, rule: str, fills: Mapping[str, str]) -> str:
        return self.fill(self.messages[rule], fills)

    def suggestion(self, rule: str, fills: Mapping[str, str]) -> str:
        return self.fill(self.suggestions[rule], fills)

    def fill(self, sentence: str, fills: Mapping[str, str]) -> str:
        """Put the words in; an empty slot stays visible as ［基準値］ for the person to fill."""
        return SLOT.sub(lambda slot: fills.get(slot[1]) or self.empty(slot[1]), sentence)

    def empty(self, slot: str) -> str:
        name = self.slots.get(slot, slot)
        return f"［{name}］" if self.lang == "ja" else f"[{name}]"


@cache
def wording(lang: str = "ja") -> Wording:
    """The wording of a language; `ja-JP` reads as `ja`, an unknown language as Japanese."""
    lang = lang.split("-")[0]
    table = read_table(f"wording/{lang if lang in LANGUAGES else LANGUAGES[0]}.toml")
    return Wording(
        lang if lang in LANGUAGES else LANGUAGES[0],
        {rule: entry["message"] for rule, entry in table["rules"].items()},
        {rule: entry["suggestion"] for rule, entry in table["rules"].items()},
        table["templates"],
        table["slots"],
        table["names"],
        table["coach"],
        table["cli"],
    )
