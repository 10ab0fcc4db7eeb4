"""Goal sheets for the tests of pages and journeys, made by the product's own verbs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dodai.goals import actions
from dodai.goals.measuring import GoalIndicatorInput
from dodai.goals.models import GoalSheet
from dodai.indicators.models import Indicator
from tests.world import World

RATE = "請求書を5営業日以内に計上した割合を、上期末までに88%から98%以上にする。"
LEVEL = "予算資料の評価段階表を、上期末時点でレベル3（差異の理由を示す）にする。"
REASON = "節目は面談のときに課長と決めるため"
LONG = "基準値の根拠になる資料を付けてください。"


def version_of(catalogue_id: str) -> int:
    return Indicator.objects.get(catalogue_id=catalogue_id).current_id


def ready_sheet(world: World, owner: str = "ren") -> GoalSheet:
    """Two goals, one 定量 and one 定性, that leave nothing to say."""
    by = getattr(world, owner)
    sheet = actions.open_sheet(world.cycle, by=by)
    item = world.work_item(owner)
    outcome = world.outcome(item, owner)
    rows = (
        ("請求書の期限内計上率を98%以上にする", RATE, "FA-Q04"),
        ("予算資料をレベル3にする", LEVEL, "FA-L01"),
    )
    for title, statement, catalogue_id in rows:
        goal = actions.add_goal(
            sheet,
            by=by,
            title=title,
            statement=statement,
            criteria="月次の台帳で数える",
            approach="確認の順番を入れ替える。",
            goal_type="improvement",
            deadline=date(2026, 9, 30),
            weight=50,
            step="review",
        )
        goal = actions.choose_work(goal, by=by, version=goal.version, work_items=[item])
        goal = actions.choose_outcomes(goal, by=by, version=goal.version, outcomes=[outcome])
        numbers = {"baseline": Decimal(88), "target": Decimal(98)} if "Q" in catalogue_id else {}
        given = [GoalIndicatorInput(version_of(catalogue_id), **numbers)]
        actions.measure(goal, by=by, version=goal.version, indicators=given)
    sheet.refresh_from_db()
    return sheet


def submitted(world: World, owner: str = "ren") -> GoalSheet:
    sheet = ready_sheet(world, owner)
    return actions.submit(sheet, by=getattr(world, owner), version=sheet.version, reason=REASON)
