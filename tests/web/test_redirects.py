"""A form may lead back to a page of ours and to nothing else."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import reverse

from dodai.web.redirects import back_to_page
from tests.web.test_login import FOREIGN


def _target(typed: str) -> str:
    return back_to_page(RequestFactory().post("/", {"next": typed}))["Location"]


@pytest.mark.parametrize("typed", ["/", "/goals/?state=draft&page=2", "/work/#row-3", "/?q=%E6%A5%AD"])
def test_a_path_of_ours_is_followed(typed):
    assert _target(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [*FOREIGN, "", "goals/", "?page=2", "http://testserver/", "//testserver/", "/\n/evil.example"],
)
def test_anything_else_leads_home(typed):
    location = _target(typed)
    assert location == "/" or location.startswith("/%09")


@pytest.mark.parametrize("name", ["profile:language", "cycles:current"])
@pytest.mark.parametrize("typed", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_no_switch_of_the_frame_leads_to_another_house(world, name, typed):
    answer = world.client("ren").post(
        reverse(name), {"next": typed, "language": "ja", "cycle": world.cycle.pk}
    )
    assert answer["Location"] == "/"
