"""The goal pages: wizard, live check, list, detail and comparison, without a browser."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from dodai.goals import actions
from dodai.goals.measuring import GoalIndicatorInput
from dodai.goals.models import Goal
from dodai.indicators import actions as library
from dodai.indicators.models import Indicator

WORDS = {
    "title": "請求書の期限内計上率を98%以上にする",
    "statement": "請求書を5営業日以内に計上した割合を、上期末までに88%から98%以上にする（対象：全件）。",
    "criteria": "会計システムの計上日で数える",
    "goal_type": "improvement",
    "deadline": "2026-09-30",
    "weight": "40",
    "difficulty_planned": "normal",
}


@pytest.fixture
def finance(world):
    """The library of 経理・財務."""
    library.load_catalogue("FA", by=world.mei)
    return world


def version_of(catalogue_id):
    return Indicator.objects.get(catalogue_id=catalogue_id).current_id


def step(goal, name):
    return reverse("goals:step", args=[goal.pk, name])


def draft(world, *, measured=True, **fields):
    sheet = fields.pop("sheet", None) or world.sheet()
    goal = actions.add_goal(sheet, by=world.ren, **fields)
    if measured:
        given = [GoalIndicatorInput(version_of("FA-Q04"), baseline=Decimal(88), target=Decimal(98))]
        goal = actions.measure(goal, by=world.ren, version=goal.version, indicators=given)
    return goal


def measured_fields(goal, **numbers):
    prefix = f"m{goal.goal_indicators.get().indicator_version_id}"
    return {f"{prefix}-{name}": value for name, value in numbers.items()}


# ── beginning ──


def test_the_first_words_are_checked_and_answered_with_a_type_and_indicators(finance):
    answer = finance.client("ren").post(reverse("goals:check"), {"typed_as": "請求書処理件数"})

    assert answer.status_code == 200
    found = {one.rule: str(one.severity) for one in answer.context["check"].findings}
    assert found == {"M01": "error", "M06": "info", "S05": "warn", "T01": "error"}
    proposed = answer.context["proposed"]
    assert proposed.archetype == "deadline_adherence"
    assert proposed.coached
    assert proposed.proposals[0].version.name == "請求書処理の期限内率"
    assert "件数や回数は、目標にしにくい数です" in answer.content.decode()


def test_the_proposed_type_is_changed_in_one_step(finance):
    asked = {"typed_as": "請求書処理件数", "type": "lead_time", "type_of": "請求書処理件数"}
    answer = finance.client("ren").post(reverse("goals:check"), asked)

    assert {one.archetype for one in answer.context["proposed"].proposals} == {"lead_time"}


def test_a_goal_begins_from_words_and_opens_the_sheet(finance):
    answer = finance.client("ren").post(
        reverse("goals:new"), {"typed_as": "請求書処理件数", "indicator": [version_of("FA-Q04")]}
    )

    goal = Goal.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == step(goal, "work")
    assert goal.typed_as == "請求書処理件数"
    assert goal.sheet.member == finance.ren
    assert goal.goal_indicators.get().indicator_version.name == "請求書処理の期限内率"


def test_a_goal_begins_from_work(world):
    item = world.work_item()
    world.client("ren").post(reverse("goals:new"), {"work": item.pk})

    goal = Goal.objects.get()
    assert list(goal.work_items.all()) == [item]
    assert goal.step == Goal.Step.OUTCOME


def test_somebody_elses_work_begins_nothing(world):
    item = world.work_item("sora", unit=world.units["legal"])
    assert world.client("ren").post(reverse("goals:new"), {"work": item.pk}).status_code == 404
    assert not Goal.objects.exists()


def test_an_example_begins_with_open_slots(finance):
    finance.client("ren").post(reverse("goals:new"), {"example": "FA-G02"})

    assert "［" in Goal.objects.get().statement


# ── steps ──


def test_work_is_chosen_or_written_down_in_passing(world):
    goal, client = draft(world, measured=False), world.client("ren")
    item = world.work_item()
    sent = {
        "version": goal.version,
        "work": [item.pk],
        "name": "月次決算",
        "category_l": "決算",
        "then": "next",
    }
    answer = client.post(step(goal, "work"), sent)

    assert answer["Location"] == step(goal, "outcome")
    assert {one.name for one in goal.work_items.all()} == {"請求書の照合", "月次決算"}


def test_next_explains_what_is_missing_and_may_be_passed(world):
    goal, client = draft(world, measured=False), world.client("ren")
    answer = client.post(step(goal, "work"), {"version": goal.version, "then": "next"})
    assert answer.status_code == 422
    assert "業務が選ばれていません" in answer.content.decode()

    answer = client.post(step(goal, "work"), {"version": goal.version, "then": "skip"})
    assert answer["Location"] == step(goal, "outcome")


def test_an_outcome_is_written_in_three_fields(world):
    goal, client = draft(world, measured=False), world.client("ren")
    item = world.work_item()
    goal = actions.choose_work(goal, by=world.ren, version=goal.version, work_items=[item])
    sent = {"beneficiary": "取引先", "thing": "代金", "state": "期日どおりに届いている"}
    answer = client.post(step(goal, "outcome"), {"version": goal.version, "then": "next", **sent})

    assert answer["Location"] == step(goal, "indicator")
    assert [one.sentence for one in goal.outcomes.all()] == ["取引先に、代金が期日どおりに届いている"]


def test_indicators_are_found_by_two_letters_and_attached(finance):
    goal, client = draft(finance, measured=False), finance.client("ren")
    answer = client.get(step(goal, "indicator"), {"q": "期限", "f": "FA"})
    assert "請求書処理の期限内率" in [one.name for one in answer.context["library"]["found"]]

    for catalogue_id in ("FA-Q04", "FA-L01"):
        goal.refresh_from_db()
        client.post(step(goal, "indicator"), {"version": goal.version, "add": version_of(catalogue_id)})
    assert [row.sub_weight for row in goal.goal_indicators.all()] == [50, 50]


def test_an_own_indicator_is_made_and_attached_in_place(finance):
    goal, client = draft(finance, measured=False), finance.client("ren")
    sent = {
        "version": goal.version,
        "kind": "qualitative",
        "name": "締めの引継ぎやすさ",
        "level_1": "担当者しか分からない",
        "level_3": "手順書で代われる",
        "level_5": "新任でも一人でできる",
    }
    client.post(reverse("goals:own_indicator", args=[goal.pk]), sent)

    row = goal.goal_indicators.get()
    assert row.indicator_version.name == "締めの引継ぎやすさ"
    assert row.indicator_version.indicator.proposed_by == finance.ren
    assert row.scale["method"] == "rubric"


def test_the_whole_goal_is_written_in_one_step(finance):
    goal, client = draft(finance), finance.client("ren")
    numbers = measured_fields(goal, method="improve", baseline="８８", target="98％")
    sent = {"version": goal.version, "then": "next", **WORDS, **numbers}
    answer = client.post(step(goal, "statement"), sent)

    assert answer["Location"] == step(goal, "review")
    goal.refresh_from_db()
    assert (goal.title, goal.weight, str(goal.deadline)) == (WORDS["title"], 40, "2026-09-30")
    row = goal.goal_indicators.get()
    assert (row.baseline, row.target, row.method) == (88, 98, "improve")
    assert row.scale == {"method": "improve", "baseline": "88", "target": "98"}


def test_eras_are_read_and_win_over_the_calendar(finance):
    goal = draft(finance)
    sent = {"version": goal.version, **WORDS, "deadline_text": "令和8年8月31日"}
    finance.client("ren").post(step(goal, "statement"), sent)

    goal.refresh_from_db()
    assert str(goal.deadline) == "2026-08-31"


def test_what_cannot_be_read_stays_on_the_screen_and_the_rest_is_kept(finance):
    goal = draft(finance)
    sent = {"version": goal.version, "then": "next", **WORDS, **measured_fields(goal, target="たくさん")}
    answer = finance.client("ren").post(step(goal, "statement"), sent)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "たくさん" in page
    assert "数字として読めません" in page
    goal.refresh_from_db()
    assert goal.title == WORDS["title"]


def test_numbers_that_do_not_fit_are_refused_with_the_way_out(finance):
    goal = draft(finance)
    numbers = measured_fields(goal, method="improve", baseline="98", target="98")
    sent = {"version": goal.version, "then": "next", **WORDS, **numbers}
    answer = finance.client("ren").post(step(goal, "statement"), sent)

    assert answer.status_code == 422
    assert "基準値と目標値が同じです" in answer.content.decode()


@pytest.mark.parametrize(
    ("method", "numbers", "scale"),
    [
        ("ratio", {"target": "98"}, {"target": "98"}),
        ("improve", {"baseline": "88", "target": "98"}, {"baseline": "88", "target": "98"}),
        ("milestone", {"late_1_10": "80", "late_11_plus": "50"}, {"late_1_10": "0.8", "late_11_plus": "0.5"}),
        ("binary", {"late": "70"}, {"late": "70"}),
        (
            "anchors",
            {
                "anchor_value_0": "99", "anchor_degree_0": "120",
                "anchor_value_2": "98", "anchor_degree_2": "100",
                "anchor_value_4": "88", "anchor_degree_4": "60",
            },
            {"anchors": [["88", "60"], ["98", "100"], ["99", "120"]]},
        ),
    ],
)  # fmt: skip
def test_every_method_of_a_rate_is_stored_as_chosen(finance, method, numbers, scale):
    goal = draft(finance, measured=False)
    goal = actions.measure(
        goal, by=finance.ren, version=goal.version, indicators=[GoalIndicatorInput(version_of("FA-Q04"))]
    )
    sent = {"version": goal.version, **WORDS, **measured_fields(goal, method=method, **numbers)}
    assert finance.client("ren").post(step(goal, "statement"), sent).status_code == 302

    stored = goal.goal_indicators.get().scale
    assert stored == {"method": method, **scale}


def test_a_zero_target_shows_its_steps(finance):
    goal = draft(finance, measured=False)
    goal = actions.measure(
        goal, by=finance.ren, version=goal.version, indicators=[GoalIndicatorInput(version_of("FA-Q02"))]
    )
    answer = finance.client("ren").post(
        reverse("goals:goal_check", args=[goal.pk]),
        {"version": goal.version, **WORDS, **measured_fields(goal, method="zero")},
        headers={"HX-Request": "true"},
    )

    ((_form, levels),) = answer.context["measures"]
    assert [str(row.degree) for row in levels.rows] == ["100.0", "85.0", "60.0", "0.0", "0.0"]


# ── the live check ──


def test_the_live_check_answers_for_what_is_typed_and_writes_nothing(finance):
    goal = draft(finance)
    typed = {"version": goal.version, **WORDS, "statement": "請求書処理を頑張る"}
    answer = finance.client("ren").post(
        reverse("goals:goal_check", args=[goal.pk]), typed, headers={"HX-Request": "true"}
    )

    page = answer.content.decode()
    assert "規則 S01" in page
    assert "<mark>頑張る</mark>" in page
    assert 'id="weight-sum" hx-swap-oob="true"' in page
    assert "点検 5項目中" in page
    assert "<input" not in page.split('id="rewrite-text"')[1].split("</p>")[0]
    goal.refresh_from_db()
    assert goal.statement == ""


def test_without_a_script_the_check_draws_the_whole_page_as_typed(finance):
    goal = draft(finance)
    typed = {"version": goal.version, **WORDS, "statement": "請求書処理を頑張る"}
    answer = finance.client("ren").post(reverse("goals:goal_check", args=[goal.pk]), typed)

    page = answer.content.decode()
    assert "<!doctype html>" in page
    assert "請求書処理を頑張る</textarea>" in page
    assert "規則 S01" in page


def test_a_finding_is_set_aside_with_a_reason_and_taken_up_again(finance):
    goal, client = draft(finance, statement="経費精算などの差戻し率を上期末までに12%から8%以下にする。"), None
    client = finance.client("ren")
    address = reverse("goals:dismissals", args=[goal.pk])
    short = client.post(address, {"version": goal.version, "dismiss": "S04|など", "reason|S04|など": "短い"})
    assert short.status_code == 422

    client.post(address, {"dismiss": "S04|など", "reason|S04|など": "対象は規程の別表で決まっています。"})
    assert goal.dismissals.get().rule == "S04"
    client.post(address, {"reinstate": "S04|など"})
    assert not goal.dismissals.exists()


def test_the_rewrite_keeps_what_is_missing_visible_and_fills_the_field(finance):
    goal, client = draft(finance), finance.client("ren")
    sent = {"version": goal.version, **WORDS, "slot-対象": "請求書", "then": "use"}
    client.post(step(goal, "statement"), sent)

    goal.refresh_from_db()
    assert goal.statement.startswith("請求書の請求書処理の期限内率を、2026年9月30日までに88%から98%以上に")
    empty = client.get(step(goal, "statement")).context["rewrite"]
    assert ("［対象］", True) in empty.parts


# ── autosave and two people at once ──


def test_autosave_answers_with_the_time_and_the_next_version(finance):
    goal = draft(finance)
    answer = finance.client("ren").post(
        step(goal, "statement"),
        {"version": goal.version, **WORDS, "then": "autosave"},
        headers={"HX-Request": "true"},
    )

    goal.refresh_from_db()
    page = answer.content.decode()
    assert "に保存しました" in page
    assert f'value="{goal.version}" hx-swap-oob="true"' in page
    assert goal.title == WORDS["title"]


def test_saving_a_goal_asks_little(finance, django_assert_max_num_queries):
    goal, client = draft(finance), finance.client("ren")
    client.get(step(goal, "statement"))
    sent = {"version": goal.version, **WORDS, "then": "autosave"}
    # Twelve beside the two pairs of savepoints that stand for BEGIN and COMMIT inside a test; PostgreSQL
    # takes the lock of the audit chain by a statement of its own.
    with django_assert_max_num_queries(16 + (connection.vendor == "postgresql")):
        client.post(step(goal, "statement"), sent, headers={"HX-Request": "true"})
    goal.refresh_from_db()
    assert goal.title == WORDS["title"]


def test_the_slower_of_two_windows_compares_field_by_field_and_loses_nothing(finance):
    goal, client = draft(finance), finance.client("ren")
    actions.write_goal(goal, by=finance.ren, version=goal.version, title="先に書いた題", weight=30)
    sent = {"version": goal.version, "then": "next", **WORDS}
    answer = client.post(step(goal, "statement"), sent)

    assert answer.status_code == 409
    keys = {one.key: (one.mine, one.theirs) for one in answer.context["differences"]}
    assert keys["title"] == (WORDS["title"], "先に書いた題")
    assert keys["weight"] == ("40", "30")

    chosen = dict(answer.context["mine"]) | {
        "version": Goal.objects.get().version,
        "then": "stay",
        "pick|title": "theirs",
        "fields|title": "title",
        "pick|weight": "mine",
        "fields|weight": "weight",
        "pick|statement": "mine",
        "fields|statement": "statement",
    }
    assert client.post(step(goal, "statement"), chosen).status_code == 302
    goal.refresh_from_db()
    assert (goal.title, goal.weight, goal.statement) == ("先に書いた題", 40, WORDS["statement"])


def test_autosave_that_comes_too_late_says_so_and_leaves_the_form_alone(finance):
    goal, client = draft(finance), finance.client("ren")
    actions.write_goal(goal, by=finance.ren, version=goal.version, title="先に書いた題")
    sent = {"version": goal.version, **WORDS, "then": "autosave"}
    answer = client.post(step(goal, "statement"), sent, headers={"HX-Request": "true"})

    assert answer.status_code == 409
    assert "違いを見る" in answer.content.decode()
    assert "goal-version" not in answer.content.decode()


def test_the_same_text_sent_twice_is_no_conflict(finance):
    goal, client = draft(finance), finance.client("ren")
    sent = {
        "version": goal.version,
        "then": "next",
        **WORDS,
        **measured_fields(goal, baseline="88", target="98"),
    }
    sent |= measured_fields(goal, method="improve")
    first, second = (client.post(step(goal, "statement"), sent) for _ in range(2))

    assert first["Location"] == second["Location"] == step(goal, "review")


# ── requests to others ──


def test_help_is_asked_for_and_answered(finance):
    goal = draft(finance)
    client = finance.client("ren")
    sent = {
        "version": goal.version,
        **WORDS,
        "to": "田中 空",
        "request": "契約書の写しの送付",
        "due_on": "2026/6/30",
    }
    client.post(reverse("goals:requests", args=[goal.pk]), sent)
    row = goal.dependencies.get()
    assert row.member == finance.sora

    page = finance.client("sora").get(reverse("goals:goal", args=[goal.pk]))
    assert page.status_code == 200
    assert "会計システムの計上日で数える" not in page.content.decode()
    answer = {"version": row.version, "agreement": "agreed", "answer": "月末に送ります"}
    finance.client("sora").post(reverse("goals:answers", args=[row.pk]), answer)
    row.refresh_from_db()
    assert row.agreement == "agreed"


def test_a_name_that_nobody_has_is_said(finance):
    goal = draft(finance)
    sent = {"version": goal.version, **WORDS, "to": "だれか", "request": "何か"}
    answer = finance.client("ren").post(reverse("goals:requests", args=[goal.pk]), sent)

    assert answer.status_code == 422
    assert "「だれか」という部門も人も見つかりません" in answer.content.decode()


# ── goal page, history, removal ──


def test_page_and_drawer_show_the_same(finance):
    goal = draft(finance, title="締めを早める", statement="月次決算を第5営業日までに締める。")
    for who in ("ren", "hana", "mei"):
        client = finance.client(who)
        address = reverse("goals:goal", args=[goal.pk])
        page = client.get(address).content.decode()
        drawer = client.get(f"{address}?panel=1", headers={"HX-Request": "true"}).content.decode()
        for text in ("締めを早める", "月次決算を第5営業日までに締める。", "請求書処理の期限内率"):
            assert text in page
            assert text in drawer


@pytest.mark.parametrize("who", ["yui", "sora", "kei"])
def test_strangers_find_nothing(finance, who):
    goal, client = draft(finance), finance.client(who)
    for name in ("goals:goal", "goals:history"):
        assert client.get(reverse(name, args=[goal.pk])).status_code == 404
    assert client.get(step(goal, "statement")).status_code == 404
    assert client.post(reverse("goals:goal_check", args=[goal.pk]), WORDS).status_code == 404


def test_the_supervisor_reads_but_does_not_write(finance):
    goal, client = draft(finance), finance.client("hana")
    assert client.get(reverse("goals:goal", args=[goal.pk])).status_code == 200
    assert client.get(step(goal, "statement")).status_code == 404


def test_the_history_tells_old_and_new(finance):
    goal = draft(finance, title="はじめの題")
    actions.write_goal(goal, by=finance.ren, version=goal.version, title="次の題", weight=25)
    page = finance.client("hana").get(reverse("goals:history", args=[goal.pk])).content.decode()

    assert "はじめの題" in page
    assert "次の題" in page
    assert "25%" in page


def test_comments_stand_among_the_changes(finance):
    goal = draft(finance, title="締めを早める")
    actions.comment(goal.sheet, by=finance.hana, text="面談で話しましょう")
    page = finance.client("ren").get(reverse("goals:history", args=[goal.pk])).content.decode()

    assert "面談で話しましょう" in page


def test_a_removed_goal_comes_back(finance):
    goal, client = draft(finance, title="締めを早める"), finance.client("ren")
    answer = client.post(reverse("goals:removal", args=[goal.pk]), {"version": goal.version})
    sheet = client.get(answer["Location"])
    assert "「締めを早める」を削除しました。" in sheet.content.decode()
    assert not Goal.objects.exists()

    client.post(sheet.context["removed"]["undo"])
    assert Goal.objects.get().title == "締めを早める"


# ── list ──


def test_the_list_has_scopes_for_those_who_lead_and_for_hr(finance):
    draft(finance, title="締めを早める")
    assert [tab["label"] for tab in finance.client("ren").get(reverse("goals:goals")).context["scopes"]] == [
        "自分"
    ]
    team = finance.client("hana").get(reverse("goals:goals"), {"scope": "team"})
    assert "締めを早める" in team.content.decode()
    everyone = finance.client("mei").get(reverse("goals:goals"), {"scope": "all"})
    assert "締めを早める" in everyone.content.decode()
    assert (
        "締めを早める"
        not in finance.client("yui").get(reverse("goals:goals"), {"scope": "all"}).content.decode()
    )


def test_filters_narrow_and_can_be_cleared(finance):
    sheet = finance.sheet()
    draft(finance, sheet=sheet, title="締めを早める", goal_type="improvement")
    draft(finance, sheet=sheet, title="伝票を守る")
    client = finance.client("ren")
    for query, shown in (
        ({"type": "improvement"}, ["締めを早める"]),
        ({"q": "伝票"}, ["伝票を守る"]),
        ({"status": "running"}, []),
        ({"findings": "1"}, ["締めを早める", "伝票を守る"]),
    ):
        answer = client.get(reverse("goals:goals"), query)
        assert [goal.title for goal in answer.context["rows"]] == shown
        assert "絞り込みを解除" in answer.content.decode()


def test_both_empty_states(world):
    client = world.client("ren")
    assert "目標がまだありません" in client.get(reverse("goals:goals")).content.decode()
    assert "見つかりませんでした" in client.get(reverse("goals:goals"), {"q": "ない"}).content.decode()


@pytest.mark.parametrize("who", ["ren", "hana", "mei"])
def test_the_list_costs_the_same_for_ten_and_two_hundred_goals(finance, who, django_assert_max_num_queries):
    sheet, client = finance.sheet(), finance.client(who)
    query = {"scope": {"ren": "own", "hana": "team", "mei": "all"}[who]}
    client.get(reverse("goals:goals"), query)  # the first page of a session also writes its clock
    counts = []
    for count in (10, 190):
        Goal.objects.bulk_create(
            Goal(sheet=sheet, number=sheet.goals.count() + place, title=f"目標{place}")
            for place in range(count)
        )
        with django_assert_max_num_queries(12) as captured:
            client.get(reverse("goals:goals"), query)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_goal_page_costs_the_same_for_one_and_many_rows(finance, django_assert_max_num_queries):
    goal, client = draft(finance), finance.client("hana")
    goal.work_items.add(finance.work_item())
    goal.outcomes.add(finance.outcome())
    client.get(reverse("goals:goal", args=[goal.pk]))
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(12) as captured:
            client.get(reverse("goals:goal", args=[goal.pk]))
        counts.append(len(captured))
        for number in range(5):
            goal.milestones.create(title=f"節目{number}", due_on=finance.cycle.period_to)
            goal.work_items.add(finance.work_item(name=f"業務{number}"))
    assert counts[0] == counts[1]
