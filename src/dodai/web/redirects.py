"""Back to the page a form was sent from: the one place that reads from a request where to go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def back_to_page(request: HttpRequest) -> HttpResponseRedirect:
    """To the path in ``next`` when it is a path of ours, otherwise to the home page."""
    target = request.POST.get("next", "")
    # Without allowed hosts only paths pass; "//host" and "/\host" count as hosts.
    is_ours = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return HttpResponseRedirect(target if is_ours else "/")
