"""Small messy files of an invented company, written the way offices write them. All people are invented."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import openpyxl
from django.core.files.base import ContentFile

from dodai.exchange import actions
from dodai.exchange.models import ImportBatch
from dodai.organization.actions import found_company
from dodai.organization.models import Member

DAY = date(2026, 4, 1)
ANSWERS = {"family_name:000160": "𠮷村"}
HEADER = (
    "社員番号,姓,名,セイ,メイ,メール,部門,役職,等級,雇用区分,入社日,退職日,上司社員番号,"
    "兼務部門,兼務比率,休業区分,休業開始,休業終了,備考"
)
ROSTER = (
    "000110,森,千秋,モリ,チアキ,mori@example.com,経営,代表取締役社長,役員,役員,1995/04/01,,,,,,,,",
    "000120,林,大地,ハヤシ,ダイチ,hayashi@example.com,本社/経理部,部長,M2,正社員,平成14年4月1日,,000110,,,,,,",
    "０００１３０,原,美月,ﾊﾗ,ﾐﾂｷ,HARA＠EXAMPLE.COM ,本社／経理部／経理課　,課長,M1,正社員,2010/10/1,,000120,"
    "本社/総務部,４０％,,,,",
    "000140,髙木,翼,タカギ,ツバサ,takagi@example.com,本社/経理部/経理課  ,,S2,嘱託社員,2020/04/01,,130,,,,,,",
    "000150,島,陽菜,シマ,ヒナ,shima@example.com,本社/経理部/経理課,,L1,派遣,2021/04/01,2026/06/30,000130,,,,,,"
    '"自己都合\r\n後任は未定"',
    "000160,??村,空,ヨシムラ,ソラ,yoshimura@example.com,本社/情報システム部,部長,M2,正社員,2004/04/01,,000110,,,,,,",
    "000170,高木,翼,タカギ,ツバサ,takagi2@example.com,本社/情報システム部,,S1,パート,2022/04/01,,000160,"
    "本社/総務部,0.2,育休,2026/02/10,2027/03/31,",
    "000180,岸,直人,キシ,ナオト,kishi@example.com,本社/総務部,部長,M2,正社員,1990/04/01,2026/03/31,000110,,,,,,定年",
    ",（空席）,,,,,本社/総務部,部長,,,,,000110,,,,,,4月から空席",
    "000190,谷,あおい,タニ,アオイ,tani@example.com,本社/総務部,,S2,正社員,2023/04/01,,000110,,,,,,",
    "000120,林,大地,ハヤシ,ダイチ,hayashi@example.com,本社/経理部,部長,M2,正社員,平成14年4月1日,,000110,,,,,,",
    ",,,,,,,,,,,,,,,,,,",
)
TRANSFERS = (
    "発令番号,社員番号,氏名,発令日,発令区分,異動前部門,異動前等級,異動後部門,異動後役職,異動後等級,異動後上司社員番号",
    "1,000130,原 美月,2026/04/01,兼務,本社/経理部/経理課,M1,本社/総務部,部長,M1,000110",
    "2,000150,島 陽菜,2026/06/30,退職,本社/経理部/経理課,L1,,,,",
    "3,140,髙木　翼,令和8年7月1日,異動,本社/経理部/経理課,S2,本社/総務部,,S3,000110",
)
INVENTORY = (
    "部門,大分類,中分類,小分類,業務名,頻度,1回の所要時間(分),年間回数,重要度,主担当,副担当,マニュアル,改善余地,備考",
    "経理部,決算,月次,締め,月次決算,月次,10時間,12,5,原 美月,髙木　翼,有,3,",
    "経理部,決算,〃,確認,試算表の確認,毎月,約90,12,高,高木 翼,,古い,4,",
    '経理部,支払,振込,依頼,"振込の\n依頼",週1,"1,200",５０,4,原美月,島,無,2,=1+1',
    "経理部,支払,小口,出納,小口現金の出納,日次,－,240,2,経理課全員,,無,,",
    "情シス部,運用,,,端末の貸出,随時,15,不明,3,𠮷村 空,高木 翼,有,3,",
    "総務部,庶務,,,備品の発注,都度,20,40,2,岸 直人,,有,3,",
    "総務部,庶務,,,郵便の仕分け,日次,30,240,1,,谷,有,3,",
    "総務部,庶務,,,受付の当番,日次,30,240,1,谷 あおい,高木 翼,有,3,",
    "合計,,,,8件,,,,,,,,,",
)


@dataclass
class Office:
    """The first 人事責任者 of a company that has nobody else yet, and what may be done with files."""

    hr: Member

    def receive(self, name: str, content: bytes, *, kind: str = "people", second: bytes = b"") -> ImportBatch:
        batch = actions.receive(
            ContentFile(content, name=name),
            by=self.hr,
            kind=kind,
            as_of=DAY,
            second_file=ContentFile(second, name="異動一覧.csv") if second else None,
        )
        actions.proceed(batch.pk)
        return fresh(batch)

    def answer(self, batch: ImportBatch, answers: dict[str, str] | None = None) -> ImportBatch:
        """Accept what is proposed, and answer what is asked."""
        actions.answer(
            batch, by=self.hr, version=batch.version, answers=answers or {}, accepts_proposals=True
        )
        actions.proceed(batch.pk)
        return fresh(batch)

    def carry_out(self, batch: ImportBatch) -> ImportBatch:
        actions.confirm(batch, by=self.hr, version=batch.version)
        actions.proceed(batch.pk)
        return fresh(batch)

    def import_people(self, content: bytes | None = None, second: bytes | None = None) -> ImportBatch:
        second = transfers() if second is None else second
        batch = self.receive("社員名簿.csv", content or roster(), second=second)
        return self.carry_out(self.answer(batch, ANSWERS))

    def import_work(self, content: bytes | None = None, name: str = "業務棚卸表.csv") -> ImportBatch:
        batch = self.receive(name, content or inventory(), kind="work")
        return self.carry_out(self.answer(batch))


def found() -> Office:
    people = {"hr_head": ("900001", "人事", "責任者"), "system_admin": ("900002", "管理", "担当")}
    _company, (hr, _admin) = found_company("テスト工業", on=DAY, **people)
    return Office(hr.member)


def fresh(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.get(pk=batch.pk)


def roster(*rows: str) -> bytes:
    return "\r\n".join((HEADER, *(rows or ROSTER), "")).encode("cp932")


def changed_roster(before: str, after: str) -> bytes:
    text = roster().decode("cp932")
    assert before in text
    return text.replace(before, after).encode("cp932")


def transfers(*rows: str) -> bytes:
    return "\r\n".join((TRANSFERS[0], *(rows or TRANSFERS[1:]), "")).encode("utf-8-sig")


def inventory(*rows: str) -> bytes:
    return "\r\n".join((INVENTORY[0], *(rows or INVENTORY[1:]), "")).encode("utf-8-sig")


def inventory_workbook() -> bytes:
    """Title rows, a header of two rows under merged names, merged groups, notes, a header again, a total."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "業務棚卸"
    group = ["No.", "分類", None, "業務名", "業務量", None, None, "担当者", None, "マニュアル"]
    names = [
        None,
        "大分類",
        "中分類",
        None,
        "頻度",
        "１回の所要時間\n（分）",
        "年間回数",
        "主担当",
        "副担当",
        None,
    ]
    for row in (
        ["業務棚卸表（経理部）"],
        ["更新日：令和8年4月10日"],
        [],
        group,
        names,
        [1, "決算", "月次", "月次決算", "月次", time(10, 0), 12, "原　美月", "髙木 翼", "有（2025年10月）"],
        [
            2,
            None,
            "四半期",
            "四半期決算の\n取りまとめ",
            "四半期毎",
            "24時間",
            "４回",
            "髙木 翼",
            None,
            "有（2022年4月）",
        ],
        [None],
        ["※ 時間は申告による"],
        group,
        names,
        [3, "支払", None, "振込の依頼", "月２回", "1時間30分", 24, "高木 翼", None, "×"],
        ["合計", None, None, None, None, None, "=SUM(G6:G12)"],
        ["※ 架空の内容です"],
    ):
        sheet.append(row)
    for area in ("A4:A5", "B4:C4", "D4:D5", "E4:G4", "H4:I4", "J4:J5", "B6:B7", "B10:C10", "E10:G10"):
        sheet.merge_cells(area)
    examples = book.create_sheet("記入例")
    examples.append(["大分類", "業務名", "頻度", "年間回数"])
    examples.append(["（例）備品", "在庫の確認", "週次", 50])
    hidden = book.create_sheet("リスト")
    hidden.append(["日次"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)
