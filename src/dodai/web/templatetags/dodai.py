"""The one library a template loads: ``{% load dodai %}`` brings every tag and filter of the house."""

from django import template

from . import fields, icons, links, plots, states, writing

register = template.Library()

for library in (icons, states, fields, links, plots, writing):
    register.tags.update(library.register.tags)
    register.filters.update(library.register.filters)
