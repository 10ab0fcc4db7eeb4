"""Why a scale cannot be used, with a key for machines and a sentence with the way out for people."""

from __future__ import annotations

from dodai.core.errors import Refused
from dodai.core.text import gettext_noop

WORDING = {
    "target_missing": gettext_noop("目標値がありません。目標値を入れてください。"),
    "baseline_missing": gettext_noop(
        "基準値がありません。前の期の値を入れるか、基準値の測定を目標にしてください。"
    ),
    "target_must_be_positive": gettext_noop(
        "目標値が0以下では実績比と超過率を使えません。ゼロ目標（件数）かゼロ目標（率）を選んでください。"
    ),
    "baseline_equals_target": gettext_noop(
        "基準値と目標値が同じです。維持する目標として、実績比・超過率・ゼロ目標から選んでください。"
    ),
    "target_on_wrong_side": gettext_noop(
        "方向が合いません。指標の向きに合わせて、目標値を基準値より良い値にしてください。"
    ),
    "anchors_not_monotone": gettext_noop(
        "水準表の順序が合いません。実績が良くなるほど達成度が上がるように直してください。"
    ),
    "anchors_too_few": gettext_noop("水準表の行が足りません。2行から5行で入れてください。"),
    "anchors_too_many": gettext_noop("水準表の行が多すぎます。2行から5行で入れてください。"),
    "anchor_out_of_range": gettext_noop("水準表の達成度は0から150までで入れてください。"),
    "range_out_of_order": gettext_noop(
        "範囲の順序が合いません。下の許容・下限・上限・上の許容の順に大きくしてください。"
    ),
    "steps_out_of_order": gettext_noop(
        "ゼロ目標の段階が合いません。0件から1件ずつ、件数が増えるほど達成度を下げてください。"
    ),
    "allowance_must_be_positive": gettext_noop("許容する率がありません。0より大きい率を入れてください。"),
    "milestone_weights_not_100": gettext_noop(
        "節目の配分の合計が100ではありません。合計を100にしてください。"
    ),
    "rubric_map_out_of_order": gettext_noop(
        "段階と達成度の対応が合いません。上の段階ほど達成度を高くしてください。"
    ),
    "level_unknown": gettext_noop("この評価段階表に無い段階です。表にある段階から選んでください。"),
    "count_negative": gettext_noop("件数が負の数です。0以上の件数を入れてください。"),
    "count_above_exposure": gettext_noop("違反の件数が対象件数を超えています。どちらかを直してください。"),
    "actual_missing": gettext_noop("実績値がありません。実績値を入れてください。"),
    "weights_missing": gettext_noop("配分の合計が0です。配分を入れてください。"),
}


class ScaleRefused(Refused):
    """A method of achievement that does not fit its numbers. ``reason`` is a key of WORDING."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(WORDING[reason])
