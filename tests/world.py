"""One small company, the same in every test. People have names and one job each.

hana leads 経理課 (一次評価者); ren and yui report to her; jun heads 経理部 (二次評価者);
sora is in 法務 and sees nothing of them; mei is 人事, hiro 人事責任者; rin is 監査; aki is 経営;
kei is the システム管理者, who has no business reading notes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.test import Client

from dodai.accounts.models import Account
from dodai.cycles.models import Cycle, CyclePhase, EvaluationPolicy
from dodai.goals import actions as goals
from dodai.goals.actions.goals import MilestoneInput
from dodai.goals.measuring import GoalIndicatorInput
from dodai.goals.models import Goal, GoalSheet
from dodai.indicators import actions as indicators
from dodai.indicators.models import Indicator
from dodai.organization.models import (
    Assignment,
    Company,
    Grade,
    Member,
    OrgUnit,
    OrgUnitLine,
    OrgUnitVersion,
    RoleAssignment,
    UnitHead,
)
from dodai.work.models import Outcome, OutcomeLink, WorkItem

START = date(2020, 4, 1)
PASSWORD = "correct horse battery staple"

_UNITS = {
    "company": ("テスト商事", "company", "XX", None),
    "admin": ("管理本部", "headquarters", "XX", "company"),
    "finance": ("経理部", "department", "FA", "admin"),
    "accounting": ("経理課", "section", "FA", "finance"),
    "legal": ("法務部", "department", "LG", "admin"),
    "hr": ("人事部", "department", "HR", "admin"),
    "it": ("情報システム部", "department", "IT", "admin"),
}
_PEOPLE = {
    # name: (family, given, family kana, given kana, unit, supervisor, role, band)
    "aki": ("社長", "明", "シャチョウ", "アキ", "company", None, "executive", "manager"),
    "jun": ("酒井", "純", "サカイ", "ジュン", "finance", "aki", "", "manager"),
    "hana": ("平野", "花", "ヒラノ", "ハナ", "accounting", "jun", "", "manager"),
    "ren": ("鈴木", "蓮", "スズキ", "レン", "accounting", "hana", "", "staff"),
    "yui": ("髙橋", "結", "タカハシ", "ユイ", "accounting", "hana", "", "staff"),
    "sora": ("田中", "空", "タナカ", "ソラ", "legal", "aki", "", "staff"),
    "mei": ("谷口", "芽衣", "タニグチ", "メイ", "hr", "hiro", "hr", "lead"),
    "hiro": ("新井", "洋", "アライ", "ヒロ", "hr", "aki", "hr_head", "manager"),
    "rin": ("遠藤", "凛", "エンドウ", "リン", "company", "aki", "auditor", "staff"),
    "kei": ("伊藤", "圭", "イトウ", "ケイ", "it", "aki", "system_admin", "staff"),
}
_HEADS = {"company": "aki", "admin": "aki", "finance": "jun", "accounting": "hana", "hr": "hiro"}


@dataclass
class World:
    units: dict[str, OrgUnit] = field(default_factory=dict)
    people: dict[str, Member] = field(default_factory=dict)
    company: Company = field(init=False)
    policy: EvaluationPolicy = field(init=False)
    cycle: Cycle = field(init=False)

    def __getattr__(self, name: str) -> Member:
        """``world.hana`` is the person hana."""
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def client(self, who: str) -> Client:
        """A browser in which the person is signed in."""
        client = Client()
        account = self.people[who].account
        assert account is not None
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def sheet(self, owner: str = "ren", **changes: Any) -> GoalSheet:
        """The person's sheet of the cycle, empty and 作成中 unless told otherwise."""
        member = self.people[owner]
        first = member.assignments.get().supervisor
        second = first.assignments.get().supervisor if first else None
        defaults: dict[str, Any] = {
            "member": member,
            "cycle": self.cycle,
            "segment_from": self.cycle.period_from,
            "segment_to": self.cycle.period_to,
            "unit": member.assignments.get().unit,
            "unit_path": "経理部 経理課",
            "grade_code": "S2",
            "first_evaluator": first,
            "second_evaluator": second,
        }
        return GoalSheet.objects.create(**defaults | changes)

    def work_item(self, owner: str | None = "ren", **changes: Any) -> WorkItem:
        """A piece of work of the person; of 経理課 and nobody's when the owner is None."""
        member = self.people[owner] if owner else None
        defaults: dict[str, Any] = {
            "unit": member.assignments.get().unit if member else self.units["accounting"],
            "owner": member,
            "category_l": "支払",
            "category_m": "請求書",
            "name": "請求書の照合",
            "frequency": "daily",
            "minutes_per_run": 30,
            "runs_per_year": 240,
            "importance": 5,
            "capable_people": 1,
            "status": "active",
        }
        item = WorkItem(**defaults | changes)
        item.index()
        item.save()
        return item

    def outcome(self, item: WorkItem | None = None, owner: str = "ren", **changes: Any) -> Outcome:
        defaults: dict[str, Any] = {
            "owner": self.people[owner],
            "beneficiary": "取引先",
            "thing": "代金",
            "state": "期日どおりに届いている",
            "category": "punctuality",
        }
        outcome = Outcome.objects.create(**defaults | changes)
        if item is not None:
            OutcomeLink.objects.create(work_item=item, outcome=outcome)
        return outcome

    def goal(self, sheet: GoalSheet | None = None, **changes: Any) -> Goal:
        sheet = sheet or self.sheet()
        defaults: dict[str, Any] = {
            "sheet": sheet,
            "number": sheet.goals.count() + 1,
            "title": "請求書の期限内処理率を98%以上にする",
            "statement": "請求書を受領から5営業日以内に計上した割合を、上期末までに88%から98%以上にする。",
            "criteria": "5営業日以内に計上した件数÷受領した件数",
            "weight": 100,
            "deadline": self.cycle.period_to,
        }
        goal = Goal(**defaults | changes)
        goal.index()
        goal.save()
        return goal

    def indicator(self, *, rubric: bool = False, **changes: Any) -> Indicator:
        """A published definition of 経理: a rate where more is better, or a 評価段階表."""
        kind: dict[str, Any] = {
            "kind": "quantitative",
            "name": "請求書の期限内計上率",
            "unit": "%",
            "direction": "higher",
            "data_source": "会計システム",
            "frequency": "月次",
        }
        if rubric:
            kind = {"kind": "qualitative", "name": "予算資料のわかりやすさ", "levels": RUBRIC}
        fields = {"function": "FA", **kind, **changes}
        proposed = indicators.propose(by=self.mei, **fields)
        return indicators.publish(proposed, by=self.mei, version=proposed.version)

    def ready_sheet(self, owner: str = "ren") -> GoalSheet:
        """A sheet nothing stands in the way of: three goals (定量, 定性, ゼロ), Σ100, no finding left."""
        member = self.people[owner]
        sheet = goals.open_sheet(self.cycle, by=member)
        item = self.work_item(owner)
        outcome = self.outcome(item, owner)
        zero = {"name": "月次決算の遅延回数", "unit": "回", "direction": "zero", "decimals": 0}
        for fields, indicator, numbers in (
            (READY[0], self.indicator(), {"baseline": Decimal(88), "target": Decimal(98)}),
            (READY[1], self.indicator(rubric=True), {}),
            (READY[2], self.indicator(**zero), {"zero_definition": "経営会議資料の提出時刻を超えたもの"}),
        ):
            goal = goals.add_goal(sheet, by=member, step="review", **READY_ALIKE, **fields)
            goal = goals.choose_work(goal, by=member, version=goal.version, work_items=[item])
            goal = goals.choose_outcomes(goal, by=member, version=goal.version, outcomes=[outcome])
            assert indicator.current_id is not None
            given = GoalIndicatorInput(indicator.current_id, **numbers)  # type: ignore[arg-type]
            goal = goals.measure(goal, by=member, version=goal.version, indicators=[given])
            step = MilestoneInput("手順を関係者と確かめる", date(2026, 6, 30))
            goals.set_milestones(goal, by=member, version=goal.version, milestones=[step])
        sheet.refresh_from_db()
        return sheet

    def submitted_sheet(self, owner: str = "ren") -> GoalSheet:
        sheet = self.ready_sheet(owner)
        return goals.submit(sheet, by=self.people[owner], version=sheet.version)

    def running_sheet(self, owner: str = "ren") -> GoalSheet:
        """Approved twice; version 1 is frozen."""
        sheet = self.submitted_sheet(owner)
        assert sheet.first_evaluator is not None
        assert sheet.second_evaluator is not None
        sheet = goals.approve(sheet, by=sheet.first_evaluator, version=sheet.version)
        return goals.approve(sheet, by=sheet.second_evaluator, version=sheet.version)


