"""``dodai demo``: the invented company, in an empty database only."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dodai.core.errors import Refused
from dodai.ops.demo.build import build_demo


class Command(BaseCommand):
    help = "Create the invented demo company. Refuses when the database already holds a company."

    def handle(self, **options: object) -> None:
        try:
            build_demo(timezone.localdate())
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
