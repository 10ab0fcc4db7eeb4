"""A 評価制度 in a few lines a person can compare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from dodai.core.numbers import format_number
from dodai.cycles.rules import Policy


def policy_facts(settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Name and value of the settings people ask about first."""
    policy = Policy.from_json(settings)
    difficulty = {"none": _("使わない"), "coefficient": _("係数"), "matrix": _("表")}[policy.difficulty_mode]
    return [
        (_("承認の段階"), _("二段階（一次・二次）") if policy.stages == 2 else _("単段階（一次のみ）")),
        (
            _("目標の数"),
            _("%(fewest)s〜%(most)s件") % {"fewest": policy.fewest_goals, "most": policy.most_goals},
        ),
        (
            _("ウェイト"),
            _("%(least)s〜%(most)s%%、%(step)s%%刻み")
            % {"least": policy.weight_min, "most": policy.weight_max, "step": policy.weight_step},
        ),
        (_("定量と定性"), _("両方が必要") if policy.both_kinds_required else _("決めない")),
        (_("難易度"), difficulty),
        (_("達成度の上限"), f"{format_number(policy.cap)}%"),
    ]
