"""The pages of an import, as a person without JavaScript walks through them."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dodai.exchange.models import ImportBatch
from dodai.organization.models import Member
from dodai.work.models import WorkItem

HEADER = "社員番号,姓,名,メール,部門,役職,等級,雇用区分,入社日,上司社員番号\r\n"
NEWCOMER = "000900,水島,空,mizushima@example.com,管理本部/経理部/経理課,,S1,派遣,2026/04/01,{boss}\r\n"
WORK_HEADER = "部門,大分類,業務名,頻度,1回の所要時間(分),年間回数,主担当\r\n"
WORK = f"{WORK_HEADER}法務部,契約,契約書の審査,日次,30,240,田中\r\n"


@pytest.fixture(autouse=True)
def storage(settings, tmp_path: Path) -> None:
    backend = "django.core.files.storage.FileSystemStorage"
    place = {"BACKEND": backend, "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": place}


def upload(client, kind, content, **more):
    file = SimpleUploadedFile("表.csv", content.encode("cp932"))
    address = reverse(f"exchange:{kind}")
    return client.post(address, {"file": file, "as_of": "令和8年4月1日", **more}, follow=True)


def roster(world, **changes):
    return HEADER + NEWCOMER.format(boss=world.hana.member_no)


def answers(batch):
    return {f"answer:{each['id']}": each["answer"] or each["proposal"] or "" for each in batch.questions}


def test_a_roster_goes_through_its_four_steps(world):
    client = world.client("mei")

    page = upload(client, "people", roster(world))
    batch = ImportBatch.objects.get()
    assert "「派遣」は雇用区分にありません" in page.content.decode()
    assert not Member.objects.filter(member_no="000900").exists()

    page = client.post(
        reverse("exchange:answers", args=[batch.pk]),
        {"version": batch_version(batch), **answers(batch)},
        follow=True,
    )
    assert "追加1／更新0" in page.content.decode()

    page = client.post(
        reverse("exchange:execution", args=[batch.pk]), {"version": batch_version(batch)}, follow=True
    )
    assert "取り込みました" in page.content.decode()
    assert Member.objects.get(member_no="000900").employment_type == "dispatched"


def batch_version(batch):
    return ImportBatch.objects.get(pk=batch.pk).version


def test_a_refused_switch_is_told_and_writes_nothing(world):
    client = world.client("mei")
    upload(client, "people", roster(world))
    batch = ImportBatch.objects.get()

    page = client.post(reverse("exchange:execution", args=[batch.pk]), {"version": batch_version(batch)})

    assert page.status_code == 422
    assert not Member.objects.filter(member_no="000900").exists()


def test_an_old_page_is_told_that_somebody_was_faster(world):
    client = world.client("mei")
    upload(client, "people", roster(world))
    batch = ImportBatch.objects.get()

    assert client.post(reverse("exchange:answers", args=[batch.pk]), {"version": 1}).status_code == 409


def test_the_columns_can_be_chosen_by_hand(world):
    client = world.client("mei")
    upload(client, "people", roster(world).replace("姓,名", "みょうじ,名"))
    batch = ImportBatch.objects.get()
    assert batch.counts["error"] == 1

    fields = {f"column:0:{index}": key for key, index in batch.sheets[0]["columns"].items()}
    client.post(
        reverse("exchange:reading", args=[batch.pk]),
        {
            "version": batch.version,
            "as_of": "2026/4/1",
            "encoding": "cp932",
            **fields,
            "column:0:1": "family_name",
        },
    )

    batch = ImportBatch.objects.get()
    assert batch.counts["error"] == 0
    assert batch.encoding == batch.found_encoding == "cp932"


def test_people_bring_in_their_own_work(world):
    client = world.client("sora")

    upload(client, "work", WORK)
    batch = ImportBatch.objects.get()
    client.post(reverse("exchange:answers", args=[batch.pk]), {"version": batch.version, **answers(batch)})
    client.post(reverse("exchange:execution", args=[batch.pk]), {"version": batch_version(batch)})

    assert WorkItem.objects.get().owner == world.sora


def test_a_colleague_does_not_find_it_and_human_resources_may_only_look(world):
    upload(world.client("sora"), "work", WORK)
    batch = ImportBatch.objects.get()
    address = reverse("exchange:batch", args=[batch.pk])

    assert world.client("ren").get(address).status_code == 404
    assert world.client("mei").get(address).status_code == 200
    posted = world.client("mei").post(
        reverse("exchange:withdrawal", args=[batch.pk]), {"version": batch.version}
    )
    assert posted.status_code == 403


def test_the_page_asks_again_while_a_job_is_at_work(world):
    upload(world.client("sora"), "work", WORK)
    batch = ImportBatch.objects.get()
    ImportBatch.objects.filter(pk=batch.pk).update(state="running", progress=500, total=1000)
    address = reverse("exchange:batch", args=[batch.pk])

    page = world.client("sora").get(address).content.decode()
    part = world.client("sora").get(address, headers={"HX-Request": "true"}).content.decode()

    assert f'hx-get="{address}"' in page
    assert "500／1000" in part
    assert "<html" not in part


def test_a_file_that_was_carried_out_before_is_asked_about(world):
    client = world.client("sora")
    for _ in range(2):
        upload(client, "work", WORK)
        batch = ImportBatch.objects.first()
        client.post(
            reverse("exchange:answers", args=[batch.pk]), {"version": batch.version, **answers(batch)}
        )
        client.post(reverse("exchange:execution", args=[batch.pk]), {"version": batch_version(batch)})

    page = client.get(reverse("exchange:batch", args=[batch.pk])).content.decode()

    assert "同じ内容のファイルを取り込み済みです" in page
    assert "変更はありません" in page


@pytest.mark.parametrize(
    "name", ["people-template", "transfers-template", "work-template", "work-xlsx", "work-csv"]
)
def test_a_download_is_kept_and_never_shown(world, name):
    answer = world.client("mei").get(reverse(f"exchange:{name}"))

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox"


def test_people_leave_with_a_purpose(world):
    client = world.client("mei")
    address = reverse("exchange:people-export")

    assert client.post(address, {"purpose": "", "format": "csv"}).status_code == 422
    answer = client.post(address, {"purpose": "評価者の確認", "format": "csv"})

    assert "平野" in answer.content.decode("utf-8-sig")


def test_a_file_that_is_too_big_is_refused_beside_its_field(world, monkeypatch):
    from dodai.files.limits import Limits

    monkeypatch.setattr("dodai.web.exchange.forms.DEFAULT", Limits(upload_bytes=10))

    page = upload(world.client("mei"), "people", roster(world))

    assert page.status_code == 422
    assert "超えています" in page.content.decode()
    assert not ImportBatch.objects.exists()


def test_the_page_of_an_import_asks_the_same_number_of_questions_at_any_size(
    world, django_assert_max_num_queries
):
    client = world.client("sora")
    upload(client, "work", WORK + "".join(f"法務部,契約,審査{n},日次,30,240,田中\r\n" for n in range(60)))
    address = reverse("exchange:batch", args=[ImportBatch.objects.get().pk])

    with django_assert_max_num_queries(16):
        client.get(address)
