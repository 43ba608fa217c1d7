"""The lines under the estimate, from subtotal to rounded total, as every rendering prints them."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

from ahsp.engine.rounding import RoundingMode
from ahsp.exchange.documents.rab import RabDocument
from ahsp.exchange.documents.texts import percent, rounding_sentence, translator


class Total(Enum):
    SUBTOTAL = auto()
    VAT_BASE = auto()
    VAT = auto()
    TOTAL = auto()
    ROUNDED = auto()


class TotalLine(NamedTuple):
    """`strong` lines are results, the others steps on the way."""

    kind: Total
    name: str
    value: Decimal
    strong: bool


def total_lines(document: RabDocument) -> list[TotalLine]:
    """Only what says something: no total without VAT, no rounded total without a policy, no base of the whole."""
    _ = translator(document.language)
    estimate, language = document.estimate, document.language
    vat = estimate.vat
    lines = [TotalLine(Total.SUBTOTAL, _("Subtotal"), estimate.subtotal, strong=vat is None)]
    if vat is not None:
        share, rate = vat.rule.base_fraction, percent(vat.rule.rate, language)
        name = _("VAT {rate} of the subtotal").format(rate=rate)
        if share != 1:
            base = _("Tax base (DPP), {share} of the subtotal").format(share=share)
            lines.append(TotalLine(Total.VAT_BASE, base, vat.base, strong=False))
            name = _("VAT {rate} of the tax base").format(rate=rate)
        lines.append(TotalLine(Total.VAT, name, vat.amount, strong=False))
        lines.append(TotalLine(Total.TOTAL, _("Total"), estimate.total, strong=True))
    policy = estimate.settings.total_rounding
    if policy.mode is not RoundingMode.NONE:
        name = _("Rounded ({policy})").format(policy=rounding_sentence(policy, language))
        lines.append(TotalLine(Total.ROUNDED, name, estimate.rounded_total, strong=True))
    return lines
