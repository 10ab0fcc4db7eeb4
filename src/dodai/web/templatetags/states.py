"""Status vocabulary: one table from every status code to its word, tone and sign.

The words are the agreed ones; no screen invents another. A chip always carries sign and word, the tint
comes last, so that states stay apart on a black-and-white print.
"""

from dataclasses import dataclass
from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .icons import symbol

register = template.Library()


@dataclass(frozen=True)
class State:
    """How one status is shown. ``symbol`` is an icon name, or ``mark:…`` for a drawn sign."""

    word: str | Promise
    tone: str = "neutral"
    symbol: str = ""


def _waiting(word: str | Promise) -> State:
    return State(word, "info", "clock")


def _busy(word: str | Promise) -> State:
    return State(word, "info", "edit")


def _fine(word: str | Promise) -> State:
    return State(word, "good", "check")


def _back(word: str | Promise) -> State:
    return State(word, "warn", "undo")


def _shut(word: str | Promise) -> State:
    return State(word, "locked", "lock")


def _plain(word: str | Promise) -> State:
    return State(word, "neutral", "mark:none")


STATES: Final[dict[str, dict[str, State]]] = {
    "cycle": {
        "preparing": _plain(_("準備中")),
        "published": State(_("公開"), "info", "info"),
        "running": _fine(_("運用中")),
        "evaluating": _busy(_("評価中")),
        "calibrating": State(_("調整中"), "info", "people"),
        "finalised": _shut(_("確定")),
        "feedback": State(_("フィードバック中"), "info", "interview"),
        "completed": _shut(_("完了")),
        "archived": _shut(_("保管")),
    },
    "sheet": {
        "not_started": _plain(_("作成前")),
        "drafting": _busy(_("作成中")),
        "submitted": _waiting(_("承認待ち")),
        "returned": _back(_("差戻し")),
        "first_approved": _fine(_("一次承認")),
        "running": _fine(_("運用中")),
        "settled": _shut(_("清算済")),
        "closed": _shut(_("締め")),
        "excluded": _plain(_("評価対象外")),
    },
    "evaluation": {
        "not_started": _plain(_("作成前")),
        "self": _busy(_("自己評価中")),
        "first": _busy(_("一次評価中")),
        "second": _busy(_("二次評価中")),
        "calibrating": State(_("調整中"), "info", "people"),
        "finalised": _shut(_("確定")),
        "disclosed": _shut(_("開示済")),
        "acknowledged": _fine(_("本人確認済")),
        "appealed": _back(_("異議審査中")),
        "completed": _shut(_("完了")),
        "excluded": _plain(_("評価対象外")),
    },
    "goal": {
        "draft": _busy(_("下書き")),
        "agreed": _fine(_("合意")),
        "cancelled": State(_("中止"), "neutral", "mark:stop"),
        "settled": _shut(_("清算")),
        "evaluated": _shut(_("評価済")),
        "closed": _shut(_("締め")),
    },
    "progress": {
        "not_started": _plain(_("未着手")),
        "on_track": State(_("順調"), "good", "mark:good"),
        "at_risk": State(_("注意"), "warn", "mark:warn"),
        "late": State(_("遅延"), "bad", "mark:bad"),
        "achieved": State(_("達成"), "good", "mark:done"),
        "cancelled": State(_("中止"), "neutral", "mark:stop"),
        "stale": State(_("更新待ち"), "stale", "clock"),
    },
    "interview": {
        "unscheduled": _plain(_("未設定")),
        "scheduled": State(_("予定あり"), "info", "calendar"),
        "held": _fine(_("実施済み")),
        "confirmed": _fine(_("本人確認済")),
        "skipped": State(_("見送り"), "neutral", "mark:stop"),
        "overdue": State(_("期限超過"), "bad", "mark:bad"),
    },
    "work": {
        "draft": _busy(_("下書き")),
        "active": _fine(_("有効")),
        "review_due": State(_("見直し要"), "warn", "mark:warn"),
        "retired": State(_("廃止"), "neutral", "mark:stop"),
        "no_outcome": State(_("成果未記入"), "warn", "mark:warn"),
        "has_goal": State(_("目標あり"), "info", "goal"),
    },
    "indicator": {
        "proposed": _waiting(_("提案")),
        "approved": _fine(_("承認")),
        "published": _fine(_("公開")),
        "retired": State(_("廃止"), "neutral", "mark:stop"),
    },
    "revision": {
        "requested": _waiting(_("申請中")),
        "first_approved": _fine(_("一次承認")),
        "applied": _fine(_("反映")),
        "rejected": State(_("却下"), "bad", "mark:stop"),
        "withdrawn": State(_("取下げ"), "neutral", "undo"),
    },
    "calibration": {
        "preparing": _plain(_("準備")),
        "open": State(_("開催中"), "info", "people"),
        "decided": _shut(_("決定")),
        "applied": _fine(_("反映")),
    },
    "appeal": {
        "received": _waiting(_("受付")),
        "explained": State(_("再説明"), "info", "interview"),
        "investigating": State(_("調査"), "warn", "search"),
        "decided": _shut(_("決定")),
        "notified": _fine(_("通知済")),
    },
    "job": {
        "accepted": _waiting(_("受付")),
        "running": State(_("処理中"), "info", "sync"),
        "completed": _fine(_("完了")),
        "partly_failed": State(_("一部失敗"), "warn", "mark:warn"),
        "failed": State(_("失敗"), "bad", "mark:bad"),
        "reviewing": State(_("確認待ち"), "warn", "clock"),
        "discarded": State(_("取りやめ"), "neutral", "mark:stop"),
    },
    "row": {
        "add": State(_("追加"), "good", "add"),
        "update": State(_("更新"), "info", "edit"),
        "same": _plain(_("変更なし")),
        "error": State(_("エラー"), "bad", "mark:bad"),
        "question": State(_("確認が必要"), "warn", "mark:warn"),
        "skipped": State(_("対象外"), "neutral", "mark:none"),
    },
    "measurement": {
        "final": _shut(_("確定")),
        "preliminary": State(_("速報"), "info", "clock"),
        "not_applicable": _plain(_("対象なし")),
        "not_measurable": State(_("測定不能"), "neutral", "mark:stop"),
        "not_due": _plain(_("期限前")),
        "small_n": State(_("少件数"), "neutral", "info"),
        "missing": State(_("未入力"), "warn", "mark:warn"),
        "stale": State(_("更新遅れ"), "stale", "clock"),
    },
    # When something is due: the left column of 今日やること.
    "due": {
        "overdue": State(_("期限切れ"), "bad", "mark:bad"),
        "today": State(_("今日"), "warn", "clock"),
        "soon": State(_("まもなく"), "neutral", "clock"),
        "week": State(_("今週"), "neutral", "clock"),
        "later": State(_("来週以降"), "neutral", "clock"),
        "done": _fine(_("完了")),
    },
}


