"""The parts of the pages: what they write, and that nothing a person typed gets out of its quotes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from dodai.cycles.models import Cycle
from dodai.goals.models import Goal, GoalSheet
from dodai.web.plots import (
    Balance,
    Band,
    Bar,
    Bubble,
    BurnUp,
    Course,
    Courses,
    Level,
    LevelCurve,
    Matrix,
    Meter,
    Point,
    Spark,
    Target,
)
from dodai.web.templatetags.states import STATES
from dodai.web.templatetags.writing import clock, day_of_year, figure, long_date, share, short_date, stamp
from dodai.work.models import WorkItem

EVIL = '"><script>alert(1)</script>" hx-get="/x'


def draw(source: str, path: str = "/goals/", **context: object) -> str:
    """A template of one component, drawn as a page would."""
    template = engines["django"].from_string(CottonCompiler().process("{% load dodai %}" + source))
    return template.render(context, RequestFactory().get(path))


# ── status ──


@pytest.mark.parametrize("kind", STATES)
def test_every_state_has_a_word_and_a_sign(kind):
    for code in STATES[kind]:
        chip = draw("{% status_chip kind code %}", kind=kind, code=code)
        assert "<svg" in chip
        assert str(STATES[kind][code].word) in chip


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        ("sheet", GoalSheet.Status),
        ("goal", Goal.State),
        ("progress", Goal.Progress),
        ("cycle", Cycle.Status),
    ],
)
def test_chips_use_the_words_of_the_model(kind, choices):
    for code, word in choices.choices:
        assert str(STATES[kind][code].word) == str(word)


def test_work_has_a_chip_for_each_of_its_states():
    codes = {code for code, _ in WorkItem._meta.get_field("status").choices or []}

    assert codes <= set(STATES["work"])


def test_a_chip_can_say_how_many_days_are_left():
    assert "あと2日" in draw('{% status_chip "due" "soon" "あと2日" %}')


def test_a_state_in_a_dense_cell_is_spoken_with_its_word():
    cell = draw('{% status_mark "progress" "late" 61 %}')

    assert '<span class="visually-hidden">遅延 </span>61' in cell


# ── what a person typed ──


@pytest.mark.parametrize(
    "source",
    [
        '<c-panel title="{{ text }}" count="{{ text }}">{{ text }}</c-panel>',
        '<c-todo-row title="{{ text }}" url="{{ text }}" note="{{ text }}" />',
        '<c-fact name="{{ text }}" value="{{ text }}" url="{{ text }}" />',
        '<c-choice name="ids" value="{{ text }}" hidden_label="{{ text }}" />',
        '<c-page-head title="{{ text }}" lead="{{ text }}" back="{{ text }}" back_label="{{ text }}" />',
        '<c-empty title="{{ text }}">{{ text }}</c-empty>',
        '<c-log-entry title="{{ text }}" who="{{ text }}">{{ text }}</c-log-entry>',
        '<c-diff :changes="changes" />',
        '<c-chain :links="links" />',
        '<c-compare :rows="rows" action="/x/" version="1" message="{{ text }}" />',
        '<c-check :lamps="lamps" dismiss="/x/" />',
        "{% sparkline spark %}",
        "{% bubble_matrix matrix %}",
    ],
)
def test_typed_text_stays_text(source):
    context = {
        "text": EVIL,
        "changes": [{"field": EVIL, "old": EVIL, "new": EVIL + "!"}],
        "links": [{"name": EVIL, "text": EVIL, "url": EVIL}],
        "rows": [{"name": "a", "label": EVIL, "mine": EVIL, "theirs": EVIL + "!"}],
        "lamps": [
            {"letter": "S", "name": EVIL, "state": "advice", "findings": [{"rule": "S01", "word": EVIL}]}
        ],
        "spark": Spark((1, 2), 3, EVIL),
        "matrix": Matrix((Bubble(EVIL, EVIL, 0, 5, 9),), ("随時",), EVIL),
    }

    page = draw(source, **context)

    assert "<script>" not in page
    assert '" hx-get="/x' not in page
    assert "&amp;quot;" not in page, "escaped twice"


# ── fields ──


class SampleForm(forms.Form):
    statement = forms.CharField(
        label="目標", max_length=120, help_text="だれが見ても同じ状態", widget=forms.Textarea
    )
    weight = forms.DecimalField(label="ウェイト", min_value=0)
    unit = forms.ChoiceField(label="部門", choices=[("a", "経理課")], required=False)
    next_step = forms.ChoiceField(label="これから", choices=[("a", "続ける")], widget=forms.RadioSelect)
    late = forms.BooleanField(label="遅延だけ", required=False)


def test_a_field_is_label_help_input_error_in_this_order():
    html = draw("{% field form.statement left=100 %}", form=SampleForm({"statement": ""}))

    positions = [
        html.index(part) for part in ("<label", 'id="id_statement_help"', "<textarea", "field-error")
    ]
    assert positions == sorted(positions)
    assert 'aria-describedby="id_statement_help id_statement_left id_statement_error"' in html
    assert 'aria-invalid="true"' in html
    assert "必須" in html
    assert "空欄です。入れてください。" in html


def test_a_text_field_never_cuts_a_conversion():
    assert "maxlength" not in draw("{% field form.statement %}", form=SampleForm())


def test_a_number_is_typed_as_text_with_a_number_keyboard():
    html = draw('{% field form.weight unit="%" %}', form=SampleForm())

    assert 'type="text"' in html
    assert 'inputmode="decimal"' in html
    assert 'min="' not in html


def test_an_optional_field_says_so_and_a_filter_does_not():
    assert "任意" in draw("{% field form.unit %}", form=SampleForm())
    assert "任意" not in draw("{% field form.unit plain=True %}", form=SampleForm())


def test_radio_buttons_are_a_group_with_a_legend():
    html = draw("{% field form.next_step %}", form=SampleForm({}))

    assert "<fieldset" in html
    assert "<legend" in html
    assert "選ばれていません。一つ選んでください。" in html


def test_a_check_box_stands_before_its_word():
    html = draw("{% field form.late %}", form=SampleForm())

    assert html.index("<input") < html.index("遅延だけ")


def test_the_summary_links_each_fault_to_its_field():
    html = draw("{% error_summary form %}", form=SampleForm({"weight": "多い"}))

    assert "3か所を直してください。" in html
    assert '<a href="#id_statement">目標：空欄です。' in html
    assert '<a href="#id_next_step">' in html


def test_without_faults_there_is_no_summary():
    complete = {"statement": "あ", "weight": "5", "next_step": "a"}

    assert draw("{% error_summary form %}", form=SampleForm(complete)).strip() == ""
    assert draw("{% error_summary form %}", form=SampleForm()).strip() == ""


# ── buttons, tables, paging ──


def test_a_disabled_button_gives_its_reason():
    html = draw('<c-button :disabled="no" reason="理由です。">確定</c-button>', no=True)

    assert " disabled" in html
    assert "理由です。" in html
    assert " disabled" not in draw('<c-button :disabled="no">確定</c-button>', no=False)


def test_the_pager_counts_and_keeps_the_filters():
    page = Paginator(range(5000), 50).page(2)

    html = draw('<c-pager :page="page" />', path="/goals/?unit=keiri&page=2", page=page)

    assert "51〜100／5,000件" in html
    assert "/goals/?unit=keiri&amp;page=3" in html
    assert "/goals/?unit=keiri&amp;page=1" in html


def test_an_empty_list_counts_zero():
    assert "0件" in draw('<c-pager :page="page" />', page=Paginator([], 50).page(1))


def test_nothing_found_shows_no_stones():
    assert "<svg" in draw('<c-empty title="まだ">文</c-empty>')
    assert "<svg" not in draw('<c-empty title="見つかりませんでした" found>文</c-empty>')


def test_a_step_that_is_done_is_marked_and_the_present_one_is_current():
    html = draw('<c-stepper :steps="steps" current="2" />', steps=["準備", "確認", "実行"])

    assert html.count('data-state="done"') == 1
    assert html.count('aria-current="step"') == 1


def test_an_unchanged_field_of_a_diff_says_so():
    html = draw('<c-diff :changes="changes" />', changes=[{"field": "期限", "old": "a", "new": "a"}])

    assert "変更なし" in html
    assert "<del>" not in html


# ── pictures ──


def test_a_single_point_draws_no_line():
    assert Spark((40,), 60, "一点").lines == []


def test_a_missing_month_breaks_the_line_and_is_hatched():
    spark = Spark((1, 2, None, 4, 5), 6, "欠測")

    assert len(spark.lines) == 2
    assert len(spark.gaps) == 1


def test_a_flat_series_on_its_target_lies_in_the_middle():
    spark = Spark((8, 8), 8, "平ら")

    assert spark.target_y == "14.0"
    assert all(y == 14 for _, _, y in spark.points)


def test_a_series_grows_to_the_right_as_the_cycle_passes():
    assert Spark((1, 2), 3, "半ば", slots=6).points[-1][1] < Spark((1, 2), 3, "満了").points[-1][1]


def test_without_values_the_sparkline_says_so():
    assert "まだありません" in draw("{% sparkline spark %}", spark=None)
    assert "まだありません" in draw("{% sparkline spark %}", spark=Spark((None,), 1, "空"))


def test_a_bar_never_leaves_its_track():
    assert Bar(130, 100).width == "120.0"
    assert Bar(-5, 100).width == "0.0"
    assert Bar(5, 0).width == "0.0"


def test_the_two_parts_of_a_balance_make_a_hundred():
    balance = Balance(2, 1)

    assert (balance.share, balance.rest) == (67, 33)
    assert (Balance(0, 0).share, Balance(0, 0).rest) == (0, 0)


def test_the_area_of_a_bubble_is_its_hours():
    matrix = Matrix((Bubble("大", "#", 0, 5, 64), Bubble("小", "#", 1, 5, 16)), ("年次", "月次"), "図")

    large, small = matrix.placed
    assert large.radius == pytest.approx(2 * small.radius)


def test_a_crowded_cell_folds_into_a_count_that_leads_to_its_rows():
    bubbles = tuple(Bubble(f"業務{n}", "#", 1, 4, n) for n in range(1, 5))
    matrix = Matrix(bubbles, ("年次", "月次"), "図", cell_url="?cell={column}-{row}")

    assert [placed.bubble.name for placed in matrix.placed] == ["業務4"]
    assert matrix.folds[0].count == 3
    assert matrix.folds[0].url == "?cell=1-4"


def test_where_less_is_better_the_best_level_stands_at_the_right():
    levels = (Level("基準", Decimal("12.4"), 60), Level("目標", Decimal("8.0"), 100, goal=True))
    curve = LevelCurve(levels, "率", "図", direction="lower", now=Decimal("12.4"), now_degree=60)

    low, high = curve.marks
    assert float(str(low["x"])) < float(str(high["x"]))
    assert [row["value"] for row in curve.table] == ["8.0", "12.4"]
    assert curve.here is not None


def test_pictures_carry_their_sentence_and_their_table():
    matrix = Matrix((Bubble("月次決算", "/work/1/", 0, 5, 64),), ("月次",), "重要度×頻度。1件")

    html = draw("{% bubble_matrix matrix %}", matrix=matrix)

    assert "<title>重要度×頻度。1件</title>" in html
    assert "<table" in html
    assert 'href="/work/1/"' in html


def burn_up(**changes):
    given = {
        "start": date(2026, 4, 1),
        "end": date(2026, 9, 30),
        "actual": (Point(date(2026, 4, 1), 0), Point(date(2026, 7, 15), 54)),
        "targets": (Target(120, date(2026, 4, 1), date(2026, 9, 30), "目標 120社"),),
        "summary": "7月15日に54社",
    }
    return BurnUp(**given | changes)


def test_a_burn_up_has_a_month_for_each_of_the_cycle():
    assert [month["month"] for month in burn_up().months] == [4, 5, 6, 7, 8, 9]


def test_a_burn_up_across_the_new_year_goes_on():
    plot = burn_up(start=date(2026, 10, 1), end=date(2027, 3, 31), actual=(), targets=())

    assert [month["month"] for month in plot.months] == [10, 11, 12, 1, 2, 3]
    assert plot.here is None


def test_a_burn_up_keeps_the_target_that_was():
    middle = date(2026, 6, 26)
    was = Target(150, date(2026, 4, 1), middle, "変更前の目標 150社", was=True)
    now = Target(120, middle, date(2026, 9, 30), "目標 120社")

    old, new = burn_up(targets=(was, now)).target_lines
    assert old["x2"] == new["x1"]
    assert (old["moved"], new["moved"]) == (False, True)
    assert "表で見る" in draw("{% burn_up plot %}", plot=burn_up())


def test_today_outside_the_cycle_is_not_drawn():
    assert burn_up(today=date(2026, 10, 1)).today_x == ""
    assert burn_up(today=date(2026, 9, 30)).today_x != ""


def test_the_courses_outline_what_is_missing():
    plot = Courses((Course("業務", 10), Course("成果", 4, missing="成果なし"), Course("指標", 4)), "図")

    assert [laid.gap for laid in plot.laid] == [0, 6, 0]
    assert draw("{% courses plot %}", plot=plot).count("courses-gap") == 1


def test_without_work_the_courses_still_stand():
    assert [laid.percent for laid in Courses((Course("業務", 0), Course("成果", 0)), "図").laid] == [0, 0]


def test_the_meter_points_at_its_value():
    html = draw(
        "{% meter plot %}",
        plot=Meter((Band(0, 100, "健全", "good"),), Decimal("50"), "健全度は50", before=40),
    )

    assert "<title>健全度は50</title>" in html
    assert "M230.0 18V44" in html


# ── writing ──


def test_dates_are_written_as_agreed():
    day = date(2026, 4, 1)

    assert long_date(day) == "2026年4月1日（水）"
    assert day_of_year(day) == "4月1日（水）"
    assert short_date(day) == "2026/04/01"
    assert long_date(None) == ""


def test_times_are_those_of_the_company():
    moment = datetime(2026, 7, 15, 1, 20, tzinfo=UTC)

    assert clock(moment) == "10:20"
    assert stamp(moment) == "7月15日（水） 10:20"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("1234.50"), "1,234.5"),
        (1000, "1,000"),
        (Decimal("0"), "0"),
        (None, ""),
        (Decimal("-5.0"), "-5"),
    ],
)
def test_figures(value, written):
    assert figure(value) == written


def test_a_proportion_is_rounded_half_up():
    assert share(Decimal("0.985")) == "98.5%"
    assert share(Decimal("0.00050")) == "0.1%"


# ── pages ──


@pytest.mark.django_db
def test_the_gallery_shows_every_component(client):
    page = client.get("/components/")

    assert page.status_code == 200
    assert "<c-" not in page.content.decode()


@pytest.mark.django_db
def test_the_gallery_exists_in_demo_installations_only(client, settings):
    settings.LOCAL = False

    assert client.get("/components/").status_code == 404


@pytest.mark.django_db
def test_signing_in_is_a_page_of_ours(client):
    page = client.get("/accounts/login/").content.decode()

    assert "<title>ログイン｜Dodai</title>" in page
    assert "パスワードを忘れたとき" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/inactive/"]
)
def test_account_pages_open_without_signing_in(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/", "/accounts/logout/"]
)
def test_account_pages_open_for_a_member(world, path):
    page = world.client("ren").get(path)

    assert page.status_code == 200
    assert 'lang="ja"' in page.content.decode()


def test_a_missing_page_does_not_tell_whether_it_exists(world):
    page = world.client("ren").get("/no-such-page/")

    assert page.status_code == 404
    assert "ページが見つかりません。" in page.content.decode()


def test_our_mistake_is_told_with_a_number_to_quote():
    page = render_to_string("500.html", {"request_id": "abc123"})

    assert "処理できませんでした。" in page
    assert "<code>abc123</code>" in page


def test_a_conflict_lets_each_field_be_chosen():
    rows = [
        {"name": "statement", "label": "目標", "mine": "自分の文", "theirs": "相手の文"},
        {"name": "weight", "label": "ウェイト", "mine": "20", "theirs": "20"},
    ]

    html = draw(
        '<c-compare :rows="rows" action="/goals/1/" version="3" message="違いがあります。" />', rows=rows
    )

    assert 'name="statement" value="自分の文" checked' in html
    assert 'name="statement" value="相手の文"' in html
    assert '<input type="hidden" name="weight" value="20">' in html
    assert '<input type="hidden" name="version" value="3">' in html
