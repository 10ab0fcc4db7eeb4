"""Invented data for the gallery: ordinary cases and the edges of every picture."""

from datetime import date

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from ..plots import (
    Balance,
    Band,
    Bubble,
    BurnUp,
    Course,
    Courses,
    Level,
    LevelCurve,
    Matrix,
    Meter,
    Point,
    Spark,
    Target,
)
from ..templatetags.states import STATES


def matrix() -> Matrix:
    rows = (
        Bubble(_("規程の照会対応"), "#", 0, 4, 6),
        Bubble(_("マスタ管理"), "#", 0, 3, 5, ring=True, warn=True),
        Bubble(_("紙の回覧"), "#", 0, 1, 2, star=True),
        Bubble(_("年次決算・申告"), "#", 1, 5, 18, ring=True, warn=True),
        Bubble(_("監査対応"), "#", 1, 4, 9),
        Bubble(_("四半期決算"), "#", 2, 5, 12, ring=True),
        Bubble(_("予算の編成"), "#", 2, 4, 6),
        Bubble(_("予実の資料"), "#", 2, 4, 22),
        Bubble(_("固定資産棚卸"), "#", 2, 4, 5),
        Bubble(_("月次決算"), "#", 3, 5, 64, ring=True),
        Bubble(_("償却の処理"), "#", 3, 3, 16, ring=True, warn=True),
        Bubble(_("帳票の整形"), "#", 3, 2, 14, star=True),
        Bubble(_("資金繰り表"), "#", 4, 5, 20, ring=True),
        Bubble(_("経費精算の確認"), "#", 4, 4, 40, ring=True),
        Bubble(_("郵便の仕分け"), "#", 4, 2, 6, star=True),
        Bubble(_("請求書の照合"), "#", 5, 5, 58, ring=True, selected=True),
        Bubble(_("伝票の起票"), "#", 5, 4, 36, ring=True),
        Bubble(_("社内の問い合わせ"), "#", 5, 3, 24),
        Bubble(_("会議室の精算"), "#", 5, 3, 12, star=True),
    )
    names = (_("随時"), _("年次"), _("四半期"), _("月次"), _("週次"), _("日次"))
    return Matrix(
        rows, names, _("重要度×頻度。24件のうち重要度4以上かつ週次以上は4件、月154時間"), cell_url="#"
    )


def curve() -> LevelCurve:
    levels = (
        Level(_("挑戦水準"), 5.8, 120, "5"),
        Level(_("上振れ"), 6.9, 110, "4"),
        Level(_("目標"), 8.0, 100, "3", goal=True),
        Level(_("最低水準"), 10.2, 80, "2"),
        Level(_("基準"), 12.4, 60, "1"),
    )
    summary = _("差戻し率から達成度への換算。12.4%で60、8.0%で100、5.8%で120")
    return LevelCurve(
        levels, _("差戻し率（%）"), summary, unit="%", direction="lower", now=12.4, now_degree=60
    )


def lamps() -> list[dict[str, object]]:
    advice = {
        "rule": "A02",
        "message": _("変化幅がとても大きい目標です。前の期は12.9% → 12.4%で、今回は4.4ポイントです。"),
        "now": _("周知を徹底する。"),
        "example": _("差戻しの多い3つの費目から、申請画面に記入例を出す（8月末まで）。"),
        "dismissible": True,
    }
    return [
        {"letter": "S", "name": _("具体的"), "state": "ok", "found": _("対象と行動があります。")},
        {"letter": "M", "name": _("測れる"), "state": "must", "found": _("指標がまだ選ばれていません。")},
        {"letter": "A", "name": _("達成できる"), "state": "advice", "findings": [advice]},
        {"letter": "R", "name": _("つながり"), "state": "none"},
        {
            "letter": "T",
            "name": _("期限"),
            "state": "ok",
            "found": _("2026年9月30日（水）。期の中にあります。"),
        },
    ]


def sparks() -> list[tuple[str, Spark | None]]:
    return [
        (_("1点だけ"), Spark((40,), 60, _("1点だけ"), slots=6)),
        (_("目標と同じ値"), Spark((8, 8, 8, 8), 8, _("目標と同じ値"), slots=6)),
        (_("目標を大きく超過"), Spark((20, 35, 60, 110), 60, _("目標を超過"), slots=6)),
        (
            _("低い方が良い・遅延"),
            Spark((8, 9, 7, 9.5), 8, _("遅延"), slots=6, direction="lower", tone="bad"),
        ),
        (_("5月・6月は欠測"), Spark((2, 3, None, None, 6, 7), 8, _("欠測あり"), slots=7)),
        (_("まだ無い"), None),
    ]