def state_of(kind: str, code: object) -> State:
    """The entry of the table. An unknown kind is our mistake; an unknown code shows itself in neutral."""
    return STATES[kind].get(str(code), State(str(code), "neutral", "mark:none"))


def chip(word: object, tone: str = "neutral", sign: str = "") -> SafeString:
    """A state as sign and word on its tint."""
    return format_html('<span class="chip" data-tone="{}">{}{}</span>', tone, symbol(sign), word)


@register.simple_tag
def status_chip(kind: str, code: object, word: object = "") -> SafeString:
    """``{% status_chip "sheet" sheet.status %}``; ``word`` replaces the word only (「あと2日」)."""
    if not code:
        return SafeString("")
    state = state_of(kind, code)
    return chip(word or state.word, state.tone, state.symbol)


@register.simple_tag
def status_word(kind: str, code: object) -> str:
    """The agreed word alone, for sentences and titles."""
    return str(state_of(kind, code).word) if code else ""


@register.simple_tag
def status_mark(kind: str, code: object, text: object = "") -> SafeString:
    """Sign and text without a box: ``{% status_mark "progress" row.state row.percent %}``."""
    if not code:
        return SafeString("")
    state = state_of(kind, code)
    if text in ("", None):
        shown: object = state.word
        spoken = SafeString("")
    else:
        shown = text
        spoken = format_html('<span class="visually-hidden">{} </span>', state.word)
    return format_html(
        '<span class="state" data-tone="{}">{}{}{}</span>', state.tone, symbol(state.symbol), spoken, shown
    )
