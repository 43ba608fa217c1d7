"""Templates as Django reads them, with what never changes on a page put together once.

Between two things that differ from page to page stand words, addresses and markup that do not: one node instead of ten.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.template.base import Node, NodeList, Template, TextNode
from django.template.context import Context
from django.template.defaulttags import IfNode
from django.template.loaders import cached
from django.urls import get_script_prefix
from django.utils.translation import get_language

from ahsp.web.templatetags.constant_tags import Constant


class Loader(cached.Loader):
    """Django's cached loader, which folds each template when it is read."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        if not getattr(template, "folded", False):
            fold(template.nodelist)
            template.folded = True  # type: ignore[attr-defined]  # a mark of ours
        return template


class Run(Node):
    """Neighbours that give the same for the same language under the same prefix."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self._known: dict[Any, str] = {}

    def render(self, context: Context) -> str:
        key = (get_language(), get_script_prefix(), context.autoescape)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = "".join(node.render(context) for node in self.nodes)
        return known


def fold(nodes: NodeList) -> None:
    """Put neighbours that never change together, here and in every list below."""
    for node in nodes:
        for name in node.child_nodelists:
            inner = getattr(node, name, None)
            if isinstance(inner, NodeList):
                fold(inner)
        if isinstance(node, IfNode):
            for _, inner in node.conditions_nodelists:
                fold(inner)
    folded: list[Node] = []
    for constant, neighbours in groupby(nodes, key=_never_changes):
        found = list(neighbours)
        folded += [Run(found)] if constant and len(found) > 1 else found
    nodes[:] = folded


def _never_changes(node: Node) -> bool:
    return type(node) is TextNode or isinstance(node, Constant)
