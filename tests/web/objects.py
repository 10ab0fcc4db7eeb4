"""One valid object per kind for the permission matrix; it belongs to ren unless said otherwise."""

from __future__ import annotations

from collections.abc import Callable

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
