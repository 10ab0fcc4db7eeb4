"""Exports keep the words of the import; what an import asks is written for the person who reads it."""

from django.utils import translation

from dodai.exchange import exports
from tests.exchange import papers


def test_an_export_from_an_english_page_can_be_imported_again(company):
    company.import_people()
    company.import_work()

    with translation.override("en"):
        from_an_english_page = exports.work_table(company.hr)

    assert from_an_english_page == exports.work_table(company.hr)
    assert "日次" in {cell for row in from_an_english_page for cell in row}


def test_the_questions_of_an_import_are_in_the_language_of_the_person(company):
    account = company.hr.account
    account.language = "en"
    account.save()

    batch = company.receive("社員名簿.csv", papers.roster())

    assert batch.questions
    assert all("。" not in question["sentence"] for question in batch.questions)