RUBRIC = {
    1: "差異の数字だけを示している",
    3: "差異の理由と影響額を示し、質問に即答できる",
    5: "読み手の判断に要る選択肢まで示している",
}
READY_ALIKE: dict[str, Any] = {
    "deadline": date(2026, 9, 30),
    "reason_outcome": "取引先と経営が、正しい数字を期日どおりに受け取れる。",
    "approach": "手順を書き出し、確認の順番を入れ替える。",
}
READY: tuple[dict[str, Any], ...] = (
    {
        "goal_type": "improvement",
        "title": "請求書の期限内計上率を98%以上にする",
        "statement": (
            "請求書を受領から5営業日以内に計上した割合を、9月末までに88%から98%以上にする（対象：月平均420件）。"
        ),
        "criteria": "5営業日以内に計上した件数÷受領した件数",
        "weight": 40,
    },
    {
        "title": "予算資料を評価段階表のレベル3にする",
        "statement": (
            "予算資料の評価段階表を、9月末時点でレベル3（差異の理由と影響額を示し、質問に即答できる）にする。"
        ),
        "weight": 30,
    },
    {
        "title": "月次決算を遅らせない",
        "statement": (
            "月次決算を毎月第6営業日までに確定し、上期6回の遅延を0回とする"
            "（遅延＝経営会議資料の提出時刻を超過）。"
        ),
        "weight": 30,
    },
)


