"""The life of a definition: 提案 → 承認 → 公開 → 改訂 (a new version) → 廃止."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from dodai.audit.models import record
from dodai.core.errors import NotAllowed, Refused
from dodai.core.numbers import plain
from dodai.indicators import permissions
from dodai.indicators.models import Indicator, IndicatorVersion, RubricLevel
from dodai.organization.models import Member

#: What a version says. Identity, number and state have verbs of their own.
WRITABLE = frozenset(
    {
        "name", "definition", "formula_text", "numerator", "denominator", "unit", "direction", "range_low",
        "range_high", "archetype", "aggregation", "decimals", "data_source", "collector", "frequency",
        "lag_days", "counter_indicator", "counter_note", "converts_from", "demand_driven", "controllability",
        "keep_method", "improve_method", "judges", "evidence_required",
    }
)  # fmt: skip
REQUIRED_LEVELS = (1, 3, 5)
LEVELS = range(1, 6)
Levels = Mapping[int, str]


@transaction.atomic
def propose(
    *,
    by: Member,
    kind: str,
    function: str,
    levels: Levels | None = None,
    restricted: bool = False,
    **fields: Any,
) -> Indicator:
    """A new definition for the library (``WRITABLE``); 定性 takes the texts of its levels.

    Its writer may use it at once; everyone else sees it after 承認.
    """
    if not permissions.can_propose(by):
        raise NotAllowed(_("指標を提案できるのは社員だけです。"))
    if restricted and not permissions.can_propose_restricted(by):
        raise NotAllowed(_("閲覧を限定した指標を作れるのは人事責任者だけです。"))
    indicator = Indicator(
        kind=kind, function=function, proposed_by=by, restricted=restricted, code=_next_code(function)
    )
    _check(indicator, ("kind", "function"))
    indicator.save(force_insert=True)
    version = _add_version(indicator, 1, fields, levels or {}, by)
    record("indicator.proposed", indicator, by=by.user, changes={"name": [None, version.name]})
    return indicator


@transaction.atomic
def revise(
    indicator: Indicator, *, by: Member, version: int, levels: Levels | None = None, **fields: Any
) -> Indicator:
    """改訂: the next version of the definition. Goals keep the version they use.

    Fields left out stay as they are; nothing different makes no version.
    """
    indicator = _hold(indicator, version)
    if not permissions.can_revise(by, indicator):
        raise NotAllowed(_("指標を改訂できるのは、提案した人・部門長・人事だけです。"))
    if indicator.status == Indicator.Status.RETIRED:
        raise Refused(_("廃止した指標は改訂できません。新しい指標を提案してください。"))
    now = indicator.current
    if now is None:
        raise Refused(_("この指標には版がありません。新しい指標を提案してください。"))
    before_levels = texts_of(now)
    after_levels = before_levels if levels is None else _clean(levels)
    before = {name: getattr(now, name) for name in WRITABLE}
    after = {**before, **fields}
    changes = {
        name: [_as_json(before[name]), _as_json(after[name])]
        for name in before
        if before[name] != after[name]
    }
    if after_levels != before_levels:
        changes["levels"] = [_named(before_levels), _named(after_levels)]
    unknown = set(fields) - WRITABLE
    if not changes and not unknown:
        return indicator
    _add_version(indicator, now.number + 1, after, after_levels, by)
    record("indicator.revised", indicator, by=by.user, changes=changes)
    return indicator


@transaction.atomic
def approve(indicator: Indicator, *, by: Member, version: int) -> Indicator:
    """承認 by 人事 or the 部門長: the definition holds, and everyone may use it."""
    indicator = _hold(indicator, version)
    if not permissions.can_approve(by, indicator):
        raise NotAllowed(_("指標を承認できるのは部門長と人事だけです。"))
    return _move(indicator, Indicator.Status.APPROVED, "indicator.approved", by)


@transaction.atomic
def publish(indicator: Indicator, *, by: Member, version: int) -> Indicator:
    """公開: offered to everyone in the library."""
    indicator = _hold(indicator, version)
    if not permissions.can_publish(by, indicator):
        raise NotAllowed(_("指標を公開できるのは部門長と人事だけです。"))
    return _move(indicator, Indicator.Status.PUBLISHED, "indicator.published", by)


@transaction.atomic
def retire(indicator: Indicator, *, by: Member, version: int, reason: str = "") -> Indicator:
    """廃止: no new goal may use it; goals that do keep their version."""
    indicator = _hold(indicator, version)
    if not permissions.can_retire(by, indicator):
        raise NotAllowed(_("指標を廃止できるのは部門長と人事だけです。"))
    return _move(indicator, Indicator.Status.RETIRED, "indicator.retired", by, reason)


def texts_of(version: IndicatorVersion) -> dict[int, str]:
    """The described levels of a 評価段階表."""
    return dict(version.levels.order_by("level").values_list("level", "text"))


def write_version(
    indicator: Indicator, number: int, fields: Mapping[str, Any], levels: Levels, by: Member | None
) -> IndicatorVersion:
    """Check and store one version with its levels and make it the current one."""
    version = IndicatorVersion(indicator=indicator, number=number, created_by=by, **fields)
    _check(version, WRITABLE)
    texts = _check_kind(indicator, version, levels)
    version.save(force_insert=True)
    RubricLevel.objects.bulk_create(
        RubricLevel(version=version, level=level, text=text) for level, text in texts.items()
    )
    indicator.current = version
    indicator.index(version, texts.values())
    indicator.keep("current", "search")
    return version


def _add_version(
    indicator: Indicator, number: int, fields: Mapping[str, Any], levels: Levels, by: Member
) -> IndicatorVersion:
    unknown = sorted(set(fields) - WRITABLE)
    if unknown:
        raise Refused(_("書き換えられない項目です：%(names)s") % {"names": "、".join(unknown)})
    return write_version(indicator, number, fields, levels, by)


def _check_kind(indicator: Indicator, version: IndicatorVersion, levels: Levels) -> dict[int, str]:
    """A number needs name, unit and direction; a 評価段階表 needs levels 1, 3 and 5 in words."""
    if not version.name.strip():
        raise Refused(_("指標名がありません。80字以内で入れてください。"))
    if indicator.kind == Indicator.Kind.QUALITATIVE:
        return _check_levels(levels)
    if not version.unit.strip():
        raise Refused(_("単位がありません。件・%%・営業日などを入れてください。") % {})
    if not version.direction:
        raise Refused(_("良い方向がありません。高い方が良いか、低い方が良いかなどを選んでください。"))
    low, high = version.range_low, version.range_high
    if low is not None and high is not None and low >= high:
        raise Refused(_("範囲の順序が合いません。下限を上限より小さくしてください。"))
    return {}


def _check_levels(levels: Levels) -> dict[int, str]:
    texts = _clean(levels)
    if set(texts) - set(LEVELS):
        raise Refused(_("段階は1から5までです。"))
    missing = [level for level in REQUIRED_LEVELS if not texts.get(level)]
    if missing:
        raise Refused(
            _("評価段階表の段階%(levels)sの姿がありません。段階1・3・5は必ず書いてください。")
            % {"levels": "・".join(map(str, missing))}
        )
    if any(len(text) > RubricLevel._meta.get_field("text").max_length for text in texts.values()):  # type: ignore[operator]
        raise Refused(_("段階の姿が長すぎます。300字以内に縮めてください。"))
    return texts


def _clean(levels: Levels) -> dict[int, str]:
    return {level: text.strip() for level, text in sorted(levels.items()) if text.strip()}


def _named(levels: Levels) -> dict[str, str]:
    return {str(level): text for level, text in levels.items()}


def _check(row: models.Model, names: Any) -> None:
    """The limits the model declares, one sentence a field."""
    wanted = set(names)
    others = {field.name for field in row._meta.fields if field.name not in wanted}
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        said = [
            _("%(field)s：%(message)s")
            % {"field": row._meta.get_field(name).verbose_name, "message": " ".join(messages)}  # type: ignore[union-attr]
            for name, messages in error.message_dict.items()
        ]
        raise Refused("\n".join(said)) from error


def _hold(indicator: Indicator, version: int) -> Indicator:
    held: Indicator = Indicator.objects.hold(indicator.pk, version=version)
    return held


def _move(indicator: Indicator, status: str, event: str, by: Member, reason: str = "") -> Indicator:
    before = str(indicator.status)
    indicator.move_to(status)
    indicator.keep("status")
    changes = {"status": [before, str(status)]}
    record(event, indicator, by=by.user, changes=changes, reason=reason.strip())
    return indicator


def _next_code(function: str) -> str:
    """FA-C001: the company's own definitions, beside the ids of the catalogue (FA-Q01, FA-L01)."""
    prefix = f"{function}-C"
    last = (
        Indicator.objects.select_for_update()
        .filter(code__startswith=prefix)
        .order_by("-pk")
        .values_list("code", flat=True)
        .first()
    )
    number = int(last.removeprefix(prefix)) + 1 if last else 1
    return f"{prefix}{number:03}"


def _as_json(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    return plain(value) if hasattr(value, "as_tuple") else value
