"""Roles, 代理 and logins: nobody widens their own rights, and what is shut is shut."""

from datetime import date

import pytest
from allauth.usersessions.models import UserSession

from dodai.audit.models import AuditEvent
from dodai.core.errors import NotAllowed, Refused
from dodai.organization import actions
from dodai.organization.models import Company, Delegation, Member, RoleAssignment

TODAY, JULY = date(2026, 5, 13), date(2026, 7, 1)


def fresh(member):
    return Member.objects.get(pk=member.pk)


def test_the_head_of_hr_grants_a_role(world):
    actions.grant_role(world.sora, by=world.hiro, role="hr", valid_from=TODAY)
    assert fresh(world.sora).roles == {"hr"}
    assert AuditEvent.objects.get().name == "role.granted"


@pytest.mark.parametrize("who", ["mei", "kei", "aki", "rin", "ren"])
def test_nobody_else_grants_roles(world, who):
    with pytest.raises(NotAllowed):
        actions.grant_role(world.sora, by=world.people[who], role="hr", valid_from=TODAY)


def test_nobody_grants_a_role_to_themselves(world):
    with pytest.raises(NotAllowed):
        actions.grant_role(world.hiro, by=world.hiro, role="system_admin", valid_from=TODAY)


def test_an_auditor_needs_a_case_and_an_end(world):
    with pytest.raises(Refused, match="案件番号"):
        actions.grant_role(world.sora, by=world.hiro, role="auditor", valid_from=TODAY)
    actions.grant_role(
        world.sora, by=world.hiro, role="auditor", valid_from=TODAY, last_day=JULY, case_number="A-1"
    )


def test_the_same_role_is_not_held_twice(world):
    with pytest.raises(Refused, match="すでに"):
        actions.grant_role(world.mei, by=world.hiro, role="hr", valid_from=TODAY)


def test_a_revoked_role_is_gone_at_once(world):
    actions.revoke_role(RoleAssignment.objects.get(member=world.mei), by=world.hiro, version=1)
    assert fresh(world.mei).roles == frozenset()


def test_the_last_hr_head_stays(world):
    granted = RoleAssignment.objects.get(member=world.hiro)
    with pytest.raises(Refused, match="1人もいなくなります"):
        actions.revoke_role(granted, by=world.hiro, version=1)


def test_hr_names_a_deputy_but_never_themselves(world):
    values = {"valid_from": TODAY, "last_day": JULY, "reason": "出張のため"}
    actions.set_delegation(world.hana, by=world.mei, delegate=world.jun, **values)
    assert Delegation.objects.get().valid_to == date(2026, 7, 2)
    with pytest.raises(NotAllowed):
        actions.set_delegation(world.hana, by=world.mei, delegate=world.mei, **values)
    with pytest.raises(NotAllowed):
        actions.set_delegation(world.hana, by=world.hana, delegate=world.ren, **values)
    with pytest.raises(Refused):
        actions.set_delegation(world.hana, by=world.mei, delegate=world.hana, **values)


def test_a_delegation_ends(world):
    delegation = actions.set_delegation(
        world.hana, by=world.mei, delegate=world.jun, valid_from=TODAY, last_day=JULY, reason="出張のため"
    )
    actions.end_delegation(delegation, by=world.mei, version=1)
    assert not Delegation.objects.on(TODAY).exists()


def newcomer(world):
    return actions.hire(
        by=world.mei, member_no="000099", family_name="森", unit=world.units["legal"], hired_on=TODAY
    )


def test_a_newcomer_gets_a_login_with_a_password_shown_once(world):
    member = newcomer(world)
    password = actions.provision(member, by=world.kei, version=1)
    account = fresh(member).account
    assert account.login_name == "000099"
    assert account.check_password(password)
    assert len(password) == 23
    assert password not in str(list(AuditEvent.objects.values()))


@pytest.mark.parametrize("who", ["mei", "hiro", "ren", "rin"])
def test_only_the_system_admin_handles_accounts(world, who):
    member, by = newcomer(world), world.people[who]
    for verb in (
        lambda: actions.provision(member, by=by, version=1),
        lambda: actions.suspend(world.yui, by=by, version=1, reason="x"),
        lambda: actions.issue_password(world.yui, by=by, version=1),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_the_system_admin_does_not_handle_their_own_account(world):
    with pytest.raises(NotAllowed):
        actions.issue_password(world.kei, by=world.kei, version=1)


def test_suspending_ends_the_sessions_and_restoring_does_not_bring_them_back(world):
    client = world.client("ren")
    UserSession.objects.create(
        user=world.ren.account, ip="127.0.0.1", session_key=client.session.session_key, user_agent="Firefox"
    )
    actions.suspend(world.ren, by=world.kei, version=1, reason="紛失の連絡")
    assert not fresh(world.ren).account.is_active
    assert not UserSession.objects.exists()
    actions.restore(fresh(world.ren), by=world.kei, version=2)
    assert fresh(world.ren).account.is_active
    assert not client.session.exists(client.session.session_key or "gone")


def test_the_account_of_a_leaver_is_not_restored(world):
    actions.leave_company(world.ren, by=world.mei, version=1, left_on=date(2026, 5, 12))
    with pytest.raises(Refused, match="在籍していない"):
        actions.restore(fresh(world.ren), by=world.kei, version=2)


def test_a_new_password_replaces_the_old_one(world):
    password = actions.issue_password(world.ren, by=world.kei, version=1)
    assert fresh(world.ren).account.check_password(password)


def test_personal_settings_are_ones_own(world):
    actions.change_profile(world.ren, by=world.ren, language="en", shortcuts_enabled=False)
    assert fresh(world.ren).account.language == "en"
    with pytest.raises(NotAllowed):
        actions.change_profile(world.ren, by=world.kei, language="ja", shortcuts_enabled=True)


@pytest.mark.django_db
def test_a_company_is_founded_once():
    people = {"hr_head": ("0001", "新井", "洋"), "system_admin": ("0002", "伊藤", "圭")}
    company, founders = actions.found_company("港商事", on=TODAY, **people)
    assert [founder.member.roles for founder in founders] == [{"hr_head"}, {"system_admin"}]
    assert all(founder.member.account.check_password(founder.password) for founder in founders)
    assert company.weekly_off == [5, 6]
    with pytest.raises(Refused):
        actions.found_company("二社目", on=TODAY, **people)
    assert Company.objects.count() == 1


def test_company_settings_and_holidays(world):
    actions.change_company(world.company, by=world.mei, version=1, closing_day=20)
    holiday = actions.add_holiday(date(2026, 12, 29), by=world.kei, name="年末休業")
    actions.remove_holiday(holiday, by=world.mei, version=1)
    assert [event.name for event in AuditEvent.objects.all()] == [
        "company.changed",
        "holiday.added",
        "holiday.removed",
    ]
    with pytest.raises(Refused, match="営業日"):
        actions.change_company(world.company, by=world.mei, version=2, weekly_off=list(range(7)))
    with pytest.raises(NotAllowed):
        actions.change_company(world.company, by=world.ren, version=2, closing_day=15)
