"""Links that keep the view a person has chosen (filters, order) and change one thing of it."""

from django import template
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

register = template.Library()


@register.simple_tag(takes_context=True)
def page_query(context: template.Context, name: str, value: object) -> str:
    """``?…&page=3``: the query of this request with one parameter replaced."""
    request: HttpRequest | None = context.get("request")
    query = request.GET.copy() if request is not None else None
    if query is None:
        return f"?{name}={value}"
    query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def came_from(context: template.Context) -> str:
    """The page of ours this request came from, or nothing."""
    request: HttpRequest | None = context.get("request")
    before = request.headers.get("Referer", "") if request is not None else ""
    ours = request is not None and url_has_allowed_host_and_scheme(before, {request.get_host()})
    return before if ours else ""
