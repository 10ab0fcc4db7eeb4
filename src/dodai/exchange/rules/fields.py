"""The columns of each kind of file: what they are called here, and what other people call them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One column. ``label`` is its header in our templates and exports."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    kind: str = "general"  # how the template formats it: general, text, number, date
    width: int = 14
    note: str = ""
    choices: tuple[str, ...] = ()
    example: tuple[str | int, ...] = ()

    @property
    def spellings(self) -> frozenset[str]:
        return frozenset(fold_label(text) for text in (self.label, *self.aliases))


def fold_label(text: str) -> str:
    """A header without width, case, spaces, line breaks and the marks people put on required columns."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if not character.isspace()).strip(":*※必須()")


EMPLOYMENT = ("正社員", "契約社員", "嘱託", "パート", "出向受入", "派遣受入", "役員")
LEAVES = ("産前産後", "育児", "介護", "私傷病", "その他")

PEOPLE = (
    Field(
        "member_no",
        "社員番号",
        ("社員no", "社員no.", "社員コード", "従業員番号", "従業員コード", "職員番号", "id"),
        required=True,
        kind="text",
        note="先頭の0も含めて入れます。",
        example=("001234", "001235"),
    ),
    Field("family_name", "姓", ("氏", "苗字", "名字"), required=True, width=10, example=("佐藤", "鈴木")),
    Field("given_name", "名", ("名前",), width=10, example=("花子", "一郎")),
    Field(
        "full_name",
        "氏名",
        ("社員名", "従業員名", "漢字氏名"),
        width=16,
        note="姓と名を分けられないときだけ使います。間に空白を入れます。",
    ),
    Field(
        "family_kana",
        "セイ",
        ("姓(カナ)", "姓カナ", "姓フリガナ", "せい"),
        width=12,
        example=("サトウ", "スズキ"),
    ),
    Field(
        "given_kana",
        "メイ",
        ("名(カナ)", "名カナ", "名フリガナ", "めい"),
        width=12,
        example=("ハナコ", "イチロウ"),
    ),
    Field(
        "email",
        "メール",
        ("メールアドレス", "e-mail", "email", "eメール"),
        width=30,
        example=("sato.hanako@example.com", "suzuki.ichiro@example.com"),
    ),
    Field(
        "unit",
        "部門",
        ("所属", "所属部門", "部署", "所属部署", "組織"),
        required=True,
        width=34,
        note="上の部門から「/」でつなぎます。",
        example=("管理本部/経理部/経理課", "管理本部/経理部/経理課"),
    ),
    Field("post", "役職", ("役職名", "職位"), width=14, example=("課長", "")),
    Field("grade", "等級", ("等級コード", "グレード", "資格等級"), width=8, example=("M1", "S2")),
    Field(
        "employment_type",
        "雇用区分",
        ("雇用形態", "社員区分"),
        choices=EMPLOYMENT,
        example=("正社員", "正社員"),
    ),
    Field("hired_on", "入社日", ("入社年月日", "採用日"), kind="date", example=("2010/04/01", "2024/04/01")),
    Field("left_on", "退職日", ("退職年月日", "退社日"), kind="date", note="最後の在籍日です。"),
    Field(
        "supervisor_no",
        "上司社員番号",
        ("上司番号", "上司の社員番号", "評価者社員番号", "一次評価者社員番号"),
        kind="text",
        example=("001100", "001234"),
    ),
    Field(
        "concurrent_unit",
        "兼務部門",
        ("兼務先", "兼務所属"),
        width=34,
        example=("", "管理本部/総務部/総務課"),
    ),
    Field(
        "concurrent_percent",
        "兼務比率",
        ("兼務割合", "兼務比率(%)"),
        note="百分率です。本務は残りになります。",
        example=("", 20),
    ),
    Field("leave_kind", "休業区分", ("休職区分", "休業種別"), choices=LEAVES),
    Field("leave_from", "休業開始", ("休業開始日", "休職開始日"), kind="date"),
    Field(
        "leave_to",
        "休業終了",
        ("休業終了日", "休職終了日", "復職予定日"),
        kind="date",
        note="最後の休業日です。",
    ),
    Field("note", "備考", ("メモ", "摘要"), width=30),
)

