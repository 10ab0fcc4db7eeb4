"""One valid object per kind for the permission matrix; it belongs to ren unless said otherwise."""

from __future__ import annotations

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.utils import timezone

from dodai.audit.models import AuditEvent
from dodai.exchange.models import ImportBatch
from dodai.goals import actions as goals
from dodai.goals.freezing import sheet_body
from dodai.goals.models import SheetVersion
from dodai.indicators import actions as indicators
from dodai.organization.models import Delegation, Holiday, RoleAssignment
from dodai.work import actions as work
from tests.world import World

Builder = Callable[[World], dict[str, object]]
BUILDERS: dict[str, Builder] = {}


def builds(name: str) -> Callable[[Builder], Builder]:
    """Register the keyword arguments of the address of one kind of object."""

    def keep(builder: Builder) -> Builder:
        BUILDERS[name] = builder
        return builder

    return keep


@builds("work_item")
def work_item(world: World) -> dict[str, object]:
    return {"pk": world.work_item().pk}


@builds("sheet")
def sheet(world: World) -> dict[str, object]:
    return {"pk": world.sheet().pk}


@builds("submitted_sheet")
def submitted_sheet(world: World) -> dict[str, object]:
    return {"pk": world.goal(world.sheet(status="submitted")).sheet_id}


@builds("goal")
def goal(world: World) -> dict[str, object]:
    return {"pk": world.goal().pk}


@builds("unit")
def unit(world: World) -> dict[str, object]:
    return {"pk": world.units["accounting"].pk}


@builds("member")
def member(world: World) -> dict[str, object]:
    return {"pk": world.ren.pk}


@builds("concurrent_assignment")
def concurrent_assignment(world: World) -> dict[str, object]:
    row = world.ren.assignments.create(
        unit=world.units["legal"],
        kind="concurrent",
        allocation_percent=30,
        valid_from=world.cycle.period_from,
    )
    return {"pk": row.pk}


@builds("leave")
def leave(world: World) -> dict[str, object]:
    return {"pk": world.ren.leaves.create(kind="childcare", valid_from=world.cycle.period_from).pk}


@builds("import_batch")
def import_batch(world: World) -> dict[str, object]:
    """A look at a file that ren may carry out; the file itself is not there, so no job gets far."""
    batch = ImportBatch.objects.create(
        kind="work",
        state="reviewing",
        file="imports/missing",
        file_name="業務棚卸表.csv",
        as_of=world.cycle.period_from,
        created_by=world.ren,
        counts={"add": 1},
        is_ready=True,
    )
    return {"pk": batch.pk}


@builds("indicator")
def indicator(world: World) -> dict[str, object]:
    """A proposal of ren for 経理・財務."""
    proposed = indicators.propose(
        by=world.ren, kind="quantitative", function="FA", name="期限内計上率", unit="%", direction="higher"
    )
    return {"pk": proposed.pk}


@builds("org_goal")
def org_goal(world: World) -> dict[str, object]:
    """A goal of 経理部, set by its head."""
    unit, deadline = world.units["finance"], world.cycle.period_to
    made = goals.create_org_goal(world.cycle, unit, by=world.jun, title="決算早期化", deadline=deadline)
    return {"pk": made.pk}


@builds("goal_step")
def goal_step(world: World) -> dict[str, object]:
    return {"pk": world.goal().pk, "name": "statement"}


@builds("goal_request")
def goal_request(world: World) -> dict[str, object]:
    """ren asks sora for something."""
    goal = world.goal()
    asked = goals.add_dependency(
        goal, by=world.ren, version=goal.version, request="契約書の写しの送付", member=world.sora
    )
    return {"pk": asked.pk}


@builds("removed_goal")
def removed_goal(world: World) -> dict[str, object]:
    goal = world.goal()
    return {"pk": goals.remove_goal(goal, by=world.ren, version=goal.version).pk}


@builds("sheet_version")
def sheet_version(world: World) -> dict[str, object]:
    sheet = world.goal().sheet
    SheetVersion.objects.create(
        sheet=sheet,
        number=1,
        body=sheet_body(sheet),
        policy={},
        frozen_at=timezone.now(),
        frozen_by=world.jun,
    )
    return {"pk": sheet.pk, "number": 1}


@builds("api_goal")
def api_goal(world: World) -> dict[str, object]:
    return {"goal_id": world.goal().pk}


@builds("api_sheet")
def api_sheet(world: World) -> dict[str, object]:
    return {"sheet_id": world.sheet().pk}


@builds("api_submitted_sheet")
def api_submitted_sheet(world: World) -> dict[str, object]:
    return {"sheet_id": world.goal(world.sheet(status="submitted")).sheet_id}


@builds("outcome")
def outcome(world: World) -> dict[str, object]:
    return {"pk": world.outcome(world.work_item()).pk}


@builds("work_import")
def work_import(world: World) -> dict[str, object]:
    """What ren took from the template and may take back."""
    work.take_from_template(world.units["accounting"], by=world.ren, owner=world.ren, template_ids=["FA-T01"])
    return {"token": str(AuditEvent.objects.get(name="work_items.taken_from_template").pk)}


@builds("cycle")
def cycle(world: World) -> dict[str, object]:
    return {"pk": world.cycle.pk}


@builds("new_cycle_step")
def new_cycle_step(world: World) -> dict[str, object]:
    return {"step": "period"}


@builds("policy")
def policy(world: World) -> dict[str, object]:
    return {"pk": world.policy.pk}


@builds("holiday")
def holiday(world: World) -> dict[str, object]:
    return {"pk": Holiday.objects.create(day=world.cycle.period_to, name="創立記念日").pk}


@builds("role")
def role(world: World) -> dict[str, object]:
    return {"pk": RoleAssignment.objects.get(member=world.mei).pk}


@builds("delegation")
def delegation(world: World) -> dict[str, object]:
    span = {"valid_from": world.cycle.period_from, "valid_to": world.cycle.period_to}
    made = Delegation.objects.create(principal=world.hana, delegate=world.jun, reason="出張のため", **span)
    return {"pk": made.pk}


@builds("session")
def session(world: World) -> dict[str, object]:
    """Another browser in which ren is signed in."""
    made = UserSession.objects.create(
        user=world.ren.account, ip="127.0.0.1", session_key="elsewhere", user_agent="Firefox/140"
    )
    return {"pk": made.pk}
