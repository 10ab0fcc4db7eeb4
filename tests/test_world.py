"""The company of the tests is itself valid."""

from dodai.goals.models import Goal
from dodai.organization.models import Member


def test_leaders_lead_the_people_below_them(world):
    led = set(Member.objects.led_by(world.jun).values_list("member_no", flat=True))
    assert led == {world.hana.member_no, world.ren.member_no, world.yui.member_no}


def test_a_stranger_sees_no_goal(world):
    goal = world.goal()
    assert list(Goal.objects.visible_to(world.hana)) == [goal]
    assert not Goal.objects.visible_to(world.sora).exists()
