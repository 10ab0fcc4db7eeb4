"""Guidance on 誰に・何が・どうなる: an activity is not an outcome. Plain Python; advice, never a refusal.

Each finding names its part, its rule and the words it points at; the words for people are the door's.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class OutcomeFinding:
    part: str  # beneficiary, thing or state
    rule: str
    words: str


_ENDS = "。．. 　！!"
#: Nouns that name what somebody does. As the end of どうなる they say nothing about what became true.
_ACTIVITIES = (
    "実施", "作成", "対応", "管理", "処理", "確認", "提出", "運用", "推進", "検討", "調整", "集計", "入力",
    "報告", "連絡", "点検", "整理", "更新", "登録", "発行", "送付", "手配", "支援", "改善", "見直し", "共有",
    "周知", "開催", "参加", "準備", "起票", "照合", "審査", "承認", "申請", "分析", "計算", "保管",
    "取りまとめ",
)  # fmt: skip
#: Verbs of the one who works, in their plain endings.
_DOING = re.compile(
    r"(?:(?P<noun>[一-龠々ァ-ヶー]+)(?:を)?(?:する|します|行う|行います|おこなう|進める|図る|努める|務める|"
    r"取り組む|徹底する)|(?:作る|作ります|出す|出します|送る|送ります|書く|書きます|調べる|まとめる|まとめます|"
    r"取り組む|取り組みます|努める|努めます|頑張る|がんばる))$"
)
#: Endings that say a state or a result, also of verbs that look like doing (している, されている, できる).
_STATE = re.compile(
    r"(?:ている|ています|てある|れる|れている|できる|できます|できている|える|わかる|分かる|ない|ません|なくなる|なる|"
    r"なります|減る|増える|下がる|上がる|早まる|短くなる|戻る|届く|届きます|済む|済みます|終わる|守れる|続く|保てる|"
    r"そろう|揃う|整う|回る|止まらない|ゼロ|0件|ゼロ件|以内|以下|以上|削減|低減|防止|予防|向上|確保|短縮|状態)$"
)
_VAGUE = (
    "適切",
    "円滑",
    "スムーズ",
    "きちんと",
    "しっかり",
    "効率的",
    "適正",
    "十分",
    "的確",
    "万全",
    "良好",
)
_NOBODY = ("自分", "私", "担当者", "自部門", "自課", "自分たち")
_EVERYBODY = (
    "みんな",
    "皆",
    "全員",
    "関係者",
    "各位",
    "関係各所",
    "関係部署",
    "社内外",
    "すべての人",
    "全て",
)
_THING_DOING = re.compile(r"(?:すること|する|行うこと|対応|作業|業務)$")


def advise(beneficiary: str, thing: str, state: str) -> list[OutcomeFinding]:
    """What a reader of the three parts would ask. An empty part is left to the form."""
    return [*_on_beneficiary(beneficiary), *_on_thing(thing), *_on_state(state)]


def _on_beneficiary(text: str) -> list[OutcomeFinding]:
    flat = _flat(text)
    if flat in _NOBODY:
        return [OutcomeFinding("beneficiary", "own", text.strip())]
    if any(word in flat for word in _EVERYBODY):
        return [OutcomeFinding("beneficiary", "everybody", text.strip())]
    return []


def _on_thing(text: str) -> list[OutcomeFinding]:
    found = _THING_DOING.search(_flat(text))
    return [OutcomeFinding("thing", "activity", found[0])] if found else []


def _on_state(text: str) -> list[OutcomeFinding]:
    flat = _flat(text)
    if not flat:
        return []
    activity = _activity_in(flat)
    if activity:
        return [OutcomeFinding("state", "activity", activity)]
    vague = next((word for word in _VAGUE if word in flat), "")
    if vague and not re.search(r"\d|期日|期限|ゼロ", flat):
        return [OutcomeFinding("state", "vague", vague)]
    return []


def _activity_in(flat: str) -> str:
    """The words that only say what somebody does; empty when the text says what became true."""
    if _STATE.search(flat):
        return ""
    if found := _DOING.search(flat):
        return found[0]
    return next((noun for noun in _ACTIVITIES if flat.endswith(noun)), "")


def _flat(text: str) -> str:
    """Width folded and full stops gone; kana stay as people write them."""
    return unicodedata.normalize("NFKC", text).strip().strip(_ENDS)
