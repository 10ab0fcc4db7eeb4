"""Filling the library from the department templates, once."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dodai import catalogue
from dodai.audit.models import record
from dodai.catalogue import IndicatorTemplate, RubricTemplate
from dodai.core.errors import NotAllowed, Refused
from dodai.indicators import permissions
from dodai.indicators.actions.definitions import write_version
from dodai.indicators.models import Indicator, IndicatorVersion
from dodai.organization.models import Company, Member

_COUNTED = frozenset({"件", "回", "人", "円", "千円", "日", "営業日", "分"})  # shown without decimals
_JUDGES = ["self", "supervisor"]


@transaction.atomic
def load_catalogue(department: str, *, by: Member) -> list[Indicator]:
    """Publish the 定量指標 and 評価段階表 of a department (GA, HR, FA, LG, IT) that are not there yet.

    What the company already has, changed or retired stays untouched, so loading twice adds nothing.
    """
    if not permissions.can_load_catalogue(by):
        raise NotAllowed(_("ひな形を読み込めるのは人事だけです。"))
    try:
        templates: list[IndicatorTemplate | RubricTemplate] = [
            *catalogue.indicators(department, with_restricted=True),
            *catalogue.rubrics(department),
        ]
    except LookupError as error:
        raise Refused(_("この部門のひな形はありません。")) from error
    present = set(
        Indicator.objects.filter(catalogue_id__in=[one.id for one in templates]).values_list(
            "catalogue_id", flat=True
        )
    )
    missing = [one for one in templates if one.id not in present]
    # Identities first: a definition may name the one beside it as 対になる指標.
    made = {one.id: _identity(one, department) for one in missing}
    for template in missing:
        if isinstance(template, RubricTemplate):
            levels = dict(enumerate(template.levels, 1))
            fields: dict[str, Any] = {"name": template.name, "archetype": "rubric", "judges": _JUDGES}
            write_version(made[template.id], 1, fields, levels, None)
        else:
            write_version(made[template.id], 1, _fields(template), {}, None)
    if made:
        company = Company.objects.get()
        changes = {"department": [None, department], "count": [0, len(made)]}
        record("indicators.loaded", company, by=by.user, changes=changes)
    return list(made.values())


def _identity(template: IndicatorTemplate | RubricTemplate, department: str) -> Indicator:
    is_rubric = isinstance(template, RubricTemplate)
    return Indicator.objects.create(
        code=template.id,
        kind=Indicator.Kind.QUALITATIVE if is_rubric else Indicator.Kind.QUANTITATIVE,
        function=department,
        status=Indicator.Status.PUBLISHED,
        restricted=getattr(template, "restricted", False),
        catalogue_id=template.id,
    )


def _fields(template: IndicatorTemplate) -> dict[str, Any]:
    counter = (
        Indicator.objects.filter(catalogue_id=template.counter_indicator).first()
        if template.counter_indicator
        else None
    )
    numerator, division, denominator = template.formula.removesuffix("×100").partition("÷")
    limits = template.range
    return {
        "name": template.name,
        "definition": template.definition,
        "formula_text": template.formula,
        "numerator": numerator if division else "",
        "denominator": denominator,
        "unit": template.unit,
        "direction": template.direction,
        "range_low": limits.low if limits else None,
        "range_high": limits.high if limits else None,
        "archetype": template.archetype,
        "aggregation": template.aggregation,
        "decimals": 0 if template.unit in _COUNTED and template.aggregation == "sum" else 1,
        "data_source": template.data_source,
        "frequency": template.frequency_label,
        "counter_indicator": counter,
        "counter_note": template.counter_note,
        "converts_from": template.converts_from,
        "keep_method": template.keep_method,
        "improve_method": template.improve_method or "",
        "controllability": IndicatorVersion.Controllability.OWN,
    }
