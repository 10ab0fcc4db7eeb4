"""雇用区分, 休業区分 and 等級帯 as rosters write them, and the choices offered where a word is new."""

from __future__ import annotations

from dodai.exchange.rules.desk import Option

EMPLOYMENT = {
    "正社員": "regular",
    "社員": "regular",
    "正規": "regular",
    "契約社員": "contract",
    "契約": "contract",
    "嘱託": "reemployed",
    "嘱託社員": "reemployed",
    "再雇用": "reemployed",
    "パート": "part_time",
    "パートタイマー": "part_time",
    "パート社員": "part_time",
    "出向受入": "seconded_in",
    "受入出向": "seconded_in",
    "派遣受入": "dispatched",
}
EMPLOYMENT_LIKELY = {
    "派遣": "dispatched",
    "派遣社員": "dispatched",
    "アルバイト": "part_time",
    "出向": "seconded_in",
    "出向社員": "seconded_in",
}
OFFICERS = ("役員", "取締役", "執行役員", "監査役")
EMPLOYMENT_OPTIONS = (
    Option("regular", "正社員"),
    Option("contract", "契約社員"),
    Option("reemployed", "嘱託"),
    Option("part_time", "パート"),
    Option("seconded_in", "出向受入"),
    Option("dispatched", "派遣受入（評価の対象外）"),
    Option("director", "役員（評価の対象外）"),
)
LEAVES = {
    "産前産後": "maternity",
    "産休": "maternity",
    "産前産後休業": "maternity",
    "育児": "childcare",
    "育休": "childcare",
    "育児休業": "childcare",
    "育児休職": "childcare",
    "介護": "family_care",
    "介護休業": "family_care",
    "介護休職": "family_care",
    "私傷病": "sick",
    "私傷病休職": "sick",
    "傷病": "sick",
    "病気": "sick",
    "休職": "other",
    "その他": "other",
}
LEAVE_OPTIONS = (
    Option("maternity", "産前産後"),
    Option("childcare", "育児"),
    Option("family_care", "介護"),
    Option("sick", "私傷病"),
    Option("other", "その他"),
)
BAND_OPTIONS = (Option("staff", "担当"), Option("lead", "主任・リーダー"), Option("manager", "管理職"))
BANDS = {"S": "staff", "L": "lead", "M": "manager", "役": "manager"}

EMPLOYMENT_LABELS = {option.value: option.label.partition("（")[0] for option in EMPLOYMENT_OPTIONS}
LEAVE_LABELS = {option.value: option.label for option in LEAVE_OPTIONS}
