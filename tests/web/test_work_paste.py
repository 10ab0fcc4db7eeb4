"""Pasting from a spreadsheet: seen first, written when confirmed, one step back."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dodai.audit.models import AuditEvent
from dodai.web.work.clipboard import split
from dodai.work.models import WorkItem, WorkItemBackup
from tests.world import World

HEAD = "大分類\t業務名\t頻度\t1回の所要時間(分)\t年間回数\t重要度\t主担当\t副担当\tマニュアル\t改善余地"
ROW = "支払\t請求書の照合\t日次\t30\t240\t5\t鈴木 蓮\t髙橋 結\t有\t4"


def preview(world: World, text: str, who: str = "hana", query: str = "", **data: str):
    return world.client(who).post(f"/work/preview/{query}", {"text": text} | data)


def digest(html: str) -> str:
    return re.findall(r'name="digest" value="(\w+)"', html)[0]


def counts(html: str) -> list[int]:
    """追加, 更新, 変更なし, エラー as the page says them."""
    return [int(number) for number in re.findall(r'class="fact-value">(\d+)', html)]


def take_in(world: World, text: str, who: str = "hana", query: str = "", **data: str):
    seen = digest(preview(world, text, who, query, **data).content.decode())
    return world.client(who).post(f"/work/imports/{query}", {"text": text, "digest": seen} | data)


def test_the_clipboard_of_excel_is_read_with_its_quoted_cells():
    text = '業務名\t備考\r\n請求書の照合\t"1行目\n2行目"\r\n"""支払"""\t\r\n'
    assert split(text) == [["業務名", "備考"], ["請求書の照合", "1行目\n2行目"], ['"支払"', ""]]


def test_the_preview_says_what_would_happen_and_writes_nothing(world):
    world.work_item(name="支払予定表の作成", frequency="monthly", minutes_per_run=120, runs_per_year=12)
    world.work_item(name="入金消込")
    text = "\n".join(
        [
            HEAD,
            ROW,
            "支払\t支払予定表の作成\t月次\t90\t12\t5\t鈴木 蓮\t\t\t",
            "支払\t入金消込\t日次\t30\t240\t5\t鈴木 蓮\t\t\t",
            "支払\t小口現金\tときどき\t10\t50\t2\t鈴木 蓮\t\t\t",
        ]
    )
    html = preview(world, text, query=f"?unit={world.units['accounting'].pk}").content.decode()
    assert counts(html) == [1, 1, 1, 1]
    assert "「ときどき」は選択肢にありません" in html
    assert "<del>120</del>" in html
    assert "エラーの1件を直すと取り込めます" in html
    assert WorkItem.objects.count() == 2
    assert not AuditEvent.objects.exists()


def test_what_was_seen_is_written_and_taken_back_in_one_step(world):
    query = f"?unit={world.units['accounting'].pk}"
    rows = [ROW.replace("請求書の照合", f"業務その{number}") for number in range(30)]
    answer = take_in(world, "\n".join([HEAD, *rows]), query=query)

    assert answer.status_code == 302
    assert WorkItem.objects.filter(owner=world.ren).count() == 30
    assert WorkItemBackup.objects.filter(member=world.yui).count() == 30
    board = world.client("hana").get(answer["Location"])
    assert board.status_code == 200
    event = AuditEvent.objects.get(name="work_items.imported")
    world.client("hana").post(f"/work/imports/{event.pk}/reversal/")
    assert not WorkItem.objects.current().exists()


def test_the_same_paste_twice_changes_nothing(world):
    query = f"?unit={world.units['accounting'].pk}"
    take_in(world, f"{HEAD}\n{ROW}", query=query)
    html = preview(world, f"{HEAD}\n{ROW}", query=query).content.decode()
    assert counts(html) == [0, 0, 1, 0]
    assert "取り込むものはありません" in html


def test_what_changed_between_looking_and_taking_in_is_shown_again(world):
    query = f"?unit={world.units['accounting'].pk}"
    text = f"{HEAD}\n{ROW}"
    seen = digest(preview(world, text, query=query).content.decode())
    world.work_item()
    answer = world.client("hana").post(f"/work/imports/{query}", {"text": text, "digest": seen})
    assert answer.status_code == 409
    assert "確認した後で内容が変わりました" in answer.content.decode()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("重要度", "高", "1から5"),
        ("頻度", "たまに", "選択肢にありません"),
        ("1回の所要時間(分)", "半日", "時間として読めません"),
        ("年間回数", "不明", "回数として読めません"),
        ("主担当", "山田 太郎", "部門の人と一致しません"),
        ("業務名", "", "業務名がありません"),
        ("業務名", "あ" * 61, "多くなっています"),
        ("改善余地", "9", "1から5"),
        ("マニュアル", "たぶん", "選択肢にありません"),
    ],
)
def test_each_fault_names_its_reason(world, column, cell, says):
    cells = dict(zip(HEAD.split("\t"), ROW.split("\t"), strict=True)) | {column: cell}
    html = preview(world, HEAD + "\n" + "\t".join(cells.values())).content.decode()
    assert counts(html) == [0, 0, 0, 1]
    assert says in html


def test_cells_are_read_as_people_write_them(world):
    text = f"{HEAD}\n支払\t入金\n消込\t毎日\t１時間３０分\t２４０回\t５\t鈴木　蓮\t\t無し\t３".replace(
        "入金\n消込", '"入金\n消込"'
    )
    take_in(world, text)
    item = WorkItem.objects.get()
    assert (item.name, item.frequency, item.minutes_per_run, item.runs_per_year) == (
        "入金消込",
        "daily",
        90,
        240,
    )
    assert (item.importance, item.owner, item.manual_status, item.improvement_room) == (
        5,
        world.ren,
        "none",
        3,
    )


def test_a_likely_name_is_said_before_it_is_taken(world):
    html = preview(world, f"{HEAD}\n" + ROW.replace("髙橋 結", "高橋 結")).content.decode()
    assert "「高橋 結」を髙橋 結" in html


def test_the_mark_for_as_above_is_filled_down(world):
    text = "大分類\t業務名\t頻度\n支払\t入金消込\t日次\n〃\t銀行残高の確認\t〃"
    take_in(world, text, who="ren")
    assert set(WorkItem.objects.values_list("category_l", "frequency", "owner")) == {
        ("支払", "daily", world.ren.pk)
    }


def test_cells_dropped_on_the_grid_go_to_the_rows_and_columns_they_lie_on(world):
    one, two = world.work_item(), world.work_item(name="入金消込")
    query = "?sort=name"
    data = {"columns": "frequency,importance,monthly_hours", "items": f"{one.pk},{two.pk}"}
    answer = take_in(world, "週次\t3\n月次\t2", who="ren", query=query, **data)
    one.refresh_from_db()
    two.refresh_from_db()
    assert answer["Location"] == "/work/?sort=name"
    assert (one.frequency, one.importance) == ("weekly", 3)
    assert (two.frequency, two.importance) == ("monthly", 2)


def test_rows_below_the_grid_become_new_work(world):
    one = world.work_item()
    data = {"columns": "name,frequency", "items": str(one.pk)}
    html = preview(world, "請求書の照合\t週次\n入金消込\t日次", who="ren", **data).content.decode()
    assert counts(html) == [1, 1, 0, 0]


def test_hours_a_month_become_minutes_for_each_run(world):
    item = world.work_item()
    take_in(world, "業務名\t時間／月\n請求書の照合\t20", who="ren")
    item.refresh_from_db()
    assert item.minutes_per_run == 60
    html = preview(world, "業務名\t時間／月\n新しい業務\t20", who="ren").content.decode()
    assert "年間回数も必要です" in html


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "貼り付けた内容がありません"),
        ("週次\t3", "見出しの行が見つかりません"),
        ("業務名\t頻度\n" + "あ\t日次\n" * 1002, "1,000行"),
        ("あ" * 500_001, "大きすぎます"),
    ],
)
def test_what_cannot_be_a_table_is_told_and_kept(world, text, says):
    answer = preview(world, text, who="ren")
    assert answer.status_code == 422
    assert says in answer.content.decode()


@pytest.mark.parametrize("who", ["ren", "yui"])
def test_nobody_writes_the_work_of_others_by_pasting(world, who):
    world.work_item("hana", name="月次決算")
    text = "業務名\t重要度\t主担当\n月次決算\t1\t平野 花"
    answer = preview(world, text, who=who)
    assert counts(answer.content.decode())[3] == 1
    assert WorkItem.objects.get().importance == 5


def test_a_hidden_item_cannot_be_named_by_its_id(world):
    hidden = world.work_item("sora", name="契約の審査")
    html = preview(world, f"業務ID\t業務名\t重要度\n{hidden.pk}\t契約\t1", who="ren").content.decode()
    assert "業務IDの業務が見つかりません" in html
    assert "契約の審査" not in html


def test_a_formula_stays_text(world):
    take_in(world, "大分類\t業務名\t備考\n支払\t入金消込\t=1+1", who="ren")
    assert WorkItem.objects.get().note == "=1+1"


def test_the_preview_asks_as_often_for_ten_rows_as_for_five_hundred(world):
    client = world.client("hana")

    def queries(count: int) -> int:
        rows = [ROW.replace("請求書の照合", f"業務{number}") for number in range(count)]
        with CaptureQueriesContext(connection) as asked:
            answer = client.post("/work/preview/", {"text": "\n".join([HEAD, *rows])})
        assert counts(answer.content.decode()) == [count, 0, 0, 0]
        return len(asked)

    queries(1)
    assert queries(10) == queries(500)


def test_the_page_to_paste_into_needs_no_scripts(world):
    html = world.client("ren").get("/work/preview/").content.decode()
    assert '<textarea class="input work-paste" name="text"' in html
    assert "業務名" in html


def test_nobody_without_a_unit_can_paste(world):
    world.ren.assignments.all().delete()
    answer = preview(world, f"{HEAD}\n{ROW}", who="ren")
    assert answer.status_code == 422
    assert "所属する部門がない" in answer.content.decode()
