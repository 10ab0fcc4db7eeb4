"""The life of a definition in the library, and who may do what with it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dodai.audit.models import AuditEvent
from dodai.core.errors import Conflict, NotAllowed, Refused
from dodai.indicators import actions
from dodai.indicators.models import Indicator, OutcomeIndicator

ON_TIME = {
    "name": "期限内処理率",
    "unit": "%",
    "direction": "higher",
    "data_source": "会計システム",
    "frequency": "月次",
}
LEVELS = {1: "問われてから調べる", 3: "理由を示して答える", 5: "先に説明して質問が出ない"}


def propose(world, who="ren", **changes):
    fields = {"kind": "quantitative", "function": "FA", **ON_TIME, **changes}
    return actions.propose(by=world.people[who], **fields)


def events():
    return list(AuditEvent.objects.order_by("sequence").values_list("name", flat=True))


def test_anyone_proposes_and_uses_it_alone_until_it_is_approved(world):
    indicator = propose(world)

    assert indicator.status == Indicator.Status.PROPOSED
    assert indicator.current.number == 1
    assert indicator.code == "FA-C001"
    assert events() == ["indicator.proposed"]
    seen = {
        who: Indicator.objects.visible_to(member).filter(pk=indicator.pk).exists()
        for who, member in world.people.items()
    }
    # aki and jun head units of 経理・財務, and hana heads its section; the others wait for the approval.
    assert {who for who, sees in seen.items() if sees} == {"ren", "aki", "jun", "hana", "mei", "hiro"}


def test_codes_of_a_department_count_on(world):
    assert [propose(world).code, propose(world, function="LG").code, propose(world).code] == [
        "FA-C001", "LG-C001", "FA-C002",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "指標名"),
        ({"unit": ""}, "単位"),
        ({"direction": ""}, "良い方向"),
        ({"direction": "sideways"}, "良い方向"),
        ({"name": "あ" * 81}, "指標名"),
        ({"function": "ZZ"}, "部門"),
        ({"direction": "range", "range_low": Decimal(5), "range_high": Decimal(5)}, "下限"),
        ({"status": "published"}, "書き換えられない"),
    ],
)
def test_a_definition_that_says_too_little_is_refused(world, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        propose(world, **changes)
    assert not Indicator.objects.exists()
    assert events() == []


@pytest.mark.parametrize("missing", [1, 3, 5])
def test_a_rubric_needs_its_first_middle_and_last_level(world, missing):
    levels = {level: text for level, text in LEVELS.items() if level != missing}
    with pytest.raises(Refused, match=f"段階{missing}"):
        propose(world, kind="qualitative", levels=levels)


def test_a_rubric_without_levels_two_and_four_is_complete(world):
    rubric = propose(world, kind="qualitative", name="予算資料", unit="", direction="", levels=LEVELS)

    assert dict(rubric.current.levels.values_list("level", "text")) == LEVELS


def test_a_rubric_has_no_sixth_level_and_no_endless_text(world):
    with pytest.raises(Refused, match="1から5"):
        propose(world, kind="qualitative", levels={**LEVELS, 6: "神業"})
    with pytest.raises(Refused, match="300字"):
        propose(world, kind="qualitative", levels={**LEVELS, 3: "あ" * 301})


def test_only_the_head_of_hr_makes_restricted_definitions(world):
    with pytest.raises(NotAllowed):
        propose(world, "mei", restricted=True)
    hidden = propose(world, "hiro", restricted=True, function="LG")
    hidden = actions.approve(hidden, by=world.hiro, version=hidden.version)

    seen = {
        who for who, member in world.people.items()
        if Indicator.objects.visible_to(member).filter(pk=hidden.pk).exists()
    }  # fmt: skip
    assert seen == {"hiro"}


@pytest.mark.parametrize("who", ["mei", "hiro", "jun", "hana"])
def test_hr_and_the_head_of_the_department_approve_and_publish(world, who):
    indicator = propose(world)
    member = world.people[who]
    indicator = actions.approve(indicator, by=member, version=indicator.version)
    indicator = actions.publish(indicator, by=member, version=indicator.version)

    assert indicator.status == Indicator.Status.PUBLISHED
    assert events() == ["indicator.proposed", "indicator.approved", "indicator.published"]
    assert Indicator.objects.visible_to(world.sora).filter(pk=indicator.pk).exists()


@pytest.mark.parametrize("verb", [actions.approve, actions.publish])
@pytest.mark.parametrize("who", ["ren", "yui", "sora", "rin", "kei"])
def test_nobody_else_approves_or_publishes(world, who, verb):
    indicator = propose(world)
    with pytest.raises(NotAllowed):
        verb(indicator, by=world.people[who], version=indicator.version)
    assert events() == ["indicator.proposed"]


@pytest.mark.parametrize("who", ["yui", "sora", "rin", "kei"])
def test_nobody_else_retires_or_revises_a_proposal(world, who):
    indicator = propose(world)
    for verb in (actions.retire, actions.revise):
        with pytest.raises(NotAllowed):
            verb(indicator, by=world.people[who], version=indicator.version)


def test_the_writer_of_a_proposal_takes_it_back_but_not_once_it_is_approved(world):
    indicator = propose(world)
    other = propose(world)
    assert actions.retire(indicator, by=world.ren, version=indicator.version).status == "retired"
    other = actions.approve(other, by=world.jun, version=other.version)
    with pytest.raises(NotAllowed):
        actions.retire(other, by=world.ren, version=other.version)
    with pytest.raises(NotAllowed):
        actions.revise(other, by=world.ren, version=other.version, name="別の名")


def test_a_published_indicator_is_not_approved_again(world):
    indicator = propose(world)
    indicator = actions.publish(indicator, by=world.mei, version=indicator.version)
    with pytest.raises(Refused, match="公開"):
        actions.approve(indicator, by=world.mei, version=indicator.version)


def test_a_revision_is_the_next_version_and_leaves_the_old_one_alone(world):
    indicator = propose(world)
    old = indicator.current
    indicator = actions.revise(indicator, by=world.ren, version=indicator.version, name="期限内計上率")

    old.refresh_from_db()
    assert (old.number, old.name) == (1, "期限内処理率")
    assert (indicator.current.number, indicator.current.name) == (2, "期限内計上率")
    assert indicator.current.unit == "%"  # what was not said stays
    assert Indicator.objects.matching("計上").get() == indicator
    event = AuditEvent.objects.last()
    assert event.name == "indicator.revised"
    assert event.changes == {"name": ["期限内処理率", "期限内計上率"]}


def test_a_revision_of_the_levels_keeps_the_others(world):
    rubric = propose(world, kind="qualitative", unit="", direction="", levels=LEVELS)
    rubric = actions.revise(rubric, by=world.ren, version=rubric.version, levels={**LEVELS, 4: "根拠も示す"})

    assert rubric.current.number == 2
    assert rubric.current.levels.count() == 4


def test_a_revision_without_a_difference_makes_no_version(world):
    indicator = propose(world)
    same = actions.revise(indicator, by=world.ren, version=indicator.version, name="期限内処理率")

    assert same.current.number == 1
    assert events() == ["indicator.proposed"]


def test_a_retired_indicator_is_not_revised(world):
    indicator = propose(world)
    indicator = actions.retire(indicator, by=world.ren, version=indicator.version)
    with pytest.raises(Refused, match="廃止"):
        actions.revise(indicator, by=world.mei, version=indicator.version, name="別の名")


def test_the_slower_of_two_revisions_is_told(world):
    indicator = propose(world)
    actions.revise(indicator, by=world.ren, version=indicator.version, name="期限内計上率")
    for verb in (actions.revise, actions.approve, actions.publish, actions.retire):
        with pytest.raises(Conflict):
            verb(indicator, by=world.mei, version=indicator.version)
    assert len(events()) == 2


# ── the catalogue ──


def test_all_five_departments_fill_the_library_once(world):
    for department in ("GA", "HR", "FA", "LG", "IT"):
        actions.load_catalogue(department, by=world.mei)
        assert actions.load_catalogue(department, by=world.hiro) == []

    assert Indicator.objects.filter(kind="quantitative").count() == 62
    assert Indicator.objects.filter(kind="qualitative").count() == 30
    assert all(row.current.levels.count() == 5 for row in Indicator.objects.filter(kind="qualitative"))
    assert events() == ["indicators.loaded"] * 5
    closing = Indicator.objects.get(catalogue_id="FA-Q01")
    assert closing.current.counter_indicator.catalogue_id == "FA-Q03"
    assert not Indicator.objects.filter(current=None).exists()


def test_loading_again_brings_back_what_is_missing_and_touches_nothing_else(world):
    actions.load_catalogue("FA", by=world.mei)
    changed = Indicator.objects.get(catalogue_id="FA-Q04")
    actions.revise(changed, by=world.mei, version=changed.version, name="うちの呼び名")
    actions.load_catalogue("FA", by=world.mei)

    changed.refresh_from_db()
    assert changed.current.name == "うちの呼び名"


def test_a_restricted_template_stays_hidden(world):
    actions.load_catalogue("LG", by=world.mei)

    whistle = Indicator.objects.get(catalogue_id="LG-Q11")
    assert whistle.restricted
    assert not Indicator.objects.visible_to(world.mei).filter(pk=whistle.pk).exists()
    assert not Indicator.objects.visible_to(world.sora).filter(pk=whistle.pk).exists()


@pytest.mark.parametrize("who", ["ren", "hana", "jun", "sora", "rin", "kei", "aki"])
def test_only_hr_loads_the_catalogue(world, who):
    with pytest.raises(NotAllowed):
        actions.load_catalogue("FA", by=world.people[who])


def test_a_department_without_templates_is_refused(world):
    with pytest.raises(Refused, match="ひな形"):
        actions.load_catalogue("XX", by=world.mei)


@pytest.mark.parametrize(
    ("words", "code"), [("請求", "FA-Q04"), ("仕訳", "FA-Q03"), ("請求　期限", "FA-Q04")]
)
def test_two_characters_are_enough_to_find_something(world, words, code):
    actions.load_catalogue("FA", by=world.mei)

    assert Indicator.objects.visible_to(world.ren).matching(words).filter(code=code).exists()
    assert not Indicator.objects.visible_to(world.ren).matching("採用").exists()


# ── outcomes ──


def test_the_writer_of_an_outcome_chooses_how_it_is_seen(world):
    outcome = world.outcome(world.work_item())
    indicator = propose(world)
    link = actions.see_through(outcome, by=world.ren, indicator=indicator)

    assert actions.see_through(outcome, by=world.ren, indicator=indicator) == link
    assert events() == ["indicator.proposed", "outcome.seen_through"]
    actions.look_away(outcome, by=world.ren, indicator=indicator)
    assert not OutcomeIndicator.objects.exists()
    with pytest.raises(Refused):
        actions.look_away(outcome, by=world.ren, indicator=indicator)


@pytest.mark.parametrize("who", ["hana", "yui", "sora", "mei", "rin", "kei"])
def test_nobody_else_chooses_it(world, who):
    outcome = world.outcome(world.work_item())
    indicator = propose(world)
    for verb in (actions.see_through, actions.look_away):
        with pytest.raises(NotAllowed):
            verb(outcome, by=world.people[who], indicator=indicator)


def test_an_indicator_one_may_not_see_cannot_be_chosen(world):
    outcome = world.outcome(world.work_item())
    theirs = propose(world, "sora", function="LG")
    with pytest.raises(Refused, match="選べない指標"):
        actions.see_through(outcome, by=world.ren, indicator=theirs)
