"""Build the whole demo company, or refuse where there is real data."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from dodai.core.errors import Refused
from dodai.ops.demo import cycles, goals, people, work
from dodai.organization.models import Company, Member


def build_demo(today: date) -> None:
    """Everything by the product's own verbs, so that the demo is as valid as real data."""
    if Company.objects.exists() or Member.objects.exists():
        raise Refused(
            _("このデータベースにはすでに会社が登録されています。デモは空のデータベースにだけ作れます。")
        )
    cast = people.build(today, cycles.half_of(today))
    items = work.build(cast)
    before, now = cycles.build(cast, today)
    goals.build(cast, before, now, items)
