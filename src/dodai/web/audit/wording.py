"""What an event is called on screen: nouns, as in a log. An event without an entry shows its own name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NAMES = {
    "account.closed": _("退職者のアカウントを停止"),
    "account.password_issued": _("初期パスワードを発行"),
    "account.provisioned": _("アカウントを作成"),
    "account.restored": _("アカウントを再開"),
    "account.suspended": _("アカウントを停止"),
    "assignment.concurrent_added": _("兼務を追加"),
    "assignment.concurrent_ended": _("兼務を終了"),
    "assignment.transferred": _("異動を登録"),
    "company.changed": _("会社の設定を変更"),
    "company.founded": _("会社を登録"),
    "cycle.changed": _("期間の日程を変更"),
    "cycle.created": _("期間を作成"),
    "cycle.published": _("期間を公開"),
    "cycle.started": _("期間の運用を開始"),
    "delegation.ended": _("代理を終了"),
    "delegation.set": _("代理を設定"),
    "grade.changed": _("等級を変更"),
    "holiday.added": _("休日を追加"),
    "holiday.removed": _("休日を削除"),
    "leave.ended": _("復職を登録"),
    "leave.recorded": _("休業を登録"),
    "member.changed": _("社員の基本情報を変更"),
    "member.hired": _("社員を追加"),
    "member.left": _("退職を登録"),
    "policy.added": _("評価制度の版を作成"),
    "policy.changed": _("評価制度を変更"),
    "profile.changed": _("個人設定を変更"),
    "role.granted": _("役割を割り当て"),
    "role.revoked": _("役割を解除"),
    "session.ended": _("ログインを終了"),
    "unit.added": _("組織を追加"),
    "unit.changed": _("組織を変更"),
    "unit.closed": _("組織を廃止"),
    "unit.head_named": _("組織の長を変更"),
}

#: Keys of ``changes`` that are no field of a model.
KEYS = {
    "days": _("期間"),
    "from": _("開始日"),
    "last_day": _("最後の日"),
    "on": _("いつから"),
    "policy_version": _("評価制度の版"),
    "version": _("版"),
}

ENTITIES = {
    "account": _("アカウント"),
    "company": _("会社"),
    "cycle": _("期間"),
    "delegation": _("代理"),
    "evaluationpolicy": _("評価制度"),
    "goal": _("目標"),
    "goalsheet": _("目標シート"),
    "holiday": _("休日"),
    "indicator": _("指標"),
    "member": _("社員"),
    "orggoal": _("組織目標"),
    "orgunit": _("組織"),
    "outcome": _("成果"),
    "workitem": _("業務"),
}
