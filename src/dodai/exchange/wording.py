"""Codes of findings and questions as sentences for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FINDINGS = {
    "read_as": _("「%(original)s」を「%(value)s」と読みました。"),
    "answered_as": _("「%(original)s」を「%(value)s」として取り込みます。"),
    "person_as": _("「%(original)s」を%(value)sさんと読みました。"),
    "manual_is_old": _("マニュアルの更新から12か月を超えているため「古い」としました（%(original)s）。"),
    "vacant_post": _("空席として読みました。社員としては取り込みません。"),
    "zeros_lost": _("社員番号「%(original)s」は先頭の0が消えています。「%(value)s」として取り込みます。"),
    "unreadable_known": _(
        "「%(original)s」に読めない文字があります。登録済みの「%(value)s」として取り込みます。"
    ),
    "unreadable_name": _("「%(original)s」に読めない文字があります。正しい文字を入れてください。"),
    "name_not_split": _("氏名が姓と名に分かれていません。全体を姓として読みました。"),
    "band_group": _("「%(original)s」で始まる等級の等級帯です。"),
    "band": _("等級「%(original)s」の等級帯を選びます。"),
    "employment_type": _("「%(original)s」は雇用区分にありません。どの区分として扱うかを選びます。"),
    "fraction": _("兼務比率「%(original)s」を%(value)s%%として取り込みます。"),
    "percent_missing": _("兼務比率がありません。百分率を入れてください。"),
    "leave_kind": _("「%(original)s」は休業区分にありません。どの区分として扱うかを選びます。"),
    "duplicate_row": _("%(value)s行目と同じ内容です。1回だけ取り込みます。"),
    "no_supervisor": _("上司が空欄です。最上位の人だけの場合は、このままで問題ありません。"),
    "several_heads": _("「%(original)s」の長に当たる役職の人が複数います。長を選んでください。"),
    "unit_bare_name": _("部門「%(original)s」を「%(value)s」として取り込みます。"),
    "already_in_roster": _("名簿に反映済みです。"),
    "unit_of_sheet": _("このシートの業務を「%(value)s」の業務として取り込みます。"),
    "unit_alias": _("部門「%(original)s」を「%(value)s」として取り込みます。"),
    "unit_unknown": _("部門「%(original)s」が見つかりません。部門を選んでください。"),
    "frequency_unknown": _("頻度「%(original)s」を読み取れません。頻度を選んでください。"),
    "minutes_unreadable": _("1回の所要時間「%(original)s」を分として読み取れません。分を入れてください。"),
    "runs_unreadable": _("年間回数「%(original)s」を回数として読み取れません。回数を入れてください。"),
    "clock_as_minutes": _("「%(original)s」を%(value)s分として取り込みます。"),
    "not_on_scale": _("「%(original)s」は1〜5の段階ではありません。段階を選んでください。"),
    "manual_sign": _("マニュアル欄の「%(original)s」の意味を選びます。"),
    "manual_unknown": _("マニュアル「%(original)s」を読み取れません。状態を選んでください。"),
    "owner_left": _("主担当の%(value)sさんは退職しています。担当者なしとして取り込みます。"),
    "owner_group": _(
        "「%(original)s」は個人ではありません。担当者なしとして取り込み、記載を備考に残します。"
    ),
    "owner_empty": _("主担当が空欄です。担当者なしとして取り込みます。"),
    "owner_on_leave": _("主担当の%(value)sさんは休業中です。代わりの担当を決めてください。"),
    "backup_leaver": _("副担当の「%(original)s」さんは退職しています。副担当には入れません。"),
    "backup_group": _("副担当の「%(original)s」は個人ではありません。副担当には入れません。"),
    "person_likely": _("「%(original)s」を、この部門の%(value)sさんとして取り込みます。"),
    "person_several": _("「%(original)s」に当たる人が複数います。1人を選んでください。"),
    "person_unknown": _("「%(original)s」に当たる人が見つかりません。人を選んでください。"),
    "skipped_note": _("注記の行です。取り込みません。"),
    "skipped_total": _("合計の行です。取り込みません。"),
    "skipped_header": _("見出しの繰り返しです。取り込みません。"),
    "member_no_missing": _("社員番号がありません。社員番号を入れてください。"),
    "name_missing": _("姓がありません。姓を入れてください。"),
    "unit_missing": _("部門がありません。部門を入れてください。"),
    "email_unreadable": _("「%(original)s」はメールアドレスの形ではありません。直してください。"),
    "email_twice": _("メールアドレス「%(original)s」が%(value)s行目にもあります。どちらかを直してください。"),
    "date_unreadable": _("%(original)s"),
    "date_missing": _("発令日がありません。発令日を入れてください。"),
    "left_before_hired": _("退職日が入社日より前です。日付を直してください。"),
    "percent_out_of_range": _("兼務比率「%(original)s」は1〜99の整数ではありません。直してください。"),
    "leave_without_start": _("休業開始がありません。休業開始日を入れてください。"),
    "leave_ends_before_start": _("休業終了が休業開始より前です。日付を直してください。"),
    "duplicate_differs": _(
        "「%(original)s」が%(value)s行目にもあり、内容が違います。どちらかの行を消してください。"
    ),
    "supervisor_unknown": _("上司「%(original)s」が名簿にいません。社員番号を直してください。"),
    "supervisor_circle": _("上司をたどると本人に戻ります。上司社員番号を直してください。"),
    "person_unknown_move": _("社員番号「%(original)s」の人がいません。社員番号を直してください。"),
    "name_differs": _(
        "氏名「%(original)s」が、社員番号の人「%(value)s」と違います。どちらかを直してください。"
    ),
    "transfer_kind_unknown": _(
        "発令区分「%(original)s」は取り込めません。異動・昇格・兼務・退職などに直してください。"
    ),
    "leaving_day_differs": _("退職日が名簿の%(value)sと違います。どちらかを直してください。"),
    "not_in_roster": _(
        "基準日までの発令ですが、名簿に反映されていません（%(original)s）。名簿か発令を直してください。"
    ),
    "from_unit_differs": _(
        "異動前部門「%(original)s」が、名簿の「%(value)s」と違います。どちらかを直してください。"
    ),
    "unit_unknown_move": _(
        "異動後部門「%(original)s」がありません。部門を直すか、先に部門を登録してください。"
    ),
    "name_missing_work": _("業務名がありません。業務名を入れてください。"),
    "name_too_long": _("業務名が%(value)s字を超えています。短くしてください。"),
    "category_missing": _("大分類がありません。大分類を入れてください。"),
    "refused": _("%(value)s"),
}

SKIP_LABEL = _("空欄のまま取り込む（後から業務の画面で入力）")


def sentence(code: str, original: str, value: str) -> str:
    return str(FINDINGS[code]) % {"original": " ".join(original.split()), "value": value}
