"""What each rounding policy does to a number, calculated by the engine."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ahsp.engine.rounding import CENT, Rounding, round_money
from ahsp.projects.models import UnitPriceRounding
from ahsp.web.templatetags import figures

register = template.Library()

UNIT_PRICE = Decimal("1361455.2936")
QUANTITY = Decimal("42.18")
TOTAL = Decimal("1860078607.50")


@dataclass(frozen=True, slots=True)
class Example:
    """`policy` as text; `before` and `after` it in rupiah; `amount` of QUANTITY at the rounded unit price."""

    policy: str
    before: Decimal
    after: Decimal
    amount: Decimal


def _example(policy: str, before: Decimal) -> Example:
    after = round_money(before, Rounding.parse(policy))
    return Example(policy, before, after, round_money(after * QUANTITY, CENT))


@register.simple_tag
def unit_price_examples(chosen: str) -> SafeString:
    """The worked unit price under each policy, as paragraphs of which only that of `chosen` shows."""
    return _paragraphs("unit-price", chosen, get_language() or "id")


@register.simple_tag
def total_examples(chosen: str) -> SafeString:
    """The worked total under each policy, as paragraphs of which only that of `chosen` shows."""
    return _paragraphs("total", chosen, get_language() or "id")


@lru_cache(maxsize=100)
def _paragraphs(kind: str, chosen: str, language: str) -> SafeString:  # noqa: ARG001 numbers are written in the language
    """Kept, for the same eighteen paragraphs stand on every page of settings."""
    policies = [policy.value for policy in UnitPriceRounding]
    before = UNIT_PRICE if kind == "unit-price" else TOTAL
    said = _said_of_unit_price if kind == "unit-price" else _said_of_total
    return format_html_join(
        "",
        '<p class="hint figures" data-example="{}"{}>{}</p>',
        (
            (policy, "" if policy == chosen else mark_safe(" hidden"), said(_example(policy, before)))
            for policy in policies
        ),
    )


def _said_of_unit_price(example: Example) -> SafeString:
    return format_html(
        "Rp {} → <strong>Rp {}</strong><br>× {} m³ = Rp {}",
        figures.plain(example.before),
        figures.plain(example.after),
        figures.quantity(QUANTITY),
        figures.money(example.amount),
    )


def _said_of_total(example: Example) -> SafeString:
    return format_html("Rp {} → <strong>Rp {}</strong>", figures.money(example.before), figures.rupiah(example.after))
