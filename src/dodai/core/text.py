"""Japanese text: the folded form that search compares, characters as people count them, names and kana."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from dodai.core.errors import Unreadable


class UnreadableText(Unreadable):
    """Something typed that cannot be read. A door may translate ``template`` and fill ``params`` again."""

    def __init__(self, reason: str, template: str, params: Mapping[str, object] | None = None) -> None:
        self.template = template
        self.params = dict(params or {})
        super().__init__(template % self.params, reason=reason)


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the translation catalogue; plain modules cannot ask Django for it."""
    return sentence


# Pairs of (what people type or have in their name, what search compares). Never applied to stored text.
_VARIANTS = (
    ("髙", "高"), ("﨑碕嵜", "崎"), ("濵濱", "浜"), ("德", "徳"), ("齋斎齊", "斉"), ("邊邉", "辺"),
    ("澤", "沢"), ("櫻", "桜"), ("國", "国"), ("廣", "広"), ("𠮷", "吉"), ("冨", "富"), ("嶋嶌", "島"),
    ("眞", "真"), ("惠", "恵"), ("\ufa10", "塚"), ("靜", "静"), ("瀨", "瀬"), ("龍", "竜"), ("關", "関"),
    ("條", "条"), ("藏", "蔵"), ("籔藪", "薮"), ("黑", "黒"), ("萬", "万"), ("榮", "栄"), ("圓", "円"),
    ("實", "実"), ("學", "学"), ("曾", "曽"), ("彌", "弥"), ("鐵", "鉄"), ("淵渊", "渕"), ("舘", "館"),
    ("峯", "峰"), ("桒", "桑"), ("栁", "柳"), ("凜", "凛"), ("槇", "槙"), ("禰", "祢"), ("鷗", "鴎"),
    ("與", "与"), ("應", "応"), ("會", "会"), ("來", "来"), ("壽", "寿"), ("將", "将"), ("稻", "稲"),
    ("豐", "豊"), ("邨", "村"), ("莊", "荘"), ("寳寶", "宝"), ("穗", "穂"), ("總", "総"), ("續", "続"),
    ("亞", "亜"), ("戶戸", "戸"), ("內", "内"), ("鄕郷", "郷"), ("晝", "昼"), ("檜", "桧"), ("椙", "杉"),
    ("翆", "翠"), ("劔劍", "剣"), ("埜", "野"), ("𣘺槗", "橋"), ("賴", "頼"), ("隆\ufa17", "隆"),
)  # fmt: skip
_HIRAGANA_FIRST, _HIRAGANA_LAST = 0x3041, 0x3096
_KANA_STEP = 0x60  # from a hiragana to the same katakana
_FOLD = {ord(variant): plain for variants, plain in _VARIANTS for variant in variants if variant != plain}
_FOLD |= {code + _KANA_STEP: chr(code) for code in range(_HIRAGANA_FIRST, _HIRAGANA_LAST + 1)}
_TO_KATAKANA = {code: chr(code + _KANA_STEP) for code in range(_HIRAGANA_FIRST, _HIRAGANA_LAST + 1)}

_SPACES = re.compile(r"\s+")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_JOINER = "\u200d"


def normalise_for_search(text: str) -> str:
    """One spelling for everything that should be found together. Compared, never stored or shown."""
    composed = unicodedata.normalize("NFKC", _SELECTORS.sub("", text)).casefold()
    folded = unicodedata.normalize("NFKC", composed).translate(_FOLD)  # casefold may decompose
    return _SPACES.sub(" ", folded).strip()


def search_words(query: str) -> tuple[str, ...]:
    """The words of a search, split at half- and full-width spaces; each has to be found."""
    return tuple(dict.fromkeys(normalise_for_search(query).split()))


def contains_all(texts: Iterable[str], words: Iterable[str]) -> bool:
    """Whether each normalised word occurs in one of the texts."""
    haystack = "\n".join(normalise_for_search(text) for text in texts)
    return all(word in haystack for word in words)


def name_key(name: str) -> str:
    """A person's name without spaces and without variants of characters, for comparing only."""
    return normalise_for_search(name).replace(" ", "")


def is_same_name(one: str, other: str) -> bool:
    return bool(name_key(one)) and name_key(one) == name_key(other)


def to_katakana(reading: str) -> str:
    """Hiragana and half-width kana as full-width katakana; Latin letters and ー stay as they are."""
    return unicodedata.normalize("NFKC", reading).translate(_TO_KATAKANA).strip()


def count_characters(text: str) -> int:
    """Characters as a person counts them: 葛󠄀, が and 👨‍👩‍👧 are one each, and so is a line break."""
    count = 0
    previous = ""
    flag_is_open = False
    for character in text:
        if _is_flag(character):
            flag_is_open = not flag_is_open
            count += flag_is_open
        else:
            flag_is_open = False
            count += not (_extends(character) or previous == _JOINER or (previous, character) == ("\r", "\n"))
        previous = character
    return count


def _is_flag(character: str) -> bool:
    """Half of a flag: two regional indicators make one."""
    return 0x1F1E6 <= ord(character) <= 0x1F1FF


def _extends(character: str) -> bool:
    """Whether the character is drawn on the one before: marks, selectors, joiners, skin tones, tags, ﾞ ﾟ."""
    code = ord(character)
    return (
        character in (_JOINER, "\uff9e", "\uff9f")
        or unicodedata.category(character) in ("Mn", "Me", "Mc")
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
    )