def burnup() -> BurnUp:
    start, change, end = date(2026, 4, 1), date(2026, 6, 26), date(2026, 9, 30)
    return BurnUp(
        start,
        end,
        actual=tuple(
            Point(date(2026, *day), value)
            for day, value in (((4, 1), 0), ((4, 30), 8), ((5, 31), 20), ((6, 30), 38), ((7, 15), 54))
        ),
        targets=(
            Target(150, start, change, _("変更前の目標 150社"), was=True),
            Target(120, change, end, _("目標 120社")),
        ),
        summary=_("7月15日に54社。計画60社に対して90%。見込みは98〜118社"),
        today=date(2026, 7, 15),
        plan=(Point(start, 0), Point(date(2026, 6, 1), 27), Point(end, 120)),
        forecast=(98, 109, 118),
        unit=_("社"),
    )


def health() -> Meter:
    bands = (
        Band(0, 60, _("形骸化のおそれ"), "bad"),
        Band(60, 80, _("要注意"), "warn"),
        Band(80, 100, _("健全"), "good"),
    )
    return Meter(bands, 78.4, _("健全度は100点中78.4。先月は81.2"), before=81.2)


def laid() -> Courses:
    steps = (
        Course(_("業務"), 128, "#", note=_("月1,912時間")),
        Course(_("成果が書かれた業務"), 109, "#", _("成果なし"), "#"),
        Course(_("指標のある業務"), 87, "#", _("指標なし"), "#"),
        Course(_("目標につながる業務"), 52, "#", _("目標なし"), "#"),
    )
    return Courses(steps, _("128件の業務のうち52件が目標につながる"))


def everything() -> dict[str, object]:
    """What both columns of the page show."""
    return {
        "states": [(kind, list(codes)) for kind, codes in STATES.items()],
        "views": [
            {"label": _("表"), "url": "#"},
            {"label": _("マトリクス"), "url": "#", "current": True},
            {"label": _("部門の重なり"), "url": "#"},
        ],
        "tabs": [
            {"label": _("自分"), "url": "#", "current": True, "count": 5},
            {"label": _("承認待ち"), "url": "#", "count": 0},
            {"label": _("部下"), "url": "#"},
        ],
        "steps": [_("準備"), _("内容の確認"), _("実行"), _("完了")],
        "stages": [
            {"name": _("業務の整理"), "dates": "04/01〜04/10", "state": "done"},
            {"name": _("目標の設定"), "dates": "04/13〜04/24", "state": "done"},
            {"name": _("実行"), "dates": "04/27〜09/30", "state": "now"},
            {"name": _("自己評価"), "dates": "10/01〜10/09", "state": "next"},
            {"name": _("評価・面談"), "dates": "10/12〜10/30", "state": "next"},
        ],
        "links": [
            {"name": _("業務"), "text": _("請求書の受領・照合・支払処理"), "url": "#"},
            {"name": _("成果"), "text": _("期日どおり正しく支払われている"), "url": ""},
            {"name": _("指標"), "text": "", "url": ""},
            {"name": _("上位目標"), "text": _("管理本部「紙の処理を半分に」"), "url": "#"},
        ],
        "changes": [
            {"field": _("目標値"), "old": _("150社"), "new": _("120社")},
            {"field": _("期限"), "old": "2026/09/30", "new": "2026/09/30"},
            {"field": _("ウェイト"), "old": 30, "new": 25},
            {"field": _("理由"), "old": "", "new": _("取引先の統合で対象が30社減った。")},
        ],
        "compared": [
            {
                "name": "statement",
                "label": _("目標"),
                "mine": _("支払遅延を月0件に保つ"),
                "theirs": _("支払遅延を月0件にする"),
            },
            {"name": "weight", "label": _("ウェイト"), "mine": "20", "theirs": "20"},
        ],
        "page": Paginator(range(5000), 50).page(1),
        "lamps": lamps(),
        "sparks": sparks(),
        "matrix": matrix(),
        "curve": curve(),
        "burnup": burnup(),
        "health": health(),
        "courses": laid(),
        "balance": Balance(60, 40, guide=60),
        "stale": Balance(0, 0),
        "no": False,
        "yes": True,
    }
