"""Form fields in the fixed order label → help → input → error, and the summary beside the button."""

from collections.abc import Iterator

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField, CheckboxInput, FileInput, Select, Textarea
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


def _describe(bound: BoundField, *, helped: bool, counted: bool) -> str:
    parts = [("help", helped), ("left", counted), ("error", bool(bound.errors))]
    return " ".join(f"{bound.auto_id}_{part}" for part, present in parts if present)


def _sentences(bound: BoundField) -> list[str]:
    """The faults of a field in our words; Django's own sentence for an empty field says only half."""
    sentences = []
    for error in bound.errors.as_data():
        if error.code == "required":
            chosen = isinstance(bound.field.widget, Select) or _shape(bound) == "choices"
            sentences.append(
                _("選ばれていません。一つ選んでください。") if chosen else _("空欄です。入れてください。")
            )
        else:
            sentences += [str(message) for message in error.messages]
    return sentences


def _shape(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput):
        return "check"
    if (
        widget.use_fieldset
        and hasattr(widget, "subwidgets")
        and getattr(widget, "input_type", "")
        in {
            "radio",
            "checkbox",
        }
    ):
        return "choices"
    return "input"


@register.inclusion_tag("components/_bound_field.html")
def field(
    bound: BoundField,
    *,
    label: str = "",
    help: str | bool = "",
    unit: str = "",
    left: int | None = None,
    rows: int | None = None,
    size: str = "",
    shape: str = "",
    plain: bool = False,
    after: str = "",
    placeholder: str = "",
) -> dict[str, object]:
    """``{% field form.weight unit="%" %}``: our field for a Django form field.

    ``left`` is the soft limit of characters (あとn字), ``shape`` one of input, check, choices, scale,
    ``help=False`` leaves out the form's own help,
    ``plain`` leaves out 必須/任意 (filters), ``after`` is a note under the input.
    """
    widget = bound.field.widget
    shape = shape or _shape(bound)
    helped = "" if help is False else help or bound.help_text
    attrs: dict[str, str | bool] = {}
    if getattr(widget, "input_type", "") == "number":
        widget.input_type = "text"  # full-width digits vanish in type=number, and the wheel changes values
        attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        for name in ("min", "max", "step"):
            widget.attrs.pop(name, None)
        attrs["data-kind"] = "number"
    if shape == "input" and not isinstance(widget, FileInput):
        attrs["class"] = f"input {widget.attrs.get('class', '')}".strip()
    if isinstance(widget, FileInput):
        attrs["class"] = "file"
    if size:
        attrs["data-size"] = size
    if isinstance(widget, Textarea):
        attrs["rows"] = str(rows or 3)
    if left is not None and shape == "input":
        attrs["data-left"] = str(left)
        widget.attrs.pop("maxlength", None)
    widget.attrs.pop("placeholder", None)  # a placeholder is no label; help stands above the input
    if placeholder:
        attrs["placeholder"] = placeholder
    if not isinstance(widget, Select):
        widget.attrs.pop("maxlength", None)  # it cuts inside a conversion; the server decides
    if described := _describe(bound, helped=bool(helped), counted=left is not None and shape == "input"):
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "label": label or bound.label,
        "help": helped,
        "unit": unit,
        "left": left,
        "shape": shape,
        "plain": plain or bound.field.disabled,
        "after": after,
        "faults": _sentences(bound),
        "widget": bound.as_widget(attrs=attrs) if shape in {"input", "check"} else "",
        "described": attrs.get("aria-describedby", ""),
    }


def _faults(form: BaseForm) -> Iterator[dict[str, str]]:
    for error in form.non_field_errors():
        yield {"label": "", "target": "", "text": str(error)}
    for bound in form:
        for sentence in _sentences(bound):
            yield {
                "label": "" if bound.is_hidden else str(bound.label),
                "target": "" if bound.is_hidden else bound.auto_id,
                "text": sentence,
            }


@register.inclusion_tag("components/_error_summary.html")
def error_summary(*forms: "BaseForm | BaseFormSet[BaseForm]") -> dict[str, object]:
    """``{% error_summary form formset %}``: every fault with a link to its field."""
    faults: list[dict[str, str]] = []
    for each in forms:
        if not each or not each.is_bound:
            continue
        if isinstance(each, BaseFormSet):
            faults += [{"label": "", "target": "", "text": str(error)} for error in each.non_form_errors()]
            for form in each:
                faults += _faults(form)
        else:
            faults += _faults(each)
    title = _("%(count)sか所を直してください。") % {"count": len(faults)}
    return {"faults": faults, "title": SafeString(title)}