def build() -> World:
    """Create the company of the tests in the database."""
    world = World()
    world.company = Company.objects.create(pk=1, name="テスト商事", weekly_off=[5, 6])
    for order, (key, (name, kind, function, parent)) in enumerate(_UNITS.items()):
        unit = OrgUnit.objects.create(code=key.upper())
        world.units[key] = unit
        OrgUnitVersion.objects.create(
            unit=unit,
            name=name,
            kind=kind,
            function=function,
            parent=world.units[parent] if parent else None,
            sort_order=order,
            valid_from=START,
        )
        ancestor: str | None = key
        depth = 0
        while ancestor is not None:
            OrgUnitLine.objects.create(
                unit=unit, ancestor=world.units[ancestor], depth=depth, valid_from=START
            )
            ancestor, depth = _UNITS[ancestor][3], depth + 1
    for number, (key, person) in enumerate(_PEOPLE.items(), start=1):
        world.people[key] = _person(world, key, f"{number:06d}", person)
    for key, (*_rest, supervisor, role, _band) in _PEOPLE.items():
        if supervisor:
            Assignment.objects.filter(member=world.people[key]).update(supervisor=world.people[supervisor])
        if role:
            RoleAssignment.objects.create(member=world.people[key], role=role, valid_from=START)
    for unit_key, head in _HEADS.items():
        UnitHead.objects.create(unit=world.units[unit_key], member=world.people[head], valid_from=START)
    world.policy = EvaluationPolicy.objects.create(name="標準", number=1)
    world.cycle = Cycle.objects.create(
        name="2026年度上期",
        period_from=date(2026, 4, 1),
        period_to=date(2026, 9, 30),
        policy=world.policy,
        status=Cycle.Status.RUNNING,
    )
    CyclePhase.objects.create(
        cycle=world.cycle, kind="goal_setting", opens_on=date(2026, 3, 15), due_on=date(2026, 4, 20)
    )
    return world


def _person(world: World, key: str, number: str, person: tuple[Any, ...]) -> Member:
    family, given, family_kana, given_kana, unit, _supervisor, _role, band = person
    account = Account.objects.create_user(number, PASSWORD, email=f"{key}@test.example")
    member = Member(
        account=account,
        member_no=number,
        family_name=family,
        given_name=given,
        family_kana=family_kana,
        given_kana=given_kana,
        email=account.email,
        hired_on=START,
    )
    member.index()
    member.save()
    Assignment.objects.create(member=member, unit=world.units[unit], valid_from=START)
    Grade.objects.create(member=member, grade_code="S2", band=band, valid_from=START)
    return member


def session_of(who: str) -> str:
    """The key of a signed-in session for the browser, made the way the test client makes it."""
    number = f"{list(_PEOPLE).index(who) + 1:06d}"
    client = Client()
    client.force_login(
        Account.objects.get(login_name=number), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client.cookies[settings.SESSION_COOKIE_NAME].value
