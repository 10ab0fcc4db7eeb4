"""`dodai lint` as a person and a script use it."""

import io
import json
import subprocess
import sys

import pytest
from openpyxl import Workbook

from dodai.ops import cli, lint


@pytest.fixture
def run(monkeypatch, capsys):
    def run(*words, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = cli.main(["lint", *map(str, words)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def _answers(out):
    return [json.loads(line) for line in out.splitlines()]


def test_a_sentence_is_shown_with_its_word_underlined(run):
    code, out, _ = run("請求書処理を頑張る。")
    lines = out.splitlines()

    assert code == lint.BLOCKED
    assert lines[0] == "請求書処理を頑張る。"
    assert lines[1] == " " * 12 + "^" * 6
    assert "要修正 M01 達成を測る手がかりがありません。" in out


def test_a_good_sentence_gives_no_finding(run):
    code, out, _ = run("経費精算の差戻し率を2026年9月末までに8%から4%以下に下げる")

    assert code == lint.OK
    assert "指摘はありません。" in out


def test_the_wording_can_be_english(run):
    _, out, _ = run("--lang", "en", "請求書処理を頑張る。")

    assert "There is no deadline." in out


def test_one_object_per_line_goes_in_and_out(run):
    lines = [
        {"id": "a", "text": "請求書処理を頑張る。"},
        {"id": 7, "text": "差戻し率を8%から4%以下に下げる", "deadline": "2026-09-30"},
    ]
    code, out, _ = run("--format", "jsonl", "-", stdin="\n".join(map(json.dumps, lines)).encode())
    first, second = _answers(out)

    assert code == lint.OK
    assert first["id"] == "a"
    assert {finding["rule"] for finding in first["findings"]} == {"S01", "S05", "M01", "T01"}
    assert set(first["findings"][0]) == {"rule", "letter", "severity", "span", "message", "suggestion"}
    assert second == {"id": 7, "findings": []}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{broken", "2行目はJSONとして読めません"),
        (b"[1]", "2行目はJSONのオブジェクトではありません"),
        (b'{"id": 5}', '2行目に"text"（文字列）がありません'),
        (b'{"text": 5}', '2行目に"text"（文字列）がありません'),
        (b"\xff\xfe", "2行目はJSONとして読めません"),
        (b"[" * 100_000, "2行目はJSONとして読めません"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_rest_goes_on(run, line, says):
    good = json.dumps({"id": 1, "text": "頑張る"}).encode()
    code, out, _ = run("--format", "jsonl", "-", stdin=b"\n".join([good, line, b"", good]))
    answers = _answers(out)

    assert code == lint.UNREADABLE
    assert [answer["id"] for answer in answers][::2] == [1, 1]
    assert answers[1]["line"] == 2
    assert says in answers[1]["error"]


def test_a_lone_surrogate_survives(run):
    code, out, _ = run("--format", "jsonl", "-", stdin=b'{"id": "\\ud800", "text": "\\ud800"}')

    assert code == lint.OK
    assert _answers(out)[0]["id"] == "\ud800"


def test_a_text_file_holds_a_sentence_per_line(run, tmp_path):
    path = tmp_path / "目標.txt"
    path.write_bytes("頑張る\n\n努力する\n".encode("cp932"))
    code, out, _ = run(path)

    assert code == lint.BLOCKED
    assert "目標.txt:1  頑張る" in out
    assert "目標.txt:3  努力する" in out
    assert "文2件：要修正4件、注意4件、ヒント0件" in out


def test_a_csv_is_read_by_its_headings(run, tmp_path):
    path = tmp_path / "goals.csv"
    path.write_text("No.,目標,達成基準,期限\n1,稟議の確認の質を高める,差戻し率4%以下,9月末\n", "utf-8")
    _, out, _ = run("--format", "jsonl", path)

    assert {f["severity"] for f in _answers(out)[0]["findings"]} <= {"info"}


def test_a_csv_of_one_column_needs_no_heading(run, tmp_path):
    path = tmp_path / "goals.csv"
    path.write_text("頑張る\n", "utf-8")
    code, out, _ = run(path)

    assert code == lint.BLOCKED
    assert "頑張る" in out


def test_a_workbook_is_read_below_its_title_and_other_sheets_are_left_out(run, tmp_path):
    book = Workbook()
    book.active.append(["記入要領"])
    sheet = book.create_sheet("001273_加藤")
    sheet.append(["目標管理シート"])
    sheet.append([])
    sheet.append(["No.", "区分", "目標", "期限"])
    sheet.append([1, "改善", "差戻し率を8%から4%以下に下げる", "R8.9.30"])
    path = tmp_path / "sheet.xlsx"
    book.save(path)
    code, out, _ = run(path)

    assert code == lint.OK
    assert "001273_加藤:4  差戻し率を8%から4%以下に下げる" in out
    assert "記入要領" not in out


def test_a_table_without_goals_is_refused_in_one_sentence(run, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("社員番号,氏名\n000123,架空 花子\n", "utf-8")
    code, out, err = run(path)

    assert code == lint.UNREADABLE
    assert out == ""
    assert "目標の列が見つかりません" in err


def test_a_missing_file_is_not_checked_as_a_sentence(run):
    code, _, err = run("どこにもない.xlsx")

    assert code == lint.UNREADABLE
    assert "どこにもない.xlsxが見つかりません" in err


def test_a_very_long_sentence_is_no_file_name(run):
    code, _, _ = run("頑張る" * 2000)

    assert code == lint.BLOCKED


def test_lint_starts_without_django():
    program = (
        "import sys; from dodai.ops import cli; cli.main(['lint', '頑張る']); "
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "M01" in done.stdout


def test_other_verbs_are_management_commands_and_two_words_become_one(monkeypatch):
    called = []

    class Utility:
        def __init__(self, argv):
            called.append(argv)

        def execute(self):
            pass

    monkeypatch.setattr("django.core.management.ManagementUtility", Utility)
    cli.main(["import", "people", "file.csv"])
    cli.main(["import", "work", "file.csv"])
    cli.main(["migrate"])

    assert called == [
        ["dodai", "import_people", "file.csv"],
        ["dodai", "import_work", "file.csv"],
        ["dodai", "migrate"],
    ]
