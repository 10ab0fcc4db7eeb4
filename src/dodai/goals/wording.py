"""Sentences for what stops 承認申請; the keys are those of ``rules.obstacles``."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dodai.goals.rules import Obstacle

OBSTACLES: dict[str, Promise] = {
    "title_missing": gettext_lazy("目標名がありません。40字以内で入れてください。"),
    "statement_missing": gettext_lazy("達成状態がありません。いつまでに何がどうなるかを書いてください。"),
    "indicator_missing": gettext_lazy(
        "評価に使う指標がありません。定量指標か評価段階表を一つ以上付けてください。"
    ),
    "scale_missing": gettext_lazy("水準表がありません。基準値と目標値を入れてください。"),
    "share_not_100": gettext_lazy("指標の配分の合計が%(share)s%%です。合計を100%%にしてください。"),
    "plan_missing": gettext_lazy("学習目標には計画が要ります。進め方か節目を入れてください。"),
    "first_evaluator_missing": gettext_lazy("一次評価者が決まっていません。人事に登録を依頼してください。"),
    "second_evaluator_missing": gettext_lazy("二次評価者が決まっていません。人事に登録を依頼してください。"),
    "weight_off_step": gettext_lazy(
        "ウェイトが%(step)s%%刻みではありません。%(step)s%%刻みに直してください。"
    ),
    "no_quantitative": gettext_lazy("定量指標が一つもありません。数字で測る指標を一つ以上付けてください。"),
    "no_qualitative": gettext_lazy(
        "評価段階表が一つもありません。質を見る評価段階表を一つ以上付けてください。"
    ),
}


def sentence(obstacle: Obstacle) -> str:
    """The obstacle as one sentence, with the goal it is about in front."""
    said = str(OBSTACLES[obstacle.key]) % dict(obstacle.fills)
    return said if obstacle.goal is None else of_goal(obstacle.goal, said)


def of_goal(number: int, said: str) -> str:
    """「目標2：…」: which goal of the sheet a sentence is about."""
    return _("目標%(number)s：%(sentence)s") % {"number": number, "sentence": said}