TRANSFERS = (
    Field("number", "発令番号", ("発令no", "no", "no.")),
    Field(
        "member_no",
        "社員番号",
        ("社員no", "社員コード", "従業員番号", "職員番号"),
        required=True,
        kind="text",
    ),
    Field("full_name", "氏名", ("社員名", "名前"), width=16),
    Field("effective_on", "発令日", ("異動日", "発令年月日", "適用日"), required=True, kind="date"),
    Field(
        "kind",
        "発令区分",
        ("異動区分", "発令種別", "区分"),
        required=True,
        choices=("異動", "昇格", "兼務", "退職", "組織改編", "出向", "復職"),
    ),
    Field("from_unit", "異動前部門", ("異動前所属", "旧部門", "旧所属"), width=34),
    Field("from_post", "異動前役職", ("旧役職",)),
    Field("from_grade", "異動前等級", ("旧等級",)),
    Field("to_unit", "異動後部門", ("異動後所属", "新部門", "新所属"), width=34),
    Field("to_post", "異動後役職", ("新役職",)),
    Field("to_grade", "異動後等級", ("新等級",)),
    Field("to_supervisor_no", "異動後上司社員番号", ("新上司社員番号", "異動後上司"), kind="text"),
    Field("note", "備考", ("メモ", "摘要"), width=30),
)

FREQUENCIES = ("日次", "週次", "隔週", "月次", "四半期", "半期", "年次", "随時")
MANUALS = ("有", "古い", "無")
SCALE = ("1", "2", "3", "4", "5")

WORK = (
    Field(
        "unit",
        "部門",
        ("部署", "所属", "担当部門"),
        width=24,
        note="1つの部門だけのファイルでは省けます。",
        example=("経理部", "経理部"),
    ),
    Field(
        "category_l",
        "大分類",
        ("業務大分類", "大区分"),
        required=True,
        width=16,
        example=("日常経理", "日常経理"),
    ),
    Field("category_m", "中分類", ("業務中分類", "中区分"), width=16, example=("伝票", "経費精算")),
    Field("category_s", "小分類", ("業務小分類", "小区分"), width=14, example=("起票", "受付")),
    Field(
        "name",
        "業務名",
        ("業務", "業務内容", "作業名", "タスク名", "業務名称"),
        required=True,
        width=36,
        note="60字までです。",
        example=("仕訳伝票の起票", "経費精算の一次点検"),
    ),
    Field(
        "frequency",
        "頻度",
        ("発生頻度", "周期", "サイクル"),
        choices=FREQUENCIES,
        width=10,
        example=("日次", "日次"),
    ),
    Field(
        "minutes_per_run",
        "1回の所要時間(分)",
        ("所要時間", "1回の所要時間", "所要時間(分)", "1回あたり時間(分)", "時間/回", "分"),
        kind="number",
        note="分です。「1時間30分」も読めます。",
        example=(40, 35),
    ),
    Field(
        "runs_per_year",
        "年間回数",
        ("年間件数", "回数/年", "年間実施回数", "回数"),
        kind="number",
        example=(240, 240),
    ),
    Field(
        "importance",
        "重要度",
        ("重要性",),
        choices=SCALE,
        width=8,
        note="5が最も高い。止まると法令違反や支払不能になる業務が5です。",
        example=(4, 4),
    ),
    Field(
        "owner",
        "主担当",
        ("担当者", "主担当者", "担当"),
        width=16,
        note="姓と名、または社員番号です。",
        example=("佐藤 花子", "鈴木 一郎"),
    ),
    Field(
        "backups",
        "副担当",
        ("副担当者", "サブ担当", "補助担当"),
        width=16,
        note="複数は「、」で区切ります。",
        example=("鈴木 一郎", ""),
    ),
    Field(
        "manual",
        "マニュアル",
        ("手順書", "マニュアル有無", "マニュアルの有無"),
        choices=MANUALS,
        example=("有（2025年10月）", "無"),
    ),
    Field(
        "improvement_room", "改善余地", ("改善の余地", "改善可能性"), choices=SCALE, width=8, example=(3, 5)
    ),
    Field("note", "備考", ("メモ", "摘要", "コメント"), width=30),
)

IGNORED = frozenset(
    map(fold_label, ("no", "no.", "項番", "番号", "エラー", "年間工数(h)", "年間工数", "年間時間(h)"))
)
