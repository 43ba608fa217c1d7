"""{% translate "…" %} and {% url "…" %}, worked out once for each language or address and not for each page.

A page says a hundred words that never change; Django looks each of them up every time, which takes a third of the time
of the whole page. This library stands in the place of Django's `i18n` (settings.TEMPLATES), so nothing is written
differently in a template. Whatever depends on the page is left to Django.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template.base import Node, Parser, Token, Variable
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags import i18n
from django.templatetags.i18n import TranslateNode
from django.urls import get_script_prefix, reverse
from django.utils.html import conditional_escape
from django.utils.translation import get_language

MOST_ADDRESSES = 20_000

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Constant(Node):
    """A node that gives the same for the same language (and, for an address, under the same prefix)."""

    child_nodelists = ()

    def __init__(self, node: Node) -> None:
        self.node = node
        self._known: dict[Any, str] = {}

    def _key(self, context: Context) -> Any:
        return get_language(), context.autoescape

    def render(self, context: Context) -> str:
        key = self._key(context)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self.node.render(context)
        return known


class ConstantAddress(Constant):
    def _key(self, context: Context) -> Any:
        return get_script_prefix(), context.autoescape


def _is_literal(expression: Any) -> bool:
    if expression is None:
        return True
    if expression.filters:
        return False
    return not isinstance(expression.var, Variable) or expression.var.lookups is None


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    node = i18n.do_translate(parser, token)
    if not isinstance(node, TranslateNode) or node.asvar:
        return node
    constant = _is_literal(node.filter_expression) and _is_literal(node.message_context)
    return Constant(node) if constant else node


@register.tag
def url(parser: Parser, token: Token) -> Node:
    node = django_url(parser, token)
    if not isinstance(node, URLNode) or node.asvar or not _is_literal(node.view_name):
        return node
    parts = [*node.args, *node.kwargs.values()]
    return ConstantAddress(node) if all(map(_is_literal, parts)) else KeptAddress(node)


class KeptAddress(Node):
    """An address whose parts depend on the page: looked up once for the same parts."""

    child_nodelists = ()

    def __init__(self, node: URLNode) -> None:
        self.node = node

    def render(self, context: Context) -> str:
        args = tuple(arg.resolve(context) for arg in self.node.args)
        named = tuple((name, value.resolve(context)) for name, value in self.node.kwargs.items())
        address = address_of(get_script_prefix(), self.node.view_name.resolve(context), args, named)
        return conditional_escape(address) if context.autoescape else address


@lru_cache(maxsize=MOST_ADDRESSES)
def address_of(prefix: str, name: str, args: tuple[Any, ...], named: tuple[tuple[str, Any], ...] = ()) -> str:  # noqa: ARG001 the prefix is a part of every address
    """As Django's `reverse`, which walks through all patterns each time. No name means anything else elsewhere."""
    return reverse(name, args=args, kwargs=dict(named))
