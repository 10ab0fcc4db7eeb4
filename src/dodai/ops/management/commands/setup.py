"""``dodai setup``: the company and the two people who let the others in. Asks for what is not given."""

from __future__ import annotations

from datetime import date

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from dodai.core.dates import read_date
from dodai.core.errors import Refused
from dodai.organization import actions
from dodai.organization.models import Company


class Command(BaseCommand):
    help = "Create the company and its first 人事責任者 and システム管理者, with passwords shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", default="", help="name of the company")
        parser.add_argument(
            "--hr-head", nargs=2, metavar=("NUMBER", "NAME"), help="社員番号 and 「姓 名」 of the 人事責任者"
        )
        parser.add_argument(
            "--system-admin",
            nargs=2,
            metavar=("NUMBER", "NAME"),
            help="社員番号 and 「姓 名」 of the システム管理者",
        )
        parser.add_argument(
            "--since", default="", help="first day of the known organization (default: today)"
        )

    def handle(
        self,
        *,
        company: str,
        hr_head: list[str] | None,
        system_admin: list[str] | None,
        since: str,
        **options: object,
    ) -> None:
        if Company.objects.exists():
            raise CommandError(_("会社はすでに登録されています。"))
        try:
            made, founders = actions.found_company(
                company or _ask(_("会社名")),
                on=_day(since),
                hr_head=_person(hr_head, _("人事責任者")),
                system_admin=_person(system_admin, _("システム管理者")),
            )
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(_("%(company)sを登録しました。") % {"company": made.name})
        for role, founder in zip((_("人事責任者"), _("システム管理者")), founders, strict=True):
            self.stdout.write(
                _("%(role)s %(name)s　ログイン名：%(login)s　初期パスワード：%(password)s")
                % {
                    "role": role,
                    "name": founder.member.name,
                    "login": founder.member.member_no,
                    "password": founder.password,
                }
            )
        self.stdout.write(
            _(
                "初期パスワードはこの画面だけに出ます。本人に渡し、最初のログインのあとで変更してもらってください。"
            )
        )


def _day(typed: str) -> date:
    return read_date(typed) if typed else timezone.localdate()


def _person(given: list[str] | None, role: str) -> tuple[str, str, str]:
    """社員番号, 姓 and 名; a name without a space is all 姓."""
    number, name = given or (
        _ask(_("%(role)sの社員番号") % {"role": role}),
        _ask(_("%(role)sの氏名（姓 名）") % {"role": role}),
    )
    family, _space, rest = " ".join(name.split()).partition(" ")
    return number.strip(), family, rest


def _ask(question: str) -> str:
    try:
        answer = input(f"{question}: ").strip()
    except EOFError:
        answer = ""
    if not answer:
        raise CommandError(_("「%(question)s」が空欄です。入れてください。") % {"question": question})
    return answer
