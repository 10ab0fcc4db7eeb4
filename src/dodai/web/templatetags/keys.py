"""``{% csrf_token %}`` also writes the key that makes a double press of the form one effect."""

import secrets

from django import template
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dodai.web.idempotency import FIELD

register = template.Library()


class FormKeysNode(CsrfTokenNode):
    def render(self, context: Context) -> SafeString:
        token = super().render(context)
        if not token:
            return SafeString("")
        key = secrets.token_hex(32)
        return format_html('{}<input type="hidden" name="{}" value="{}">', token, FIELD, key)


@register.tag
def csrf_token(*_parser_and_token: object) -> FormKeysNode:
    return FormKeysNode()
